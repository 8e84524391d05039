import { isUtf8 } from 'node:buffer';
import { isEventsType, isJsonType, isLinesType } from '../headers/media-type.ts';
import type { JsonOptions } from '../json/json-options.ts';
import { maxEvents } from '../limits.ts';
import { excerptBytes, excerptStart, firstDifference, shorten } from '../model/excerpt.ts';
import { below, type Location, rootLocation } from '../model/location.ts';
import { judgeBelow } from '../model/value-judge.ts';
import { isIgnored, rulesBelow } from '../rules/compiled-rules.ts';
import {
  type Body,
  type BodyComparison,
  type BodyReader,
  jsonOf,
  looksLikeJson,
  one,
  otherKind,
  placed,
  same,
  together,
} from './body-content.ts';
import { atLeastBytes, compareSources, isJsonSource } from './embedded-json.ts';
import { eventSource, eventsOf, type ServerEvent, type ServerEvents } from './server-sent-events.ts';
import { compareTexts } from './text.ts';

/** Where what no blank line ends is reported. */
const unfinished = below(rootLocation, 'unfinished');

/** A body cut into values, one character for each byte. */
interface Stream {
  /** Each as JSON. */
  readonly items: readonly string[];
  /** The lines behind them that make no item. */
  readonly left: string;
  /** What is behind all that, beyond `mostEvents`. */
  readonly rest: string;
}

/** Newline-delimited JSON, line by line: pointers are `/0/x`, an inserted line is one divergence. */
export const readLines: BodyReader = (reference, candidate, { options }) => {
  const named = isLinesType(reference.type) || isLinesType(candidate.type);
  if (!named && ![reference, candidate].some((body) => isJsonType(body.type) || looksLikeJson(body))) return null;
  const [a, b] = [linesOf(reference), linesOf(candidate)];
  if (a === null && b === null) return null;
  if (a === null || b === null) return named ? notLines(reference, candidate) : null;
  return atLeastBytes(compareStreams([a, reference], [b, candidate], options), reference, candidate);
};

/** Each line that is not blank is JSON. A document that calls itself JSON is not a stream of one line. */
function linesOf(body: Body): Stream | null {
  if (!isLinesType(body.type) && isJsonType(body.type) && jsonOf(body) !== null) return null;
  const text = withoutMark(body.bytes.toString('latin1'));
  const items: string[] = [];
  let end = 0;
  for (const line of filledLines(text)) {
    if (items.length === maxEvents) break;
    if (!isJsonSource(line.text)) return null;
    items.push(line.text);
    end = line.next;
  }
  return items.length === 0 ? null : { items, left: '', rest: text.slice(end) };
}

interface Line {
  readonly text: string;
  /** From 1, blank lines counted. */
  readonly number: number;
  /** Where the next line begins. */
  readonly next: number;
}

function* filledLines(text: string): Generator<Line> {
  for (let at = 0, number = 1; at < text.length; number += 1) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end === -1 ? text.length : end);
    at += line.length + 1;
    if (!/^[ \t\r]*$/.test(line)) yield { text: line, number, next: at };
  }
}

/** Lines on one side alone. Where the other side says that it has them too, the first line that is none is what to show. */
function notLines(reference: Body, candidate: Body): BodyComparison {
  const whole = otherKind(reference, candidate);
  const [found] = whole.divergences;
  return one('type', 'shape', [brokenLine(reference) ?? found!.reference, brokenLine(candidate) ?? found!.candidate]);
}

function brokenLine(body: Body): string | null {
  if (!isLinesType(body.type)) return null;
  for (const { text, number } of filledLines(withoutMark(body.bytes.toString('latin1'))))
    if (!isJsonSource(text))
      return shorten(`line ${number} is not JSON: ${excerptBytes(Buffer.from(text.slice(0, 2000), 'latin1'))}`);
  return null;
}

/**
 * Server-sent events (WHATWG HTML, section 9.2), one by one: pointers are `/0/data/x`, comments and spelling count at `wire`. What no
 * blank line ends is never dispatched: it is not an event, and compared as text at `/unfinished`.
 */
