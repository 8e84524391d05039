import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRun } from '../../src/record/read.ts';
import { folder, home, newestReport, parity } from './command.ts';
import { type Asked, type Reply, serving } from './service.ts';

const env = { TOKEN: 'tok-en/12345', PASSWORD: 'pass:word ü', KEY: 'k&y=12345' };
const one = 'cases: [{ id: x, request: { path: /me?a=1 } }]\n';

/** A run against two services where the second has these keys in parity.yaml. */
async function run(
  keys: string,
  reply: (asked: Asked) => Reply = () => [200, '{}'],
  file = one,
  known: Readonly<Record<string, string>> = env,
) {
  const [a, b] = [await serving(() => [200, '{}']), await serving(reply)];
  const config = `targets:\n  a: ${a.url}\n  b:\n    url: ${b.url}\n${keys.replace(/^/gm, '    ')}\n`;
  const cwd = await folder({ 'cases/s.yaml': file, 'parity.yaml': config });
  const ended = await parity(['run'], { cwd, env: known });
  return { ...ended, cwd, a, b };
}

/** All that a run said and left behind. */
function allOf({
  cwd,
  stdout,
  stderr,
}: {
  readonly cwd: string;
  readonly stdout: string;
  readonly stderr: string;
}): string {
  const files = readdirSync(join(cwd, 'reports'), { recursive: true, encoding: 'utf8', withFileTypes: true });
  const texts = files.flatMap((one) => (one.isFile() ? readFileSync(join(one.parentPath, one.name), 'utf8') : []));
  return [stdout, stderr, ...texts].join('\n');
}

describe('basic credentials that a server shows in another spelling', () => {
  const pair = `ada:${env.PASSWORD}`;
  const encoded = Buffer.from(pair).toString('base64');

  it.each([
    ['as Base64 of the header', `auth: { basic: { user: ada, password: "\${PASSWORD}" } }`, 'base64', encoded],
    ['in hex', `auth: { basic: { user: ada, password: "\${PASSWORD}" } }`, 'hex', encoded],
    ['decoded, from a header of the configuration', `headers: { authorization: "Basic \${PAIR}" }`, 'utf8', pair],
  ] as const)('are masked: %s', async (_, keys, spelling, secret) => {
    const ended = await run(
      keys,
      ({ headers }) => {
        const [, text = ''] = /^Basic (.*)$/.exec(headers.authorization ?? '') ?? [];
        const echo =
          spelling === 'utf8'
            ? Buffer.from(text, 'base64').toString()
            : Buffer.from(`Basic ${text}`).toString(spelling);
        return [200, JSON.stringify({ echo }), { 'x-echo': encodeURIComponent(echo) }];
      },
      one,
      { ...env, PAIR: encoded },
    );
    expect(ended.exitCode).toBe(1);
    const all = allOf(ended);
    const inner = spelling === 'utf8' ? secret : Buffer.from(secret).toString(spelling).slice(4, -6);
    expect(all).not.toContain(inner);
    expect(all).not.toContain(encoded.slice(0, -3));
    expect(all).toContain('***');
  });
});

