import type { RequestTemplate, TestCase } from '../../src/cases/case.ts';
import { loadCases } from '../../src/cases/read/load.ts';
import type { ParityError } from '../../src/errors.ts';
import { errorOf, folderWith } from '../config/folder.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;
type Env = Readonly<Record<string, string>>;

/** Takes files by path; returns the cases of the whole folder. */
export async function casesOf(files: Files, env: Env = {}): Promise<TestCase[]> {
  const root = folderWith(files);
  return (await loadCases([root], { root, env })).cases;
}

/** Takes files by path; returns the error that loading them throws. */
export function errorOfCases(files: Files, env: Env = {}): Promise<ParityError> {
  const root = folderWith(files);
  return errorOf(() => loadCases([root], { root, env }));
}

/** Takes the lines of one request, and files beside it; returns its template. */
export async function requestOf(request: string, files: Files = {}, env: Env = {}): Promise<RequestTemplate> {
  const [first] = await casesOf({ ...files, 'a.yaml': fileOf(request) }, env);
  return first!.steps[0]!.request;
}

/** Takes the lines of one request; returns a case file in which they begin at line 4, column 7. */
export function fileOf(request: string): string {
  const indented = request.split('\n').map((line) => `      ${line}`);
  return ['cases:', '  - id: x', '    request:', ...indented, ''].join('\n');
}

/** Takes a template; returns the text of its body. */
export function bodyText({ body }: RequestTemplate): string | null {
  if (body === null) return null;
  return body.kind === 'bytes' ? Buffer.from(body.bytes).toString('latin1') : body.text;
}
