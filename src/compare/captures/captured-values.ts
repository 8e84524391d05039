import type { TargetReplay } from '../../http/exchange.ts';
import { minInsideLength } from '../limits.ts';
import { type AnswerPair, holdsBoth, isCarried, isNameFor, type Own, placesOf } from './capture-places.ts';
import {
  anyOf,
  base64Cores,
  base64Reader,
  cutAtValues,
  isPieceOf,
  isReference,
  percentDecoded,
  piecesOf,
  sameReferences,
  wordAt,
} from './capture-texts.ts';
import { OwnParts } from './own-parts.ts';
import { isDistinctive, isLong, ownValues, spelled } from './own-values.ts';

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