describe('auth', () => {
  it.each([
    ['a bearer token', `auth: { bearer: "\${TOKEN}" }`, { path: '/me?a=1', authorization: 'Bearer tok-en/12345' }],
    [
      'user and password',
      `auth: { basic: { user: ada, password: "\${PASSWORD}" } }`,
      { path: '/me?a=1', authorization: `Basic ${Buffer.from('ada:pass:word ü').toString('base64')}` },
    ],
    [
      'a key in a header',
      `auth: { apiKey: { header: X-Key, value: "\${KEY}" } }`,
      { path: '/me?a=1', 'x-key': 'k&y=12345' },
    ],
    [
      'a key in the query',
      `auth: { apiKey: { query: api key, value: "\${KEY}" } }`,
      { path: '/me?a=1&api%20key=k%26y%3D12345' },
    ],
  ])('sends %s to its target alone', async (_, keys, sent) => {
    const { exitCode, a, b } = await run(keys);
    const [asked] = b.asked;
    expect([exitCode, a.asked[0]?.path, a.asked[0]?.headers.authorization]).toEqual([0, '/me?a=1', undefined]);
    expect({ path: asked?.path, ...asked?.headers }).toMatchObject(sent);
  });

  const login = (asked: Asked): Reply =>
    asked.path === '/login'
      ? [
          asked.body.includes('pass:word') ? 200 : 401,
          '{"token":"handed-out-1"}',
          { 'set-cookie': 'sid=cookie-secret; Path=/', 'x-t': 'in-header-1' },
        ]
      : [200, '{}'];

  it.each([
    ['a pointer, as a bearer token', 'token: { pointer: /token }', { authorization: 'Bearer handed-out-1' }],
    ['a header, as another', 'token: { header: X-T }, as: { header: X-Session }', { 'x-session': 'in-header-1' }],
    ['a cookie', 'token: { cookie: sid }, as: { cookie: sid }', { cookie: 'sid=cookie-secret' }],
  ])('logs in once before the first case: %s', async (_, how, sent) => {
    const keys = `auth: { login: { path: /login, json: { user: ada, password: "\${PASSWORD}", n: 1 }, ${how} } }`;
    const ran = await run(keys, login, one.replace('}]', '}, { id: y, request: { path: /y } }]'));
    expect([ran.exitCode, ran.stdout]).toEqual([0, expect.not.stringMatching(/handed-out|cookie-secret/)]);
    expect(ran.b.asked.map(({ path }) => path).sort()).toEqual(['/login', '/me?a=1', '/y']);
    expect(ran.b.asked[0]).toMatchObject({ body: '{"user":"ada","password":"pass:word ü","n":1}' });
    expect(ran.b.asked[1]?.headers).toMatchObject(sent);
  });

  it('takes it for no divergence where each side shows what its own login handed out, and for one where it shows another', async () => {
    const names = ['a', 'b'] as const;
    const handing =
      (name: string) =>
      (asked: Asked): Reply => {
        if (asked.path === '/login') return [200, `{"token":"token-of-${name}"}`];
        return [
          200,
          JSON.stringify({ me: asked.headers.authorization, other: asked.path === '/y' ? `session-of-${name}` : '' }),
        ];
      };
    const [a, b] = [await serving(handing('a')), await serving(handing('b'))];
    const auth = 'auth: { login: { path: /login, json: {}, token: { pointer: /token } } }';
    const targets = names.map((name, n) => `  ${name}: { url: "${[a, b][n]!.url}", ${auth} }\n`).join('');
    const cwd = await folder({
      'cases/s.yaml': one.replace('}]', '}, { id: y, request: { path: /y } }]'),
      'parity.yaml': `targets:\n${targets}`,
    });
    const ended = await parity(['run'], { cwd });
    const { cases } = newestReport(cwd);
    const found = cases.map(({ divergences }) => divergences.filter(({ finding }) => finding !== null));
    expect(found.map((all) => all.map(({ pointer }) => pointer))).toEqual([[], ['/other']]);
    expect([ended.exitCode, ended.stdout]).toEqual([1, expect.not.stringContaining('token-of')]);
  });

  it.each([
    ['a bearer token', `bearer: "\${TOKEN}"`],
    ['a key in the query', `apiKey: { query: key, value: "\${KEY}" }`],
    ['what a login hands out', 'login: { path: /login, token: { pointer: /token } }'],
  ])('sends a request with auth: false without it: %s', async (_, auth) => {
    const cases = [
      '{ id: own, request: { path: /me } }',
      '{ id: none, request: { path: /none, auth: false } }',
      '{ id: wrong, request: { path: /wrong, auth: false, headers: { authorization: nope, x-own: "2" } } }',
    ];
    const ran = await run(
      `headers: { x-own: "1" }\nauth: { ${auth} }`,
      ({ path }) => [path === '/none' ? 401 : 200, '{"token":"handed-out-1"}'],
      `serial: true\ncases:\n${cases.map((one) => `  - ${one}\n`).join('')}`,
    );
    const shown = ({ path, headers }: Asked) => `${path} ${headers.authorization ?? '-'} ${headers['x-own']}`;
    const asked = [...new Set(ran.b.asked.map(shown))].filter((one) => !one.startsWith('/login'));
    expect(asked.slice(1)).toEqual(['/none - 1', '/wrong nope 1']);
    expect(asked[0]).toMatch(/^\/me(?:\?key=\S+ - 1| Bearer \S+ 1)$/);
    const text = readFileSync(join(ran.cwd, 'reports/latest/report.html'), 'utf8').replaceAll('&#39;', "'");
    const found = [...text.matchAll(/curl .*:(?!\/)\d+(\/.*?)'</g)].filter(([line]) => line.includes(ran.b.url));
    // A finding shows the line of its example, too.
    const lines = found.filter(([, path], at) => found.findIndex(([, other]) => other === path) === at);
    const hasAdded = ([line, path]: readonly string[]) => [
      path,
      line?.includes('authorization: ***'),
      line?.includes('x-own: ***'),
    ];
    const inQuery = auth.includes('query');
    expect(lines.map(hasAdded).sort()).toEqual([
      [inQuery ? '/me?key=***' : '/me', !inQuery, true],
      ['/none', false, true],
      // The case's own.
      ['/wrong', true, true],
    ]);
  });

  it('puts what a login hands out into the query', async () => {
    const ran = await run(
      `auth: { login: { path: /login, form: { p: "\${PASSWORD}" }, token: { pointer: /token }, as: { query: t } } }`,
      (asked) => (asked.path === '/login' ? [200, '{"token":"handed out"}'] : [200, '{}']),
    );
    expect([ran.b.asked[0]?.body, ran.b.asked[1]?.path]).toEqual(['p=pass%3Aword+%C3%BC', '/me?a=1&t=handed%20out']);
  });

  it.each([
    ['is refused', () => [401, '{}'] as Reply, 'b answered 401 to POST /login'],
    ['hands nothing out', () => [200, '{}'] as Reply, 'b gave no pointer "/token" in its answer to POST /login'],
    ['hands out a line end', () => [200, '{"token":"a\\r\\nb"}'] as Reply, 'b gave a credential that cannot be sent'],
  ])('where a login %s, no case is sent', async (_, reply, message) => {
    const ran = await run('auth: { login: { path: /login, json: {}, token: { pointer: /token } } }', reply);
    const record = await readRun(join(ran.cwd, 'reports/latest'));
    expect([ran.exitCode, ran.a.asked.length, ran.b.asked.length]).toEqual([3, 0, 1]);
    expect(record.cases[0]?.comparisons[0]).toMatchObject({
      reason: 'login-failed',
      message: expect.stringContaining(message),
    });
  });

  it('are tried by parity doctor', async () => {
    const keys = `auth: { login: { path: /login, json: { p: "\${PASSWORD}" }, token: { pointer: /token } } }`;
    const ran = await run(keys, login);
    const works = await parity(['doctor'], { cwd: ran.cwd, env });
    expect([works.exitCode, works.stdout]).toEqual([
      0,
      expect.stringContaining('ok    login b: hands out a credential\n'),
    ]);
    const fails = await parity(['doctor'], { cwd: ran.cwd, env: { ...env, PASSWORD: 'another one' } });
    expect(fails.stdout).toContain(
      'FAIL  login b: answered 401 to POST /login\n      try: check `auth` of the target\n',
    );
    expect([fails.exitCode, `${works.stdout}${fails.stdout}`]).toEqual([3, expect.not.stringContaining('handed-out')]);
  });

  it('that are missing fail one check of parity doctor, and keep it from no other', async () => {
    const keys = `auth: { login: { path: /login, json: { p: "\${PASSWORD}" }, token: { pointer: /token } } }`;
    const ran = await run(keys, login);
    ran.b.asked.length = 0;
    const { exitCode, stdout, stderr } = await parity(['doctor'], { cwd: ran.cwd });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('the environment variable PASSWORD is not set')]);
    expect(stdout).toMatch(/^FAIL {2}config: 1 problem in 1 file/m);
    expect(stdout).toMatch(/^ok {4}target b: .*\n(?:.*\n)*ok {4}tracker: .*\nok {4}out: /m);
    expect(ran.b.asked).toEqual([]);
  });

  it.each([
    ['a secret that is written out', 'auth: { bearer: abcdef123 }', '5:21', 'a secret is written out'],
    [
      'two ways at once',
      `auth: { bearer: "\${TOKEN}", login: { path: /, token: { pointer: /t } } }`,
      '5:33',
      '`login` cannot be combined with `bearer`',
    ],
    [
      'a key in two places',
      `auth: { apiKey: { header: a, query: b, value: "\${KEY}" } }`,
      '5:21',
      '`apiKey` has one of',
    ],
    ['a user with a colon', `auth: { basic: { user: "a:b", password: "\${KEY}" } }`, '5:28', 'holds a colon'],
    ['no such variable', `auth: { bearer: "\${NOPE}" }`, '5:21', 'NOPE is not set'],
    ['a token from nowhere', 'auth: { login: { path: /, token: {} } }', '5:38', '`token` has one of'],
  ])('refuses %s', async (_, keys, place, message) => {
    const ran = await run(keys);
    expect([ran.exitCode, ran.stderr]).toEqual([2, expect.stringContaining(`parity.yaml:${place}`)]);
    expect(ran.stderr).toContain(message);
    expect([ran.stderr.includes('abcdef123'), ran.b.asked.length]).toEqual([false, 0]);
  });
});

