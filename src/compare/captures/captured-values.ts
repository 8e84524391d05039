import type { TargetReplay } from '../../http/exchange.ts';
import { minInsideLength, minNumberLength } from '../limits.ts';
import { lookApart } from '../values/text-traits.ts';
import { textFormat } from '../values/value-format.ts';
import { type AnswerPair, holdsBoth, isCarried, isNameFor, type Own, placesOf } from './capture-places.ts';
import {
  anyOf,
  base64Cores,
  base64Reader,
  cutAtValues,
  type Decoded,
  isPieceOf,
  isReference,
  percentDecoded,
  piecesOf,
  sameEncodings,
  sameParts,
  sameReferences,
  unreservedDecoded,
  wordAt,
} from './capture-texts.ts';

type Same = (reference: string, candidate: string) => boolean;

/** Takes a text of one side; returns one text for what is one captured value, each side its own. */
export type StandIn = (text: string) => string;

/** Where a text is. */
export interface CapturePlace {
  /** Name of the member or header, empty for a whole body; absent where any captured value may be. */
  readonly member?: string;
  /** Nothing but the whole of it can be a captured value, as of a number. */
  readonly isWhole?: boolean;
  /** It is the name of a host, without a port. */
  readonly isHost?: boolean;
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
  readonly spelled: readonly Own[];
  /** Nobody has such a value by chance: each side shows it because it is its own, wherever it does. */
  readonly isDistinctive: boolean;
  readonly #answers: AnswerPair;
  #names: ReadonlySet<string> | null = null;
  /** Each name is asked for once: a body may have thousands of values under it. */
  readonly #fitting = new Map<string, boolean>();
  #isForeign: boolean | null = null;

  constructor(own: Own, answers: AnswerPair) {
    this.own = own;
    this.spelled = spelled(own);
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

  /** A text, in one of its readings, is the value of a side or holds it, in whatever letters where these tell the sides apart. */
  isIn(readings: readonly string[], side: 0 | 1, isWhole: boolean): boolean {
    const fold = small(this.own[0]) === small(this.own[1]) ? (text: string) => text : small;
    const value = fold(this.own[side]);
    return readings.some((reading) => {
      const text = fold(reading);
      if (text === value || this.spelled.some((pair) => pair[side] === reading)) return true;
      return !isWhole && (isPieceOf(text, value) || (isLong(this.own) && wordAt(text, value, 0) !== -1));
    });
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

/** How a service may spell a value: as it is, in small letters or capitals, percent-encoded, in base64 or base64url. */
const spellings: readonly ((value: string) => string)[] = [
  (value) => value,
  (value) => value.toLowerCase(),
  (value) => value.toUpperCase(),
  (value) => encodeURIComponent(Buffer.from(value).toString()),
  (value) => Buffer.from(value).toString('base64'),
  (value) => Buffer.from(value).toString('base64url'),
];

/** A captured value in each spelling that tells the sides apart. */
function spelled([x, y]: Own): readonly Own[] {
  return spellings.map((spell) => [spell(x), spell(y)] as const).filter(([a, b]) => a !== b);
}

/** Texts of both sides cut at the values of their own that are long enough to be found inside them. */
class OwnParts {
  readonly #values: readonly [readonly string[], readonly string[]];
  readonly #pairs: ReadonlySet<string>;
  readonly #decode: readonly ((text: string) => Decoded)[];

  constructor(own: readonly Own[]) {
    const long = own.filter(isLong).flatMap(spelled);
    this.#values = [[...new Set(long.map(([x]) => x))], [...new Set(long.map(([, y]) => y))]];
    this.#decode = this.#values.map(base64Reader);
    this.#pairs = new Set(long.map((pair) => pair.join('\0')));
  }

  areAlike(a: string, b: string): boolean {
    const [textA, textB] = [this.#read(a, 0), this.#read(b, 1)];
    const arePair = (n: number, m: number) => this.#pairs.has(`${this.#values[0][n]}\0${this.#values[1][m]}`);
    return sameParts(textA.parts, textB.parts, arePair) && sameEncodings(textA.runs, textB.runs);
  }

  #read(text: string, side: 0 | 1) {
    const { runs, text: plain } = this.#decode[side]!(unreservedDecoded(text));
    return { runs, parts: cutAtValues(plain, this.#values[side]) };
  }
}

function equality(places: readonly CaptureNames[]): Captured['sameCapture'] {
  const parts = new OwnParts(places.map(({ own }) => own));
  const isOwn = ({ spelled }: CaptureNames, a: string, b: string) => spelled.some(([x, y]) => a === x && b === y);
  const areWhole = (a: string, b: string, member?: string) =>
    a === b || places.some((one) => isOwn(one, a, b) && one.mayBeAt(member));
  const areAlike: Same = (a, b) => areWhole(a, b) || parts.areAlike(a, b);
  const areRelated = (a: string, b: string, member?: string) => {
    if (places.some((one) => isOwn(one, a, b))) return areWhole(a, b, member);
    return areAlike(a, b) || (isReference(a) && isReference(b) && sameReferences(a, b, areAlike));
  };
  return (a, b, { member, isWhole = false } = {}) => (isWhole ? areWhole(a, b, member) : areRelated(a, b, member));
}

const small = (text: string) => text.toLowerCase();

function foreignness(places: readonly CaptureNames[]): NonNullable<Captured['isForeign']> {
  const sides = ['reference', 'candidate'] as const;
  const long = places.filter(({ own }) => isLong(own)).flatMap((one) => one.spelled.flat());
  const mayHold = anyOf([...places.flatMap((one) => one.spelled.flat()), ...long.flatMap(base64Cores)]);
  const decode = base64Reader(long);
  return (text, { member, isWhole = false } = {}) => {
    const readings = [...new Set([text, percentDecoded(text)])].filter((one) => mayHold.test(one));
    if (readings.length === 0) return null;
    const plain = readings.map((one) => decode(one).text);
    for (const side of [0, 1] as const) {
      const isShown = (one: CaptureNames) => {
        if (!one.isIn(plain, side, isWhole) || one.isIn(plain, side === 0 ? 1 : 0, isWhole)) return false;
        return one.isForeign(one.spelled.some((pair) => pair[side] === text) ? member : undefined);
      };
      if (places.some(isShown)) return sides[side];
    }
    return null;
  };
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
  const all = own.flatMap(spelled);
  const numbers = new Map<string, number>();
  for (const side of [0, 1] as const)
    for (const [n, values] of all.entries()) if (!numbers.has(values[side])) numbers.set(values[side], n);
  const long = own.filter(isLong).flatMap(spelled).flat();
  const decode = base64Reader(long);
  const mark = (value: string) => `\0c${numbers.get(value)}\0`;
  const alike: StandIn = (text) => {
    if (numbers.has(text)) return mark(text);
    return cutAtValues(decode(text).text, long)
      .map((part) => (typeof part === 'number' ? mark(long[part]!) : part))
      .join('');
  };
  return (text) => {
    const pieces = isReference(text) ? piecesOf(text) : [];
    const made = pieces.map((piece) => (piece.isValue ? alike(piece.text) : piece.text));
    return made.some((piece, at) => piece !== pieces[at]!.text) ? made.join('\0/') : alike(text);
  };
}
