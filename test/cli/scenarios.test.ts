import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRun } from '../../src/record/read.ts';
import type { RunRecord } from '../../src/record/run-record.ts';
import { type Ended, folder, newestReport, parity } from './command.ts';
import { type Asked, type Reply, type Service, serving } from './service.ts';

interface Ran extends Ended {
  readonly cwd: string;
  readonly a: Service;
  readonly b: Service;
  readonly record: RunRecord;
}

type Behaviour = (asked: Asked, all: readonly Asked[]) => Reply;

/** Runs case files against two services; the second behaves as the first if nothing else is said. */
async function run(
  files: string | Record<string, string>,
  [one, other = one]: readonly [Behaviour, Behaviour?],
  args: readonly string[] = [],
): Promise<Ran> {
  const [a, b] = [await serving(one), await serving(other)];
  const cwd = await folder(typeof files === 'string' ? { 'cases/s.yaml': files } : files);
  const targets = ['--target', `a=${a.url}`, '--target', `b=${b.url}`, '--no-tracker', '--noise', '0'];
  const ended = await parity(['run', ...targets, ...args], { cwd });
  return { ...ended, cwd, a, b, record: await readRun(join(cwd, 'reports/latest')) };
}

const paths = ({ asked }: Service) => asked.map(({ method, path }) => `${method} ${path}`);
const outcomes = ({ cwd }: Ran) => newestReport(cwd).cases.map(({ outcome, reason }) => reason ?? outcome);
const ok: Behaviour = () => [200, '{}'];

describe('before and after', () => {
  const fixtures = `
before:
  - { request: { method: POST, path: /users, json: { name: x } }, capture: { id: { pointer: /id } } }
  - { request: { method: PUT, path: /only-b }, target: b }
after:
  - { request: { method: DELETE, path: "/users/{{id}}" } }
cases:
  - { id: read, request: { path: "/users/{{id}}" } }
`;

  it('make each target ready and clean it up, with values of its own; their answers are not compared', async () => {
    const made =
      (id: number): Behaviour =>
      ({ method }) =>
        method === 'POST' ? [201, `{"id":${id}}`] : [200, '{}'];
    const ran = await run(fixtures, [made(1), made(22)]);
    expect([ran.exitCode, outcomes(ran)]).toEqual([0, ['match']]);
    expect(paths(ran.a)).toEqual(['POST /users', 'GET /users/1', 'DELETE /users/1']);
    expect(paths(ran.b)).toEqual(['POST /users', 'PUT /only-b', 'GET /users/22', 'DELETE /users/22']);
  });

  it('where a set-up fails, the case says nothing and its sentence says why; it is cleaned up all the same', async () => {
    const ran = await run(fixtures, [
      ({ method }) => [method === 'POST' ? 201 : 200, '{"id":1}'],
      ({ path }) => [path === '/only-b' ? 500 : 201, '{"id":2}'],
    ]);
    const [found] = newestReport(ran.cwd).cases;
    expect([ran.exitCode, found?.reason]).toEqual([3, 'before-failed']);
    expect(ran.record.cases[0]?.comparisons[0]?.message).toBe('b: PUT of `before` failed: it answered 500');
    expect(paths(ran.b)).toEqual(['POST /users', 'PUT /only-b', 'DELETE /users/2']);
  });

  it('where a set-up fails before it gives a value, nothing is said of cleaning up what was not made', async () => {
    const ran = await run(fixtures, [({ method }) => (method === 'POST' ? [500, '{}'] : [200, '{}'])]);
    expect(outcomes(ran)).toEqual(['before-failed']);
    expect(paths(ran.a)).toEqual(['POST /users']);
    expect(ran.record.footer?.notes.join()).not.toContain('cleaned up');
  });

  it('what could not be cleaned up is said', async () => {
    const file =
      'cases: [{ id: x, request: { path: / }, after: [{ request: { path: /gone }, expect: { status: 204 } }] }]\n';
    const ran = await run(file, [ok]);
    expect(ran.exitCode).toBe(0);
    expect(ran.record.footer?.notes).toContain(
      's/x could not be cleaned up after: a: GET of `after` failed: it answered 200, expected is 204',
    );
  });

  it('a value that a header cannot hold ends the case there, and not the run', async () => {
    const file = `cases:
  - id: x
    steps: [{ request: { path: / }, capture: { v: { pointer: /v } } }, { request: { path: /, headers: { x: "{{v}}" } } }]
  - { id: y, request: { path: / } }
`;
    const ran = await run(file, [() => [200, '{"v":"a\\r\\nevil: yes"}']]);
    expect([ran.exitCode, outcomes(ran)]).toEqual([3, ['refused-request', 'match']]);
  });

  it('count as writes, and name targets that there are', async () => {
    const cwd = await folder({ 'cases/s.yaml': fixtures });
    const far = ['--target', 'a=http://192.0.2.1', '--target', 'b=http://192.0.2.2'];
    expect((await parity(['run', ...far], { cwd })).stderr).toContain('s/read would write to a and b');
    const other = ['--target', 'a=http://127.0.0.1:1', '--target', 'c=http://127.0.0.1:2'];
    const ended = await parity(['run', ...other], { cwd });
    expect([ended.exitCode, ended.stderr]).toEqual([
      2,
      expect.stringMatching(/cases\/s\.yaml:4:\d+ {2}there is no target "b"/),
    ]);
    const plan = await parity(['run', ...other.map((text) => text.replace('c=', 'b=')), '--dry-run'], { cwd });
    expect(plan.stdout).toContain('  PUT /only-b  (before on b)\n');
  });
});