describe('a credential that a login handed out and that expires in the midst of a run', () => {
  const auth = 'auth: { login: { path: /login, json: {}, token: { pointer: /token } } }';
  const library = (count: number, more = '') =>
    `cases:\n${Array.from({ length: count }, (_, n) => `  - { id: c${n}, request: { path: /${n}${more} } }\n`).join('')}`;

  /** Hands out one token after another; each is good for so many requests. */
  function expiring(uses: number, { logins = 99, paths = '' } = {}) {
    let [token, left] = [0, 0];
    return ({ path, headers }: Asked): Reply => {
      if (path === '/login') {
        if (token === logins) return [403, '{}'];
        [token, left] = [token + 1, uses];
        return [200, `{"token":"token-number-${token}"}`];
      }
      left -= 1;
      const isGood = headers.authorization === `Bearer token-number-${token}` && left >= 0;
      return isGood && !paths.includes(path) ? [200, '{}'] : [401, `{"who":"token-number-${token}"}`];
    };
  }
  const counted = (asked: readonly Asked[], path: string) => asked.filter((one) => one.path === path).length;
  const outcomesOf = (cwd: string) => newestReport(cwd).cases.map(({ outcome, reason }) => reason ?? outcome);

  it('is asked for anew, once, and every case gets its answer', async () => {
    const ran = await run(auth, expiring(4), `serial: true\n${library(6)}`);
    expect([ran.exitCode, outcomesOf(ran.cwd)]).toEqual([0, Array(6).fill('match')]);
    const paths = ran.b.asked.map(({ path }) => path.slice(1));
    expect(paths).toEqual(['login', '0', '1', '2', '3', '4', 'login', '4', '5']);
    const { footer } = await readRun(join(ran.cwd, 'reports/latest'));
    expect(footer?.notes).toContain('s/c4 matched only after a request was repeated: step 1 took 2 on b');
  });

  it('is asked for once however many requests it is refused to', async () => {
    const ran = await run(auth, expiring(30), library(50));
    expect([ran.exitCode, outcomesOf(ran.cwd)]).toEqual([0, Array(50).fill('match')]);
    expect(counted(ran.b.asked, '/login')).toBe(2);
  });

  it('is not shown, the first as little as the next', async () => {
    const ran = await run(auth, expiring(2, { paths: '/1' }), `serial: true\n${library(3)}`);
    const shown = readFileSync(join(ran.cwd, 'reports/latest/run.jsonl'), 'utf8') + ran.stdout;
    expect([ran.exitCode, shown.includes('***'), shown.includes('token-number')]).toEqual([1, true, false]);
  });

  it.each([
    ['a place that it never opens is an answer', { paths: '/1' }, '', ['match', 'divergent', 'match'], 1, 2],
    ['nor is a login tried for every such place', { paths: '/1/3/5/7/9' }, '', null, 1, 4],
    ['a login that fails is not a divergence', { logins: 1 }, '', ['match', 'match', 'login-failed'], 3, 2],
    ['a case that is about 401 is left alone', { paths: '/0/1/2' }, ', expect: 401', null, 3, 1],
    [
      'a credential that has never worked is not asked for again',
      { paths: '/0/1/2' },
      '',
      Array(3).fill('divergent'),
      1,
      1,
    ],
  ])('%s', async (_, how, expected, outcomes, exitCode, logins) => {
    const cases =
      expected === ''
        ? library(outcomes?.length ?? 11)
        : library(3).replaceAll(' } }', ' }, expect: { status: 401 } }');
    const ran = await run(auth, expiring('logins' in how ? 2 : 99, how), `serial: true\n${cases}`);
    expect([ran.exitCode, counted(ran.b.asked, '/login')]).toEqual([exitCode, logins]);
    if (outcomes !== null) expect(outcomesOf(ran.cwd)).toEqual(outcomes);
  });

  it('brings a write once, and copies of one again only where all were refused', async () => {
    const file = `serial: true
cases:
  - { id: a, safe: true, request: { path: /a } }
  - { id: b, request: { method: POST, path: /b, json: {} } }
  - { id: c, request: { method: POST, path: /c, json: {} }, parallel: 3 }
`;
    const ran = await run(auth, expiring(1), file);
    // The credential is good for one request: of the copies one is answered, at the second time of asking.
    expect([ran.exitCode, counted(ran.b.asked, '/b'), counted(ran.b.asked, '/c')]).toEqual([1, 2, 6]);
  });
});

