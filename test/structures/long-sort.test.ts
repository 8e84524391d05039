import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashTable } from '../../src/structures/hash-table.ts';
import { longSort } from '../../src/structures/long-sort.ts';
import { numberList } from '../../src/structures/number-list.ts';

const byText = (a: string, b: string) => (a < b ? -1 : Number(a > b));
const keys = fc.array(fc.string({ maxLength: 3 }), { maxLength: 60 });

test('a long sort gives what a stable sort in memory gives, whatever fits', () => {
  fc.assert(
    fc.property(keys, fc.integer({ min: 1, max: 70 }), (all, room) => {
      const sort = longSort<string>({ compare: byText, room });
      for (const key of all) sort.add(key);
      const whole = all.map((key, at) => [at, key] as const).sort((a, b) => byText(a[1], b[1]));
      expect([...sort.inOrder((at) => all[at]!)]).toEqual(whole);
      expect([...sort.inOrder((at) => all[at]!)]).toEqual(whole);
    }),
  );
});

test('a long sort lets go by weight, and makes each key once more only when its turn comes', () => {
  const all = ['dd', 'c', 'bbb', 'a', 'ee', 'f'];
  const sort = longSort<string>({ compare: byText, room: 3, weigh: (key) => key.length });
  for (const key of all) sort.add(key);
  const made: number[] = [];
  const again = (at: number) => all[made.push(at) && at]!;
  const order = sort.inOrder(again);
  expect(order.next().value).toEqual([3, 'a']);
  expect(made).toEqual([1, 2, 3, 5]);
  expect([...order].map(([, key]) => key)).toEqual(['bbb', 'c', 'dd', 'ee', 'f']);
  expect([...made].sort()).toEqual([0, 1, 2, 3, 4, 5]);
});

test('a long sort gives the numbers alone, and makes no key once more where all fit', () => {
  const never = () => expect.fail('a key was made');
  fc.assert(
    fc.property(keys, fc.integer({ min: 1, max: 70 }), (all, room) => {
      const sort = longSort<string>({ compare: byText, room });
      for (const key of all) sort.add(key);
      const order = [...all.keys()].sort((a, b) => byText(all[a]!, all[b]!));
      expect([...sort.numbers(all.length <= room ? never : (at) => all[at]!)]).toEqual(order);
    }),
  );
});

test('a number list holds what was put in, over the ends of its blocks', () => {
  const list = numberList();
  for (let value = 0; value < 10_000; value += 1) list.push(value * 2 ** 30);
  expect(list.length).toBe(10_000);
  expect([0, 4095, 4096, 8191, 8192, 9999].map((at) => list.at(at) / 2 ** 30)).toEqual([
    0, 4095, 4096, 8191, 8192, 9999,
  ]);
});

test('a hash table gives the last number of each text', () => {
  const table = hashTable();
  for (let number = 0; number < 5000; number += 1) table.set(`case-${number % 3000}`, number);
  expect([0, 1999, 2000, 2999].map((at) => table.get(`case-${at}`))).toEqual([3000, 4999, 2000, 2999]);
  expect(table.get('case-3000')).toBeNull();
});
