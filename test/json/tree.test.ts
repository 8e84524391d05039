import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deepestTree, printTree, stringNode, toTree } from '../../src/json/tree.ts';
import { quoted, read } from './documents.ts';

function printed(text: string | Uint8Array): Buffer {
  return Buffer.from(printTree(toTree(read(text))!), 'latin1');
}

describe('reading into a tree and printing it', () => {
  it('gives every byte of a compact document back', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), (json) => {
        const text = Buffer.from(JSON.stringify(JSON.parse(json)));
        expect(printed(text)).toEqual(text);
      }),
      { numRuns: 300 },
    );
  });

  it.each<readonly [string, string | Uint8Array]>([
    ['numbers as they are spelled', '[1.0,1,1E2,-0,9007199254740993,1e400,0.10000000000000000001]'],
    ['escapes as they are spelled', '["\\u0041","A","\\/","/","\\ud800"]'],
    ['keys as they are spelled, in their order', '{"b":1,"\\u0061":2,"":3}'],
    ['keys that are there twice', '{"a":1,"a":2,"a":{"a":3}}'],
    ['keys named like those of every object', '{"__proto__":1,"constructor":2,"toString":{"__proto__":null}}'],
    ['keys that look like indices, in their order', '{"2":0,"1":0,"10":0}'],
    [
      'bytes that are not UTF-8',
      Buffer.concat([Buffer.from('{'), quoted(0xff), Buffer.from(':'), quoted(0xc3), Buffer.from('}')]),
    ],
  ])('keeps %s', (_, text) => {
    expect(printed(text)).toEqual(Buffer.from(text));
  });

  it('leaves white space between tokens out, and a byte-order mark', () => {
    expect(printed('\ufeff { "a b" : [ 1 , " x " ] }\n').toString()).toBe('{"a b":[1," x "]}');
  });

  it('names members by the text of their key', () => {
    const tree = toTree(read('{"\\u0061":true,"b":1}'));
    expect(tree).toEqual({
      kind: 'object',
      members: [
        { key: 'a', raw: '"\\u0061"', value: { kind: 'boolean', raw: 'true' } },
        { key: 'b', raw: '"b"', value: { kind: 'number', raw: '1' } },
      ],
    });
  });

  it.each([
    ['arrays', '[', ']'],
    ['objects', '{"a":', '}'],
  ])('refuses a document that is nested too deep, whatever its depth: %s', (_, open, close) => {
    const nested = (depth: number) => read(`${open.repeat(depth)}1${close.repeat(depth)}`);
    expect(toTree(nested(deepestTree))).not.toBeNull();
    expect(toTree(nested(deepestTree + 1))).toBeNull();
    expect(toTree(nested(1_000_000))).toBeNull();
  });
});

describe('a string node', () => {
  it.each([
    ['escapes what JSON demands', 'a"b\\c\n\u0001', '"a\\"b\\\\c\\n\\u0001"'],
    ['writes the rest in UTF-8', 'é€😀/', '"é€😀/"'],
    ['escapes a lone surrogate', 'a\ud800', '"a\\ud800"'],
  ])('%s', (_, text, json) => {
    const node = stringNode(text);
    expect(node.kind).toBe('string');
    expect(Buffer.from(printTree(node), 'latin1').toString()).toBe(json);
  });
});