describe('protected hosts', () => {
  const files = async () => {
    const [a, b] = [await serving(() => [200, '{}']), await serving(() => [200, '{}'])];
    const config = `protected: [localhost, "*.example.com"]\ntargets:\n  a: ${a.url}\n  b: ${b.url.replace('127.0.0.1', 'localhost')}\n`;
    return { a, b, cwd: await folder({ 'cases/s.yaml': one, 'parity.yaml': config }) };
  };

  it.each([['run'], ['noise'], ['doctor'], ['probe', '--from', 's/x']])(
    '%s asks, and where nobody can be asked it sends nothing',
    async (...args) => {
      const { a, b, cwd } = await files();
      const ended = await parity(args, { cwd });
      expect([ended.exitCode, a.asked.length + b.asked.length]).toEqual([2, 0]);
      expect(ended.stderr).toContain('localhost is protected by the configuration. Nothing was sent.');
      expect(ended.stderr).toContain('--allow-protected localhost');
    },
  );

  it('goes on once it is allowed by name', async () => {
    const { b, cwd } = await files();
    const other = await parity(['run', '--allow-protected', 'other'], { cwd });
    const ended = await parity(['run', '--allow-protected', 'localhost'], { cwd });
    expect([other.exitCode, ended.exitCode, b.asked.length]).toEqual([2, 0, 1]);
  });

  // The terminal of a test is made by `script` of util-linux.
  const terminal = existsSync('/usr/bin/script') && process.platform === 'linux';
  const why = terminal ? '' : ' (toolchain missing: script of util-linux)';
  it.skipIf(!terminal).each([
    ['localhost', 0, 1],
    ['yes', 2, 0],
    ['', 2, 0],
  ])(`on a terminal, typing %j ends with %i${why}`, async (typed, exitCode, asked) => {
    const { b, cwd } = await files();
    const command = `'${process.execPath}' '${join(home, 'dist/cli/main.js')}' run`;
    const child = spawn('script', ['-qec', command, '/dev/null'], {
      cwd,
      env: { PATH: process.env.PATH ?? '', HOME: cwd },
      timeout: 150_000,
    });
    let shown = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      shown += text;
      if (text.includes('Type its name')) child.stdin.end(`${typed}\n`);
    });
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect([code, b.asked.length, shown.includes('localhost is protected. Type its name')], shown).toEqual([
      exitCode,
      asked,
      true,
    ]);
  });

  it('is asked of all below a domain, whatever is sent', async () => {
    const cwd = await folder({
      'cases/s.yaml': one,
      'parity.yaml':
        'protected: ["*.example.com"]\ntargets: { a: "https://api.EXAMPLE.com", b: "https://example.com" }\n',
    });
    const ended = await parity(['run'], { cwd });
    expect([ended.exitCode, ended.stderr]).toEqual([2, expect.stringContaining('api.example.com is protected')]);
    const dotted = await parity(['run', '--target', 'a=https://api.example.com.'], { cwd });
    expect([dotted.exitCode, dotted.stderr]).toEqual([2, expect.stringContaining('api.example.com. is protected')]);
  });
});

