import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parseJsonTree } from '../../../src/config/source/json-tree.ts';
import { createSource } from '../../../src/config/source/source.ts';
import type { SourceNode } from '../../../src/config/source/source-node.ts';
import { parseTree } from '../../../src/config/source/yaml-tree.ts';

function tree(text: string): SourceNode | null {
  return parseJsonTree(text, { start: 0, end: text.length });
}

/** The same document read as YAML: a line break before it keeps the JSON reader away, and shifts every place by one. */
function asYaml(text: string): SourceNode | null {
  const source = createSource('a.json', `\n${text}`);
  return parseTree(source, { start: 0, end: text.length + 1 }, () => {});
}

function shifted(node: SourceNode | null): unknown {
  return JSON.parse(
    JSON.stringify(node, (key, value) => (key === 'start' || key === 'end' ? value + 1 : value)) ?? 'null',
  );
}

// YAML folds a line feed, and takes no key of more than 1,024 characters.
const json = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value, null, 1).replaceAll('\n', ''));

describe('a JSON document', () => {
  it('gives the tree that YAML gives, place by place', () => {
    fc.assert(
      fc.property(json, (text) => {
        expect(shifted(tree(text))).toEqual(JSON.parse(JSON.stringify(asYaml(text))));
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['numbers keep their spelling', '[1.0, 1e400, -0, 9007199254740993, 0.10]'],
    ['escapes are decoded', '{"\\u0041\\n": "\\ud83d\\ude00 \\"\\\\\\/"}'],
    ['members inherit nothing', '{"__proto__": {"constructor": null}}'],
    ['space is no matter', ' { "a" : [ ] , "b" : { } } '],
  ])('%s', (_, text) => {
    expect(tree(text)).not.toBeNull();
    expect(shifted(tree(text))).toEqual(JSON.parse(JSON.stringify(asYaml(text))));
  });
});

test.each([
  ['a key that is there twice', '{"a":1,"a":2}'],
  ['the same, among many', `{${Array.from({ length: 9 }, (_, i) => `"k${i}":0`).join(',')},"k3":1}`],
  ['a comma too many', '[1,]'],
  ['a comma in an empty list', '[,]'],
  ['no comma', '[1 2]'],
  ['text behind it', '{} {}'],
  ['an open list', '[1,'],
  ['an open text', '"abc'],
  ['a text that ends in a backslash', '"abc\\'],
  ['an invalid escape', '"\\x41"'],
  ['a bare line feed in a text', '"a\nb"'],
  ['a number with a plus', '+1'],
  ['a number with a zero before it', '[01]'],
  ['a number cut short', '[1.]'],
  ['a word of YAML', '{"a": yes}'],
  ['a key without quotes', '{a: 1}'],
  ['a comment', '{} # why'],
  ['nothing', ''],
  ['too many levels', `${'['.repeat(300)}${']'.repeat(300)}`],
])('is left to YAML: %s', (_, text) => {
  expect(tree(text)).toBeNull();
});

test('reads megabytes in linear time and a million brackets in constant stack', () => {
  expect(tree(`[${'{"a":"b"},'.repeat(200_000)}1]`)).not.toBeNull();
  expect(tree('['.repeat(1_000_000))).toBeNull();
});
