import fc from 'fast-check';
import { expect, test } from 'vitest';
import { few } from '../../src/structures/few.ts';

test('a value is there by its key as long as a Map would have it', () => {
  const keys = Array.from({ length: 6 }, (_, n) => ({ n }));
  const act = fc.tuple(fc.constantFrom('set', 'delete'), fc.nat(5), fc.nat());
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
      const mine = few<object, number>();
      const model = new Map<object, number>();
      for (const [what, which, value] of acts) {
        const key = keys[which]!;
        if (what === 'set') for (const one of [mine, model]) one.set(key, value);
        else for (const one of [mine, model]) one.delete(key);
        expect(keys.map((one) => mine.get(one))).toEqual(keys.map((one) => model.get(one)));
        expect([new Set(mine.keys()), mine.keys().length]).toEqual([new Set(model.keys()), model.size]);
      }
    }),
  );
});
