import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareJson } from '../../src/compare/json/compare-json.ts';
import { learn } from '../../src/drift/engine/learn.ts';
import { divide } from '../../src/drift/engine/ownership.ts';
import { planOf, rewriteBody } from '../../src/drift/engine/rewrite.ts';
import { JsonSyntaxError } from '../../src/json/document.ts';
import { pointerShape } from '../../src/json/pointer.ts';
import { readJson } from '../../src/json/read.ts';
import { type JsonNode, printTree, toTree } from '../../src/json/tree.ts';
import { type BodyPair, explain, sampleOf, swap } from './bodies.ts';
import { objectText } from './values.ts';

const pairs = fc.array(fc.record({ reference: objectText, candidate: objectText }), { minLength: 1, maxLength: 4 });

function treeOf(source: string | Buffer): JsonNode {
  const document = readJson(Buffer.from(source));
  if (document instanceof JsonSyntaxError) throw document;
  return toTree(document)!;
}

/** What still differs once the reference is rewritten by what the bodies of the route teach. */
function leftOver(route: readonly BodyPair[], pair: BodyPair) {
  const lessons = learn(route.map((one) => ({ a: treeOf(one.reference), b: treeOf(one.candidate) })));
  const { tree, used } = rewriteBody(treeOf(pair.reference), planOf(lessons));
  const [rewritten, { waived }] = [printTree(tree), divide(used)];
  const [a, b] = [readJson(Buffer.from(rewritten, 'latin1')), readJson(Buffer.from(pair.candidate))];
  if (a instanceof JsonSyntaxError || b instanceof JsonSyntaxError) throw new Error('no JSON');
  const { divergences } = compareJson(a, b, sampleOf(pair).options);
  return { rewritten, divergences: divergences.filter((one) => !isBelow(waived, one.pointer)) };
}

/** A lossy rule can only hold the seat of what stands at these shapes or below, and says so. */
function isBelow(waived: ReadonlySet<string>, pointer: string): boolean {
  const shape = pointerShape(pointer);
  return [...waived].some((outer) => shape === outer || shape.startsWith(`${outer}/`));
}

/** A renamed place counts as the same place. */
function plain(pointer: string): string {
  return pointerShape(pointer).replaceAll('_', '').toLowerCase();
}

function touch(x: string, y: string): boolean {
  return x === y || x.startsWith(`${y}/`) || y.startsWith(`${x}/`);
}

describe('what is claimed', () => {
  it('is proved: whatever the rewritten reference does not reproduce is left unexplained', () => {
    fc.assert(
      fc.property(pairs, (route) => {
        explain(route).forEach((causes, i) => {
          const pair = route[i]!;
          const claimed = new Set(causes.flatMap((cause) => cause.divergences));
          const open = sampleOf(pair).divergences.filter(([index]) => !claimed.has(index));
          const shapes = open.map(([, one]) => plain(one.pointer));
          if (claimed.size === 0) return;
          const left = leftOver(route, pair).divergences;
          const spelling = sampleOf(pair).divergences.filter(
            ([index, one]) => claimed.has(index) && one.rung === 'wire',
          );
          for (const [, { pointer, kind }] of spelling)
            expect(left.filter((one) => plain(one.pointer) === plain(pointer) && one.kind === kind)).toEqual([]);
          // Where the rewriting breaks a place that was right, nothing in that sample is verified.
          const sure = causes.some((cause) => !cause.hypothesis);
          for (const one of sure ? left.filter(({ rung }) => rung !== 'wire') : [])
            expect(shapes.some((shape) => touch(shape, plain(one.pointer)))).toBe(true);
        });
      }),
      { numRuns: Number(process.env.PARITY_RUNS ?? 800) },
    );
  });

  it('is proved at the rung that it says', () => {
    fc.assert(
      fc.property(pairs, (route) => {
        explain(route).forEach((causes, i) => {
          const pair = route[i]!;
          const all = causes.flatMap((cause) => cause.divergences).length === sampleOf(pair).divergences.length;
          if (causes.length === 0 || !all) return;
          if (causes.some((cause) => cause.class === 'trailing-newline')) return;
          const { rewritten, divergences } = leftOver(route, pair);
          if (causes.every((cause) => cause.verifiedAt === 'wire') && divergences.length === 0)
            expect(Buffer.from(rewritten, 'latin1').toString()).toBe(pair.candidate);
          expect(divergences.filter((one) => one.rung !== 'wire')).toEqual([]);
        });
      }),
      { numRuns: Number(process.env.PARITY_RUNS ?? 400) },
    );
  });

  it('claims a divergence once', () => {
    fc.assert(
      fc.property(pairs, (route) => {
        for (const causes of explain(route)) {
          const indices = causes.flatMap((cause) => cause.divergences);
          expect(new Set(indices).size).toBe(indices.length);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is nothing where the bodies are equal', () => {
    fc.assert(
      fc.property(fc.array(objectText, { minLength: 1, maxLength: 3 }), (bodies) => {
        expect(explain(bodies.map((body) => ({ reference: body, candidate: body }))).flat()).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on the order of the samples', () => {
    const marks = (route: readonly BodyPair[]) =>
      explain(route).map((causes) => causes.map((one) => `${one.class} ${one.pointer} ${one.divergences}`).sort());
    fc.assert(
      fc.property(pairs, (route) => {
        expect(marks([...route].reverse()).reverse()).toEqual(marks(route));
      }),
      { numRuns: Number(process.env.PARITY_RUNS ?? 400) },
    );
  });
});

describe('a known drift over any body', () => {
  const pascal = (key: string) => key.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const port = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.length === 0 ? null : node.map(port);
    if (node === null || typeof node !== 'object') return node;
    return Object.fromEntries(Object.entries(node).map(([key, inner]) => [pascal(key), port(inner)]));
  };
  const record = fc.record({
    user_name: fc.string(),
    is_new: fc.boolean(),
    tag_list: fc.array(fc.integer(), { maxLength: 2 }),
    inner_part: fc.record({ row_count: fc.integer(), first_row: fc.array(fc.string(), { maxLength: 1 }) }),
  });

  it('is explained whole: Go names and nil slices', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(record, { minLength: 2, maxLength: 4, selector: (one) => JSON.stringify(one) }),
        (bodies) => {
          const route = bodies.map((body) => ({
            reference: JSON.stringify(body),
            candidate: JSON.stringify(port(body)).replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`),
          }));
          for (const turned of [route, route.map(swap)])
            for (const causes of explain(turned)) {
              expect(causes.map((cause) => [cause.class, cause.verifiedAt, cause.hypothesis])).toEqual([
                ['key-casing', 'wire', false],
              ]);
            }
        },
      ),
      { numRuns: 100 },
    );
  });
});
