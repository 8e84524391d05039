import { expect, test } from 'vitest';
import { atOnce, eachInSteps, inSlices } from '../../src/structures/slices.ts';

function* busy(steps: number): Generator<undefined, number> {
  for (let step = 0; step < steps; step += 1) {
    const until = performance.now() + 1;
    while (performance.now() < until) Math.sqrt(until);
    yield;
  }
  return steps;
}

test('work in slices leaves the event loop its turns, and comes to the same as at once', async () => {
  let turns = 0;
  let isOver = false;
  const turn = () => {
    turns += 1;
    if (!isOver) setTimeout(turn, 0);
  };
  setTimeout(turn, 0);
  expect(await inSlices(busy(200))).toBe(200);
  isOver = true;
  expect(turns).toBeGreaterThan(3);
  expect(atOnce(busy(2))).toBe(2);
});

test('work in slices is given up where a check between two of them throws', async () => {
  let checks = 0;
  const check = () => {
    checks += 1;
    if (checks === 2) throw new Error('enough');
  };
  await expect(inSlices(busy(1000), check)).rejects.toThrow('enough');
  expect(checks).toBe(2);
});

test('what is made in steps has the order of its items', () => {
  expect(atOnce(eachInSteps([3, 1, 2], (one) => one * 2))).toEqual([6, 2, 4]);
});
