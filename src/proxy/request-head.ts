import {
  connectionOptions,
  type Field,
  isHopByHop,
  isToken,
  parseFields,
  type StatedFraming,
  statedFraming,
} from './fields.ts';
import { MessageFault } from './message-fault.ts';

/** The head of a request that has one meaning. */
export interface RequestHead {
  readonly method: string;
  /** In origin form, or `*`; as written, byte for byte. */
  readonly target: string;
  readonly isHttp10: boolean;
  readonly fields: readonly Field[];
  /** Options of its connection fields. */
  readonly options: ReadonlySet<string>;
  readonly framing: StatedFraming;
  readonly expectsContinue: boolean;
  /** It asks for a WebSocket, the only upgrade that is passed on. */
  readonly wantsWebSocket: boolean;
  /** The client may send another request on this connection. */
  readonly keepsConnection: boolean;
}

// A fragment is never sent; control characters and blanks end a target for some readers and not for others.
const originForm = /^\/[\x21\x22\x24-\x7e\x80-\xff]*$/;
const hostValue = /^(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._~-]+)(?::[0-9]{1,5})?$/;

/** Parses the lines of a request's head (RFC 9112, 3). Throws MessageFault for what has no meaning, or more than one. */
export function parseRequestHead([first = '', ...lines]: readonly string[], isSecure: boolean): RequestHead {
  const parts = first.split(' ');
  const [method = '', written = '', version = ''] = parts;
  if (parts.length !== 3 || !isToken(method))
    throw new MessageFault('request-line', 'the request line is not METHOD TARGET HTTP/1.1');
  if (version !== 'HTTP/1.1' && version !== 'HTTP/1.0')
    throw new MessageFault('version', 'the version is not HTTP/1.1 or HTTP/1.0', /^HTTP\/\d/.test(version) ? 505 : 400);
  const isHttp10 = version === 'HTTP/1.0';
  const fields = parseFields(lines);
  const host = hostOf(fields, isHttp10);
  const target = originFormOf({ method, written, host, isSecure });
  const framing = statedFraming(fields);
  if (isHttp10 && framing.isChunked) throw new MessageFault('transfer-encoding', 'HTTP/1.0 has no transfer-encoding');
  if (method === 'TRACE' && (framing.isChunked || (framing.length ?? 0) > 0))
    throw new MessageFault('trace-with-body', 'a TRACE request has a body');
  const options = connectionOptions(fields);
  const head = { method, target, isHttp10, fields, options, framing };
  return {
    ...head,
    expectsContinue: readExpectation(head),
    wantsWebSocket: asksForWebSocket(head),
    keepsConnection: !isHttp10 && !options.has('close'),
  };
}

function hostOf(fields: readonly Field[], isHttp10: boolean): string {
  const hosts = fields.filter(({ lower }) => lower === 'host');
  if (hosts.length > 1) throw new MessageFault('host', 'there is more than one host field');
  if (hosts.length === 0 && isHttp10) return '';
  const value = hosts[0]?.value ?? '';
  if (!hostValue.test(value)) throw new MessageFault('host', 'there is no host field with a host in it');
  return value;
}

interface WrittenTarget {
  readonly method: string;
  readonly written: string;
  readonly host: string;
  readonly isSecure: boolean;
}

/** The target of a request in origin form. The absolute form is taken for the host of the request only: it never says where to connect. */
function originFormOf({ method, written, host, isSecure }: WrittenTarget): string {
  if (method === 'CONNECT') throw new MessageFault('connect', 'CONNECT is not for a reverse proxy');
  if (originForm.test(written) || (method === 'OPTIONS' && written === '*')) return written;
  const absolute = /^(https?):\/\/([^/?#]*)(.*)$/i.exec(written);
  if (absolute === null) throw new MessageFault('request-target', 'the target does not begin with a slash');
  const [, scheme = '', authority = '', rest = ''] = absolute;
  if (authority.toLowerCase() !== host.toLowerCase() || (scheme.toLowerCase() === 'https') !== isSecure)
    throw new MessageFault('other-host', 'the absolute form of the target names another host');
  const target = rest.startsWith('/') ? rest : `/${rest}`;
  if (!originForm.test(target)) throw new MessageFault('request-target', 'the target has a fragment or a blank in it');
  return target;
}

type Parsed = Pick<RequestHead, 'method' | 'isHttp10' | 'fields' | 'options' | 'framing'>;

function readExpectation({ fields, isHttp10 }: Parsed): boolean {
  const expectations = fields.filter(({ lower }) => lower === 'expect');
  if (expectations.length === 0) return false;
  if (expectations.length > 1 || expectations[0]!.value.toLowerCase() !== '100-continue')
    throw new MessageFault('expectation', 'the only expectation that is known is 100-continue', 417);
  return !isHttp10;
}

function asksForWebSocket({ method, isHttp10, fields, options, framing }: Parsed): boolean {
  const upgrades = fields.filter(({ lower }) => lower === 'upgrade');
  const isAsked = upgrades.length === 1 && upgrades[0]!.value.toLowerCase() === 'websocket' && options.has('upgrade');
  return isAsked && method === 'GET' && !isHttp10 && !framing.isChunked && (framing.length ?? 0) === 0;
}

/** Where a request goes. */
export interface Destination {
  /** Raw, in front of the target. */
  readonly prefix: string;
  /** Replaces the value of the host field; null to pass that of the client on. */
  readonly authority: string | null;
}

/** The head as the target gets it: the end-to-end fields as they came, the framing and the connection in our own words. */
export function requestHeadText(head: RequestHead, { prefix, authority }: Destination): string {
  const { method, target, isHttp10, fields, keepsConnection } = head;
  const path = target === '*' ? target : prefix + target;
  const lines = fields.flatMap((field) => lineFor(field, head, authority));
  if (authority !== null && !fields.some(({ lower }) => lower === 'host')) lines.unshift(`Host: ${authority}`);
  if (isHttp10 || (!keepsConnection && !isPlainConnection(head))) lines.push('Connection: close');
  return `${[`${method} ${path} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n`;
}

function lineFor(field: Field, head: RequestHead, authority: string | null): string[] {
  const { lower, name, line } = field;
  const isUpgrade = head.wantsWebSocket && (lower === 'upgrade' || lower === 'connection');
  if (isUpgrade) return lower === 'upgrade' ? [line] : [`${name}: Upgrade`];
  if (lower === 'connection') return isPlainConnection(head) ? [line] : [];
  if (isHopByHop(field, head.options) || (lower === 'expect' && !head.expectsContinue)) return [];
  return lower === 'host' && authority !== null ? [`${name}: ${authority}`] : [line];
}

/** A connection field that means the same on the connection to the target, which serves this client alone. */
function isPlainConnection({ isHttp10, options, fields }: RequestHead): boolean {
  const isPlain = [...options].every((option) => option === 'close' || option === 'keep-alive');
  return (
    !isHttp10 && isPlain && options.size === 1 && fields.filter(({ lower }) => lower === 'connection').length === 1
  );
}

/** The end-to-end fields of a request but for host, framing and expectation, as `SentRequest` has them. */
export function endToEndHeaders({ fields, options }: RequestHead): (readonly [name: string, value: string])[] {
  const own = new Set(['host', 'content-length', 'transfer-encoding', 'expect']);
  return fields
    .filter((field) => !own.has(field.lower) && !isHopByHop(field, options))
    .map(({ name, value }) => [name, value] as const);
}
