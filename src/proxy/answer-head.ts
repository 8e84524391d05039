import { connectionOptions, type Field, isHopByHop, parseFields, type StatedFraming, statedFraming } from './fields.ts';
import { MessageFault } from './message-fault.ts';
import type { RequestHead } from './request-head.ts';

/** The head of an answer. */
export interface AnswerHead {
  readonly status: number;
  readonly statusText: string;
  /** What follows the version in the status line, byte for byte. */
  readonly statusPart: string;
  readonly fields: readonly Field[];
  readonly options: ReadonlySet<string>;
  readonly framing: StatedFraming;
  /** The target may be sent another request on this connection. */
  readonly keepsConnection: boolean;
}

const statusLine = /^HTTP\/1\.([01])( ([1-9][0-9][0-9])(?: ([\t\x20-\x7e\x80-\xff]*))?)$/;

/** Parses the lines of an answer's head (RFC 9112, 4). Throws MessageFault with status 502. */
export function parseAnswerHead(lines: readonly string[]): AnswerHead {
  try {
    return parse(lines);
  } catch (error) {
    throw error instanceof MessageFault ? new MessageFault(error.reason, error.message, 502) : error;
  }
}

function parse([first = '', ...lines]: readonly string[]): AnswerHead {
  const found = statusLine.exec(first);
  if (found === null) throw new MessageFault('status-line', 'the answer does not begin with a status line of HTTP/1.1');
  const [, minor, statusPart = '', status, statusText = ''] = found;
  const fields = parseFields(lines);
  const options = connectionOptions(fields);
  const framing = statedFraming(fields);
  const isHttp10 = minor === '0';
  if (isHttp10 && framing.isChunked) throw new MessageFault('transfer-encoding', 'HTTP/1.0 has no transfer-encoding');
  const keepsConnection = isHttp10 ? false : !options.has('close');
  return { status: Number(status), statusText, statusPart, fields, options, framing, keepsConnection };
}

/** How the body of an answer ends. */
export type BodyEnd = 'none' | 'length' | 'chunked' | 'close';

/** How the body of an answer to this request ends (RFC 9112, 6.3). */
export function bodyEnd({ status, framing }: AnswerHead, method: string): BodyEnd {
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return 'none';
  if (framing.isChunked) return 'chunked';
  return framing.length === null ? 'close' : 'length';
}

/** The head as the client gets it: status and end-to-end fields as they came; what the connection is about, in our own words. */
export function answerHeadText(answer: AnswerHead, request: RequestHead, keepsClient: boolean): string {
  const says = keepsClient || bodyEnd(answer, request.method) === 'close' || saysPlainly('close', answer);
  const isUpgrade = answer.status === 101;
  const lines = answer.fields
    .filter((field) => isUpgrade || isPassed(field, answer, request, keepsClient))
    .map(({ line }) => line);
  if (!isUpgrade && answer.status >= 200 && !says) lines.push('Connection: close');
  return `${[`HTTP/1.1${answer.statusPart}`, ...lines].join('\r\n')}\r\n\r\n`;
}

function isPassed(field: Field, answer: AnswerHead, request: RequestHead, keepsClient: boolean): boolean {
  if (field.lower === 'connection') return saysPlainly(keepsClient ? 'keep-alive' : 'close', answer);
  if (field.lower === 'transfer-encoding') return !request.isHttp10;
  return !isHopByHop(field, answer.options);
}

/** The target says this of its connection, and nothing else: it holds for that of the client, too. */
function saysPlainly(option: string, { options, fields }: AnswerHead): boolean {
  const isOnlyField = fields.filter(({ lower }) => lower === 'connection').length === 1;
  return options.size === 1 && options.has(option) && isOnlyField;
}
