import { expect, test } from 'vitest';
import { deadlines } from '../../src/replay/deadlines.ts';
import { lately } from '../../src/structures/lately.ts';

test('one timer ends each in its own time, the sooner first, and none that came to its end by itself', async () => {
  const bounds = deadlines();
  const ended: string[] = [];
  const now = performance.now();
  const bound = (name: string, afterMs: number) => ({ at: now + afterMs, expire: () => ended.push(name) });
  const done = bound('done', 5);
  bounds.add(bound('late', 60));
  bounds.add(done);
  bounds.add(bound('early', 20));
  bounds.remove(done);
  bounds.remove(done);
  await new Promise<void>((resolve) => bounds.add({ at: now + 80, expire: resolve }));
  expect(ended).toEqual(['early', 'late']);
});

test('whatever comes and goes in between, each ends once that was not removed', async () => {
  const bounds = deadlines();
  const ended: number[] = [];
  const now = performance.now();
  const all = Array.from({ length: 60 }, (_, n) => ({ at: now + 5 + (n % 7), expire: () => ended.push(n) }));
  for (const [n, bound] of all.entries()) {
    bounds.add(bound);
    if (n % 3 === 0) bounds.remove(all[n - (n % 2)]!);
  }
  const removed = new Set(all.flatMap((_, n) => (n % 3 === 0 ? [n - (n % 2)] : [])));
  await new Promise<void>((resolve) => bounds.add({ at: now + 40, expire: resolve }));
  expect(ended.sort((a, b) => a - b)).toEqual([...all.keys()].filter((n) => !removed.has(n)));
});

test('what came lately is made once, and all of it is forgotten when there is too much', () => {
  const made: string[] = [];
  const upper = lately(2, (key: string) => {
    made.push(key);
    return key.toUpperCase();
  });
  expect(['a', 'a', 'b', 'a', 'c', 'a'].map(upper)).toEqual(['A', 'A', 'B', 'A', 'C', 'A']);
  expect(made).toEqual(['a', 'b', 'c', 'a']);
});
