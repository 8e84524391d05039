import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { folder, newestReport, parity } from './command.ts';

/** A service that answers each time with another id, but closes the connection at those of its requests, counted from 1. */
async function losing(lost: readonly number[]) {
  let count = 0;
  const server = createServer((request, response) => {
    count += 1;
    if (lost.includes(count)) return void request.socket.destroy();
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ id: randomUUID() }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, count: () => count };
}

it.each([
  ['the candidate', [[], [2]]],
  ['the reference', [[2], []]],
  ['both', [[2], [2, 3]]],
] as const)('A further answer that %s loses is asked for again: it hides no noise', async (_, [a, b]) => {
  const [old, fresh] = [await losing(a), await losing(b)];
  const cwd = await folder({ 'cases/s.yaml': 'cases:\n  - { id: x, request: { path: /x } }\n' });
  const targets = ['--target', `old=${old.url}`, '--target', `new=${fresh.url}`];
  const { exitCode } = await parity(['run', ...targets, '--retries', '0'], { cwd });
  expect([exitCode, newestReport(cwd).findings]).toEqual([0, []]);
  expect(fresh.count()).toBeGreaterThan(1 + b.length);
});
