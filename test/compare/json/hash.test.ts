import { describe, expect, it } from 'vitest';
import { type HashPolicy, lazyHashes } from '../../../src/compare/json/hash.ts';
import { Kind } from '../../../src/json/document.ts';
import { read } from '../../json/documents.ts';

function hashOf(text: string): number {
  return lazyHashes(read(text), () => () => 'value')(0);
}

/** The hash where the order of items is nothing, in all arrays. */
function hashOfItems(text: string): number {
  const document = read(text);
  const telling: HashPolicy = (node) => (document.kind[node] === Kind.array ? 'items' : 'value');
  return lazyHashes(document, () => telling)(0);
}

/** Small numbers, each once: integers, with a point, with powers within and beyond 32 bits. */
function numbers(): string[] {
  const found: string[] = [];
  for (let n = 1; n <= 2500; n += 1) found.push(`${n}`, `-${n}`);
  for (let n = 1; n < 100; n += 1)
    if (n % 10 !== 0)
      for (const power of ['-1', '-2', '-17', '99', '400', '4294967296', '-4294967296', '99999999999999999999'])
        found.push(`${n}e${power}`, `-${n}e${power}`);
  return ['0', ...found];
}

/** Nests of arrays and objects over a few scalars, each once, two levels deep. */
function nests(): string[] {
  const scalars = ['null', 'true', 'false', '0', '1', '"1"', '""', '"a"'];
  const one = scalars.flatMap((x) => [x, `[${x}]`, `{"a":${x}}`, `{"1":${x}}`]);
  const inner = [...one, '[]', '{}'];
  const two = inner.flatMap((x) => [
    `[[${x}]]`,
    `{"":[${x}]}`,
    ...inner.flatMap((y) => [`[${x},${y}]`, `{"a":${x},"":${y}}`]),
  ]);
  return [...inner, ...two];
}

describe('the hash of a value', () => {
  it('is another one for another value: strangers would be lined up', () => {
    const strings = Array.from({ length: 2500 }, (_, n) => [`"${n}"`, `"-${n}"`, `"a${n}"`, `"${n}a"`]).flat();
    const texts = [...numbers(), ...strings, ...nests()];
    const different = new Set(texts);
    expect(new Set([...different].map(hashOf)).size).toBe(different.size);
  });

  it.each([
    [['0', '-0', '0.00', '-0e5', '0E-99999999999999999999']],
    [['100', '1e2', '1E+02', '100.00', '0.1e3', '1000e-1']],
    [['-0.1', '-1e-1', '-0.100', '-0.01E1']],
    [['12.5', '125e-1', '12.50', '0.125e2']],
    [['1e99999999999999999999', '10e99999999999999999998', '0.1E+100000000000000000000']],
    [['"é"', '"\\u00e9"', '"\\u00E9"']],
    [['"😀/"', '"\\ud83d\\ude00\\/"']],
    [['{"a":1,"b":[1]}', '{ "b": [ 1.0 ], "\\u0061": 10e-1 }']],
  ])('is one for all spellings: %s', (spellings) => {
    expect(new Set(spellings.map(hashOf)).size).toBe(1);
  });
});

describe('the hash of a value whose items have no order', () => {
  it.each([
    [['[1,2,3]', '[3,1,2]', '[2,1,3.0]']],
    [['[[1,2],[3,[4,5]]]', '[[3,[5,4]],[2,1]]', '[[[4,5],3],[1,2]]']],
    [['{"a":[1,2],"b":1}', '{"b":1,"a":[2,1]}']],
  ])('is one for all orders: %s', (orders) => {
    expect(new Set(orders.map(hashOfItems)).size).toBe(1);
  });

  it('is another one for other items, and for as many as there are of each', () => {
    const small = ['null', 'true', 'false', '0', '1', '""', '"a"', '{}', '[]', '[0]', '[1]', '[0,0]', '[[]]', '[[0]]'];
    const bags = small.flatMap((x, i) => [
      ...Array.from({ length: 9 }, (_, n) => `[${Array(n + 3).fill(x)}]`),
      ...small
        .slice(i)
        .flatMap((y, j) => [
          `[${x},[${y}]]`,
          `[[${x},${y}]]`,
          ...small.slice(i + j).map((z) => `[${x},${y},${z},"end"]`),
          ...(j === 0 ? [] : [`[${x},${y}]`, `[${x},${x},${y}]`, `[${x},${y},${y}]`]),
        ]),
    ]);
    const different = new Set(bags);
    const orderless = new Set([...different].map(sorted));
    expect(new Set([...different].map(hashOfItems)).size).toBe(orderless.size);
  });
});

/** One text for all orders of the items in the arrays of a text. */
function sorted(text: string): string {
  const of = (value: unknown): string => (Array.isArray(value) ? `[${value.map(of).sort()}]` : JSON.stringify(value));
  return of(JSON.parse(text));
}
