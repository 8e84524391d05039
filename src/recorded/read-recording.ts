import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { ParityError } from '../errors.ts';
import { parseExchange, parseHeader } from './exchange-line.ts';
import { bodyBytes, type RecordedAnswer, type RecordedExchange, recordingPathOf } from './format.ts';
import { maxLineBytes, readBytes } from './limits.ts';
import { headerKeys, type KeyedRequest, requestKeys } from './request-key.ts';

/** Where one exchange is, and what of it is needed to choose it. */
export interface RecordedPlace {
  /** Its position among the exchanges, from 0. */
  readonly index: number;
  readonly at: number;
  readonly length: number;
  readonly statuses: readonly number[];
  /** Its headers as `headerKeys` has them. */
  readonly headerKeys: readonly [values: string, names: string];
  /** By its path and method, for coverage. */
  readonly method: string;
  readonly path: string;
}

/** A file of recorded answers. Only an index is in memory; bodies are read when they are asked for. */
export interface Recording {
  readonly file: string;
  /** ISO 8601, UTC. */
  readonly recordedAt: string;
  /** Base URL of the recorded service; empty where it is not known. */
  readonly target: string;
  readonly places: readonly RecordedPlace[];
  /** The exchanges whose request this is, in their order: those with its bytes, or else those that mean the same; of several those with its headers. */
  find(request: KeyedRequest): readonly RecordedPlace[];
  read(place: RecordedPlace): RecordedExchange;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Opens recorded answers: a recording, or a file of cases with a recording beside it. `${NAME}` of a line that names it is filled from
 * the environment. Throws PX2014 with file and line for what is not a recording.
 */
export function openRecording(path: string, env: Environment): Recording {
  const file = existsSync(recordingPathOf(path)) ? recordingPathOf(path) : path;
  const descriptor = openFile(file);
  try {
    return indexOf(file, descriptor, env);
  } finally {
    closeSync(descriptor);
  }
}

function openFile(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (cause) {
    const hint = 'make one with parity record, or with parity import har, mitmproxy or gor';
    throw new ParityError('PX2014', `the recording ${file} cannot be read`, { hint, cause });
  }
}

function indexOf(file: string, descriptor: number, env: Environment): Recording {
  const lines = linesOf(file, descriptor);
  const first = lines.next();
  const header = first.done === true ? null : parseHeader(first.value.text);
  if (header === null) throw wrong(file, 1, 'is not the header of a recording');
  const places: RecordedPlace[] = [];
  const index = new Map<string, RecordedPlace[]>();
  let number = 1;
  for (const { text, at, length } of lines) {
    number += 1;
    const exchange = parseExchange(text);
    if (typeof exchange === 'string') throw wrong(file, number, exchange);
    const { method, path } = exchange.request;
    const statuses = exchange.answers.map(({ status }) => status);
    const headers = headerKeys(filled(exchange, env).request.headers);
    const place = { index: places.length, at, length, statuses, headerKeys: headers, method, path };
    places.push(place);
    for (const key of keysOf(exchange, env)) {
      const known = index.get(key);
      if (known === undefined) index.set(key, [place]);
      else known.push(place);
    }
  }
  const find = (request: KeyedRequest) => {
    const [exact, loose] = requestKeys(request);
    return withSameHeaders(index.get(`=${exact}`) ?? index.get(`~${loose}`) ?? [], request);
  };
  const { recordedAt, target } = header;
  return { file, recordedAt, target, places, find, read: (place) => readPlace(file, place, env) };
}

/** Of several places those with the headers of the request, or else with headers of the same names, or else all. */
function withSameHeaders(places: readonly RecordedPlace[], { headers }: KeyedRequest): readonly RecordedPlace[] {
  if (places.length < 2) return places;
  const keys = headerKeys(headers);
  for (const at of [0, 1] as const) {
    const same = places.filter((place) => place.headerKeys[at] === keys[at]);
    if (same.length > 0) return same;
  }
  return places;
}

/** A request whose body was not kept cannot be found again. */
function keysOf(exchange: RecordedExchange, env: Environment): string[] {
  const { method, path, headers, body } = filled(exchange, env).request;
  const bytes = body === null ? null : bodyBytes(body);
  if (body !== null && bytes === null) return [];
  const [exact, loose] = requestKeys({ method, path, headers, body: bytes });
  return [`=${exact}`, `~${loose}`];
}

interface Line {
  readonly text: string;
  readonly at: number;
  readonly length: number;
}

/** The whole lines of a file; what is behind the last line end was cut off. */
function* linesOf(file: string, descriptor: number): Generator<Line, undefined> {
  const chunk = Buffer.allocUnsafe(readBytes);
  let begun: Buffer[] = [];
  let at = 0;
  let length = 0;
  for (let read = readSync(descriptor, chunk); read > 0; read = readSync(descriptor, chunk)) {
    for (let start = 0; start < read; ) {
      const end = chunk.indexOf(0x0a, start);
      const isWhole = end >= 0 && end < read;
      const stop = isWhole ? end : read;
      begun.push(Buffer.from(chunk.subarray(start, stop)));
      length += stop - start;
      if (length > maxLineBytes) throw wrong(file, null, `has a line over ${maxLineBytes} bytes`);
      start = stop + 1;
      if (!isWhole) continue;
      if (length > 0) yield { text: Buffer.concat(begun).toString('utf8'), at, length };
      at += length + 1;
      begun = [];
      length = 0;
    }
  }
}

function wrong(file: string, line: number | null, what: string): ParityError {
  const message = line === null ? what : `line ${line} ${what}`;
  const hint = 'name the file that parity record or parity import wrote, as it was written';
  return new ParityError('PX2014', `${basename(file)} is not a recording that can be used`, {
    hint,
    problems: [{ file, line: line ?? 1, col: 1, message, hint }],
  });
}

function readPlace(file: string, { at, length }: RecordedPlace, env: Environment): RecordedExchange {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(length);
    readSync(descriptor, bytes, 0, length, at);
    const exchange = parseExchange(bytes.toString('utf8'));
    if (typeof exchange === 'string') throw wrong(file, null, `was changed while it was used: a line ${exchange}`);
    return filled(exchange, env);
  } finally {
    closeSync(descriptor);
  }
}

/** The exchange with the values of its variables; those that are not set stay as they are written. */
function filled(exchange: RecordedExchange, env: Environment): RecordedExchange {
  const { variables = [] } = exchange;
  if (variables.length === 0) return exchange;
  const fill = (text: string) =>
    variables.reduce((so, name) => so.replaceAll(`\${${name}}`, () => env[name] || `\${${name}}`), text);
  const { request, answers } = exchange;
  return {
    ...exchange,
    request: { ...filledPart(request, fill), path: fill(request.path) },
    answers: answers.map((answer): RecordedAnswer => filledPart(answer, fill)),
  };
}

type Part = Pick<RecordedExchange['request'], 'headers' | 'body'>;

function filledPart<P extends Part>(part: P, fill: (text: string) => string): P {
  const headers = part.headers.map(([name, value]) => [name, fill(value)] as const);
  const body = part.body !== null && 'text' in part.body ? { text: fill(part.body.text) } : part.body;
  return { ...part, headers, body };
}