describe('repeat', () => {
  const ready =
    (after: number): Behaviour =>
    (_, all) => [200, `{"state":"${all.length >= after ? 'ready' : 'busy'}"}`];
  const file = (more = '') =>
    `cases: [{ id: x, request: { path: / }, repeat: { until: { pointer: /state, equals: ready }, every: 5ms${more} } }]\n`;

  it('waits for each target; a match says how long it took', async () => {
    const ran = await run(file(), [ready(2), ready(4)]);
    expect([ran.exitCode, ran.a.asked.length, ran.b.asked.length]).toEqual([0, 2, 4]);
    expect(ran.record.footer?.notes).toContain(
      's/x matched only after a request was repeated: step 1 took 2 on a, 4 on b',
    );
  });

  it('a target that never gets there diverges, and the record says which attempt counted', async () => {
    const ran = await run(file(', atMost: 6'), [ready(2), ready(99)]);
    expect([ran.exitCode, outcomes(ran), ran.b.asked.length]).toEqual([1, ['repeat-exhausted'], 6]);
    expect(newestReport(ran.cwd).cases[0]?.outcome).toBe('divergent');
    const { a, b } = ran.record.cases[0]!.exchanges!;
    expect([a?.[0]?.attempts, b?.[0]?.attempts]).toEqual([2, 6]);
  });

  it('two targets that never get there say nothing, however alike they are', async () => {
    const ran = await run(file(', atMost: 2'), [ready(99)]);
    expect([ran.exitCode, outcomes(ran)]).toEqual([3, ['repeat-exhausted']]);
    const gave = (name: string) => `${name} gave no answer with a value at "/state" that is "ready" in 2 attempts`;
    expect(ran.record.cases[0]?.comparisons[0]?.message).toBe(`${gave('a')}; ${gave('b')}`);
  });
});

describe('state', () => {
  it('is read after the steps: two writes that answer alike and leave something else diverge', async () => {
    const file = `cases:
  - id: x
    request: { method: PUT, path: /o, json: { v: 1 } }
    state: [{ request: { path: /o } }]
`;
    const ran = await run(file, [
      ({ method }) => [200, method === 'PUT' ? '{}' : '{"v":1}'],
      ({ method }) => [200, method === 'PUT' ? '{}' : '{"v":0}'],
    ]);
    const report = newestReport(ran.cwd);
    expect([ran.exitCode, outcomes(ran)]).toEqual([1, ['divergent']]);
    expect(report.findings.map(({ route, pointer }) => [route, pointer])).toEqual([['GET /o', '/v']]);
  });
});

describe('captured values', () => {
  it('go into JSON with their types, and come out of texts by patterns', async () => {
    const file = `cases:
  - id: x
    steps:
      - request: { path: / }
        capture:
          id: { pointer: /id }
          name: { pointer: /name }
          tags: { pointer: /tags }
          code: { status: true }
          token: { match: 'csrf="([a-z0-9]+)"' }
          tail: { header: x-link, match: '[^/]+$' }
      - request:
          method: POST
          path: /
          json: { "{{name}}": "{{id}}", n: "{{name}}", t: "{{tags}}", in: "<{{id}}>", c: "{{code}}", csrf: "{{token}}", l: "{{tail}}" }
`;
    const page = '{"id":9007199254740993,"name":"a\\"b","tags":[1.0,null],"html":"<i csrf=\\"x1\\">"}';
    const ran = await run(file.replace('csrf="(', 'csrf=.{2}(').replace('+)"', '+)'), [
      () => [200, page, { 'x-link': '/users/last' }],
    ]);
    expect(ran.exitCode).toBe(0);
    expect(ran.b.asked[1]?.body).toBe(
      '{"a\\"b":9007199254740993,"n":"a\\"b","t":[1.0,null],"in":"<9007199254740993>","c":200,"csrf":"x1","l":"last"}',
    );
  });

  it('of a pattern that fits nothing end the case', async () => {
    const ran = await run('cases: [{ id: x, request: { path: / }, capture: { a: { match: "no(.)" } } }]\n', [ok]);
    expect(ran.record.cases[0]?.comparisons[0]?.message).toContain('has no body that matches "no(.)"');
  });
});

