import { expect, test } from 'vitest';
import { JsonSyntaxError } from '../../src/json/document.ts';
import { readJson } from '../../src/json/read.ts';

/** What a document says, without the room that was left in its lists. */
function told(text: string): unknown {
  const document = readJson(Buffer.from(text));
  if (document instanceof JsonSyntaxError) return `${document.message} at ${document.offset}`;
  const { size, kind, marks, start, end, next } = document;
  return [kind, marks, start, end, next].map((list) => [...list.subarray(0, size)]);
}

test('texts that were read before keep what was found in them, however many come after them', () => {
  const texts = Array.from({ length: 3000 }, (_, i) => {
    const list = Array.from({ length: i % 90 }, (_, j) => ({ [`k${j}`]: [i, 'é', '\\u0041', null] }));
    return i % 7 === 0 ? `${JSON.stringify(list)}x` : JSON.stringify({ i, list });
  });
  const documents = texts.map((text) => readJson(Buffer.from(text)));
  for (const [at, document] of documents.entries()) {
    if (document instanceof JsonSyntaxError) continue;
    const { size, kind, marks, start, end, next } = document;
    const kept = [kind, marks, start, end, next].map((list) => [...list.subarray(0, size)]);
    expect(kept).toEqual(told(texts[at]!));
  }
});

test('a text is read alike after one that nests deep, and after one that ends in the midst', () => {
  const text = '{"a":[1,{"b":[[],[2]]}]}';
  const before = told(text);
  const deep = 40_000;
  expect(told('['.repeat(deep))).toBe(`the text ends too early at ${deep}`);
  expect(told(text)).toEqual(before);
  expect(Array.isArray(told(`${'['.repeat(deep)}${']'.repeat(deep)}`))).toBe(true);
  expect(told(text)).toEqual(before);
});
