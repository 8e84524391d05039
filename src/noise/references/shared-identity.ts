import { isClockReading } from '../../compare/values/timestamps.ts';
import { Kind, members } from '../../json/document.ts';
import { pointerToken, resolvePointer } from '../../json/pointer.ts';
import { stringText } from '../../json/text.ts';
import { type At, type Both, keyOf, type Sampled } from '../evidence/self-diff.ts';
import { maxInAll, maxMembers, minLength } from '../limits.ts';
import { answersOf, clocksAt, reader, valuesIn } from '../values/sample-reader.ts';

/** What each answer of a side says at a place. */
type Said = readonly string[];

/** How often two places say the same on a side. */
export type Often = 'always' | 'never' | 'at times';

/** A member of an object in a body, and what is said there. */
interface Member {
  readonly at: At;
  readonly object: string;
  readonly name: string;
  readonly said: Both<Said>;
}

/**
 * Says of members of one name in two steps how often they say the same on either side, where the two objects tell of one thing: another
 * member says the same in both, on both sides and in each answer, and something else in the next one. Null of any other two places. It
 * is not told of times: what is done at once is done at the same one.
 */
export function sharedIdentity(
  sides: Both<Sampled>,
  places: readonly At[],
): (one: At, other: At) => Both<Often> | null {
  const told = membersAt(sides, places);
  const known = new Map(told.map((member) => [keyOf(member.at), member]));
  const pairs = told.flatMap((one) =>
    told.flatMap((other) => (areNamesakes(one, other) ? [[one, other] as const] : [])),
  );
  const things = new Set(pairs.flatMap(([one, other]) => (isSame(one, other) ? [thingIn(one, other)] : [])));
  return (one, other) => {
    const [x, y] = [known.get(keyOf(one)), known.get(keyOf(other))];
    if (x === undefined || y === undefined || !areNamesakes(x, y) || !things.has(thingIn(x, y))) return null;
    return [x, y].every(isLong) ? howOften(x, y) : null;
  };
}

/** The places, and others in the objects in which they stand: what was captured of one step is the same on both sides, and no noise. */
function besides(places: readonly At[], [{ first }]: Both<Sampled>, read: ReturnType<typeof reader>): At[] {
  const found = new Map<string, At>();
  for (const at of places) {
    if (at.facet !== 'body' || at.pointer === '') continue;
    const object = at.pointer.slice(0, at.pointer.lastIndexOf('/'));
    const [answer] = answersOf({ first, more: [] }, at.exchange);
    const document = answer === undefined ? null : read(answer);
    const node = document && resolvePointer(document, object);
    const isObject = node !== null && document!.kind[node] === Kind.object;
    const keys = isObject ? members(document!, node).slice(0, maxMembers) : [];
    const others = keys.map(([key]) => ({ ...at, pointer: `${object}/${pointerToken(stringText(document!, key))}` }));
    for (const one of others) found.set(keyOf(one), one);
  }
  return [...found.values()].slice(0, maxInAll);
}

function membersAt(sides: Both<Sampled>, places: readonly At[]): Member[] {
  const read = reader();
  return besides(places, sides, read).flatMap((at): Member[] => {
    const now = clocksAt(sides, at.exchange).at;
    const [a, b] = sides.map((side) => {
      const said = answersOf(side, at.exchange).map((answer) => valuesIn(read(answer), at.pointer));
      return said.every(({ length }) => length === 1) ? said.flat() : [];
    });
    if (![a!, b!].every((said) => areAnew(said) && !said.every((one) => isClockReading(one, now)))) return [];
    const end = at.pointer.lastIndexOf('/');
    const [object, name] = [at.pointer.slice(0, end), at.pointer.slice(end)];
    return [{ at, object, name, said: [a!.map(bare), b!.map(bare)] }];
  });
}

/** Words or numbers, most of them said once: from a few both steps may draw the same. */
function areAnew(said: Said): boolean {
  return said.every((one) => /^"?[\p{L}\p{N}_-]+"?$/u.test(one)) && new Set(said).size * 2 > said.length;
}

const bare = (source: string) => source.replaceAll('"', '');
const isLong = ({ said }: Member) => said.flat().every(({ length }) => length >= minLength);

function areNamesakes(one: Member, other: Member): boolean {
  return one.name === other.name && one.at.exchange !== other.at.exchange;
}

function isSame(one: Member, other: Member): boolean {
  return howOften(one, other).every((often) => often === 'always');
}

function howOften(one: Member, other: Member): Both<Often> {
  const [a, b] = one.said.map((said, side): Often => {
    const shared = said.filter((text, at) => text === other.said[side]![at]).length;
    return said.length === other.said[side]!.length && shared === said.length
      ? 'always'
      : shared === 0
        ? 'never'
        : 'at times';
  });
  return [a!, b!];
}

function thingIn(one: Member, other: Member): string {
  return `${one.at.exchange} ${one.object} ${other.at.exchange} ${other.object}`;
}
