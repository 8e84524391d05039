import type { JsonNode } from '../../../json/tree.ts';
import type { DriftRule } from '../../kit/drift-rule.ts';
import { type Field, fieldOf } from '../../kit/field.ts';
import { uniteMaps } from '../../kit/map-utils.ts';
import { isInteger, numberOf } from '../../kit/nodes.ts';

export type ScalarKind = 'string' | 'number' | 'boolean' | 'null';

/** The candidate's value by the reference's, as spelled. */
export interface Pairs {
  readonly values: ReadonlyMap<string, string>;
  readonly from: ScalarKind;
  readonly to: ScalarKind;
}

/** What sets one rule about paired values apart. */
interface Pairing extends Pick<DriftRule, 'kinds'> {
  /** Whether two values can be a pair. */
  readonly pairs: (a: JsonNode, b: JsonNode) => boolean;
  readonly doubts: NonNullable<DriftRule<Pairs>['doubts']>;
  /** How to write values of a kind. */
  readonly recipe: (kind: ScalarKind, field: Field) => string;
}

/** An enumeration has fewer values. */
export const maxValues = 64;

/** A rule that learns which value of one side stands for which of the other, one to one. */
export function pairing(id: string, { kinds, pairs, doubts, recipe }: Pairing): DriftRule<Pairs> {
  return {
    id,
    learns: true,
    ...(kinds && { kinds }),
    locate(a, b) {
      if (!('raw' in a) || !('raw' in b) || (a.kind === b.kind && a.raw === b.raw) || !pairs(a, b)) return null;
      return { values: new Map([[a.raw, b.raw]]), from: a.kind, to: b.kind };
    },
    rewrite(a, { values, to }) {
      const raw = 'raw' in a ? values.get(a.raw) : undefined;
      return raw === undefined ? a : { kind: to, raw };
    },
    unite: unitePairs,
    doubts,
    owns: () => 'place',
    terms: ({ values }) => Object.fromEntries([...values].map(([from, to]) => [`value ${from}`, [to]])),
    fixes: ({ from, to }, { reference, candidate, key }) => [
      { target: reference, text: `write it as ${candidate} does: ${recipe(to, fieldOf(key))}` },
      { target: candidate, text: `write it as ${reference} does: ${recipe(from, fieldOf(key))}` },
    ],
  };
}

function unitePairs(found: readonly Pairs[]): Pairs | null {
  const { from, to } = found[0]!;
  const values = uniteMaps(found.map((one) => one.values));
  if (values === null || values.size > maxValues) return null;
  if (found.some((one) => one.from !== from || one.to !== to)) return null;
  const isOneToOne = new Set(values.values()).size === values.size;
  // One pair alone could be any text and any number.
  return isOneToOne && (values.size > 1 || !(from === 'string' || to === 'string')) ? { values, from, to } : null;
}

const maxNumber = 1000;

export function isOrdinal(node: JsonNode): boolean {
  const raw = numberOf(node);
  return raw !== null && raw.length < 6 && isInteger(raw) && Math.abs(Number(raw)) <= maxNumber;
}
