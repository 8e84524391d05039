import { shownSides } from '../json/foreign-values.ts';
import type { JsonOptions } from '../json/json-options.ts';
import { maxCounted, maxExcerptLength } from '../limits.ts';
import { excerptStart, shorten, visibleText } from '../model/excerpt.ts';
import { isIgnored } from '../rules/compiled-rules.ts';
import { comparedTexts } from '../rules/text-under-rules.ts';
import { shownText } from '../values/own-origin.ts';
import {
  type Body,
  type BodyComparison,
  type BodyReader,
  one,
  otherBytes,
  otherKind,
  spared,
  textOf,
} from './body-content.ts';

/** Text in its charset: the first line that differs, and how many do. */
export const readText: BodyReader = (reference, candidate, { options }) => {
  const [a, b] = [textOf(reference), textOf(candidate)];
  if (a === null && b === null) return null;
  if (a === null || b === null) return otherKind(reference, candidate);
  return compareTexts({ text: a, body: reference }, { text: b, body: candidate }, options);
};

type Two = readonly [a: string, b: string];

/** A body and its text. */
export interface Text {
  readonly text: string;
  readonly body: Body;
}

/** Compares two texts as wholes. */
export function compareTexts(a: Text, b: Text, options: JsonOptions): BodyComparison {
  if (isIgnored(options.rules, '')) return otherBytes(a.body, b.body);
  if (a.text === b.text) return foreignText(a, b, options) ?? otherBytes(a.body, b.body);
  if (options.sameCapture(a.text, b.text, { member: '' }))
    return one('spelling', 'wire', [shorten(visibleText(a.text)), shorten(visibleText(b.text))]);
  const [x, y] = comparedTexts(options.rules, [a.text, b.text], options.origins);
  if (x === y) return otherBytes(a.body, b.body);
  const shown = ([p, q]: Two = [x, y]) => differingLines(shownText(p), shownText(q));
  const kind = options.judge?.({ a: '', b: '', texts: [x, y], hasPieces: true, shown });
  return kind === null ? spared : one(kind ?? 'value', 'value', shown());
}

/** One text that holds a value of one side's own; null if there is none. */
function foreignText(a: Text, b: Text, options: JsonOptions): BodyComparison | null {
  if (options.isForeign == null) return null;
  const [x, y] = comparedTexts(options.rules, [a.text, b.text], options.origins);
  if (x !== y) return one('value', 'value', differingLines(shownText(x), shownText(y)));
  const owner = options.isForeign(a.text, { member: '' });
  if (owner === null) return null;
  return one('value', 'value', shownSides(shorten(visibleText(a.text)), owner));
}

/** The first line that differs on either side, of a long one the part where it does; how many lines do, and their ends. */
function differingLines(a: string, b: string): Two {
  const ends = [a, b].map((text) => text.includes('\r\n'));
  if (ends[0] === ends[1]) return firstLines([a, b], ['', '']);
  const notes = ends.map((crlf) => (crlf ? 'lines end in CRLF' : 'lines end in LF'));
  const bare = [a, b].map((text) => text.replaceAll('\r\n', '\n'));
  return firstLines(bare[0] === bare[1] ? [a, b] : [bare[0]!, bare[1]!], [notes[0]!, notes[1]!]);
}

function firstLines([a, b]: Two, ends: Two): Two {
  const { begin, at, number } = firstDifferentLine(a, b);
  const many = ends[0] !== '' && sameButEnds(a, b) ? '' : manyLines(a.slice(begin), b.slice(begin));
  const from = begin + excerptStart(at - begin);
  const show = (text: string, end: string) => {
    const notes = [many, end].filter((note) => note !== '').join(', ');
    const about = notes === '' ? '' : ` (${notes})`;
    if (begin > text.length) return `ends before it${about}`;
    const line = text.slice(from, from + maxExcerptLength).split('\n', 1)[0]!;
    const start = `line ${number}: ${from > begin ? '…' : ''}`;
    return shorten(start + visibleText(line), maxExcerptLength - about.length) + about;
  };
  return [show(a, ends[0]), show(b, ends[1])];
}

function sameButEnds(a: string, b: string): boolean {
  return a.replaceAll('\r\n', '\n') === b.replaceAll('\r\n', '\n');
}

interface LinePlace {
  /** Where the line begins, and where it differs. */
  readonly begin: number;
  readonly at: number;
  /** Of the line, from 1. */
  readonly number: number;
}

function firstDifferentLine(a: string, b: string): LinePlace {
  const shorter = Math.min(a.length, b.length);
  let [at, begin, number] = [0, 0, 1];
  const next = () => {
    begin = at + 1;
    number += 1;
  };
  for (; at < shorter && a.charCodeAt(at) === b.charCodeAt(at); at += 1) if (a[at] === '\n') next();
  if (at === shorter && (a[at] ?? b[at]) === '\n') next();
  return { begin, at, number };
}

/** How many lines differ, if more than one does. Lines are counted as a bag, so that this is linear. */
function manyLines(a: string, b: string): string {
  const tail = commonTail(a, b);
  const [linesA, linesB] = [linesOf(a.slice(0, a.length - tail)), linesOf(b.slice(0, b.length - tail))];
  if (linesA.length > maxCounted || linesB.length > maxCounted) return `more than ${maxCounted} lines may differ`;
  const count = Math.max(alone(linesA, linesB), alone(linesB, linesA));
  if (count > 0) return count > 1 ? `${count} lines differ` : '';
  return linesA.length > 0 ? 'the same lines in another order' : '';
}

/** Length of the whole lines that both texts end with. */
function commonTail(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  let length = 0;
  while (length < shorter && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)) length += 1;
  const lineEnd = a.indexOf('\n', a.length - length);
  return lineEnd === -1 ? 0 : a.length - lineEnd - 1;
}

function linesOf(text: string): string[] {
  const lines = text.split('\n', maxCounted + 2);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** How many lines of the first text have no partner in the second. */
function alone(lines: readonly string[], others: readonly string[]): number {
  const left = new Map<string, number>();
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
  let count = 0;
  for (const line of lines) {
    const partners = left.get(line) ?? 0;
    if (partners === 0) count += 1;
    else left.set(line, partners - 1);
  }
  return count;
}
