import { isJsonSource, quoteBytes } from './embedded-json.ts';

/** A server-sent event as it was written; bytes are one character each. */
export interface ServerEvent {
  readonly event: string | null;
  readonly id: string | null;
  readonly retry: string | null;
  readonly data: string | null;
}

interface Line {
  readonly text: string;
  /** Where the next line begins. */
  readonly next: number;
}

function lineAt(text: string, from: number): Line {
  let end = from;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end += 1;
  const width = text.startsWith('\r\n', end) ? 2 : 1;
  return { text: text.slice(from, end), next: end + width };
}

const fieldNames = ['event', 'id', 'retry', 'data'] as const;
type FieldName = (typeof fieldNames)[number];

function fieldOf(line: string): readonly [FieldName, string] | null {
  const at = line.indexOf(':');
  const name = fieldNames.find((known) => known === (at < 0 ? line : line.slice(0, at)));
  if (name === undefined) return null;
  const value = at < 0 ? '' : line.slice(at + 1).replace(/^ /, '');
  const unreadable = (name === 'id' && value.includes('\0')) || (name === 'retry' && !/^\d+$/.test(value));
  return unreadable ? null : [name, value];
}

/** The first events of a stream. */
export interface ServerEvents {
  readonly items: readonly ServerEvent[];
  /** What would be the next event if a blank line followed; null where no field is left. */
  readonly unfinished: ServerEvent | null;
  /** The lines behind the last of them that no blank line ends, as `linesLeft` has them. */
  readonly left: string;
  /** The text behind all that. */
  readonly rest: string;
}

/**
 * The first events of a stream (WHATWG HTML, section 9.2.6), at most `most`, and what is behind them. Null if no line of them is
 * a comment or has a field's name: that is not an event stream. What no blank line ends is not an event.
 * Not eventsource-parser: it drops events without data, and what no blank line ends, in both of which servers can differ.
 */
export function eventsOf(text: string, most: number): ServerEvents | null {
  const items: ServerEvent[] = [];
  let fields: (readonly [FieldName, string])[] = [];
  let [at, ended, known] = [0, 0, false];
  while (at < text.length && items.length < most) {
    const line = lineAt(text, at);
    const field = fieldOf(line.text);
    known ||= field !== null || line.text.startsWith(':');
    if (field !== null) fields.push(field);
    if (line.text === '') {
      if (fields.length > 0) items.push(eventFrom(fields));
      fields = [];
      ended = line.next;
    }
    at = line.next;
  }
  const unfinished = fields.length > 0 ? eventFrom(fields) : null;
  return known ? { items, unfinished, left: linesLeft(text.slice(ended, at)), rest: text.slice(at) } : null;
}

/** The lines of a text that are not comments, with a line feed between them. */
function linesLeft(text: string): string {
  const lines: string[] = [];
  for (let at = 0; at < text.length; ) {
    const line = lineAt(text, at);
    if (!line.text.startsWith(':')) lines.push(line.text);
    at = line.next;
  }
  return lines.join('\n');
}

/** Of a field that is there twice the last one counts; lines of data are joined. */
function eventFrom(fields: readonly (readonly [FieldName, string])[]): ServerEvent {
  const all = (name: FieldName) => fields.filter(([other]) => other === name).map(([, value]) => value);
  const last = (name: FieldName) => all(name).at(-1) ?? null;
  const data = all('data');
  return {
    event: last('event'),
    id: last('id'),
    retry: last('retry'),
    data: data.length === 0 ? null : data.join('\n'),
  };
}

/**
 * An event as JSON source. Data that is a JSON object or array is taken as such; `asJson` says that every datum is JSON, so that
 * a scalar cannot be taken for a text that looks like it.
 */
export function eventSource({ event, id, retry, data }: ServerEvent, asJson: boolean): string {
  const members = [
    event === null ? null : `"event":${quoteBytes(event)}`,
    id === null ? null : `"id":${quoteBytes(id)}`,
    retry === null ? null : `"retry":${retry.replace(/^0+(?=\d)/, '')}`,
    data === null ? null : `"data":${dataSource(data, asJson)}`,
  ];
  return `{${members.filter((member) => member !== null).join()}}`;
}

function dataSource(data: string, asJson: boolean): string {
  return asJson || (/^[ \t\n]*[{[]/.test(data) && isJsonSource(data)) ? data : quoteBytes(data);
}
