import type { Answer, Header, Service, TwinRequest } from './answer.ts';
import { goAnswer, goError, goFailure, goHead, goJson, goPrint, goReason } from './go-answer.ts';
import { createGoObjects } from './go-objects.ts';
import { recordedAnswer, type ValidateAnswer } from './recorded.ts';
import { percentDecode } from './store.ts';
import { readSubmission, SubmissionError } from './submission.ts';
import { type Refusal, serdeTagged, validate } from './validation.ts';

const MAX_JSON_BYTES = 16 * 1024 * 1024;

type Act = (request: TwinRequest, key: string) => Answer | Promise<Answer>;

interface Pattern {
  readonly method: string;
  readonly path: string;
  /** The path is a prefix: the rest of it is the key. */
  readonly tree: boolean;
  readonly act: Act;
}

/** The Go service as net/http and encoding/json give it: canonical header names, paths cleaned by ServeMux, a trailing newline. */
export function createGo({ serdeErrors }: { serdeErrors: boolean }): Service {
  const objects = createGoObjects();
  const route = (method: string, path: string, act: Act): Pattern => ({ method, path, tree: path.endsWith('/'), act });
  const patterns = [
    route('GET', '/health', () => goJson(200, { status: 'ok', service: 'gateway' })),
    route('POST', '/v1/validate', (request) => answerValidate(request, serdeErrors)),
    route('GET', '/v1/objects', objects.list),
    route('GET', '/v1/objects/', objects.get),
    route('PUT', '/v1/objects/', objects.put),
    route('DELETE', '/v1/objects/', objects.delete),
  ];
  const answer = async (request: TwinRequest): Promise<Answer> => {
    const whole = await serveMux(patterns, request);
    return closeIfAsked(request, request.method === 'HEAD' ? goHead(whole) : whole);
  };
  return { answer, malformed };
}

function serveMux(patterns: readonly Pattern[], request: TwinRequest): Answer | Promise<Answer> {
  const { method, query } = request;
  if (/%(?![0-9a-fA-F]{2})/.test(request.path)) return malformed();
  const path = cleanPath(request.path);
  const found = match(patterns, method, path);
  if (found === null && !path.endsWith('/') && match(patterns, method, `${path}/`) !== null) {
    return redirect(request, `${escapePath(percentDecode(path))}/`, query);
  }
  if (path !== request.path) return redirect(request, escapePath(path), query);
  if (found !== null) return found.pattern.act(request, percentDecode(found.rest));
  const methods = new Set(
    patterns.filter((one) => matches(one, path) || matches(one, `${path}/`)).map((one) => one.method),
  );
  if (methods.size === 0) return goError(404, '404 page not found');
  if (methods.has('GET')) methods.add('HEAD');
  return goError(405, 'Method Not Allowed', [['Allow', [...methods].sort().join(', ')]]);
}

function match(patterns: readonly Pattern[], method: string, path: string): { pattern: Pattern; rest: string } | null {
  const serves = (pattern: Pattern): boolean =>
    pattern.method === method || (method === 'HEAD' && pattern.method === 'GET');
  const pattern = patterns.find((one) => serves(one) && matches(one, path));
  if (pattern === undefined) return null;
  return { pattern, rest: path.split('/').slice(3).join('/') };
}

function matches({ path: wanted, tree }: Pattern, path: string): boolean {
  const segments = path.split('/').map(percentDecode);
  const length = wanted.split('/').length;
  const head = segments.slice(0, tree ? length - 1 : undefined).join('/');
  return tree ? segments.length >= length && `${head}/` === wanted : head === wanted && segments.length === length;
}

/** `path.Clean` with the slash at the end kept, as ServeMux does it: on the escaped path. */
function cleanPath(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(segment);
  }
  const clean = `/${kept.join('/')}`;
  return path.endsWith('/') && clean !== '/' ? `${clean}/` : clean;
}

/** A path as `url.URL` prints it: the cleaned path is escaped already, and its percent signs are escaped again. */
function escapePath(path: string): string {
  const percent = (byte: number): string => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  return path.replace(/[^A-Za-z0-9\-_.~$&+,/:;=@]/g, (char) => percent(char.charCodeAt(0) & 0xff));
}

function redirect({ method }: TwinRequest, path: string, query: string): Answer {
  const location = query === '' ? path : `${path}?${query}`;
  const headers: Header[] = [['Location', location]];
  if (method !== 'GET' && method !== 'HEAD') return goAnswer(307, headers, Buffer.alloc(0));
  headers.push(['Content-Type', 'text/html; charset=utf-8']);
  const link = location
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&#34;')
    .replace(/'/g, '&#39;');
  const body = method === 'GET' ? `<a href="${link}">${goReason(307)}</a>.\n\n` : '';
  return goAnswer(307, headers, Buffer.from(body));
}

/** net/http says that it closes after everything else, unless the service said so itself. */
function closeIfAsked(request: TwinRequest, answer: Answer): Answer {
  const said = answer.headers.some(([name]) => name === 'Connection');
  if (said || request.header('connection')?.toLowerCase() !== 'close') return answer;
  return { ...answer, headers: [...answer.headers, ['Connection', 'close']] };
}

/** What net/http writes to a request line that it cannot read: no date, no length, and the connection ends. */
function malformed(): Answer {
  const headers: Header[] = [
    ['Content-Type', 'text/plain; charset=utf-8'],
    ['Connection', 'close'],
  ];
  return { status: 400, reason: goReason(400), headers, body: Buffer.from('400 Bad Request') };
}

async function answerValidate(request: TwinRequest, serdeErrors: boolean): Promise<Answer> {
  const body = await request.body(MAX_JSON_BYTES);
  if (body === null) return goFailure(400, 'bad_json', 'unexpected EOF');
  const [status, text] = recordedAnswer(serdeErrors ? 'go-serde' : 'go', body) ?? validateInGo(body, serdeErrors);
  return goAnswer(status, [['Content-Type', 'application/json']], Buffer.from(text));
}

/** What the Go twin answers to a body that was not recorded. */
export function validateInGo(body: Buffer, serdeErrors: boolean): ValidateAnswer {
  try {
    const verdict = validate(readSubmission(body));
    if ('accepted' in verdict) return [200, `${goPrint(verdict)}\n`];
    return [422, `${goPrint(serdeErrors ? serdeTagged(verdict) : untagged(verdict))}\n`];
  } catch (error) {
    if (!(error instanceof SubmissionError)) throw error;
    return [400, `${goPrint({ code: 'bad_json', message: error.message })}\n`];
  }
}

/** A refusal as Go prints a struct without tags. */
function untagged({ variant, field, reason }: Refusal): Readonly<Record<string, string>> {
  return { Kind: variant, Field: field, Reason: reason };
}
