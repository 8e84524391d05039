import { decodeContent } from '../compare/media/content-encoding.ts';
import type { TappedAnswer, TappedBody, TappedExchange } from '../proxy/tap.ts';
import { type RecordedAnswer, type RecordedBody, type RecordedExchange, recordedBody } from '../recorded/format.ts';
import type { RecordedSecrets } from './secrets.ts';

/** An exchange that has a whole answer. */
export type AnsweredExchange = TappedExchange & { readonly answer: TappedAnswer };

/** The exchange as it is recorded: without credentials, and with bodies as they are once decoded. `second` is the answer to the same request sent again. */
export function toRecorded(
  { request, answer, startedAt }: AnsweredExchange,
  second: TappedAnswer | null,
  secrets: RecordedSecrets,
): RecordedExchange {
  const sent = request.body.size === 0 ? null : bodyOf(request.body);
  const answers = [answer, ...(second === null ? [] : [second])].map(plainAnswer);
  const { method, path, headers } = request;
  const at = new Date(startedAt).toISOString();
  return withoutSecrets({ at, request: { method, path, headers, body: sent }, answers }, secrets);
}

/** The exchange with the names of variables in the place of credentials. */
export function withoutSecrets(exchange: RecordedExchange, secrets: RecordedSecrets): RecordedExchange {
  const { at, request, answers } = exchange;
  const bodies = [request.body, ...answers.map(({ body }) => body)].flatMap(bodyText);
  const headers = [...request.headers, ...answers.flatMap((one) => one.headers)];
  secrets.learn({ path: request.path, headers, bodies });
  const used = new Set(exchange.variables);
  const hide = (text: string) => secrets.hide(text, used);
  const hidden = <P extends { headers: RecordedAnswer['headers']; body: RecordedBody | null }>(one: P): P => ({
    ...one,
    headers: one.headers.map(([name, value]) => [name, hide(value)] as const),
    body: one.body === null ? null : hiddenBody(one.body, hide),
  });
  const line = {
    at,
    request: hidden({ ...request, path: hide(request.path) }),
    answers: answers.map((one) => hidden(one)),
  };
  return used.size === 0 ? line : { ...line, variables: [...used].sort() };
}

/** The text of a body; of one that is not UTF-8, a character for each byte, since a form may have credentials beside a file. */
export function bodyText(body: RecordedBody | null): string[] {
  if (body === null || 'omitted' in body) return [];
  return ['text' in body ? body.text : Buffer.from(body.base64, 'base64').toString('latin1')];
}

/** Bytes have no place for a variable: a credential in them is overwritten with its name. */
function hiddenBody(body: RecordedBody, hide: (text: string) => string): RecordedBody {
  if ('omitted' in body) return body;
  if ('text' in body) return { text: hide(body.text) };
  return { base64: Buffer.from(hide(bodyText(body)[0]!), 'latin1').toString('base64') };
}

function bodyOf({ bytes, size }: TappedBody): RecordedBody {
  return bytes === null ? { omitted: size } : recordedBody(bytes);
}

const connectionOnly = new Set(['connection', 'keep-alive', 'transfer-encoding', 'proxy-connection']);

/** Credentials in a compressed body could not be seen, so it is recorded as it is once decoded. */
export function plainAnswer({ status, statusText, headers, body }: TappedAnswer): RecordedAnswer {
  const kept = headers.filter(([name]) => !connectionOnly.has(name.toLowerCase()));
  const coding = kept.find(([name]) => name.toLowerCase() === 'content-encoding')?.[1];
  if (coding === undefined || body.bytes === null || body.size === 0)
    return { status, statusText, headers: kept, body: bodyOf(body) };
  const decoded = decodeContent(body.bytes, coding);
  if ('problem' in decoded) return { status, statusText, headers: kept, body: { omitted: body.size } };
  const plain = kept.filter(([name]) => !['content-encoding', 'content-length'].includes(name.toLowerCase()));
  return { status, statusText, headers: plain, body: recordedBody(decoded.bytes) };
}
