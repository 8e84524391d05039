import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import { type CodedProblem, complainer, createSource } from '../../../src/config/source/source.ts';
import type { SourceNode } from '../../../src/config/source/source-node.ts';
import { plainValue } from '../../../src/config/source/tree-access.ts';
import { parseTree } from '../../../src/config/source/yaml-tree.ts';
import { errorOf, folderWith, lines } from '../folder.ts';

function parse(text: string): { root: SourceNode | null; notes: string[] } {
  const source = createSource('f.yaml', text);
  const problems: CodedProblem[] = [];
  const root = parseTree(source, { start: 0, end: text.length }, complainer(source, problems));
  return { root, notes: problems.map(({ line, col, message }) => `${line}:${col} ${message}`) };
}

test.each([
  ['YAML 1.2 knows no yes and no', 'a: no\nb: on\nc: 012\nd: 1_000', { a: 'no', b: 'on', c: 12, d: '1_000' }],
  ['dates and merge keys are text', 'a: 2001-01-01\n<<: { b: 1 }', { a: '2001-01-01', '<<': { b: 1 } }],
  ['aliases', 'a: &x [1]\nb: *x', { a: [1], b: [1] }],
  ['core tags', 'a: !!str 12\nb: !!int "7"', { a: '12', b: 7 }],
  ['surrogate pairs', '"\\ud83d\\ude00\\/": null', { '😀/': null }],
  ['keys are text as written', '200: a\nno: b\n1.0: c', { '200': 'a', no: 'b', '1.0': 'c' }],
])('%s', (_, text, expected) => {
  const { root, notes } = parse(text);
  expect(notes).toEqual([]);
  expect(JSON.parse(JSON.stringify(plainValue(root!)))).toEqual(expected);
});

test('a `__proto__` key is a key like any other', () => {
  const value = plainValue(parse('{ "__proto__": { "a": 1 } }').root!) as Record<string, unknown>;
  expect(Object.keys(value)).toEqual(['__proto__']);
  expect(Object.keys({})).toEqual([]);
});

const levels = Array.from(
  { length: 9 },
  (_, level) => `a${level}: &a${level} [${Array(9).fill(level ? `*a${level - 1}` : 'x')}]`,
);

test.each([
  ['tab indent', 'a:\n\t- b', ['2:1 YAML: a tab cannot indent; use spaces']],
  ['duplicate key', 'a: 1\nb: 2\na: 3', ['3:1 the key "a" is there twice']],
  ['duplicate key in JSON', '{"a": 1, "a": 2}', ['1:10 the key "a" is there twice']],
  ['keys that are the same text', '1: a\n"1": b', ['2:1 the key "1" is there twice']],
  ['unknown tag', 'a: !foo b', ['1:9 the tag "!foo" is not supported']],
  ['a tag beyond the core schema', 'a: !!binary aGk=', ['1:13 the tag "tag:yaml.org,2002:binary" is not supported']],
  [
    'a tag that would build an object',
    'a: !!js/function "x"',
    ['1:18 the tag "tag:yaml.org,2002:js/function" is not supported'],
  ],
  ['two documents', 'a: 1\n---\nb: 1', ['2:1 a second YAML document begins here; a file holds one']],
  ['YAML 1.1', '%YAML 1.1\n---\na: no', ['1:1 YAML 1.1 is not supported']],
  ['alias without anchor', 'a: *x', ['1:4 the alias "*x" has no anchor above it']],
  ['alias of itself', 'a: &x [*x]', ['1:8 the alias "*x" refers to itself']],
  ['a map as key', '? [a]\n: 1', ['1:3 a key must be plain text']],
  ['a text that begins braces of its own', 'b: 1\na: { path: /x/{{id}} }', [expect.stringMatching(/^2:\d+ YAML: /)]],
  ['an open quote', 'a: "b\n', ['2:1 YAML: Missing closing "quote']],
])('refused: %s', (_, text, expected) => {
  expect(parse(text)).toEqual({ root: null, notes: expected });
});

test('an alias bomb is stopped', () => {
  const { root, notes } = parse(levels.join('\n'));
  expect(root).toBeNull();
  expect(notes).toEqual([expect.stringMatching(/^[789]:\d+ too many aliases/)]);
});

test.each([257, 50_000])('%i levels are too deep', (depth) => {
  const { root, notes } = parse('['.repeat(depth) + ']'.repeat(depth));
  expect(root).toBeNull();
  expect(notes).toEqual([expect.stringContaining('nested deeper than 256 levels')]);
});

test('many keys and many aliases take linear time', () => {
  const anchors = Array.from({ length: 3000 }, (_, index) => `a${index}: &a${index} 1`);
  const aliases = Array.from({ length: 3000 }, (_, index) => `b${index}: *a${index}`);
  expect(parse([...anchors, ...aliases].join('\n')).notes).toEqual([]);
});

test('no more than 50 problems of a file are shown', () => {
  expect(parse(Array.from({ length: 500 }, () => 'a: 1').join('\n')).notes).toHaveLength(50);
});

describe('encodings', () => {
  const yaml = 'out: naïve\n';
  test.each([
    [
      'UTF-16 LE',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(yaml, 'utf16le')]),
      '1:1 the file is UTF-16, not UTF-8',
    ],
    ['UTF-16 without a mark', Buffer.from(yaml, 'utf16le'), '1:1 the file is UTF-16, not UTF-8'],
    ['latin1', Buffer.from(`# x\n${yaml}`, 'latin1'), '2:8 a byte here is not UTF-8'],
  ])('%s is refused', async (_, bytes, expected) => {
    const error = await errorOf(() => loadConfig({}, { cwd: folderWith({ 'parity.yaml': bytes }), env: {} }));
    expect(lines(error)).toEqual([`parity.yaml:${expected} (save the file as UTF-8)`]);
  });
});
