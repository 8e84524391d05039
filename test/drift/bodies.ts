import { compareBodies } from '../../src/compare/compare-body.ts';
import { bodyOf } from '../../src/compare/media/body-content.ts';
import type { Divergence } from '../../src/compare/model/divergence.ts';
import { compileRules } from '../../src/compare/rules/compiled-rules.ts';
import { type CompareOptions, defaultCompare } from '../../src/config/rules.ts';
import type { Sample } from '../../src/drift/engine/sample.ts';
import { explainRoute } from '../../src/drift/explain.ts';
import type { Cause } from '../../src/drift/kit/cause.ts';

export interface BodyPair {
  readonly reference: string | Buffer;
  readonly candidate: string | Buffer;
}

export const names = { reference: 'rust', candidate: 'go' };

/** Two bodies compared as JSON answers of one exchange, as the comparison does it. */
export function sampleOf({ reference, candidate }: BodyPair, options: Partial<CompareOptions> = {}): Sample {
  const rules = {
    rules: compileRules({ ...defaultCompare, ...options }),
    sameCapture: (a: string, b: string) => a === b,
  };
  const body = (source: string | Buffer) => bodyOf([['content-type', 'application/json']], Buffer.from(source));
  const [a, b] = [body(reference), body(candidate)];
  const divergences = compareBodies(a, b, rules).divergences.map((one, index): [number, Divergence] => [
    index,
    { exchange: 0, facet: 'body', ...one },
  ]);
  return { reference: a.bytes, candidate: b.bytes, divergences, options: rules };
}

/** The causes of each pair of one route. */
export function explain(
  pairs: readonly BodyPair[],
  options: Partial<CompareOptions> = {},
): readonly (readonly Cause[])[] {
  return explainRoute(
    pairs.map((pair) => sampleOf(pair, options)),
    names,
  );
}

export function swap({ reference, candidate }: BodyPair): BodyPair {
  return { reference: candidate, candidate: reference };
}

/** Divergences of a pair that no cause explains, as `pointer kind`. */
export function unexplained(pair: BodyPair, causes: readonly Cause[]): string[] {
  const explained = new Set(causes.flatMap((cause) => cause.divergences));
  return sampleOf(pair)
    .divergences.filter(([index]) => !explained.has(index))
    .map(([, one]) => `${one.pointer} ${one.kind}`);
}
