import { type JsonNode, printTree } from '../../json/tree.ts';
import { maxKept } from '../limits.ts';
import { type DriftRule, type Fix, losing, type Site } from './drift-rule.ts';
import { sharedOf } from './map-utils.ts';
import { isSameText } from './nodes.ts';

/** Gives the one node that several stand for, as one runtime or another does it; null where it has nothing to say. */
export type Normaliser = (node: JsonNode) => JsonNode | null;

/** What sets one rule about normalised values apart. */
export interface Normalising extends Pick<DriftRule, 'kinds'> {
  readonly ways: Readonly<Record<string, Normaliser>>;
  /** Fixes for the side that normalises and the side that keeps what it has; `way` names the normaliser. */
  readonly advice: (sides: { normaliser: string; keeper: string; way: string }, site: Site) => readonly Fix[];
  readonly learns?: boolean;
  /** What one side tells and the other does not. */
  readonly lossy?: string;
  readonly doubts?: NonNullable<DriftRule<Normalised>['doubts']>;
}

interface Normalised {
  /** Who normalises. */
  readonly by: 'candidate' | 'reference';
  readonly ways: readonly string[];
  /** Where the reference normalises, what the candidate has instead: the printed reference node, and the candidate's. */
  readonly kept: ReadonlyMap<string, JsonNode>;
}

/**
 * A rule for values that one side normalises and the other keeps. Where the reference does it, what it lost is taken from the
 * candidate, and each value of it must normalise to the reference's.
 */
export function normalising(id: string, { ways, advice, learns, lossy, ...more }: Normalising): DriftRule<Normalised> {
  const list = Object.entries(ways);
  const fitting = (from: JsonNode, to: JsonNode) =>
    list.filter(([, normalise]) => isFit(normalise(from), to)).map(([name]) => name);
  return {
    id,
    learns: learns ?? false,
    ...losing(lossy),
    ...more,
    locate(a, b) {
      if (!('raw' in a) || !('raw' in b) || isSameText(a, b)) return null;
      const forward = fitting(a, b);
      if (forward.length > 0) return { by: 'candidate', ways: forward, kept: new Map() };
      const backward = fitting(b, a);
      return backward.length === 0 ? null : { by: 'reference', ways: backward, kept: new Map([[printTree(a), b]]) };
    },
    rewrite(a, { by, ways: [first], kept }) {
      if (by === 'reference') return kept.get(printTree(a)) ?? a;
      return ways[first!]!(a) ?? a;
    },
    unite: uniteNormalised,
    evidence: ({ kept, ways: fit }) => [...kept.keys()].join() || fit.join(),
    owns: () => 'place',
    terms: ({ by, ways }) => ({ by: [by], ways }),
    fixes({ by, ways: [way] }, site) {
      const [normaliser, keeper] =
        by === 'candidate' ? [site.candidate, site.reference] : [site.reference, site.candidate];
      return advice({ normaliser, keeper, way: way! }, site);
    },
  };
}

function isFit(normal: JsonNode | null, other: JsonNode): boolean {
  return normal !== null && isSameText(normal, other);
}

function uniteNormalised(found: readonly Normalised[]): Normalised | null {
  const { by } = found[0]!;
  const ways = sharedOf(found.map((one) => one.ways));
  if (ways.length === 0 || found.some((one) => one.by !== by)) return null;
  const kept = new Map<string, JsonNode>();
  for (const one of found)
    for (const [from, to] of one.kept) {
      const known = kept.get(from);
      if (known !== undefined && !isSameText(known, to)) return null;
      kept.set(from, to);
    }
  return kept.size > maxKept ? null : { by, ways, kept };
}
