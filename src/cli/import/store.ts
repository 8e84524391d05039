import { open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { loadCases } from '../../cases/read/load.ts';
import { ParityError } from '../../errors.ts';
import { appendCases, idsIn } from '../../import/append-cases.ts';
import { recordingLine, recordingPathOf } from '../../recorded/format.ts';
import type { CaseRow } from '../../recorder/case-rows.ts';
import type { ImportedCases } from '../../recorder/import-cases.ts';
import { makeFolders } from '../../structures/make-folders.ts';
import { shorter } from '../shorter.ts';

interface Target {
  readonly file: string;
  readonly isAppended: boolean;
}

interface StoreOptions extends Target {
  readonly suite: string;
  /** The format whose answers are kept; null for one without. */
  readonly answering: string | null;
}

/** The ids of the cases that the file holds already. */
export async function readIds({ file, isAppended }: Target): Promise<Set<string>> {
  return isAppended ? idsIn(await textOf(file), extname(file).toLowerCase()) : new Set();
}

/** Writes the case file, large bodies beside it, and the recorded answers. What would not load is not written. Throws PX2902, PX2913 and PX4111. */
export async function storeImport(made: ImportedCases, options: StoreOptions): Promise<void> {
  const text = await caseText(made, options);
  const file = resolve(options.file);
  const folder = dirname(file);
  const draft = join(folder, `${basename(file, extname(file))}.${process.pid}.draft${extname(file)}`);
  try {
    await makeFolders(folder);
    for (const [name, bytes] of made.files) await writeBody(join(folder, name), bytes);
    await writeFile(draft, text, { flag: 'wx' });
    await checkLoads(draft, text, options.file);
    if (options.answering !== null) await writeAnswers(made, { ...options, file, answering: options.answering });
    await rename(draft, file);
  } catch (cause) {
    if (cause instanceof ParityError) throw cause;
    const { code = 'unknown error' } = cause as NodeJS.ErrnoException;
    if (!/^E[A-Z]+$/.test(code)) throw cause;
    const hint = 'name another file with --to';
    throw new ParityError('PX4111', `${shorter(file)} cannot be written (${code})`, { cause, hint });
  } finally {
    // What was not written need not be removed.
    await rm(draft, { force: true }).catch(() => {});
  }
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

async function caseText({ rows, frame }: ImportedCases, { file, suite, isAppended }: StoreOptions): Promise<string> {
  const ending = extname(file).toLowerCase();
  const before = isAppended ? await textOf(file) : '';
  if (before !== '') {
    const own = rows.map((row) => ({ ...row, ...frameFor(row, frame) }));
    const text = appendCases(before, ending, own as unknown as Parameters<typeof appendCases>[2]);
    if (text !== null) return text;
    throw new ParityError('PX2902', `${file} has no list \`cases:\` at whose end a case could be written`, {
      hint: 'name another file with --to; one that is not there yet is made',
    });
  }
  if (ending === '.jsonl')
    return rows.map((row) => `${JSON.stringify({ suite, ...frameFor(row, frame), ...row })}\n`).join('');
  return stringify({ suite, ...frame, cases: rows }, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** What a case needs of what all have in common: only the values that it uses. */
function frameFor(row: CaseRow, frame: ImportedCases['frame']): Readonly<Record<string, unknown>> {
  const { values = {}, ...rest } = frame as { readonly values?: Readonly<Record<string, string>> };
  const named = new Set(Array.from(JSON.stringify(row).matchAll(/\{\{(env_\w+)\}\}/g), ([, name]) => name!));
  const used = [...named].flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]] as const]));
  return used.length === 0 ? rest : { ...rest, values: Object.fromEntries(used) };
}

async function writeBody(path: string, bytes: Buffer): Promise<void> {
  await makeFolders(dirname(path));
  await writeFile(path, bytes);
}

/** What is written is a case file that loads. */
async function checkLoads(draft: string, text: string, file: string): Promise<void> {
  const names = Array.from(text.matchAll(/\$\{(\w+)/g), ([, name]) => [name!, 'x'] as const);
  try {
    await loadCases([draft], { root: dirname(draft), env: Object.fromEntries(names), short: new Set() });
  } catch (error) {
    if (!(error instanceof ParityError)) throw error;
    const problems = error.problems.map((problem) => ({ ...problem, file }));
    throw new ParityError('PX2913', `${file} would not load; nothing was written`, {
      problems,
      hint: 'leave the request out that the lines above come from, or import it by hand',
    });
  }
}

interface Answers extends StoreOptions {
  readonly answering: string;
}

/** The answers as a recording, which may take the place of a target. */
async function writeAnswers({ exchanges }: ImportedCases, { file, isAppended, answering }: Answers): Promise<void> {
  const answered = exchanges.filter(({ answers }) => answers.length > 0);
  const first = answered
    .map(({ at }) => at)
    .filter((at) => !at.startsWith('1970'))
    .sort()[0];
  const header = {
    schema: 'parity-recording/1',
    recordedAt: first ?? new Date().toISOString(),
    target: '',
    source: answering,
  } as const;
  const path = recordingPathOf(file);
  const before = isAppended ? await textOf(path) : '';
  const draft = `${path}.${process.pid}.draft`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(before === '' ? recordingLine(header) : before);
    for (const one of answered) await handle.appendFile(recordingLine(one));
  } finally {
    await handle.close();
  }
  await rename(draft, path);
}
