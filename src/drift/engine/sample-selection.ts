import type { JsonOptions } from '../../compare/json/json-options.ts';
import { longSort } from '../../structures/long-sort.ts';
import { memoizeBounded } from '../../structures/memoize-bounded.ts';
import type { Steps } from '../../structures/slices.ts';
import { maxHeadLength, maxSayingLength, maxSayings } from '../limits.ts';
import type { Sample, Samples } from './sample.ts';

/** What one look at each sample tells of all. */
export interface Survey {
  /** Indices of the samples, sorted by their bodies. */
  readonly order: Uint32Array;
  /** By index, an earlier sample that is the same in all that counts; where none is known, the sample itself. */
  readonly like: Uint32Array;
}

/** Bytes that are held to put bodies in order, how much of each is, and what a sample takes beside. */
const sortedAtOnce = 4 << 20;
const ofHeads = 100;

/** The beginnings of two bodies, which mostly tell their order: texts of a character for each byte, which are small and quickly compared. */
interface Heads {
  readonly at: number;
  readonly reference: string;
  readonly candidate: string;
}

function headsOf(at: number, { reference, candidate }: Sample): Heads {
  const head = (body: Buffer) => body.toString('latin1', 0, maxHeadLength);
  return { at, reference: head(reference), candidate: head(candidate) };
}

/** Looks at each sample once, and at those again whose bodies do not fit into memory together. */
export function* survey(samples: Samples): Steps<Survey> {
  const like = new Uint32Array(samples.length);
  const sort = sortOf(samples);
  const sayingOf = sayings(samples.at(0)?.options);
  let at = 0;
  const firstWith = memoizeBounded(maxSayings, (_: string) => at);
  for (; at < samples.length; at += 1) {
    const sample = samples.at(at)!;
    const heads = headsOf(at, sample);
    sort.add(heads);
    const saying = sayingOf(sample, heads);
    like[at] = saying === null ? at : firstWith(saying);
    yield;
  }
  const order = new Uint32Array(samples.length);
  let placed = 0;
  for (const one of sort.numbers((number) => headsOf(number, samples.at(like[number]!)!))) {
    order[placed] = one;
    placed += 1;
    yield;
  }
  return { order, like };
}

function sortOf(samples: Samples) {
  const bySide = (x: Heads, y: Heads, side: 'reference' | 'candidate') => {
    if (x[side] !== y[side]) return x[side] < y[side] ? -1 : 1;
    if (x[side].length < maxHeadLength) return 0;
    return Buffer.compare(samples.at(x.at)![side], samples.at(y.at)![side]);
  };
  return longSort<Heads>({
    compare: (x, y) => bySide(x, y, 'reference') || bySide(x, y, 'candidate'),
    weigh: ({ reference, candidate }) => ofHeads + reference.length + candidate.length,
    room: sortedAtOnce,
  });
}

/**
 * All that an explanation of a sample rests on, as a text: both bodies, all divergences, and the options but for what is as usual.
 * Null where something is not, and where it is long.
 */
function sayings(usual: JsonOptions | undefined): (sample: Sample, heads: Heads) => string | null {
  return ({ options, divergences }, { reference, candidate }) => {
    if (options.rules !== usual?.rules || options.sameCapture !== usual.sameCapture) return null;
    const lengths = [reference.length, candidate.length];
    if (lengths[0]! + lengths[1]! > maxSayingLength) return null;
    const saying = `${lengths} ${reference}${candidate}${JSON.stringify([divergences, options.origins])}`;
    return saying.length > maxSayingLength ? null : saying;
  };
}