describe('targets that refuse everything alike', () => {
  const paths = ['users', 'orders', 'carts', 'items', 'files'];
  const library = (expect = '') =>
    `cases:\n${paths.map((p) => `  - { id: ${p}, request: { path: /${p} }${expect} }\n`).join('')}`;
  const refuse = (status: number) => (): Reply => [status, '{"error":"no"}'];
  const four = `cases:\n${library().split('\n').slice(1, 5).join('\n')}\n`;

  it.each([
    ['with 401', refuse(401), library(), ['inconclusive', 3, 0]],
    ['with 400, which a suite alone does not tell', refuse(400), library(), ['inconclusive', 3, 5]],
    [
      'with 404, each in its own words',
      ({ path }) => [404, `{"nothing at":"${path}"}`],
      library(),
      ['inconclusive', 3, 0],
    ],
    ['as the cases expect', refuse(401), library(', expect: { status: 401 }'), ['parity', 0, 5]],
    [
      'some with 401, some with 404',
      ({ path }) => refuse(path === '/files' ? 404 : 401)(),
      library(),
      ['inconclusive', 3, 0],
    ],
    ['but for one', ({ path }) => refuse(path === '/files' ? 200 : 401)(), library(), ['parity', 0, 5]],
    ['on few routes', refuse(401), four, ['inconclusive', 3, 0]],
    ['by accepting it', refuse(200), library(), ['parity', 0, 5]],
  ] satisfies [string, (asked: Asked) => Reply, string, [string, number, number]][])(
    '%s',
    async (_, reply, file, want) => {
      const [a, b] = [await serving(reply), await serving(reply)];
      const cwd = await folder({ 'cases/s.yaml': file });
      const ended = await parity(['run', '--target', `a=${a.url}`, '--target', `b=${b.url}`], { cwd });
      const { verdict, counts } = newestReport(cwd);
      expect([verdict, ended.exitCode, counts.match]).toEqual(want);
      const told = /INCONCLUSIVE (?:the answers match, but they are not evidence|nothing was exercised)/.test(
        ended.stdout,
      );
      expect(told).toBe(want[1] === 3);
    },
  );
});

