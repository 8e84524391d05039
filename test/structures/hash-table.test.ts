import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hashTable } from '../../src/structures/hash-table.ts';

const text = fc.string({ unit: 'binary', maxLength: 3 });
const step = fc.record({ text, number: fc.nat(0xfffffffe), isAdded: fc.boolean() });

it('holds what a Map would, while it grows', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 3000, size: 'max' }), (steps) => {
      const [table, map] = [hashTable(), new Map<string, number>()];
      for (const { text: key, number, isAdded } of steps) {
        expect(table.get(key)).toBe(map.get(key) ?? null);
        if (!isAdded) table.set(key, number);
        else expect(table.add(key, number)).toBe(map.get(key) ?? null);
        if (!isAdded || !map.has(key)) map.set(key, number);
      }
      for (const [key, number] of map) expect(table.get(key)).toBe(number);
    }),
    { numRuns: 30 },
  );
});
