import type { TargetReplay } from '../../http/exchange.ts';
import { lookApart } from '../values/text-traits.ts';
import { textFormat } from '../values/value-format.ts';

/** Below this length a captured value is too likely to be found by chance inside another text that is no reference. */
const shortestInside = 6;

type Same = (reference: string, candidate: string) => boolean;

/** Takes a text of one side; returns one text for what is one captured value, each side its own. */
export type StandIn = (text: string) => string;

/** What the captured values of two sides say of their texts. */
export interface Captured {
  /**
   * Each side shows its own captured value: as the whole text, as a segment of a path or a value of a query, or inside texts alike
   * otherwise; the last two not where it must be the whole, as of a number.
   */
  readonly sameCapture: (reference: string, candidate: string, isWhole?: boolean) => boolean;
  /**
   * What stands for the texts of either side where items are lined up: as a rule the same for texts that `sameCapture` takes for equal.
   * It decides nothing. Null where no captured values differ.
   */
  readonly standIns: readonly [reference: StandIn, candidate: StandIn] | null;
}

/** One for all sides of which no captured values differ. */
const noneDiffer: Captured = { sameCapture: (reference, candidate) => reference === candidate, standIns: null };

/** What the values that two sides captured, as far as they differ, say of their texts. */
export function capturedOf(reference: TargetReplay, candidate: TargetReplay): Captured {
  const own = ownValues(reference, candidate);
  if (own.length === 0) return noneDiffer;
  return { sameCapture: equality(own), standIns: [standIn(own), standIn(own.map(([x, y]) => [y, x]))] };
}

function equality(own: readonly Own[]): Captured['sameCapture'] {
  const long = own.filter(isLong);
  const [valuesA, valuesB] = [long.map(([x]) => x), long.map(([, y]) => y)];
  const areWhole: Same = (a, b) => a === b || own.some(([x, y]) => a === x && b === y);
  const areAlike: Same = (a, b) => areWhole(a, b) || sameParts(cut(a, valuesA), cut(b, valuesB));
  const areRelated: Same = (a, b) =>
    areAlike(a, b) || (isReference(a) && isReference(b) && sameReferences(a, b, areAlike));
  return (a, b, isWhole = false) => (isWhole ? areWhole(a, b) : areRelated(a, b));
}

type Own = readonly [reference: string, candidate: string];

/** The values of either side's own that differ. */
function ownValues(reference: TargetReplay, candidate: TargetReplay): readonly Own[] {
  // A client that reads a UUID cannot read a ULID; sessions are read by nobody, and may have any form.
  const own = differing(reference.captured, candidate.captured).filter(([x, y]) => areOfOneMake(x, y));
  if (reference.sessions === undefined || candidate.sessions === undefined) return own;
  return [...own, ...differing(reference.sessions, candidate.sessions)];
}

const word = /^[A-Za-z]+$/;

/**
 * Two values that were drawn once each, as far as one of either can tell: of one format, and of one look; of references each segment, of
 * which words that are not the last name a route.
 */
function areOfOneMake(a: string, b: string): boolean {
  if (!isReference(a) || !isReference(b)) return textFormat(a) === textFormat(b) && !lookApart(a, b);
  const [piecesA, piecesB] = [piecesOf(a), piecesOf(b)];
  const last = piecesA.findLastIndex(({ isValue }) => isValue);
  return (
    piecesA.length === piecesB.length &&
    piecesA.every(({ text, isValue }, at) => {
      const other = piecesB[at]!.text;
      if (text === other) return true;
      if (!isValue || (at < last && word.test(text) && word.test(other))) return false;
      return textFormat(text) === textFormat(other) && !lookApart(text, other);
    })
  );
}

type Values = Readonly<Record<string, string>>;

function isEmpty(values: Values): boolean {
  for (const _ in values) return false;
  return true;
}

/** The values of one name that differ. */
function differing(reference: Values, candidate: Values): readonly Own[] {
  // Most cases capture nothing.
  if (isEmpty(reference)) return [];
  return Object.entries(reference)
    .filter(([name]) => Object.hasOwn(candidate, name))
    .map(([name, value]) => [value, candidate[name]!] as const)
    .filter(([x, y]) => x !== y);
}

