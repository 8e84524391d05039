import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { learn } from '../../../src/drift/engine/learn.ts';
import { planOf, rewriteBody } from '../../../src/drift/engine/rewrite.ts';
import type { FittedRule, FittedRules } from '../../../src/drift/kit/fitted-rule.ts';
import { isUnchanged } from '../../../src/drift/kit/nodes.ts';
import { JsonSyntaxError } from '../../../src/json/document.ts';
import { shapeToken } from '../../../src/json/pointer.ts';
import { readJson } from '../../../src/json/read.ts';
import { type JsonNode, printTree, toTree } from '../../../src/json/tree.ts';
import { type BodyPair, explain, unexplained } from '../bodies.ts';
import { objectText } from '../values.ts';

/** What one service answers in case `n`, and its port: names drift in all of them, the rest in a few. */
function pairOf(n: number): BodyPair {
  const [isRare, isRarer] = [n % 97 === 5, n === 111 || n === 222];
  const rust = { order_id: n, tag_list: isRare ? [] : [n], total_price: n + 0.5, note: isRarer ? '<b>' : 'plain' };
  const go = `{"OrderID":${n},"TagList":${isRare ? 'null' : `[${n}]`},"TotalPrice":${n}.5,"Note":"${isRarer ? '\\u003cb\\u003e' : 'plain'}"}`;
  return { reference: JSON.stringify(rust), candidate: go };
}

const route = Array.from({ length: 300 }, (_, n) => pairOf(n));

describe('a route with more samples than teach at first', () => {
  it('is explained whole, though two samples of three hundred show what none of the others does', () => {
    const found = explain(route);
    expect(route.flatMap((pair, i) => unexplained(pair, found[i]!))).toEqual([]);
    expect([...new Set(found.flat().map((cause) => `${cause.class} ${cause.hypothesis}`))]).toEqual([
      'key-casing false',
    ]);
    expect(found[111]![0]!.also).toEqual(['escape-html']);
    expect(found[102]![0]!.also).toEqual(['nil-slice-null']);
  });

  it('is explained alike in any order', () => {
    const turned = [...explain([...route].reverse())].reverse();
    const told = (list: ReturnType<typeof explain>) =>
      list.map((causes) => causes.map(({ lessons: _, ...cause }) => cause));
    expect(told(turned)).toEqual(told(explain(route)));
  });

  it('shows nothing that is verified where each answer has other values', () => {
    const other = route.map(({ reference }, n) => ({
      reference,
      candidate: route[(n * 7 + 13) % route.length]!.reference,
    }));
    const causes = explain(other).flat();
    expect(causes.filter((cause) => !cause.hypothesis && cause.lossy.length === 0)).toEqual([]);
  });
});

function treeOf(body: string): JsonNode {
  const document = readJson(Buffer.from(body));
  if (document instanceof JsonSyntaxError) throw document;
  return toTree(document)!;
}

/** Rewrites place by place, and looks up each of them by its shape. */
function rewritePlain(a: JsonNode, lessons: FittedRules, shape = ''): JsonNode {
  const here = lessons.get(shape) ?? [];
  const apply = (before: JsonNode, { rule, parameters }: FittedRule) => {
    const after = rule.rewrite(before, parameters);
    return isUnchanged(before, after) ? before : after;
  };
  const node = here.reduce(apply, a);
  if (node.kind === 'array')
    return { kind: 'array', items: node.items.map((item) => rewritePlain(item, lessons, `${shape}/*`)) };
  if (node.kind !== 'object') return node;
  const folds = here.some(({ rule, parameters }) => rule.folds?.(node, parameters) === true);
  const below = (key: string) => `${shape}/${folds ? '*' : shapeToken(key)}`;
  const members = node.members.map((one) => ({ ...one, value: rewritePlain(one.value, lessons, below(one.key)) }));
  return { kind: 'object', members };
}

describe('a plan of lessons', () => {
  it('rewrites any body as looking up every place by its shape does', () => {
    const pairs = fc.array(fc.record({ a: objectText.map(treeOf), b: objectText.map(treeOf) }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(pairs, objectText.map(treeOf), (taught, other) => {
        const lessons = learn(taught);
        const plan = planOf(lessons);
        for (const body of [other, ...taught.map((one) => one.a)])
          expect(printTree(rewriteBody(body, plan).tree)).toBe(printTree(rewritePlain(body, lessons)));
      }),
      { numRuns: 500 },
    );
  });

  it.each(['a/b', '~1', '~', '*', '', '17', '2026-05-02', 'a~1b'])('finds a place under the key %j', (key) => {
    const pair = (n: number) => ({
      a: treeOf(JSON.stringify({ [key]: { user_id: n } })),
      b: treeOf(JSON.stringify({ [key]: { UserID: n } })),
    });
    const pairs = [pair(1), pair(2)];
    const { tree, used } = rewriteBody(pairs[0]!.a, planOf(learn(pairs)));
    expect(used.map((lesson) => lesson.class)).toEqual(['key-casing']);
    expect(printTree(tree)).toBe(printTree(pairs[0]!.b));
  });
});
