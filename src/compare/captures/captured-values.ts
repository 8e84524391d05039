import type { TargetReplay } from '../../http/exchange.ts';
import { minInsideLength, minNumberLength } from '../limits.ts';
import { lookApart } from '../values/text-traits.ts';
import { textFormat } from '../values/value-format.ts';
import { type AnswerPair, holdsBoth, isCarried, isNameFor, type Own, placesOf } from './capture-places.ts';
import { cutAtValues, decoded, isReference, piecesOf, sameParts, sameReferences } from './capture-texts.ts';

type Same = (reference: string, candidate: string) => boolean;

/** Takes a text of one side; returns one text for what is one captured value, each side its own. */
export type StandIn = (text: string) => string;

/** Where a text is. */
export interface CapturePlace {
  /** Name of the member or header, empty for a whole body; absent where any captured value may be. */
  readonly member?: string;
  /** Nothing but the whole of it can be a captured value, as of a number. */
  readonly isWhole?: boolean;
}

/** What the captured values of two sides say of their texts. */
export interface Captured {
  /**
   * Each side shows its own captured value: as the whole text at a place that may hold it, as a segment of a path or a value of a query,
   * or as a word of texts that are alike otherwise.
   */
  readonly sameCapture: (reference: string, candidate: string, place?: CapturePlace) => boolean;
  /** Both sides show this one text, and it is the captured value of one side alone: the other one shows what is not its own. */
  readonly isForeign: ((text: string, place?: CapturePlace) => 'reference' | 'candidate' | null) | null;
  /**
   * What stands for the texts of either side where items are lined up: as a rule the same for texts that `sameCapture` takes for equal.
   * It decides nothing. Null where no captured values differ.
   */
  readonly standIns: readonly [reference: StandIn, candidate: StandIn] | null;
}

/** One for all sides of which no captured values differ. */
const noneDiffer: Captured = {
  sameCapture: (reference, candidate) => reference === candidate,
  isForeign: null,
  standIns: null,
};

/** What the values that two sides captured, as far as they differ, say of the texts in the answers to one step. */
export function capturedOf(reference: TargetReplay, candidate: TargetReplay, exchange = 0): Captured {
  const own = ownValues(reference, candidate);
  if (own.length === 0) return noneDiffer;
  const answers = { reference, candidate, exchange };
  const places = own.map((one) => new CaptureNames(one, answers));
  return {
    sameCapture: equality(places),
    isForeign: foreignness(places),
    standIns: [standIn(own), standIn(own.map(([x, y]) => [y, x]))],
  };
}

/** A captured value, each side its own, and the names of the places that may hold it in the answers to one step. */
class CaptureNames {
  readonly own: Own;
  /** Nobody has such a value by chance: each side shows it because it is its own, wherever it does. */
  readonly isDistinctive: boolean;
  readonly #answers: AnswerPair;
  #names: ReadonlySet<string> | null = null;
  /** Each name is asked for once: a body may have thousands of values under it. */
  readonly #fitting = new Map<string, boolean>();
  #isForeign: boolean | null = null;

  constructor(own: Own, answers: AnswerPair) {
    this.own = own;
    this.isDistinctive = own.every(isDistinctive);
    this.#answers = answers;
  }

  mayBeAt(member: string | undefined): boolean {
    if (member === undefined || this.isDistinctive) return true;
    const known = this.#fitting.get(member) ?? this.#fits(member);
    this.#fitting.set(member, known);
    return known;
  }

  #fits(member: string): boolean {
    this.#names ??= new Set([...namesOf(this.own, this.#answers), ...placesOf(this.#answers, this.own)]);
    for (const name of this.#names) if (isNameFor(member, name)) return true;
    return false;
  }

  /** One side shows the value of the other one, and not by chance. */
  isForeign(member: string | undefined): boolean {
    const isLikely =
      this.isDistinctive || this.own.every((value) => value.length >= minInsideLength && !/^\d+$/.test(value));
    this.#isForeign ??= isLikely ? !holdsBoth(this.#answers, this.own) : isCarried(this.#answers, this.own);
    return this.#isForeign && (isLikely || this.mayBeAt(member));
  }
}

/** The names that a value was captured under and from. */
function namesOf([x, y]: Own, { reference, candidate }: AnswerPair): string[] {
  const names = Object.keys(reference.captured).filter(
    (name) => reference.captured[name] === x && candidate.captured[name] === y,
  );
  // A former value of a name is called `NAME 1` and so on.
  return names
    .map((name) => name.replace(/ \d+$/, ''))
    .flatMap((name) => [name, reference.capturedFrom?.[name] ?? name]);
}

/** A value that no other one has by chance: letters and digits, or many digits. */
function isDistinctive(value: string): boolean {
  if (/^\d+$/.test(value)) return value.length >= minNumberLength;
  return value.length >= minInsideLength && /\d/.test(value) && /[A-Za-z]/.test(value);
}

function equality(places: readonly CaptureNames[]): Captured['sameCapture'] {
  const long = places.map(({ own }) => own).filter(isLong);
  const [valuesA, valuesB] = [long.map(([x]) => x), long.map(([, y]) => y)];
  const areWhole = (a: string, b: string, member?: string) =>
    a === b || places.some((one) => a === one.own[0] && b === one.own[1] && one.mayBeAt(member));
  const areAlike: Same = (a, b) => areWhole(a, b) || sameParts(cutAtValues(a, valuesA), cutAtValues(b, valuesB));
  const areRelated = (a: string, b: string, member?: string) => {
    if (places.some(({ own: [x, y] }) => a === x && b === y)) return areWhole(a, b, member);
    return areAlike(a, b) || (isReference(a) && isReference(b) && sameReferences(a, b, areAlike));
  };
  return (a, b, { member, isWhole = false } = {}) => (isWhole ? areWhole(a, b, member) : areRelated(a, b, member));
}

function foreignness(places: readonly CaptureNames[]): NonNullable<Captured['isForeign']> {
  const sides = ['reference', 'candidate'] as const;
  const values = places.flatMap(({ own }) => own);
  return (text, { member, isWhole = false } = {}) => {
    if (!text.includes('%') && !values.some((value) => text.includes(value))) return null;
    const holds = ({ own }: CaptureNames, side: 0 | 1) => {
      if (text === own[side]) return true;
      return !isWhole && (isPieceOf(text, own[side]) || (isLong(own) && cutAtValues(text, [own[side]]).length > 1));
    };
    for (const side of [0, 1] as const) {
      const shown = places.find((one) => holds(one, side) && !holds(one, side === 0 ? 1 : 0));
      if (shown?.isForeign(text === shown.own[side] ? member : undefined) === true) return sides[side];
    }
    return null;
  };
}

/** A value is a segment of the path of a reference, or a value of its query. */
function isPieceOf(text: string, value: string): boolean {
  if (!isReference(text)) return false;
  return piecesOf(text).some((piece) => piece.isValue && (piece.text === value || decoded(piece.text) === value));
}

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
  return x.length >= minInsideLength && y.length >= minInsideLength;
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
    return cutAtValues(text, long).reduce<string>(
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