function isLong([x, y]: Own): boolean {
  return x.length >= shortestInside && y.length >= shortestInside;
}

/** A text that is a value of the other side too is most likely one by chance, and stands for it only if it is no own one. */
function standIn(own: readonly Own[]): StandIn {
  const numbers = new Map<string, number>();
  for (const side of [0, 1] as const)
    for (const [n, values] of own.entries()) if (!numbers.has(values[side])) numbers.set(values[side], n);
  const long = own.filter(isLong).flat();
  const mark = (value: string) => `\0c${numbers.get(value)}\0`;
  const alike: StandIn = (text) => {
    if (numbers.has(text)) return mark(text);
    return cut(text, long).reduce<string>(
      (made, part) => made + (typeof part === 'number' ? mark(long[part]!) : part),
      '',
    );
  };
  return (text) => {
    const pieces = isReference(text) ? piecesOf(text) : [];
    const made = pieces.map((piece) => (piece.isValue ? alike(piece.text) : piece.text));
    return made.some((piece, at) => piece !== pieces[at]!.text) ? made.join('\0/') : alike(text);
  };
}

/** An absolute path or a URL, and nothing else; the own origin of a target may have been made `\0o`. */
function isReference(text: string): boolean {
  return /^(?:\0o|[A-Za-z][A-Za-z0-9+.-]*:\/)?\/[!#-;=?-[\]_a-z~\x80-\uffff]*$/.test(text);
}

/** A part of a reference: a whole segment of its path or a whole value of its query may be a captured one. */
interface Piece {
  readonly text: string;
  readonly isValue: boolean;
}

function piecesOf(reference: string): readonly Piece[] {
  const [, path = '', query = '', fragment = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/.exec(reference) ?? [];
  const value = (text: string): Piece => ({ text, isValue: true });
  const fixed = (text: string): Piece => ({ text, isValue: false });
  const pairs = query.split('&').map((pair) => {
    const at = pair.indexOf('=');
    return at < 0 ? [fixed(pair)] : [fixed(pair.slice(0, at + 1)), value(pair.slice(at + 1))];
  });
  return [...path.split('/').map(value), ...pairs.flat(), fixed(fragment)];
}

function sameReferences(a: string, b: string, areAlike: Same): boolean {
  const [piecesA, piecesB] = [piecesOf(a), piecesOf(b)];
  if (piecesA.length !== piecesB.length) return false;
  return piecesA.every(({ text, isValue }, at) => {
    const other = piecesB[at]!;
    if (isValue !== other.isValue) return false;
    return isValue ? areAlike(text, other.text) || areAlike(decoded(text), decoded(other.text)) : text === other.text;
  });
}

/** A piece of a reference as it was before its percent-encoding (RFC 3986, 2.1); as it is where that says no text. */
function decoded(piece: string): string {
  if (!piece.includes('%')) return piece;
  try {
    return decodeURIComponent(piece);
  } catch {
    return piece;
  }
}

/** A text cut at the values that it holds: what stands between them as text, the values as their numbers. */
type Parts = readonly (string | number)[];

function cut(text: string, values: readonly string[]): Parts {
  const parts: (string | number)[] = [];
  const ahead = values.map((value) => text.indexOf(value));
  for (let from = 0; ; ) {
    for (const [n, at] of ahead.entries()) if (at !== -1 && at < from) ahead[n] = text.indexOf(values[n]!, from);
    const first = firstOf(ahead, values);
    if (first === null) return [...parts, text.slice(from)];
    parts.push(text.slice(from, ahead[first]!), first);
    from = ahead[first]! + values[first]!.length;
  }
}

/** The number of the value that comes first, the longest of those that begin at one place; null if none is ahead. */
function firstOf(ahead: readonly number[], values: readonly string[]): number | null {
  let first: number | null = null;
  for (const [n, at] of ahead.entries()) {
    if (at === -1) continue;
    const known = first === null ? Number.POSITIVE_INFINITY : ahead[first]!;
    if (at < known || (at === known && values[n]!.length > values[first!]!.length)) first = n;
  }
  return first;
}

function sameParts(a: Parts, b: Parts): boolean {
  return a.length === b.length && a.every((part, i) => part === b[i]);
}