describe('cookies', () => {
  const session =
    (value: string): Behaviour =>
    ({ path, headers }) =>
      path === '/login'
        ? [
            200,
            '{}',
            {
              'set-cookie': [`sid=${value}; Path=/; HttpOnly; Secure`, 'far=1; Domain=example.org', 'p=1; Path=/login'],
            },
          ]
        : path === '/logout'
          ? [200, '{}', { 'set-cookie': 'sid=; Max-Age=0; Path=/' }]
          : [200, JSON.stringify({ session: headers.cookie ?? null })];
  const steps =
    'steps: [{ request: { path: /login } }, { request: { path: /me } }, { request: { path: /logout } }, { request: { path: /me } }]';

  it('go back to the target that set them, within the case, and are each side’s own', async () => {
    const ran = await run(`cookies: true\ncases: [{ id: x, ${steps} }, { id: y, request: { path: /me } }]\n`, [
      session('one-1111'),
      session('two-2222'),
    ]);
    const sent = ({ asked }: Service) => asked.map(({ path, headers }) => [path, headers.cookie ?? null]);
    const told = sent(ran.b).filter(([path]) => path === '/me');
    expect([ran.exitCode, told.sort()]).toEqual([
      0,
      [
        ['/me', 'sid=two-2222'],
        ['/me', null],
        ['/me', null],
      ].sort(),
    ]);
    for (const name of ['run.jsonl', 'report.json', 'report.html'])
      expect(readFileSync(join(ran.cwd, 'reports/latest', name), 'utf8')).not.toMatch(/one-1111|two-2222/);
  });

  it('are compared where they are words, and known by what they were before', async () => {
    const plan =
      (own: string, tokens: readonly string[]): Behaviour =>
      ({ path, headers }) => {
        if (path === '/login') return [200, '{}', { 'set-cookie': `plan=${own}; Path=/` }];
        const token = tokens[Number(path.slice(-1)) - 1];
        const { plan: shown } = { plan: /plan=(\w+)/.exec(headers.cookie ?? '')?.[1] };
        return [200, JSON.stringify({ plan: shown, token }), { 'set-cookie': `csrf=${token}; Path=/` }];
      };
    const visits = 'steps: [{ request: { path: /login } }, { request: { path: /me/1 } }, { request: { path: /me/2 } }]';
    const ran = await run(`cookies: true\ncases: [{ id: x, ${visits} }]\n`, [
      plan('premium', ['one-1111', 'one-2222']),
      plan('basicfree', ['two-1111', 'two-2222']),
    ]);
    const found = newestReport(ran.cwd).cases.flatMap(({ divergences }) => divergences);
    expect(found.map(({ pointer, step }) => [pointer, step]).sort()).toEqual([
      ['/plan', 1],
      ['/plan', 2],
    ]);
    const page = readFileSync(join(ran.cwd, 'reports/latest/report.html'), 'utf8');
    for (const step of [2, 3]) expect(page).toContain(`step ${step}: <code>body /plan</code>`);
  });

  it('stay where they are if nobody asked for them; a case’s own cookie wins', async () => {
    const plain = await run(`cases: [{ id: x, ${steps} }]\n`, [session('one-1111')]);
    expect(plain.a.asked.map(({ headers }) => headers.cookie)).toEqual([undefined, undefined, undefined, undefined]);
    const own = steps.replace('path: /me', 'path: /me, headers: { cookie: "sid=mine" }');
    const ran = await run(`cases: [{ id: x, cookies: true, ${own} }]\n`, [session('one-1111')]);
    expect(ran.a.asked[1]?.headers.cookie).toBe('sid=mine');
  });
});

