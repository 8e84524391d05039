import fc from 'fast-check';
import deepEqual from 'fast-deep-equal';
import * as jsondiffpatch from 'jsondiffpatch';
import { describe, expect, it } from 'vitest';
import { compareTexts } from '../model.ts';

/** JSON that the libraries read without loss: no key of every object, no number beyond doubles, text that is Unicode. */
const safeKey = fc.string({ unit: fc.constantFrom(...'abcxyz'), minLength: 1, maxLength: 2 }).map((key) => `k${key}`);
const { safe } = fc.letrec<{ safe: unknown }>((tie) => ({
  safe: fc.oneof(
    { maxDepth: 3 },
    fc.constant(null),
    fc.boolean(),
    fc.integer({ min: -2, max: 2 }),
    fc.constantFrom('', 'a', 'b'),
    fc.array(tie('safe'), { maxLength: 3 }),
    fc.dictionary(safeKey, tie('safe'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

function sortedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join()}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, member]) => `${key}:${sortedJson(member)}`).join()}}`;
}

describe('on plain JSON without special keys and big numbers', () => {
  // Without a hash it calls [[],1,1] different from itself: the draft of a comparison, not one to rely on.
  const differ = jsondiffpatch.create({ objectHash: sortedJson, arrays: { detectMove: true } });

  it('fast-deep-equal and jsondiffpatch say the same as the comparator', () => {
    fc.assert(
      fc.property(safe, safe, fc.boolean(), (x, other, equal) => {
        const y: unknown = equal ? structuredClone(x) : other;
        const { lowest } = compareTexts(JSON.stringify(x), JSON.stringify(y));
        const same = lowest === null || lowest === 'wire';
        expect(deepEqual(x, y)).toBe(same);
        expect(differ.diff(x, y) === undefined).toBe(same);
      }),
      { numRuns: 2000 },
    );
  });

  it('a single change is different to all three', () => {
    fc.assert(
      fc.property(safe, fc.nat(), (x, number) => {
        const text = JSON.stringify(x);
        const digits = [...text.matchAll(/[012]/g)];
        if (digits.length === 0) return;
        const at = digits[number % digits.length]!.index;
        const changed = `${text.slice(0, at)}7${text.slice(at + 1)}`;
        const y: unknown = JSON.parse(changed);
        expect(deepEqual(x, y)).toBe(false);
        expect(differ.diff(x, y)).not.toBeUndefined();
        expect(compareTexts(text, changed).lowest).toBe('value');
      }),
      { numRuns: 500 },
    );
  });

  it('the kinds of documents that they get wrong are right here', () => {
    expect(compareTexts('{"constructor":{}}', '{"constructor":{}}').lowest).toBeNull();
    expect(compareTexts('{"toString":1}', '{"toString":1}').lowest).toBeNull();
    expect(compareTexts('{"a":1}', '{"a":1,"__proto__":1}').divergences).toMatchObject([
      { pointer: '/__proto__', kind: 'extra' },
    ]);
  });
});
