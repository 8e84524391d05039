import type { Answer, Header, Service, TwinRequest } from './answer.ts';
import { recordedAnswer, type ValidateAnswer } from './recorded.ts';
import { jsonType, rustAnswer, rustJson, rustText } from './rust-answer.ts';
import { createRustObjects, type RustObjects } from './rust-objects.ts';
import { readSubmission, SubmissionError } from './submission.ts';
import { serdeTagged, validate } from './validation.ts';

const MAX_JSON_BYTES = 2 * 1024 * 1024;

type Route = Readonly<Record<string, (request: TwinRequest) => Answer | Promise<Answer>>>;

/** The Rust service as axum and serde give it: lower-case header names, routes on the path as it came, no trailing newline. */
export function createRust(): Service {
  const objects = createRustObjects();
  const fixed = new Map<string, Route>([
    ['/health', { GET: () => rustJson(200, { status: 'ok', service: 'gateway' }) }],
    ['/v1/validate', { POST: answerValidate }],
    ['/v1/objects', { GET: objects.list }],
  ]);
  const answer = async (request: TwinRequest): Promise<Answer> => {
    const refused = refusedByHyper(request);
    if (refused !== null) return emptyAnswer(refused, [['connection', 'close']]);
    const route = fixed.get(request.path) ?? objectRoute(objects, request);
    return closeIfAsked(request, countEmptyHead(request, await dispatch(route, request)));
  };
  return { answer, malformed };
}

function objectRoute(objects: RustObjects, { path }: TwinRequest): Route | null {
  const root = '/v1/objects/';
  if (!path.startsWith(root)) return null;
  const raw = path.slice(root.length);
  const route = objects.at(raw);
  return { GET: route.get, PUT: route.put, DELETE: route.delete };
}

function dispatch(route: Route | null, request: TwinRequest): Answer | Promise<Answer> {
  if (route === null) return emptyAnswer(404);
  const method = request.method === 'HEAD' && 'GET' in route ? 'GET' : request.method;
  const act = Object.hasOwn(route, method) ? route[method] : undefined;
  if (act !== undefined) return act(request);
  const allowed = Object.keys(route).flatMap((name) => (name === 'GET' ? ['GET', 'HEAD'] : [name]));
  return emptyAnswer(405, [['allow', allowed.join(',')]]);
}

/** The status of a request that hyper answers itself, or null: a URI over 65,534 bytes, more than 100 headers. */
function refusedByHyper(request: TwinRequest): 400 | 414 | 431 | null {
  const { path, query, headerCount } = request;
  if (path.length + query.length + 1 > 65_534) return 414;
  if (headerCount > 100) return 431;
  return isHyperUri(request) ? null : 400;
}

/** The characters that the `http` crate takes in a path and in a query; it refuses a request line with others. */
function isHyperUri({ path, query }: TwinRequest): boolean {
  return !/[<>`]/.test(path) && !/["<>]/.test(query);
}

/** Of a HEAD, axum counts the empty body of a 304, and hyper leaves that of the fallback's 404 uncounted. */
function countEmptyHead(request: TwinRequest, answer: Answer): Answer {
  if (request.method !== 'HEAD') return answer;
  if (answer.status === 304) return { ...answer, headers: answer.headers.toSpliced(-1, 0, ['content-length', '0']) };
  const isFallback = answer.status === 404 && answer.body.length === 0;
  return isFallback ? { ...answer, headers: answer.headers.filter(([name]) => name !== 'content-length') } : answer;
}

/** hyper says that it closes just before the date. */
function closeIfAsked(request: TwinRequest, answer: Answer): Answer {
  if (request.header('connection')?.toLowerCase() !== 'close') return answer;
  return { ...answer, headers: answer.headers.toSpliced(-1, 0, ['connection', 'close']) };
}

/** What hyper answers to a request that it cannot read. */
function malformed(): Answer {
  return emptyAnswer(400, [['connection', 'close']]);
}

function emptyAnswer(status: number, headers: readonly Header[] = []): Answer {
  return rustAnswer(status, headers, Buffer.alloc(0));
}

async function answerValidate(request: TwinRequest): Promise<Answer> {
  if (!isJsonType(request.header('content-type'))) {
    return rustText(415, 'Expected request with `Content-Type: application/json`');
  }
  const body = await request.body(MAX_JSON_BYTES);
  if (body === null) return rustText(413, 'Failed to buffer the request body: length limit exceeded');
  const [status, text] = recordedAnswer('rust', body) ?? validateInRust(body);
  return text.startsWith('{') ? rustAnswer(status, [jsonType], Buffer.from(text)) : rustText(status, text);
}

/** What the Rust twin answers to a body that was not recorded. */
export function validateInRust(body: Buffer): ValidateAnswer {
  try {
    const verdict = validate(readSubmission(body));
    return 'accepted' in verdict ? [200, JSON.stringify(verdict)] : [422, JSON.stringify(serdeTagged(verdict))];
  } catch (error) {
    if (!(error instanceof SubmissionError)) throw error;
    return error.fault === 'type'
      ? [422, `Failed to deserialize the JSON body into the target type: ${error.message}`]
      : [400, `Failed to parse the request body as JSON: ${error.message}`];
  }
}

/** As the `mime` crate reads it: a quoted parameter that does not end makes it no media type at all. */
function isJsonType(contentType: string | null): boolean {
  if ((contentType ?? '').split('"').length % 2 === 0) return false;
  const essence = (contentType ?? '').split(';')[0]!.trim().toLowerCase();
  return essence === 'application/json' || (essence.startsWith('application/') && essence.endsWith('+json'));
}
