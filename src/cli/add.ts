import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { loadCases } from '../cases/read/load.ts';
import { ParityError } from '../errors.ts';
import { appendCases, idsIn } from '../import/append-cases.ts';
import { caseTitle, newCaseId } from '../import/case-id.ts';
import { type CaseRow, caseRowOf } from '../import/curl/case-row.ts';
import { hideCredentials } from '../import/curl/credentials.ts';
import type { CurlRequest } from '../import/curl/request.ts';
import { variablesOf } from '../import/curl/request-variables.ts';
import { terminalText } from '../json/printable.ts';
import { makeFolders } from '../structures/make-folders.ts';
import { print } from './console.ts';
import { requestsOf } from './curl-requests.ts';
import { type Options, textOption } from './options.ts';
import { standardInput } from './secrets-file.ts';

/** `parity add [--to FILE] -- curl …`: a curl command line becomes a case at the end of a case file. */
export async function addCommand(words: readonly string[], options: Options): Promise<number> {
  const file = textOption(options, 'to') ?? join('cases', 'added.yaml');
  const ending = extname(file).toLowerCase();
  if (!['.yaml', '.yml', '.jsonl'].includes(ending))
    throw new ParityError('PX2901', `a case cannot be added to ${file}`, {
      hint: '--to takes a .yaml, .yml or .jsonl file',
    });
  const requests = requestsOf(words.length === 1 && words[0] === '-' ? [await standardInput()] : words);
  const before = await textOf(file);
  const { rows, variables, notes } = rowsOf(
    requests.map((one) => withFiles(one, file)),
    idsIn(before, ending),
  );
  const text = appendCases(before, ending, rows);
  if (text === null)
    throw new ParityError('PX2902', `${file} has no list \`cases:\` at whose end a case could be written`, {
      hint: 'name another file with --to; one that is not there yet is made',
    });
  await store(file, text);
  await report(file, { requests, rows, variables, notes });
  return 0;
}

interface Added {
  readonly rows: readonly CaseRow[];
  readonly variables: readonly string[];
  readonly notes: readonly string[];
}

function rowsOf(requests: readonly CurlRequest[], taken: Set<string>): Added {
  let values: ReadonlyMap<string, string> = new Map();
  const rows: CaseRow[] = [];
  const variables = new Set<string>();
  for (const one of requests) {
    const hidden = hideCredentials(one, values);
    values = hidden.values;
    const { method, path } = hidden.request;
    rows.push(caseRowOf(hidden.request, { id: newCaseId(method, path, taken), title: caseTitle(method, path) }));
    for (const name of variablesOf(hidden.request)) variables.add(name);
  }
  return { rows, variables: [...variables], notes: [...new Set(requests.flatMap(({ notes }) => notes))] };
}

/** The command names files from where it is given, a case from the folder of its file. */
function withFiles(request: CurlRequest, caseFile: string): CurlRequest {
  const { body } = request;
  const from = (file: string) => relative(dirname(resolve(caseFile)), resolve(file)).replaceAll(sep, '/');
  if (body?.kind === 'file') return { ...request, body: { ...body, file: from(body.file) } };
  if (body?.kind !== 'multipart') return request;
  const parts = body.parts.map((part) =>
    'file' in part.content ? { ...part, content: { file: from(part.content.file) } } : part,
  );
  return { ...request, body: { ...body, parts } };
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw unwritable(file, error);
  }
}

/** What is written is a case file that loads: it is read once before it gets its name. */
async function store(file: string, text: string): Promise<void> {
  const draft = join(dirname(file), `${basename(file, extname(file))}.${process.pid}.draft${extname(file)}`);
  try {
    await makeFolders(dirname(file));
    await writeFile(draft, text, { flag: 'wx' });
  } catch (error) {
    throw unwritable(file, error);
  }
  try {
    await checkLoads(draft, text);
    await rename(draft, file);
  } catch (error) {
    if (!(error instanceof ParityError)) throw error;
    const problems = error.problems.map((problem) => ({ ...problem, file: resolve(file) }));
    const hint = 'nothing was written; mend the file, or leave out of the command what a case cannot hold';
    throw new ParityError('PX2903', `${file} would not load with the new case`, { problems, hint });
  } finally {
    await rm(draft, { force: true });
  }
}

async function checkLoads(draft: string, text: string): Promise<void> {
  const names = Array.from(text.matchAll(/\$\{(\w+)/g), ([, name]) => [name!, 'x'] as const);
  const root = resolve(dirname(draft));
  await loadCases([resolve(draft)], { root, env: Object.fromEntries(names), short: new Set() });
}

function unwritable(file: string, cause: unknown): ParityError {
  const { code = 'unknown error' } = cause as NodeJS.ErrnoException;
  return new ParityError('PX4111', `${file} cannot be written (${code})`, {
    cause,
    hint: 'name another file with --to',
  });
}

async function report(
  file: string,
  { requests, rows, variables, notes }: Added & { requests: readonly CurlRequest[] },
): Promise<void> {
  for (const [index, { id, title }] of rows.entries()) {
    await print(`wrote  ${terminalText(file)}  case ${id}: ${terminalText(title)}`);
    if (!['GET', 'HEAD', 'OPTIONS'].includes(requests[index]!.method))
      await print('       if it may be repeated and sent anywhere, write safe: true below its title');
  }
  for (const note of notes) await print(`note: ${terminalText(note)}`);
  if (variables.length > 0)
    await print(`variables to set before a run: ${variables.join(', ')} (or --secrets FILE with lines NAME=value)`);
  await print(`next: parity run ${terminalText(file)}`);
}
