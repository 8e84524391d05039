import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReportDocument } from '../../src/report/document/document.ts';
import { newestReport, parity } from './command.ts';

/** MiB. Newer engines need a third more for the same, and with less they do little else than look for what is left. */
const heapSize = Number.parseInt(process.versions.node, 10) < 22 ? 64 : 96;
const heap = { NODE_OPTIONS: `--max-old-space-size=${heapSize}` };
/** Cases, of which one in so many diverges: their answers alone are more than the heap that a run gets here. */
const [count, every] = [750 * heapSize, 6];

const dir = mkdtempSync(join(tmpdir(), 'parity-long-'));
const servers: Server[] = [];

function bodyOf(path: string, spelling: 'thing_id' | 'thingId'): string {
  const number = Number(path.slice(path.lastIndexOf('/') + 1));
  const name = number % every === 0 ? spelling : 'thing_id';
  return `{"${name}":${number},"made_by":"somebody","tags":["a","b","c"]}`;
}

/** Answers the requests in what has come so far; returns what is left. */
function answer(socket: Socket, text: string, spelling: 'thing_id' | 'thingId'): string {
  const heads = text.split('\r\n\r\n');
  const rest = heads.pop() ?? '';
  const answers = heads.map((head) => {
    const body = bodyOf(head.split(' ')[1] ?? '', spelling);
    return `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  });
  if (answers.length > 0) socket.write(answers.join(''));
  return rest;
}

function serve(spelling: 'thing_id' | 'thingId'): Promise<string> {
  const server = createServer((socket) => {
    let text = '';
    socket.setNoDelay(true).on('error', () => {});
    socket.on('data', (chunk) => {
      text = answer(socket, text + chunk.toString('latin1'), spelling);
    });
  });
  servers.push(server);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${address === null || typeof address === 'string' ? 0 : address.port}`);
    });
  });
}

let targets: readonly string[] = [];

beforeAll(async () => {
  const lines = Array.from({ length: count }, (_, i) =>
    JSON.stringify({ suite: 'long', id: `case-${i}`, request: { method: 'GET', path: `/things/${i}` } }),
  );
  writeFileSync(join(dir, 'cases.jsonl'), `${lines.join('\n')}\n`);
  const [rust, go] = await Promise.all([serve('thing_id'), serve('thingId')]);
  targets = ['--cases', 'cases.jsonl', '--target', `rust=${rust}`, '--target', `go=${go}`];
});

afterAll(() => {
  for (const server of servers) server.close();
  rmSync(dir, { recursive: true });
});

/** The exit code of a command on all these cases in a heap that does not hold them, and what it said on the standard error. */
async function run(...args: string[]): Promise<readonly [number, string]> {
  const { exitCode, stderr } = await parity([...args, ...targets, '--reporter', 'json,md,html,junit'], {
    ...{ cwd: dir, env: heap, timeout: 300_000 },
  });
  return [exitCode, stderr];
}

function expectAll({ counts, findings, cases }: ReportDocument): void {
  expect(counts).toMatchObject({ total: count, match: count - count / every, divergent: count / every, notRun: 0 });
  expect(findings.map((finding) => [finding.class, finding.cases.length])).toEqual([['key-casing', count / every]]);
  expect(cases.map(({ id }) => id)).toEqual(Array.from({ length: count }, (_, i) => `long/case-${i}`).sort());
}

test('a run of many cases needs no memory for them, with all reports and a tracker', { timeout: 310_000 }, async () => {
  expect(await run('run', '--tracker', 'whole.md')).toEqual([1, '']);
  expectAll(newestReport(dir));
  expect(readFileSync(join(dir, 'whole.md'), 'utf8')).toMatch(
    new RegExp(String.raw`\| _open_ \| \| key-casing.*\| ${count / every} `),
  );
  rmSync(join(dir, 'reports'), { recursive: true });
});

test('nor does the merging of its shards, which says the same', { timeout: 920_000 }, async () => {
  for (const shard of ['1/2', '2/2']) expect(await run('run', '--no-tracker', '--shard', shard)).toEqual([1, '']);
  const shards = readdirSync(join(dir, 'reports')).filter((name) => name !== 'latest');
  const named = shards.map((name) => join('reports', name));
  expect(await run('merge', ...named, '--tracker', 'merged.md')).toEqual([1, '']);
  expectAll(newestReport(dir));
  const rows = (file: string) =>
    readFileSync(join(dir, file), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| P-'));
  expect(rows('merged.md')).toEqual(rows('whole.md'));
});
