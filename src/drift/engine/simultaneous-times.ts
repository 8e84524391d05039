import { momentMs } from '../../compare/values/timestamps.ts';
import { type JsonDocument, Kind } from '../../json/document.ts';
import { resolvePointer } from '../../json/pointer.ts';
import { stringText } from '../../json/text.ts';
import { printTree, stringNode } from '../../json/tree.ts';
import { instantOf, printStamp, readStamp, type Stamp, stampOf } from '../kit/timestamp.ts';
import { type Bodies, documentIn } from './sample.ts';

/** Two times that are generated for one request are not further apart than this, in nanoseconds. */
const moment = BigInt(momentMs) * 1_000_000n;

/**
 * The reference body of two in which times at these places, generated each time, are the candidate's, written as the reference writes
 * them: how two sides write a time is told by one time, and not by whether two happen to be of one millisecond.
 */
export function areSimultaneous(
  { reference, candidate }: Pick<Bodies, 'reference' | 'candidate'>,
  places: readonly string[],
): Buffer {
  const [a, b] = places.length === 0 ? [null, null] : [documentIn(reference), documentIn(candidate)];
  if (a === null || b === null) return reference;
  const edits = [...new Set(places)].flatMap((place) => editAt(place, a, b) ?? []);
  const told: Buffer[] = [];
  let end = 0;
  for (const { from, to, text } of edits.sort((x, y) => x.from - y.from)) {
    told.push(reference.subarray(end, from), text);
    end = to;
  }
  return edits.length === 0 ? reference : Buffer.concat([...told, reference.subarray(end)]);
}

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: Buffer;
}

function editAt(place: string, a: JsonDocument, b: JsonDocument): Edit | null {
  const [x, y] = [stampAt(place, a), stampAt(place, b)];
  const written = x === null || y === null ? null : asWrittenBy(x.stamp, y.stamp);
  if (written === null) return null;
  const text = Buffer.from(printTree(stringNode(printStamp(written))), 'latin1');
  return { from: a.start[x!.node]!, to: a.end[x!.node]!, text };
}

function stampAt(place: string, document: JsonDocument): { readonly node: number; readonly stamp: Stamp } | null {
  const node = resolvePointer(document, place);
  const stamp = node !== null && document.kind[node] === Kind.string ? readStamp(stringText(document, node)) : null;
  return stamp && { node: node!, stamp };
}

/** The time `b` as one writes it who wrote `a`; null where they are not a moment apart. Digits that `b` does not tell are those of `a`. */
function asWrittenBy(a: Stamp, b: Stamp): Stamp | null {
  const [x, y] = [instantOf(a), instantOf(b)];
  if (x === null || y === null || (x > y ? x - y : y - x) > moment) return null;
  // Where one side does not say its offset, both clocks show UTC, or they would be further apart.
  const told = a.offset === null || b.offset === null ? b : stampOf(y, a.offset);
  if (told === null) return null;
  const own = `${b.fraction}${a.fraction.slice(b.fraction.length)}`.slice(0, a.fraction.length);
  // Digits that are zeros by chance would look as if there were none.
  const isBlank = a.fraction.length > b.fraction.length && /^0*$/.test(own.slice(b.fraction.length));
  return { ...a, day: told.day, second: told.second, fraction: isBlank ? `${own.slice(0, -1)}1` : own };
}
