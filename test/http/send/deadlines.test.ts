import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { deadlines } from '../../../src/http/send/deadlines.ts';
import { memoizeBounded } from '../../../src/structures/memoize-bounded.ts';

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

test('time in which this process was held up is not held against a server', async () => {
  const bounds = deadlines();
  const ended: string[] = [];
  const server = createServer((socket) => socket.end('x'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const bound = { at: performance.now() + 200, expire: () => ended.push('too late') };
  bounds.add(bound);
  const answered = new Promise<void>((resolve) => {
    connect(port, '127.0.0.1').once('data', () => {
      ended.push('answered');
      bounds.remove(bound);
      resolve();
    });
  });
  const heldUntil = performance.now() + 400;
  while (performance.now() < heldUntil);
  await answered;
  expect(ended).toEqual(['answered']);
  const stalled = new Promise<void>((resolve) => bounds.add({ at: performance.now() + 200, expire: resolve }));
  const again = performance.now() + 400;
  while (performance.now() < again);
  await stalled;
  server.close();
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
  const upper = memoizeBounded(2, (key: string) => {
    made.push(key);
    return key.toUpperCase();
  });
  expect(['a', 'a', 'b', 'a', 'c', 'a'].map(upper)).toEqual(['A', 'A', 'B', 'A', 'C', 'A']);
  expect(made).toEqual(['a', 'b', 'c', 'a']);
});

test('a process that is kept busy without an end ends what is over all the same', async () => {
  const bounds = deadlines();
  let isOver = false;
  const keepBusy = () => {
    const until = performance.now() + 40;
    while (performance.now() < until);
    if (!isOver) setImmediate(keepBusy);
  };
  const over = new Promise<void>((resolve) => bounds.add({ at: performance.now() + 100, expire: resolve }));
  keepBusy();
  await over;
  isOver = true;
});