describe('a target that asks for patience', () => {
  const busy = (times: number, headers: Record<string, string> = { 'retry-after': '0' }) => {
    let left = times;
    return (): Reply => {
      left -= 1;
      return left >= 0 ? [503, 'busy', headers] : [200, '{}'];
    };
  };

  it.each([
    ['is asked again', busy(2), one, 'match', 3],
    ['three times at most', busy(99), one, 'overloaded', 3],
    ['not at all if it asks for too much', busy(1, { 'retry-after': '3600' }), one, 'overloaded', 1],
    [
      'not for a write, which may have been done',
      busy(1),
      one.replace('{ path', '{ method: POST, path'),
      'overloaded',
      1,
    ],
    [
      'for a write that is safe',
      busy(1),
      one.replace('{ id', '{ safe: true, id').replace('{ path', '{ method: POST, path'),
      'match',
      2,
    ],
    ['also if it does not say how long', busy(2, {}), one, 'match', 3],
  ])('%s', async (_, reply, file, outcome, asked) => {
    const ran = await run('', reply, file);
    const [found] = newestReport(ran.cwd).cases;
    expect([found?.reason ?? found?.outcome, ran.b.asked.length]).toEqual([outcome, asked]);
    expect(ran.exitCode).toBe(outcome === 'match' ? 0 : 3);
  });

  const always =
    (status: number, body = '{}') =>
    (): Reply => [status, body];
  const write = one.replace('{ path', '{ method: POST, path');

  // What stays after all tries is the answer of the service, if it does not speak of load; a divergent case is asked once more.
  it.each([
    ['a 503 on one side is a divergence', always(200), always(503), one, 'divergent', 1, [2, 6]],
    ['a 503 on the other side is one too', always(503), always(200), one, 'divergent', 1, [6, 2]],
    ['a 503 to a write is not asked for twice', always(200), always(503), write, 'divergent', 1, [1, 1]],
    ['a 503 on both sides is not parity', always(503), always(503), one, 'overloaded', 3, [3, 3]],
    ['a 503 on both sides that differs is a divergence', always(503, '[]'), always(503), one, 'divergent', 1, [6, 6]],
    ['a 429 on one side speaks of load', always(200), always(429), one, 'overloaded', 3, [1, 3]],
    ['a 429 on both sides is not parity', always(429), always(429), one, 'overloaded', 3, [3, 3]],
    ['a 502 on both sides is a gateway, and no parity', always(502), always(502), one, 'bad-gateway', 3, [1, 1]],
    ['a 504 on both sides is not parity', always(504), always(504), one, 'bad-gateway', 3, [1, 1]],
    ['a 502 on one side is a divergence', always(200), always(502), one, 'divergent', 1, [2, 2]],
    [
      'a 502 on both sides that the case is about is a match',
      always(502),
      always(502),
      one.replace('}]', ', expect: { status: 502 } }]'),
      'match',
      0,
      [1, 1],
    ],
    [
      'a 503 on both sides that the case is about is a match',
      always(503),
      always(503),
      one.replace('}]', ', expect: { status: 503 } }]'),
      'match',
      0,
      [1, 1],
    ],
  ])('%s', async (_, first, second, file, outcome, exitCode, asked) => {
    const [a, b] = [await serving(first), await serving(second)];
    const cwd = await folder({ 'cases/s.yaml': file });
    const ended = await parity(['run', '--target', `a=${a.url}`, '--target', `b=${b.url}`], { cwd });
    const [found] = newestReport(cwd).cases;
    expect([found?.outcome === 'inconclusive' ? found.reason : found?.outcome, ended.exitCode]).toEqual([
      outcome,
      exitCode,
    ]);
    expect([a.asked.length, b.asked.length]).toEqual(asked);
  });

  it('says which match took more than one request, and why two refusals are no match', async () => {
    const again = await run('', busy(1, {}));
    const { footer } = await readRun(join(again.cwd, 'reports/latest'));
    expect(footer?.notes).toContain('s/x matched only after a request was repeated: step 1 took 2 on b');
    const [a, b] = [await serving(always(503)), await serving(always(503))];
    const cwd = await folder({ 'cases/s.yaml': one });
    const ended = await parity(['run', '--target', `a=${a.url}`, '--target', `b=${b.url}`], { cwd });
    expect(ended.stdout).toContain('a and b both answered 503 to the request, which says nothing of what they do');
  });

  it('that answers so to everything is not waited for again and again', async () => {
    const cases = Array.from({ length: 30 }, (_, n) => `  - { id: c${n}, request: { path: /${n} } }\n`).join('');
    const ran = await run('', always(503), `serial: true\ncases:\n${cases}`);
    const { counts } = newestReport(ran.cwd);
    // Three times five, then once each; and once more for each, being divergent.
    expect([counts.divergent, ran.b.asked.length]).toEqual([30, 30 + 30 + 5 * 2]);
  });

  it('is left alone where the case is about that answer', async () => {
    const file = 'cases: [{ id: x, request: { path: / }, expect: { status: 429 } }]\n';
    const [a, b] = await Promise.all([0, 1].map(() => serving(() => [429, 'slow down', { 'retry-after': '1' }])));
    const cwd = await folder({ 'cases/s.yaml': file });
    const ended = await parity(['run', '--target', `a=${a!.url}`, '--target', `b=${b!.url}`], { cwd });
    expect([ended.exitCode, a!.asked.length, b!.asked.length]).toEqual([0, 1, 1]);
  });

  it('gets fewer requests at a time, and every case its answer', async () => {
    let [inside, most, refused] = [0, 0, 0];
    const { createServer } = await import('node:http');
    const server = createServer((_, response) => {
      inside += 1;
      const isTooMuch = inside > 2;
      if (isTooMuch) refused += 1;
      most = Math.max(most, inside);
      setTimeout(() => {
        inside -= 1;
        response.writeHead(isTooMuch ? 429 : 200, isTooMuch ? { 'retry-after': '0' } : {}).end('{}');
      }, 10);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const a = await serving(() => [200, '{}']);
    const cases = Array.from({ length: 40 }, (_, n) => `  - { id: c${n}, request: { path: /${n} } }\n`).join('');
    const cwd = await folder({ 'cases/s.yaml': `compare: { headers: [] }\ncases:\n${cases}` });
    const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
    const ended = await parity(['run', '--target', `a=${a.url}`, '--target', `b=${url}`, '--concurrency', '8'], {
      cwd,
    });
    server.close().closeAllConnections();
    const { counts } = newestReport(cwd);
    expect(ended.stdout).not.toContain('divergent');
    expect([counts.match + counts.inconclusive, counts.divergent]).toEqual([40, 0]);
    expect(refused).toBeLessThan(40);
  });
});

describe('a redirect is an answer, and nothing goes where it leads', () => {
  it.each([301, 302, 303, 307, 308])('%i', async (status) => {
    const thief = await serving(() => [200, '{}']);
    const file = `cases:
  - { id: x, request: { path: /me, headers: { cookie: sid=1, x-api-key: "\${KEY}" } } }
  - { id: y, safe: true, request: { method: POST, path: /me, json: {} } }
`;
    const reply = (): Reply => [status, '', { location: `${thief.url}/steal` }];
    const ran = await run(`auth: { bearer: "\${TOKEN}" }`, reply, file);
    expect([ran.exitCode, thief.asked]).toEqual([1, []]);
    expect(ran.b.asked.map(({ path, headers }) => [path, headers.authorization])).toEqual(
      ran.b.asked.map(() => ['/me', 'Bearer tok-en/12345']),
    );
  });

  it('also not for a login', async () => {
    const thief = await serving(() => [200, '{"token":"abc"}']);
    const auth = `auth: { login: { path: /login, json: { p: "\${PASSWORD}" }, token: { pointer: /token } } }`;
    const ran = await run(auth, () => [307, '', { location: `${thief.url}/login` }]);
    expect([ran.exitCode, thief.asked, ran.b.asked.length]).toEqual([3, [], 1]);
  });

  it('also not to see whether a target is ready', async () => {
    const thief = await serving(() => [200, '{}']);
    const keys = `ready: /up\nauth: { bearer: "\${TOKEN}" }`;
    const ran = await run(keys, ({ path }) => (path === '/up' ? [302, '', { location: thief.url }] : [200, '{}']));
    expect([ran.exitCode, thief.asked]).toEqual([0, []]);
  });
});

describe('credentials in clear text', () => {
  // TEST-NET-1 (RFC 5737): nobody is there.
  const far = 'http://192.0.2.1:9';
  const warning = 'warning: the credentials of target b go to 192.0.2.1:9 in clear text; write its url with https://\n';

  it.each([
    ['a bearer token', `auth: { bearer: "\${TOKEN}" }`, far, warning],
    ['a key in the query', `auth: { apiKey: { query: k, value: "\${KEY}" } }`, far, warning],
    ['a login', 'auth: { login: { path: /l, token: { pointer: /t } } }', far, warning],
    ['a header', `headers: { x-api-key: "\${KEY}" }`, far, warning],
    ['but no other header', `headers: { x-region: "\${KEY}" }`, far, ''],
    ['but nothing over TLS', `auth: { bearer: "\${TOKEN}" }`, far.replace('http:', 'https:'), ''],
    ['but nothing to this machine', `auth: { bearer: "\${TOKEN}" }`, 'http://localhost:9', ''],
  ])('to a distant host are warned of: %s', async (_, keys, url, stderr) => {
    const a = await serving(() => [200, '{}']);
    const cwd = await folder({
      'cases/s.yaml': one,
      'parity.yaml': `timeout: 100ms\ntargets:\n  a: ${a.url}\n  b:\n    url: ${url}\n    ${keys}\n`,
    });
    const ended = await parity(['run'], { cwd, env });
    expect([ended.exitCode, ended.stderr]).toEqual([3, stderr]);
  });
});

it('connection: fresh of a target holds for all its requests', async () => {
  const file = 'serial: true\ncases: [{ id: x, request: { path: / } }, { id: y, request: { path: / } }]\n';
  const ran = await run('connection: fresh', undefined, file);
  expect([ran.a.asked.map(({ connection }) => connection), ran.b.asked.map(({ connection }) => connection)]).toEqual([
    [1, 1],
    [1, 2],
  ]);
});
