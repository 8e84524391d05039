import { maxFields } from './limits.ts';
import { MessageFault } from './message-fault.ts';

/** One field line of a head or a trailer section. Text is latin1: each character is one byte. */
export interface Field {
  readonly name: string;
  readonly lower: string;
  /** Without the white space around it. */
  readonly value: string;
  /** The whole line as it came, without its end. */
  readonly line: string;
}

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const fieldValue = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Whether a text is a token (RFC 9110, 5.6.2). */
export function isToken(text: string): boolean {
  return token.test(text);
}

/** Parses field lines (RFC 9112, 5). Throws MessageFault for what readers are known to take in different ways. */
export function parseFields(lines: readonly string[]): Field[] {
  if (lines.length > maxFields)
    throw new MessageFault('too-many-fields', `there are more than ${maxFields} fields`, 431);
  return lines.map(parseField);
}

function parseField(line: string): Field {
  if (/^[ \t]/.test(line)) throw new MessageFault('folded-field', 'a field goes on in a second line (obs-fold)');
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(colon, 0));
  if (!isToken(name)) throw new MessageFault('field-name', 'a field has no valid name before a colon');
  const value = line.slice(colon + 1).replace(/^[\t ]+|[\t ]+$/g, '');
  if (!fieldValue.test(value)) throw new MessageFault('field-value', 'a field has a control character in its value');
  const lower = name.toLowerCase();
  refuseLookalike(lower);
  return { name, lower, value, line };
}

const framing = ['content-length', 'transfer-encoding'];

/** `content_length`: gateways to CGI and WSGI take it for the real field. */
function refuseLookalike(lower: string): void {
  const plain = lower.replace(/[^a-z0-9]/g, '-');
  if (plain !== lower && framing.includes(plain))
    throw new MessageFault('field-name', `a field has a name that some servers take for ${plain}`);
}

/** How the fields say that a body is framed. */
export interface StatedFraming {
  /** In bytes; null where no field says so. */
  readonly length: number | null;
  readonly isChunked: boolean;
}

/** Reads `content-length` and `transfer-encoding`. Throws MessageFault for both at once, for one that comes twice, and for other values than one plain number or `chunked`. */
export function statedFraming(fields: readonly Field[]): StatedFraming {
  const lengths = fields.filter(({ lower }) => lower === 'content-length');
  const codings = fields.filter(({ lower }) => lower === 'transfer-encoding');
  if (lengths.length > 0 && codings.length > 0)
    throw new MessageFault('length-and-chunked', 'there are both a content-length and a transfer-encoding');
  if (lengths.length > 1) throw new MessageFault('two-lengths', 'there is more than one content-length');
  if (codings.length > 1) throw new MessageFault('transfer-encoding', 'there is more than one transfer-encoding');
  const [length, coding] = [lengths[0]?.value, codings[0]?.value];
  if (length !== undefined && !/^(?:0|[1-9][0-9]{0,14})$/.test(length))
    throw new MessageFault('content-length', 'the content-length is not one plain number');
  if (coding !== undefined && coding.toLowerCase() !== 'chunked')
    throw new MessageFault('transfer-encoding', 'the transfer-encoding is not chunked');
  return { length: length === undefined ? null : Number(length), isChunked: coding !== undefined };
}

/** The options of the `connection` fields, in lower case. Throws MessageFault where they name a field that frames or routes the message. */
export function connectionOptions(fields: readonly Field[]): Set<string> {
  const values = fields.filter(({ lower }) => lower === 'connection').flatMap(({ value }) => value.split(','));
  const options = new Set(values.map((value) => value.trim().toLowerCase()).filter((value) => value !== ''));
  for (const name of [...framing, 'host'])
    if (options.has(name)) throw new MessageFault('connection', `the connection field names ${name}`);
  return options;
}

const hopByHop = new Set(['connection', 'keep-alive', 'proxy-connection', 'te', 'upgrade']);

/** Whether a field is for this connection alone (RFC 9110, 7.6.1); `transfer-encoding` is not in it, framing is looked at by itself. */
export function isHopByHop({ lower }: Field, options: ReadonlySet<string>): boolean {
  return hopByHop.has(lower) || options.has(lower);
}

const notInTrailers = new Set([...framing, ...hopByHop, 'host', 'trailer', 'authorization', 'cookie', 'content-type']);

/** Parses a trailer section. Throws MessageFault for fields that change how the message is read (RFC 9110, 6.5.1). */
export function parseTrailers(lines: readonly string[]): Field[] {
  const fields = parseFields(lines);
  const wrong = fields.find(({ lower }) => notInTrailers.has(lower));
  if (wrong !== undefined) throw new MessageFault('trailer', `the trailer section has the field ${wrong.lower}`);
  return fields;
}
