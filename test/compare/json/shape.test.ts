import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shapeAgreement } from '../../../src/compare/json/shape.ts';
import type { JsonDocument } from '../../../src/json/document.ts';
import { read } from '../../json/documents.ts';
import { anyBody, compareTexts, type Model, print, shapesAgree } from '../model.ts';

/** The nodes of a value and of all in it, by the numbers that they have in the document of its text. */
function valuesOf(value: Model, document: JsonDocument, node = 0): (readonly [node: number, value: Model])[] {
  const found: (readonly [number, Model])[] = [[node, value]];
  let child = node + 1;
  if (value.kind === 'array')
    for (const item of value.items) {
      found.push(...valuesOf(item, document, child));
      child = document.next[child]!;
    }
  if (value.kind === 'object')
    for (const [, member] of value.members) {
      found.push(...valuesOf(member, document, child + 1));
      child = document.next[child + 1]!;
    }
  return found;
}

const none = () => false;

function agree(a: string, b: string): boolean {
  const [one, two] = [read(a), read(b)];
  return shapeAgreement(
    () => ({ document: one, skipped: none }),
    () => ({ document: two, skipped: none }),
  )(0, 0);
}

describe('type trees', () => {
  it.each<readonly [string, a: string, b: string, agrees: boolean]>([
    ['another number', '1', '2.5e3', true],
    ['true and false', 'true', 'false', true],
    ['null and false', 'null', 'false', false],
    ['a number and its text', '1', '"1"', false],
    ['an empty object and an empty array', '{}', '[]', false],
    ['key order', '{"a":1,"b":""}', '{"b":"","a":1}', true],
    ['a key more', '{"a":1}', '{"a":1,"b":1}', false],
    ['another key of as many letters', '{"a":1}', '{"b":1}', false],
    ['a key that reads like two', '{"a\\":1,\\"b":1}', '{"a":1,"b":1}', false],
    ['kinds that changed places', '{"a":1,"b":""}', '{"a":"","b":1}', false],
    ['the order of element kinds', '[1,""]', '["",1]', true],
    ['how often each is there', '[1,"",1,1]', '["",1]', true],
    ['an element kind more', '[1]', '[1,""]', false],
    ['an element kind more that is nothing', '[1]', '[1,null]', false],
    ['nothing in an array, on one side', '[]', '[1,null]', true],
    ['nothing in an array in an array', '[[]]', '[[1],[""]]', true],
    ['arrays of arrays that have one kind each', '[[1],[""]]', '[[1,""]]', false],
    ['arrays and what is in them', '[1]', '[[1]]', false],
    ['one element and an array of it', '{"a":[1]}', '{"a":1}', false],
    ['nothing in an array in an object', '{"a":[]}', '{"a":[{"x":1}]}', true],
    ['it does not make up for another key', '{"a":[],"b":1}', '{"a":[1],"c":1}', false],
    ['two that agree with a third and not with each other', '[{"a":[1]},{"a":[""]}]', '[{"a":[]}]', true],
    ['one of them has no partner', '[{"a":[1]},{"a":[""]}]', '[{"a":[1]}]', false],
  ])('%s', (_, a, b, agrees) => {
    expect(agree(a, b)).toBe(agrees);
    expect(agree(b, a)).toBe(agrees);
  });

  it.each<readonly [string, item: string, other: string]>([
    ['the first member is of another kind', '{"a":1,"b":1}', '{"a":"","b":1}'],
    ['the last one is', '{"a":1,"b":1}', '{"a":1,"b":""}'],
    ['the one in between is', '{"a":1,"b":1,"c":1}', '{"a":1,"b":"","c":1}'],
    ['the last one has another key', '{"a":1,"b":1}', '{"a":1,"c":1}'],
    ['there is one more', '{"a":1,"b":1}', '{"a":1,"b":1,"c":1}'],
    ['there is one less', '{"a":1,"b":1}', '{"a":1}'],
    ['there is none', '{"a":1}', '{}'],
    ['the first key is another', '{"a":1,"b":1}', '{"c":1,"b":1}'],
    ['a key is spelled otherwise and its value is another', '{"a":1,"b":1}', '{"\\u0061":1,"b":""}'],
    ['deep below there is another kind', '{"a":{"b":{"c":1}}}', '{"a":{"b":{"c":""}}}'],
    ['an array has another kind', '{"a":[1,1]}', '{"a":["",""]}'],
    ['an array has a kind more, at its end', '{"a":[1,1]}', '{"a":[1,1,""]}'],
    ['an array has a kind more, in between', '{"a":[1,1]}', '{"a":[1,"",1]}'],
  ])('items of one list are told apart where %s', (_, item, other) => {
    expect(agree(`[${item},${item}]`, `[${item},${item},${other}]`)).toBe(false);
    expect(agree(`[${item},${other},${item}]`, `[${item}]`)).toBe(false);
    expect(agree(`[${item},${other},${item}]`, `[${other},${item},${other}]`)).toBe(true);
    expect(compareTexts(`[${item}]`, `[${item},${other}]`).lowest).toBe('shape');
  });

  it('agree of any two values of two bodies where the definition says so', () => {
    fc.assert(
      fc.property(anyBody, anyBody, (x, y) => {
        const [a, b] = [read(print(x)), read(print(y))];
        const agreement = shapeAgreement(
          () => ({ document: a, skipped: none }),
          () => ({ document: b, skipped: none }),
        );
        for (const [i, one] of valuesOf(x, a))
          for (const [j, other] of valuesOf(y, b)) expect(agreement(i, j)).toBe(shapesAgree(one, other));
      }),
      { numRuns: 300 },
    );
  });
});

describe('what is skipped', () => {
  it.each<readonly [string, a: string, b: string, skipped: readonly [number, number], agrees: boolean]>([
    ['a member has no say', '{"a":1}', '{"a":""}', [2, 2], true],
    ['nor whether it is there', '{"a":1}', '{}', [2, -1], true],
    ['nor an item', '[1,""]', '[""]', [1, -1], true],
    ['nor the first of items that are all skipped', '[1]', '["",""]', [1, -1], true],
    ['what is beside it has', '{"a":1,"b":1}', '{"a":1,"b":""}', [2, 2], false],
    ['so have other items', '[1,"",null]', '[""]', [1, -1], false],
    ['what is skipped on one side only is not there', '{"a":1}', '{"a":1}', [2, -1], false],
    ['what is skipped itself agrees with nothing that counts', '1', '1', [0, -1], false],
    ['on either side', '1', '1', [-1, 0], false],
  ])('%s', (_, a, b, [skippedA, skippedB], agrees) => {
    const [one, two] = [read(a), read(b)];
    const agreement = shapeAgreement(
      () => ({ document: one, skipped: (node) => node === skippedA }),
      () => ({ document: two, skipped: (node) => node === skippedB }),
    );
    expect(agreement(0, 0)).toBe(agrees);
  });
});
