import { createReadStream } from 'node:fs';
import { minSecretLength } from '../config/limits.ts';

import { visibleJson } from '../json/printable.ts';
import { batches } from '../record/lines/files.ts';
import { maskOf } from '../redact/redact.ts';
import type { TerminalOptions } from '../report/text/terminal.ts';

/** What was read from the environment so far: whatever reads it adds to it, and nothing that is printed shows it. */
export const secrets = new Set<string>();

/** Variables whose values are credentials too short to be masked. */
export const short = new Set<string>();
const told = new Set<string>();

const mask = maskOf(secrets);

/** Says, once of each, that values of variables are not masked, without the values. */
export function warnOfShort(): void {
  for (const name of short)
    if (!told.has(name))
      printError(
        `warning: the value of ${name} has fewer than ${minSecretLength} characters; it is not masked where it shows up again\n`,
      );
  for (const name of short) told.add(name);
}

/** A locale that says it is not UTF-8; only believed on a terminal, since files are always UTF-8. */
function isNarrowLocale(): boolean {
  const locale = process.env.LC_ALL || process.env.LC_CTYPE || process.env.LANG || '';
  return locale !== '' && !/utf-?8/i.test(locale);
}

/** How standard output wants its text: colour by NO_COLOR, FORCE_COLOR and TTY, width by the window. */
export function terminalOptions(): TerminalOptions {
  const { env, stdout } = process;
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0';
  const colour = (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb' && (forced || stdout.isTTY === true);
  return { colour, width: stdout.columns ?? 120, unicode: !(stdout.isTTY === true && isNarrowLocale()) };
}

/** Writes to standard error, secrets masked. */
export function printError(text: string): void {
  process.stderr.write(mask(text));
}

/** Writes lines to standard output, secrets masked; resolves once they are handed over. */
export function print(text: string): Promise<void> {
  const shown = mask(text);
  return handOver(shown.endsWith('\n') ? shown : `${shown}\n`);
}

/** Writes a value to standard output as indented JSON, secrets masked, that a terminal does not obey; resolves once it is handed over. */
export function printJson(value: unknown): Promise<void> {
  return handOver(`${visibleJson(mask(JSON.stringify(value, null, 2)))}\n`);
}

function handOver(text: string | Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(text, () => resolve());
  });
}

/** Writes the parts of a document that was made from a record, in which secrets are masked; resolves once they are handed over. */
export async function printDocument(parts: Iterable<string>): Promise<void> {
  for (const text of batches(parts)) await handOver(text);
}

/** Writes a file that holds such a document; resolves once it is handed over. Throws what the file system throws. */
export async function printFile(path: string): Promise<void> {
  for await (const part of createReadStream(path, { highWaterMark: 256 * 1024 })) await handOver(part as Buffer);
}

/** One line on standard error that is overwritten as the run goes on; silent where that is not a terminal. */
export function progressLine(selected: number): {
  readonly show: (finished: number) => void;
  readonly clear: () => void;
} {
  const { stderr } = process;
  if (stderr.isTTY !== true || process.env.CI === 'true') return { show: () => {}, clear: () => {} };
  let shownAt = 0;
  return {
    show(finished) {
      const now = performance.now();
      if (now - shownAt < 100 && finished < selected) return;
      shownAt = now;
      stderr.write(`\r\x1b[2K  ${finished}/${selected} cases`);
    },
    clear: () => void stderr.write('\r\x1b[2K'),
  };
}
