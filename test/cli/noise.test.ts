import { randomUUID } from 'node:crypto';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';

type Body = Record<string, unknown>;
type Make = () => Body;

interface Made {
  readonly url: string;
  close(): Promise<void>;
}

/** A server that makes a new body for every answer. */
async function making(make: Make): Promise<Made> {
  const server: Server = createServer((request, response) => {
    request.resume();
    const body = JSON.stringify(make());
    if (request.url === '/parts') return void parts(response, body);
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, close };
}

/** The body in two parts, between boundaries that nobody can foresee. */
function parts(response: ServerResponse, body: string): void {
  const boundary = randomUUID();
  const part = `--${boundary}\r\nContent-Type: application/json\r\n\r\n${body}\r\n`;
  response
    .writeHead(200, { 'Content-Type': `multipart/mixed; boundary=${boundary}` })
    .end(`${part}${part}--${boundary}--\r\n`);
}

let count = 0;

/** Ids, clocks and sets, never the same twice. */
function noisy(): Body {
  count += 1;
  const id = randomUUID();
  const tags = ['red', 'green', 'blue', 'white', 'black', 'grey'];
  const people = ['ada', 'alan', 'grace', 'edsger', 'barbara', 'donald'].map((name, i) => ({
    id: i + 1,
    name,
    seen: randomUUID(),
  }));
  const places = ['rome', 'oslo', 'lima', 'kyiv', 'bern', 'cairo'].map((city) => ({
    ref: randomUUID(),
    city,
    open: true,
  }));
  return {
    id,
    self: id,
    at: new Date(1_790_000_000_000 + count * 1234).toISOString(),
    epoch: 1_790_000_000 + count,
    tags: shuffled(tags),
    people: shuffled(people),
    places: shuffled(places),
    owner: 'ada',
    limit: 10,
    nested: { token: randomUUID(), stable: true },
  };
}

function shuffled<T>(list: readonly T[]): T[] {
  return list
    .map((value) => ({ value, key: Math.random() }))
    .sort((a, b) => a.key - b.key)
    .map((entry) => entry.value);
}

const cases = `suite: noisy
cases:
  - id: once
    safe: true
    request: { method: GET, path: /a }
  - id: again
    safe: true
    steps:
      - request: { method: GET, path: /a }
      - request: { method: GET, path: /b }
  - id: parts
    safe: true
    request: { method: GET, path: /parts }
`;

async function compare(reference: Make, candidate: Make, args: readonly string[] = ['--noise', '4']) {
  const cwd = await folder({ 'cases/noisy.yaml': cases });
  const [a, b] = [await making(reference), await making(candidate)];
  const ended = await parity(['run', '--target', `a=${a.url}`, '--target', `b=${b.url}`, ...args], { cwd });
  await Promise.all([a.close(), b.close()]);
  return { ended, report: newestReport(cwd) };
}

it('that cannot be told in a case that may not be repeated is spoken of', async () => {
  const servers = await Promise.all([making(noisy), making(noisy)]);
  const cases = (safe: boolean) => `cases: [{ id: x, safe: ${safe}, request: { method: POST, path: /x } }]\n`;
  const targets = servers.flatMap(({ url }, n) => ['--target', `t${n}=${url}`]);
  const told = async (file: string, ...more: string[]) =>
    (await parity(['run', ...targets, ...more], { cwd: await folder({ 'cases/s.yaml': file }) })).stdout.replace(
      /\s+/g,
      ' ',
    );
  const sentence = /note: s\/x was not sent again to tell noise at .*\/epoch.*: say safe: true if it may be/;
  expect(await told(cases(false))).toMatch(sentence);
  expect(await told(cases(true))).not.toContain('was not sent again to tell noise');
  expect(await told(cases(false), '--level', 'status')).not.toContain('was not sent again to tell noise');
  await Promise.all(servers.map((one) => one.close()));
});

describe('a server whose every answer is new', () => {
  it('is at parity with itself', async () => {
    const { ended, report } = await compare(noisy, noisy);
    expect(report.cases.flatMap((one) => one.divergences.filter((divergence) => divergence.finding !== null))).toEqual(
      [],
    );
    expect([report.verdict, ended.exitCode]).toEqual(['parity', 0]);
  });

  it.each<[string, (body: Body) => Body, string]>([
    ['a value', (body) => ({ ...body, limit: 11 }), '/limit'],
    ['a missing key', ({ owner: _, ...body }) => body, '/owner'],
    ['an added key', (body) => ({ ...body, extra: null }), '/extra'],
    ['another kind of a noisy value', (body) => ({ ...body, epoch: String(body.epoch) }), '/epoch'],
    [
      'another format of a noisy value',
      (body) => ({ ...body, nested: { token: 'a'.repeat(24) + String(Math.random()), stable: true } }),
      '/nested/token',
    ],
    ['another unit of a clock', (body) => ({ ...body, epoch: Number(body.epoch) * 1000 + (count % 1000) }), '/epoch'],
    [
      'an item of a shuffled set',
      (body) => ({ ...body, tags: [...(body.tags as string[]).slice(1), 'pink'] }),
      '/tags',
    ],
    [
      'a member of an item of a shuffled list',
      (body) => ({
        ...body,
        people: (body.people as Body[]).map((one) => (one.id === 3 ? { ...one, name: 'GRACE' } : one)),
      }),
      '/people',
    ],
    [
      'a member of an item that nothing names',
      (body) => ({
        ...body,
        places: (body.places as Body[]).map((one) => (one.city === 'oslo' ? { ...one, open: false } : one)),
      }),
      '/places',
    ],
    ['an id that should be the same one', (body) => ({ ...body, self: randomUUID() }), '/self'],
  ])('is divergent when %s drifts', async (_, drift, pointer) => {
    const { report } = await compare(noisy, () => drift(noisy()));
    const found = report.cases.flatMap((one) => one.divergences).filter((one) => one.finding !== null);
    expect(report.verdict).toBe('divergent');
    expect(found.every((one) => one.pointer.replace(/^\/parts\/\d/, '').startsWith(pointer))).toBe(true);
    const steps = report.cases.filter((one) => one.divergences.some(({ finding }) => finding !== null));
    expect(steps.map((one) => one.id)).toEqual(['noisy/again', 'noisy/once', 'noisy/parts']);
  });

  it('is a finding where only one side changes from answer to answer', async () => {
    const { report } = await compare(
      () => ({ ...noisy(), limit: 10 }),
      () => ({ ...noisy(), limit: count }),
    );
    const { findings } = report;
    expect(findings.map((one) => [one.class, one.pointer, one.route])).toEqual([
      ['nondeterministic', '/limit', 'GET /a'],
      ['nondeterministic', '/parts/*/limit', 'GET /parts'],
      ['nondeterministic', '/limit', 'GET /b'],
    ]);
  });

  it('counts every difference with --noise 0', async () => {
    const { report } = await compare(noisy, noisy, ['--noise', '0']);
    expect(report.verdict).toBe('divergent');
  });
});

describe('parity noise', () => {
  let a: Made;
  let b: Made;

  beforeAll(async () => {
    [a, b] = [await making(noisy), await making(() => ({ ...noisy(), limit: count }))];
  });

  afterAll(async () => {
    await Promise.all([a.close(), b.close()]);
  });

  it('lists what each target shows against itself, with a block of rules that works', async () => {
    const cwd = await folder({ 'cases/noisy.yaml': cases });
    const targets = ['--target', `a=${a.url}`, '--target', `b=${b.url}`];
    const ended = await parity(['noise', '--runs', '6', ...targets], { cwd });
    expect(ended.exitCode).toBe(0);
    expect(ended.stdout).toMatch(/^\/id {2}uuid {2}all targets {2}2 cases$/m);
    expect(ended.stdout).toMatch(/^\/tags {2}order {2}all targets/m);
    expect(ended.stdout).toMatch(/^\/limit {2}value {2}only b/m);
    const block = ended.stdout.slice(ended.stdout.indexOf('compare:'));
    const config = `targets: { a: "${a.url}", b: "${a.url.replace('127.0.0.1', '127.0.0.1')}" }\n`;
    expect(block).toContain('"pointer":"/id","keep":"type"');
    expect(config + block).toContain('unordered: ["/');
  });
});
