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
 * Two bodies in which the times at these places, generated each time, are one and the same: the candidate's, written on the reference's side
 * as the reference writes times. Only one time on both sides shows how each of them writes it.
 * `days` are added on both sides, so that no time of a sample is by chance that of another one.
 */
export function areSimultaneous(
  { reference, candidate }: Pick<Bodies, 'reference' | 'candidate'>,
  places: readonly string[],
  days = 0,
): Pick<Bodies, 'reference' | 'candidate'> {
  const [a, b] = places.length === 0 ? [null, null] : [documentIn(reference), documentIn(candidate)];
  if (a === null || b === null) return { reference, candidate };
  const edits = [...new Set(places)].map((place) => editAt(place, [a, b], days)).filter((one) => one !== null);
  return {
    reference: edited(
      reference,
      edits.map(([one]) => one),
    ),
    candidate: edited(
      candidate,
      edits.map(([, one]) => one),
    ),
  };
}

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: Buffer;
}

function edited(body: Buffer, edits: readonly Edit[]): Buffer {
  const parts: Buffer[] = [];
  let end = 0;
  for (const { from, to, text } of [...edits].sort((x, y) => x.from - y.from)) {
    parts.push(body.subarray(end, from), text);
    end = to;
  }
  return edits.length === 0 ? body : Buffer.concat([...parts, body.subarray(end)]);
}

function editAt(place: string, [a, b]: readonly [JsonDocument, JsonDocument], days: number): [Edit, Edit] | null {
  const [x, y] = [stampAt(place, a), stampAt(place, b)];
  const written = x === null || y === null ? null : asWrittenBy(x.stamp, y.stamp);
  if (written === null) return null;
  const edit = (document: JsonDocument, node: number, stamp: Stamp): Edit => {
    const text = printStamp({ ...stamp, day: stamp.day + days });
    return {
      from: document.start[node]!,
      to: document.end[node]!,
      text: Buffer.from(printTree(stringNode(text)), 'latin1'),
    };
  };
  return [edit(a, x!.node, written), edit(b, y!.node, y!.stamp)];
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
