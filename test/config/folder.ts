import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { ParityError } from '../../src/errors.ts';

/** Takes file contents by relative path; returns a fresh folder that holds them until the test ends. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'parity-test-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** Takes a promise or function that must fail; returns its ParityError. */
export async function errorOf(action: () => unknown): Promise<ParityError> {
  try {
    await action();
  } catch (error) {
    if (error instanceof ParityError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** Takes an error; returns its problems as `file:line:col message (hint)`. */
export function lines(error: ParityError): string[] {
  return error.problems.map(({ file, line, col, message, hint }) =>
    hint === undefined ? `${file}:${line}:${col} ${message}` : `${file}:${line}:${col} ${message} (${hint})`,
  );
}
