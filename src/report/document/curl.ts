import type { Added, RecordedExchange } from '../../record/types.ts';

type Request = RecordedExchange['request'];

const isPlain = (text: string): boolean => /^[ -~]*$/.test(text);
const octal = (byte: number): string => `\\${byte.toString(8).padStart(3, '0')}`;

/** Octal escapes of POSIX `printf`, so that every byte arrives in any shell and none of them is on the screen. */
const printfFormat = (bytes: Uint8Array): string =>
  `'${Array.from(bytes, (byte) => (/[A-Za-z0-9 {}[\]":,._/=&+-]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : octal(byte))).join('')}'`;

/** Header and path text as received: one byte a character where it is latin1, else UTF-8. */
const bytesOf = (text: string): Uint8Array => Buffer.from(text, /^[\0-\xff]*$/.test(text) ? 'latin1' : 'utf8');

const quote = (text: string): string =>
  isPlain(text) ? `'${text.replaceAll("'", "'\\''")}'` : `"$(printf ${printfFormat(bytesOf(text))})"`;

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
}

/**
 * A command for sh and bash that sends a recorded request to a target byte for byte (curl 7.55 or later), with `***` for what the target
 * adds to it. What the record holds of a cut body is all that is sent.
 */
export const curlLine = ({ url, adds = [] }: Addressee, recorded: Request): string => {
  const request = withAdded(recorded, adds);
  const body = bodyBytes(request.body);
  const text = request.body?.text;
  const inline = text !== undefined && isPlain(text) && text.length < 100_000;
  const pipe = body === null || inline ? '' : `printf ${printfFormat(body)} | `;
  const payload = body === null ? [] : [inline ? `--data-raw ${quote(text)}` : '--data-binary @-'];
  const parts = [...methodArguments(request.method), ...headerArguments(request), ...payload];
  return `${pipe}curl -sS -i --globoff --path-as-is ${[...parts, ...addressArguments(url, request.path)].join(' ')}`;
};
