import type { TargetReplay } from '../../http/exchange.ts';
import { minInsideLength, minNumberLength } from '../limits.ts';
import { lookApart } from '../values/text-traits.ts';
import { textFormat } from '../values/value-format.ts';
import type { Own } from './capture-places.ts';
import { isReference, piecesOf } from './capture-texts.ts';

/** The values of either side's own that differ. */
export function ownValues(reference: TargetReplay, candidate: TargetReplay): readonly Own[] {
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

/** A value that no other one has by chance: letters and digits, or many digits. */
export function isDistinctive(value: string): boolean {
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
export function spelled([x, y]: Own): readonly Own[] {
  return spellings.map((spell) => [spell(x), spell(y)] as const).filter(([a, b]) => a !== b);
}

/** Both are long enough to be found inside a text. */
export function isLong([x, y]: Own): boolean {
  return x.length >= minInsideLength && y.length >= minInsideLength;
}