describe('order and connections', () => {
  it('serial cases run one after another, in the order of the file, and stay in one shard', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    const file = `serial: true\ncases:\n${ids.map((id) => `  - { id: ${id}, request: { path: /${id} } }\n`).join('')}`;
    const ran = await run(file, [ok], ['--concurrency', '8']);
    expect([ran.exitCode, paths(ran.b)]).toEqual([0, ids.map((id) => `GET /${id}`)]);
    const shards = await Promise.all(
      ['1/3', '2/3', '3/3'].map((shard) =>
        parity(
          [
            'run',
            '--dry-run',
            '--shard',
            shard,
            '--target',
            'a=http://127.0.0.1:1',
            '--target',
            'b=http://127.0.0.1:2',
          ],
          {
            cwd: ran.cwd,
          },
        ),
      ),
    );
    expect(
      shards.map(({ stdout }) => stdout.split('\n').filter((line) => line.startsWith('s/')).length).sort(),
    ).toEqual([0, 0, 6]);
  });

  it.each([
    ['fresh', [1, 2, 3]],
    ['reuse', [1, 1, 1]],
  ])('connection: %s', async (kind, connections) => {
    const file = `connection: ${kind}\nserial: true\ncases:\n${[1, 2, 3].map((id) => `  - { id: "${id}", request: { path: / } }\n`).join('')}`;
    const ran = await run(file, [ok]);
    expect([ran.exitCode, ran.b.asked.map(({ connection }) => connection)]).toEqual([0, connections]);
  });
});

describe('values', () => {
  it('come from the environment, the file and rows; what is secret is not shown', async () => {
    const cwd = await folder({
      'cases/s.yaml': `values: { key: "\${KEY}" }
cases:
  - { id: x, with: _rows.csv, request: { method: POST, path: "/{{n}}?key={{key}}", form: { key: "{{key}}" } } }
`,
      'cases/_rows.csv': 'n\none\ntwo\n',
    });
    const [a, b] = [await serving(({ body }) => [200, body]), await serving(() => [200, 'x'])];
    const targets = ['--target', `a=${a.url}`, '--target', `b=${b.url}`, '--no-tracker'];
    const ended = await parity(['run', ...targets], { cwd, env: { KEY: 'top-secret-1' } });
    expect([ended.exitCode, a.asked.map(({ path, body }) => [path, body]).sort()[0]]).toEqual([
      1,
      ['/one?key=top-secret-1', 'key=top-secret-1'],
    ]);
    const plan = await parity(['run', ...targets, '--dry-run'], { cwd, env: { KEY: 'top-secret-1' } });
    expect(plan.stdout).toContain('POST /one?key=***\n');
    const missing = await parity(['run', ...targets], { cwd });
    expect([missing.exitCode, missing.stderr]).toEqual([
      2,
      expect.stringContaining('the environment variable KEY is not set'),
    ]);
  });
});

describe('what looks odd is said', () => {
  const many = (count: number) =>
    `cases:\n${Array.from({ length: count }, (_, n) => `  - { id: c${n}, request: { path: /${'abcdefgh'[n]} } }\n`).join('')}`;

  it.each([
    ['five routes', 5, 1],
    ['four routes', 4, 0],
  ])('a target that answers %s alike', async (_, count, notes) => {
    const ran = await run(many(count), [({ path }) => [200, path], () => [200, '<html>']]);
    const told = ran.record.footer!.notes.filter((note) => note.includes('answers everything alike'));
    expect(told).toEqual(
      notes === 0
        ? []
        : [
            'b answers everything alike: 200 with the same 6 bytes to 5 different routes; is its url that of a proxy, or of a page that is served for all?',
          ],
    );
  });

  it('a fault that all targets answer with, where no case expects it', async () => {
    const file = `cases:
  - { id: one, request: { path: /a } }
  - { id: meant, request: { path: /a }, expect: { status: 500 } }
  - { id: steps, steps: [{ request: { path: /b } }, { request: { path: /a } }] }
`;
    const ran = await run(file, [({ path }) => [path === '/a' ? 500 : 200, '{}']]);
    const told = (id: string, where: string) =>
      `s/${id}: every target answered 500${where}: that they fail alike says little of what they do; if the case is about that, say expect: { status: 500 }`;
    expect([ran.exitCode, ran.record.footer?.notes]).toEqual([0, [told('one', ''), told('steps', ' in step 2')]]);
  });

  it('two targets with one state: what one did shows on the other', async () => {
    const made = new Set<string>();
    const create: Behaviour = ({ path }) => {
      const status = made.has(path) ? 200 : 201;
      made.add(path);
      return [status, '{}'];
    };
    const file = 'cases: [{ id: x, safe: true, request: { method: PUT, path: /x } }]\n';
    const ran = await run(file, [create], ['--noise', '1', '--seed', '1']);
    const [found] = newestReport(ran.cwd).cases;
    expect([ran.exitCode, found?.outcome, found?.reason]).toEqual([3, 'inconclusive', 'shared-state']);
    expect(ran.record.footer?.notes[0]).toMatch(
      /^s\/x: [ab] answered 201 \(2 bytes\), and when asked again 200 \(2 bytes\), as [ab] had: do they share their state\?$/,
    );
  });
});
