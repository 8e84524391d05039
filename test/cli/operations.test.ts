import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { folder, newestReport, parity } from './command.ts';

/** A service with one path: it answers `1`, and to the operations of `others` something else. */
async function service(others: Readonly<Record<string, unknown>>): Promise<string> {
  const server = createServer(async (request, response) => {
    const { query = '', command = '' } = JSON.parse(await text(request));
    const name = command || /(?:query|mutation) (\w+)/.exec(query)?.[1] || '';
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ data: { value: others[name] ?? 1 } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const post = (id: string, body: object) => ({ id, request: { method: 'POST', path: '/api', json: body }, safe: true });
const cases = JSON.stringify({
  suite: 's',
  cases: [
    post('hero', { query: 'query Hero { value }' }),
    post('villain', { query: 'query Villain { value }' }),
    post('sidekick', { query: 'query Sidekick { value }' }),
    post('fill', { command: 'fill' }),
    post('drain', { command: 'drain' }),
  ],
});

async function library(others: Readonly<Record<string, unknown>>, more = '') {
  const [a, b] = [await service({}), await service(others)];
  return folder({
    'cases/s.yaml': cases,
    'parity.yaml': `reference: a\ntargets: { a: "${a}", b: "${b}" }\ntracker: T.md\n${more}`,
  });
}

const others = { Hero: 2, Villain: 2, fill: 2, drain: 2 };
const routesIn = (cwd: string) =>
  newestReport(cwd)
    .findings.map(({ route, cases }) => [route, cases.length])
    .sort();

it('each operation of a path has a finding and a row of its own', async () => {
  const cwd = await library(others);
  expect((await parity(['run', '--update-tracker'], { cwd })).exitCode).toBe(1);
  expect(routesIn(cwd)).toEqual([
    ['POST /api query Hero', 1],
    ['POST /api query Villain', 1],
    ['POST /api', 2],
  ]);
  const tracker = readFileSync(join(cwd, 'T.md'), 'utf8');
  expect(tracker).toContain('POST /api query Hero');
  // A run of the same answers changes nothing, and a part of it closes no row.
  await parity(['run', '--update-tracker'], { cwd });
  await parity(['run', 's/hero', '--update-tracker', '--fail-on', 'new'], { cwd });
  expect(readFileSync(join(cwd, 'T.md'), 'utf8')).toBe(tracker);
});

it('the row of an operation that is mended is fixed, and those of others stay open', async () => {
  const cwd = await library(others);
  await parity(['run', '--update-tracker'], { cwd });
  const target = await service({ ...others, Hero: 1 });
  await parity(['run', '--update-tracker', '--target', `b=${target}`], { cwd });
  const rows = readFileSync(join(cwd, 'T.md'), 'utf8').split('\n');
  const stateOf = (route: string) => /_(\w+)_/.exec(rows.find((row) => row.includes(route)) ?? '')?.[1];
  expect([stateOf('query Hero'), stateOf('query Villain')]).toEqual(['fixed', 'open']);
});

it('operations that no convention knows are named in the configuration', async () => {
  const cwd = await library(others, 'operation: { pointer: /command }\n');
  await parity(['run'], { cwd });
  expect(routesIn(cwd).map(([route]) => route)).toEqual([
    'POST /api drain',
    'POST /api fill',
    'POST /api query Hero',
    'POST /api query Villain',
  ]);
});
