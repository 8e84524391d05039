import type { JsonNode } from '../../json/tree.ts';
import { type DriftRule, type Fix, losing, type Site } from './drift-rule.ts';
import { unanimous } from './map-utils.ts';

/** A rule that knows two spellings of one thing has nothing to learn but which of them the candidate writes. */
export interface Direction {
  readonly direction: string;
}

/** The parts of a rule that knows two spellings. */
export interface Respelling extends Pick<DriftRule, 'kinds'> {
  readonly locate: (a: JsonNode, b: JsonNode) => string | null;
  readonly rewrite: (a: JsonNode, direction: string) => JsonNode;
  readonly advice: (site: Site, direction: string) => readonly Fix[];
  readonly clouds?: NonNullable<DriftRule<Direction>['clouds']>;
  /** What one side tells and the other does not. */
  readonly lossy?: string;
}

/** A rule between two spellings of one thing. */
export function respelling(id: string, { locate, rewrite, advice, lossy, ...more }: Respelling): DriftRule<Direction> {
  return {
    id,
    learns: false,
    locate(a, b) {
      const direction = locate(a, b);
      return direction === null ? null : { direction };
    },
    rewrite: (a, { direction }) => rewrite(a, direction),
    unite: unanimous,
    owns: () => 'place',
    terms: ({ direction }) => ({ direction: [direction] }),
    fixes: ({ direction }, site) => advice(site, direction),
    ...losing(lossy),
    ...more,
  };
}
