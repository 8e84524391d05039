import { readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { ParityError } from '../../errors.ts';
import type { Probe } from '../../probe/model/probe.ts';
import { caseFileText } from '../../probe/write.ts';
import { maskOf } from '../../redact/redact.ts';
import { makeFolders } from '../../structures/make-folders.ts';
import { printError } from '../console.ts';

const formats: Readonly<Record<string, 'jsonl' | 'yaml'>> = { '.jsonl': 'jsonl', '.yaml': 'yaml', '.yml': 'yaml' };

/** Writes probes as a case file. A file that it did not write itself is left alone. Throws PX2607 for a name that is not a case file's, PX2608 for a file that it did not write, PX2609 where the file would show a secret, PX4110 where it cannot be written. */
export async function writeProbes(file: string, probes: readonly Probe[], secrets: readonly string[]): Promise<void> {
  const format = formats[extname(file).toLowerCase()];
  if (format === undefined)
    throw new ParityError('PX2607', `${file} is not the name of a case file`, { hint: 'end it in .jsonl or .yaml' });
  await refuseForeign(file);
  const cases = probes.map(({ testCase }) => testCase);
  const text = caseFileText(cases, { format, secrets: namesOf(secrets) });
  refuseSecrets(file, text, secrets);
  try {
    await makeFolders(dirname(file));
    const draft = `${file}.${process.pid}.tmp`;
    await writeFile(draft, text);
    await rename(draft, file);
  } catch (cause) {
    throw new ParityError('PX4110', `${file} could not be written. Nothing was sent.`, {
      cause,
      hint: 'name another file with --write',
    });
  }
  printError(`wrote ${probes.length} cases to ${file}\n`);
}

/** What stands for a secret in a header stands for nothing in a body: such a case is not written. */
function refuseSecrets(file: string, text: string, secrets: readonly string[]): void {
  if (maskOf(new Set(secrets))(text) === text) return;
  throw new ParityError('PX2609', `${file} would hold a secret in plain text. Nothing was written or sent.`, {
    hint: 'send the secret in a header, or leave --write out',
  });
}

/** Both forms name their suite first, and that of probes begins with `probe.`. */
async function refuseForeign(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null || text === '' || /^(?:\{"suite":|suite: )"probe\./.test(text)) return;
  throw new ParityError('PX2608', `${file} holds something else than probes. Nothing was written or sent.`, {
    hint: 'name another file with --write',
  });
}

/** The environment variables that secrets came from. One that no variable holds any more could not be written without showing it. */
function namesOf(secrets: readonly string[]): ReadonlyMap<string, string> {
  const variables = Object.entries(process.env);
  return new Map(
    secrets.flatMap((secret) => {
      const name = variables.find(([, value]) => value === secret)?.[0];
      return name === undefined ? [] : [[secret, name] as const];
    }),
  );
}
