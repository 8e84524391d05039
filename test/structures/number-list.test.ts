import { expect, test } from 'vitest';
import { numberList } from '../../src/structures/number-list.ts';

test('a list gives back every number at its place, on both sides of the borders of its blocks', () => {
  const list = numberList();
  const count = 3 * 4096 + 5;
  for (let place = 0; place < count; place += 1) list.push(place * 2 ** 21 + 0.5);
  expect(list.length).toBe(count);
  for (const place of [0, 1, 4095, 4096, 4097, 8191, 8192, count - 1])
    expect(list.at(place)).toBe(place * 2 ** 21 + 0.5);
});
