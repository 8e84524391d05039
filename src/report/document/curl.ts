import type { ConnectionSettings } from '../../config/config.ts';
import type { Added, RecordedExchange } from '../../record/types.ts';
import { connectionArguments, hostAskedFor } from './curl-connection.ts';
import { isPlain, printfFormat, quote } from './shell-quote.ts';

type Request = RecordedExchange['request'];

/** For values that stand in no record. */
const unknown = '***';

/** curl sets these itself, or the connection decides them. */
const left = new Set(['host', 'content-length', 'connection', 'transfer-encoding', 'expect']);

const headerArguments = ({ headers, body }: Request): readonly string[] => {
  const sent = headers.filter(([name]) => !left.has(name.toLowerCase()) && /^[!#$%&'*+.^_`|~\w-]+$/.test(name));
  const names = new Set(sent.map(([name]) => name.toLowerCase()));
  const unset = ['accept', 'user-agent', ...(body === null ? [] : ['content-type'])].filter((name) => !names.has(name));
  const lines = sent.map(([name, value]) => (value === '' ? `${name};` : `${name}: ${value}`));
  return [...lines, ...unset.map((name) => `${name}:`)].map((line) => `-H ${quote(line)}`);
};

const bodyBytes = (body: Request['body']): Uint8Array | null => {
  if (body === null) return null;
  return body.base64 === undefined ? Buffer.from(body.text ?? '', 'utf8') : Buffer.from(body.base64, 'base64');
};

const methodArguments = (method: string): readonly string[] =>
  method === 'HEAD' ? ['--head'] : [`-X ${quote(method)}`];

const prefixOf = (url: string): string => (URL.canParse(url) ? new URL(url).pathname.replace(/\/$/, '') : '');

const addressArguments = (url: string, path: string): readonly string[] =>
  /^\/[\w/.~%!$&'()*+,;=:@?-]*$/.test(path)
    ? [`--url ${quote(url + path)}`]
    : [`--request-target ${quote(prefixOf(url) + path)}`, `--url ${quote(url)}`];

/** The request as it goes to a target that adds something to it, whose values no record holds. */
const withAdded = (request: Request, adds: readonly Added[]): Request => {
  const added = adds.filter(({ auth }) => !auth || request.withoutAuth !== true);
  const [headers, query] = [added.filter((one) => one.in === 'header'), added.filter((one) => one.in === 'query')];
  const names = new Set(headers.map(({ name }) => name.toLowerCase()));
  const own = request.headers.filter(([name]) => !names.has(name.toLowerCase()));
  const pairs = query.map(({ name }) => `${encodeURIComponent(name)}=${unknown}`).join('&');
  return {
    ...request,
    path: pairs === '' ? request.path : `${request.path}${request.path.includes('?') ? '&' : '?'}${pairs}`,
    headers: [...own, ...headers.map(({ name }) => [name, unknown] as const)],
  };
};

/** What is sent to. */
interface Addressee {
  readonly url: string;
  readonly adds?: readonly Added[];
  readonly connection?: ConnectionSettings;
}

/**
 * A command for sh and bash that sends a recorded request to a target byte for byte (curl 7.55 or later), over a connection like those of
 * the run, with `***` for what the target adds to it. What the record holds of a cut body is all that is sent.
 */
export const curlLine = ({ url, adds = [], connection = {} }: Addressee, recorded: Request): string => {
  const request = withAdded(recorded, adds);
  const body = bodyBytes(request.body);
  const text = request.body?.text;
  const inline = text !== undefined && isPlain(text) && text.length < 100_000;
  const pipe = body === null || inline ? '' : `printf ${printfFormat(body)} | `;
  const payload = body === null ? [] : [inline ? `--data-raw ${quote(text)}` : '--data-binary @-'];
  const address = addressArguments(hostAskedFor(url, connection), request.path);
  const parts = [
    ...connectionArguments(url, connection),
    ...methodArguments(request.method),
    ...headerArguments(request),
    ...payload,
    ...address,
  ];
  return `${pipe}curl -sS -i --globoff --path-as-is ${parts.join(' ')}`;
};
