import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { exchange, type RawAnswer, type RawRequest } from './wire.ts';

/** One answer as it is recorded: the value of `Date` left out, the body as text or, where it is not UTF-8, as base64. */
export interface Answer {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | { readonly base64: string };
}

/** What one twin answers over the library: by full case id, one list of answers a step, sorted where it was sent in parallel. */
export type Capture = Readonly<Record<string, readonly (readonly Answer[])[]>>;

/** A capture as JSON with one answer a line. */
export function captureText(capture: Capture): string {
  const stepText = (answers: readonly Answer[]) => `[${answers.map((answer) => JSON.stringify(answer)).join(',\n')}]`;
  const caseTexts = Object.entries(capture).map(
    ([id, steps]) => `${JSON.stringify(id)}: [${steps.map(stepText).join(',\n')}]`,
  );
  return `{\n${caseTexts.join(',\n')}\n}\n`;
}

interface RequestSource {
  method?: string;
  path: string;
  headers?: Record<string, string> | readonly (readonly [name: string, value: string])[];
  json?: unknown;
  text?: string;
  raw?: string;
  base64?: string;
  size?: number;
  hold?: string;
}

interface StepSource {
  request: RequestSource;
  capture?: Record<string, { header: string }>;
  parallel?: number;
}

/** One case of the library as its file spells it: the full id and its steps. */
export interface LibraryCase {
  readonly id: string;
  readonly expected: readonly (number | undefined)[];
  readonly steps: readonly StepSource[];
}

interface CaseSource extends Partial<StepSource> {
  id: string;
  expect?: { status: number };
  steps?: (StepSource & { expect?: { status: number } })[];
}

const LIBRARY = fileURLToPath(new URL('../../cases', import.meta.url));

/** Reads every case file of a folder (the library that ships), without the product's own loader; in order of file and place. */
export async function readLibrary(folder = LIBRARY): Promise<LibraryCase[]> {
  const names = await readdir(folder, { recursive: true });
  const files = names.filter((name) => name.endsWith('.yaml')).sort();
  const cases = await Promise.all(files.map((name) => readCases(`${folder}/${name}`)));
  return cases.flat();
}

async function readCases(file: string): Promise<LibraryCase[]> {
  const source = parse(await readFile(file, 'utf8')) as { suite: string; cases: CaseSource[] };
  return source.cases.map((entry) => {
    const steps = entry.steps ?? [entry as StepSource & CaseSource];
    return { id: `${source.suite}/${entry.id}`, steps, expected: steps.map((step) => step.expect?.status) };
  });
}

/** Sends every case of `cases` to the twin at `url`, one after the other. */
export async function captureLibrary(url: string, cases: readonly LibraryCase[]): Promise<Capture> {
  const capture: Record<string, (readonly Answer[])[]> = {};
  for (const entry of cases) capture[entry.id] = await captureCase(url, entry.steps);
  return capture;
}

async function captureCase(url: string, steps: readonly StepSource[]): Promise<Answer[][]> {
  const variables: Record<string, string> = {};
  const recorded: Answer[][] = [];
  for (const step of steps) {
    const request = toRawRequest(step.request, variables);
    const answers = await Promise.all(Array.from({ length: step.parallel ?? 1 }, () => exchange(url, request)));
    for (const [name, { header }] of Object.entries(step.capture ?? {})) {
      variables[name] = answers[0]?.headers.find(([key]) => key.toLowerCase() === header)?.[1] ?? '';
    }
    recorded.push(answers.map(toAnswer).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)));
  }
  return recorded;
}

/** One request of a case as the bytes that go out, captured values filled in. */
export function toRawRequest(source: RequestSource, variables: Readonly<Record<string, string>>): RawRequest {
  const fill = (text: string): string => text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => variables[name] ?? '');
  const written = Array.isArray(source.headers) ? source.headers : Object.entries(source.headers ?? {});
  const headers = written.map(([name, value]: readonly [string, string]) => [name, fill(value)] as const);
  if (source.json !== undefined) headers.push(['content-type', 'application/json']);
  return {
    method: source.method ?? 'GET',
    path: fill(source.path),
    headers,
    body: bodyOf(source),
    holdMs: Number.parseInt(source.hold ?? '0', 10),
  };
}

function bodyOf(source: RequestSource): Buffer {
  if (source.json !== undefined) return Buffer.from(JSON.stringify(source.json));
  if (source.base64 !== undefined) return Buffer.from(source.base64, 'base64');
  if (source.size !== undefined) return Buffer.alloc(source.size, 'x');
  return Buffer.from(source.text ?? source.raw ?? '');
}

function toAnswer({ status, reason, headers, body }: RawAnswer): Answer {
  const text = body.toString('utf8');
  return {
    status,
    reason,
    headers: headers.map(([name, value]) => (name.toLowerCase() === 'date' ? [name, '*'] : [name, value])),
    body: Buffer.from(text).equals(body) ? text : { base64: body.toString('base64') },
  };
}
