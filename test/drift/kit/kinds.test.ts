import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { driftRules } from '../../../src/drift/classes/catalogue.ts';
import { placesFor, sortPlaces } from '../../../src/drift/engine/traversal.ts';
import type { DriftRule, TreePair } from '../../../src/drift/kit/drift-rule.ts';
import { kindsOf } from '../../../src/drift/kit/kinds.ts';
import { JsonSyntaxError } from '../../../src/json/document.ts';
import { readJson } from '../../../src/json/read.ts';
import { type JsonNode, toTree } from '../../../src/json/tree.ts';
import { node } from '../values.ts';
import { vectorFiles } from '../vector-files.ts';

const rules = [...driftRules.values()];

function treeOf(body: string): JsonNode[] {
  const document = readJson(Buffer.from(body));
  const tree = document instanceof JsonSyntaxError ? null : toTree(document);
  return tree === null ? [] : [tree];
}

/** A node and all below it. */
function nodesOf(tree: JsonNode): JsonNode[] {
  if (tree.kind === 'array') return [tree, ...tree.items.flatMap(nodesOf)];
  return tree.kind === 'object' ? [tree, ...tree.members.flatMap((one) => nodesOf(one.value))] : [tree];
}

/** Every node of both bodies of a class's vectors. */
function nodesIn(file: string): JsonNode[] {
  const bodies: JsonNode[] = [];
  JSON.parse(readFileSync(file, 'utf8'), (key, value: unknown) => {
    if ((key === 'reference' || key === 'candidate') && typeof value === 'string') bodies.push(...treeOf(value));
    return value;
  });
  const nodes = bodies.filter((one) => JSON.stringify(one).length < 4000).flatMap(nodesOf);
  return [...new Map(nodes.map((one) => [JSON.stringify(one), one])).values()];
}

/** Rules that find something between two nodes of kinds that they say nothing about. */
function unasked({ a, b }: TreePair): string[] {
  const outside = rules.filter((rule) => rule.kinds?.includes(kindsOf({ a, b })) === false);
  return outside.filter((rule) => rule.locate(a, b) !== null).map((rule) => rule.id);
}

describe('a rule is asked about the kinds of nodes that it names', () => {
  it.each(vectorFiles('rules').map((file) => [basename(file), file]))(
    'and finds nothing between any others, among all nodes of %s',
    (_, file) => {
      const nodes = nodesIn(file).slice(0, 60);
      expect(nodes.length).toBeGreaterThan(0);
      const found = nodes.flatMap((a) => nodes.flatMap((b) => unasked({ a, b })));
      expect([...new Set(found)]).toEqual([]);
    },
  );

  it('and finds nothing between any others, among random nodes', () => {
    const text = node.map((one) => treeOf(JSON.stringify(one))[0]!);
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(unasked({ a, b })).toEqual([]);
      }),
      { numRuns: 5000 },
    );
  });
});

describe('the index of places by kinds', () => {
  const pair = fc.tuple(node, node).map(([a, b]) => ({
    a: treeOf(JSON.stringify(a))[0]!,
    b: treeOf(JSON.stringify(b))[0]!,
    body: JSON.stringify(a),
    isEqual: JSON.stringify(a) === JSON.stringify(b),
    isMended: false,
  }));
  const finds = ({ locate }: DriftRule, places: readonly TreePair[]) =>
    places.flatMap(({ a, b }) => {
      const found = locate(a, b);
      return found === null ? [] : [found];
    });

  it('gives what asking every rule about every place gives, in the same order', () => {
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 12 }), (all) => {
        const places = sortPlaces(all);
        const open = all.filter((place) => !place.isEqual);
        for (const rule of rules) expect(finds(rule, placesFor(rule, places))).toEqual(finds(rule, open));
      }),
      { numRuns: 300 },
    );
  });
});
