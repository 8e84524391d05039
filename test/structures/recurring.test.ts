import { expect, test } from 'vitest';
import { recurring } from '../../src/structures/recurring.ts';

function counted(most: number) {
  let made = 0;
  const of = recurring(most, (key: number) => {
    made += 1;
    return `${key}`;
  });
  return { of, made: () => made };
}

test('a key that comes again is made something of once', () => {
  const { of, made } = counted(8);
  for (let i = 0; i < 1000; i += 1) expect(of(i % 8)).toBe(`${i % 8}`);
  expect(made()).toBe(8);
});

test('of more keys than are remembered it makes the value again', () => {
  const { of, made } = counted(2);
  for (let i = 0; i < 300; i += 1) expect(of(i % 3 === 0 ? i : 0)).toBe(i % 3 === 0 ? `${i}` : '0');
  expect(made()).toBeGreaterThan(100);
});

test('where no key comes again, nothing is made of them any more', () => {
  const { of, made } = counted(8);
  for (let i = 0; i < 1000; i += 1) of(i);
  expect(made()).toBe(33);
  expect([of(999), of(1000)]).toEqual([undefined, undefined]);
});
