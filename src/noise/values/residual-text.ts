import { jsonIn } from '../../compare/media/body-content.ts';
import type { Divergence } from '../../compare/model/divergence.ts';
import { relationOf } from '../../compare/model/text-relation.ts';
import type { Difference } from '../../compare/model/value-judge.ts';
import { keyOf } from '../evidence/self-diff.ts';
import { maxRead } from '../limits.ts';
import { readable, steadyTexts } from './constant-part.ts';

/** What is told of a divergence between texts that vary. */
type WireText = Required<Pick<Divergence, 'reference' | 'candidate' | 'relation'>>;

/** Tells of texts that vary on both sides, and differ in more than that, what this is. */
export interface ResidualText {
  /** Takes what both sides said at a place, by `keyOf`, each again and again. */
  see(key: string, said: readonly [readonly string[], readonly string[]], shown: Difference['shown']): void;
  /** A divergence with what is told of it: its relation, and excerpts without the noise. */
  addTo(divergence: Divergence): Divergence;
}

export function residualText(): ResidualText {
  const residualTextAt = new Map<string, WireText>();
  let left = maxRead;
  return {
    see(key, [a, b], shown) {
      for (const text of [...a, ...b]) left -= text.length;
      if (left < 0) return;
      const steady = steadyTexts(a.map(textIn), b.map(textIn));
      if (steady === null) return;
      const [reference, candidate] = shown([readable(steady[0]), readable(steady[1])]);
      residualTextAt.set(key, { reference, candidate, relation: relationOf(...steady) });
    },
    addTo(divergence) {
      const told =
        divergence.facet === 'body' && divergence.kind === 'value' ? residualTextAt.get(keyOf(divergence)) : undefined;
      return told === undefined ? divergence : { ...divergence, ...told };
    },
  };
}

/** What a string of JSON says; any other text as it is. */
function textIn(source: string): string {
  return source.startsWith('"') && jsonIn(Buffer.from(source)) !== null ? JSON.parse(source) : source;
}
