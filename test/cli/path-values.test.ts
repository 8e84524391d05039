import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readRun } from '../../src/record/read.ts';
import { folder, newestReport, parity } from './command.ts';
import { type Asked, type Reply, serving } from './service.ts';

const command = promisify(execFile);

type Behaviour = (asked: Asked, url: string) => Reply;

/** A service whose behaviour knows its own address. */
async function service(behaviour: Behaviour) {
  const own = { url: '' };
  const started = await serving((asked) => behaviour(asked, own.url));
  own.url = started.url;
  return started;
}

interface Options {
  readonly base?: string;
  readonly args?: readonly string[];
}

async function compared(file: string, [one, other = one]: readonly [Behaviour, Behaviour?], options: Options = {}) {
  const { base = '', args = [] } = options;
  const [a, b] = [await service(one), await service(other)];
  const cwd = await folder({ 'cases/s.yaml': file });
  const targets = ['--target', `a=${a.url}${base}`, '--target', `b=${b.url}${base}`, '--noise', '0'];
  const ended = await parity(['run', ...targets, '--tracker', 't.md', ...args], { cwd });
  const record = await readRun(join(cwd, 'reports/latest'));
  return { ...ended, cwd, targets, a, b, found: newestReport(cwd).cases[0], record };
}

const upload = (path = '{{location}}&digest=sha256:e3b0') => `
cases:
  - id: upload
    steps:
      - request: { method: POST, path: /v2/app/blobs/uploads/ }
        capture: { location: { header: location } }
      - request: { method: PUT, path: "${path}", text: hello }
        expect: { status: 201 }
`;

/** Begins an upload, whose state has to come back as it was given. */
const registry =
  (location: (url: string) => string, stored = 'stored'): Behaviour =>
  ({ method, path }, url) => {
    if (method === 'POST') return [202, '{}', { location: location(url) }];
    const query = new URL(path, url).searchParams;
    const isWhole = query.get('_state') === 'a==' && query.get('digest') === 'sha256:e3b0';
    return isWhole ? [201, `{"of":"${stored}"}`] : [404, '{"error":"BLOB_UPLOAD_INVALID"}'];
  };

const place = '/v2/app/blobs/uploads/9d0b8a52?_state=a%3D%3D';

describe('an upload to the place that an answer names', () => {
  it.each([
    ['a path', () => place, ''],
    ['a URL of the target', (url: string) => url + place, ''],
    ['a path that begins with the base path', () => `/base${place}`, '/base'],
    ['a URL below the base path', (url: string) => `${url}/base${place}`, '/base'],
    ['a path that leaves the base path out', () => place, '/base'],
  ])('arrives as it was given where it is %s', async (_, location, base) => {
    const ran = await compared(upload(), [registry(location)], { base });
    expect([ran.exitCode, ran.found?.outcome]).toEqual([0, 'match']);
    for (const { asked } of [ran.a, ran.b])
      expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
        `POST ${base}/v2/app/blobs/uploads/`,
        `PUT ${base}${place}&digest=sha256:e3b0`,
      ]);
  });

  it('is refused where it is on another origin: nothing is sent there, and the case is inconclusive', async () => {
    const other = await serving(() => [201, '{}']);
    const ran = await compared(upload(), [registry(() => other.url + place)]);
    expect([ran.exitCode, ran.found?.outcome, ran.found?.reason]).toEqual([3, 'inconclusive', 'refused-request']);
    expect(ran.record.cases[0]?.comparisons[0]?.message).toContain(
      `{{location}} is a URL of another origin, "${other.url}": nothing is sent there`,
    );
    expect([other.asked.length, ran.a.asked.length, ran.b.asked.length]).toEqual([0, 1, 1]);
  });

  it.each([
    ['neither a path nor a URL', 'uploads/1'],
    ['a path with a blank', '/uploads/a b'],
    ['a network-path reference to another host', '//127.0.0.1:9/uploads'],
  ])('is refused where it is %s', async (_, location) => {
    const ran = await compared(upload(), [registry(() => location)]);
    expect([ran.exitCode, ran.found?.reason]).toEqual([3, 'refused-request']);
    expect([ran.a.asked.length, ran.b.asked.length]).toEqual([1, 1]);
  });

  it('is sent again in the same way by the reproduction and by a replay', async () => {
    const ran = await compared(upload(), [registry((url) => url + place), registry((url) => url + place, 'kept')]);
    const [finding] = newestReport(ran.cwd).findings;
    expect([ran.exitCode, finding?.route]).toEqual([1, 'PUT /v2/app/blobs/uploads/9d0b8a52']);
    const { stdout } = await parity(['tracker', 'show', finding?.id ?? '', '--tracker', 't.md'], { cwd: ran.cwd });
    const line = stdout.split('\n').find((one) => one.includes("-X 'PUT'") && one.includes(ran.a.url)) ?? '';
    await command('sh', ['-c', line.slice(line.indexOf('curl'))]);
    const again = await parity(['replay', finding?.id ?? '', ...ran.targets], { cwd: ran.cwd });
    expect(again.exitCode).toBe(1);
    const puts = ran.a.asked.filter(({ method }) => method === 'PUT').map(({ path }) => path);
    expect(puts).toEqual(Array(3).fill(`${place}&digest=sha256:e3b0`));
  });
});

it('the target is used in path, headers and body without being captured', async () => {
  const file =
    'cases: [{ id: x, request: { method: POST, path: "{{origin}}/r?to={{origin}}&raw={{host|raw}}", headers: { x-own: "{{origin}}" }, json: { at: "{{host}}" } } }]\n';
  const ran = await compared(file, [() => [200, '{}']], { base: '/base' });
  expect([ran.exitCode, ran.found?.outcome]).toEqual([0, 'match']);
  for (const { url, asked } of [ran.a, ran.b]) {
    const host = url.slice('http://'.length);
    const [{ path, headers, body }] = asked as [Asked];
    expect([path, headers['x-own'], body]).toEqual([
      `/base/r?to=${encodeURIComponent(url)}&raw=${host}`,
      url,
      `{"at":"${host}"}`,
    ]);
  }
});

it('a value inside a path is encoded, and one with raw is not', async () => {
  const ran = await compared(upload('/x/{{location}}/{{location|raw}}'), [registry(() => 'a%3D/b')]);
  expect(ran.a.asked[1]?.path).toBe('/x/a%253D%2Fb/a%3D/b');
});