export const readEvents: BodyReader = (reference, candidate, { options }) => {
  if (!isEventsType(reference.type) && !isEventsType(candidate.type)) return null;
  const [a, b] = [reference, candidate].map((body) => eventsOf(withoutMark(body.bytes.toString('latin1')), maxEvents));
  if (a == null && b == null) return null;
  if (a == null || b == null) return otherKind(reference, candidate);
  const asJson = everyDatum(a.items) && everyDatum(b.items);
  const undispatched = [isLeftOf(a, b), isLeftOf(b, a)] as const;
  const isSame = !undispatched.includes(true);
  const most = Math.min(a.items.length, b.items.length);
  const spelled = ({ items, left, rest }: ServerEvents): Stream => {
    const compared = isSame ? items : items.slice(0, most);
    return { items: compared.map((each) => eventSource(each, asJson)), left: isSame ? left : '', rest };
  };
  const found = compareStreams([spelled(a), reference], [spelled(b), candidate], options);
  const isHidden = isSame || isIgnoredAt(unfinished, options);
  const all = isHidden ? found : together([found, notDispatched(undispatched, [a, b])]);
  return atLeastBytes(all, reference, candidate);
};

/** What is left of one stream is the last event of the other, which has one more. */
function isLeftOf({ items, unfinished: event }: ServerEvents, other: ServerEvents): boolean {
  const last = other.items.at(-1);
  if (event === null || last === undefined || other.items.length !== items.length + 1) return false;
  return eventSource(event, false) === eventSource(last, false) && squeezed(other.left) === '';
}

/** One event that clients get from one side alone: the other ends before the blank line that would dispatch it. */
function notDispatched(
  [onA]: readonly [boolean, boolean],
  [a, b]: readonly [ServerEvents, ServerEvents],
): BodyComparison {
  const event = (onA ? b : a).items.at(-1)!;
  const shown = shorten(excerptBytes(Buffer.from(eventSource(event, false), 'latin1')));
  const ends = `no blank line ends it, so that it is never dispatched: ${shown}`;
  return placed(unfinished, onA ? one('extra', 'value', [ends, shown]) : one('missing', 'value', [shown, ends]));
}

function everyDatum(events: readonly ServerEvent[]): boolean {
  return events.every(({ data }) => data === null || isJsonSource(data));
}

const byteOrderMark = '\xef\xbb\xbf';

function withoutMark(text: string): string {
  return text.startsWith(byteOrderMark) ? text.slice(byteOrderMark.length) : text;
}

type Streamed = readonly [stream: Stream, body: Body];

function compareStreams(a: Streamed, b: Streamed, options: JsonOptions): BodyComparison {
  const items = compareSources(listOf(a), listOf(b), options);
  return together([items, compareLeft(a, b, options), compareRest(a, b, options)]);
}

/** The items as one list; a byte-order mark stays where it was. */
function listOf([{ items }, { bytes }]: Streamed): string {
  const mark = bytes.toString('latin1', 0, 3);
  return `${mark === byteOrderMark ? mark : ''}[${items.join()}]`;
}

/** What is not an item is forgiven by a rule for its place, or for the whole body. */
function isIgnoredAt({ a }: Location, { rules }: JsonOptions): boolean {
  return isIgnored(rules, a) || isIgnored(rules, '');
}

const beyond = below(rootLocation, maxEvents);

function compareRest([a]: Streamed, [b]: Streamed, options: JsonOptions): BodyComparison {
  if (a.rest === b.rest || isIgnoredAt(beyond, options)) return same;
  const [x, y] = [Buffer.from(a.rest, 'latin1'), Buffer.from(b.rest, 'latin1')];
  const from = excerptStart(firstDifference(x, y));
  const show = (bytes: Buffer) => shorten(`${bytes.length} bytes from here on: …${excerptBytes(bytes.subarray(from))}`);
  return placed(beyond, one('bytes', 'value', [show(x), show(y)]));
}

/** What is left behind the last events: no client is told of it, but it shows where a stream was cut off. */
function compareLeft([a, reference]: Streamed, [b, candidate]: Streamed, options: JsonOptions): BodyComparison {
  if (squeezed(a.left) === squeezed(b.left) || isIgnoredAt(unfinished, options)) return same;
  const [x, y] = [Buffer.from(a.left, 'latin1'), Buffer.from(b.left, 'latin1')];
  const charset = isUtf8(x) && isUtf8(y) ? 'utf8' : 'latin1';
  const rules = rulesBelow(options.rules, unfinished);
  const found = compareTexts(
    { text: x.toString(charset), body: reference },
    { text: y.toString(charset), body: candidate },
    { ...options, rules, ...judgeBelow(options.judge, unfinished) },
  );
  return placed(unfinished, found);
}

const word = /[\w\x80-\xff]/;

/** A text with one space for all white space between two words, and without any other. */
function squeezed(text: string): string {
  return text.replace(/[ \t\n]+/g, (blank, at: number) =>
    word.test(text.charAt(at - 1)) && word.test(text.charAt(at + blank.length)) ? ' ' : '',
  );
}
