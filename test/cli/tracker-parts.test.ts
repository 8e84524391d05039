import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { wholeTracker } from '../whole-tracker.ts';
import { folder, newestReport, parity } from './command.ts';
import { serving } from './service.ts';

type Headers = Record<string, string | string[]>;

/** What one route answers: a header or a list, in the order reference, candidate. */
interface Said {
  readonly status?: number;
  readonly headers?: Headers;
  readonly body?: string;
}

type Pair = readonly [rust: Said, go: Said];

const names = [
  ...['access-control-allow-credentials', 'access-control-allow-origin', 'cache-control', 'content-security-policy'],
  ...['content-type', 'etag', 'link', 'location', 'set-cookie', 'strict-transport-security', 'vary'],
  ...['www-authenticate', 'x-frame-options'],
];

const says = (name: string, rust: string | string[] | null, go: string | string[] | null): Pair => [
  rust === null ? {} : { headers: { [name]: rust } },
  go === null ? {} : { headers: { [name]: go } },
];
const bothSay = (status: number, pair: Pair): Pair => [
  { ...pair[0], status },
  { ...pair[1], status },
];
const redirects = (rust: number, go: number): Pair => [
  { status: rust, headers: { location: '/x' } },
  { status: go, headers: { location: '/x' } },
];
const lists = (rust: unknown[], go: unknown[]): Pair => [
  { body: JSON.stringify({ a: rust }) },
  { body: JSON.stringify({ a: go }) },
];

/** What the reference says in a header, what the other side says when it is accepted and later on, and without what it was accepted. */
type HeaderRow = readonly [
  why: string,
  name: string,
  rust: string | string[] | null,
  go: readonly [first: string | string[] | null, then: string | string[] | null],
  without: string,
];

const headerRows: readonly HeaderRow[] = [
  [
    'attributes of a cookie',
    'set-cookie',
    'a=1; Max-Age=60; Secure; Partitioned',
    ['a=1; Max-Age=60; Secure', 'a=1; Max-Age=60'],
    'secure missing',
  ],
  [
    'SameSite by its word',
    'set-cookie',
    'a=1; SameSite=Strict',
    ['a=1; SameSite=Lax', 'a=1; SameSite=None'],
    'samesite none extra',
  ],
  [
    'cookies by their names',
    'set-cookie',
    ['a=1', 'b=2'],
    [['a=1'], ['zz=9']],
    'cookie a missing or set-cookie cookie zz extra',
  ],
  [
    'attributes of a cookie of another name',
    'set-cookie',
    'sid=1; HttpOnly; Secure',
    ['SID=1; HttpOnly; Secure', 'SID=1; Secure'],
    'httponly missing',
  ],
  [
    'to whom an answer is open',
    'access-control-allow-origin',
    'https://a.test',
    ['*', 'https://evil.test'],
    'origin https://evil.test extra',
  ],
  ['another host', 'location', 'http://a.test/one', ['/one', 'http://evil.test/one'], 'host evil.test extra'],
  [
    'a page of another host',
    'location',
    '/login',
    ['/signin', 'https://evil.test/'],
    'host evil.test extra or location its own host missing',
  ],
  [
    'one host for another',
    'location',
    '/login',
    ['https://a.test/login', 'https://evil.test/login'],
    'host evil.test extra',
  ],
  [
    'one origin for another',
    'access-control-allow-origin',
    null,
    ['https://b.test', 'https://evil.test'],
    'origin https://evil.test extra',
  ],
  [
    'one source for another',
    'content-security-policy',
    "script-src 'self'",
    ["script-src 'self' https://a.test/x.js", "script-src 'self' https://evil.test/x.js"],
    'script-src host evil.test extra',
  ],
  ['members of Vary', 'vary', 'Origin, Accept', ['Origin', 'Accept'], 'origin missing'],
  [
    'directives',
    'cache-control',
    'private, max-age=30',
    ['private, max-age=60', 'public, max-age=60'],
    'private missing or cache-control public extra',
  ],
  ['media types', 'content-type', 'text/plain', ['text/html', 'text/css'], 'text/css extra'],
  [
    'relations of links',
    'link',
    '</a>; rel=next',
    ['</b>; rel=next', '</b>; rel=prev'],
    'next missing or link prev extra',
  ],
  [
    'sources of a policy',
    'content-security-policy',
    "default-src 'self'",
    ["default-src 'none'", 'default-src *'],
    'default-src * extra',
  ],
];

/** Not covered though all parts are alike: a stable value is another one, or another case shows it. */
const [otherValues, newCase] = ['other values than', 'did not cover the case'];

/** What differs when it is accepted, what differs later on the same route and on another one, and without what it was accepted; null: it stands for that, too. */
type Row = readonly [why: string, first: Pair, then: Pair, elsewhere: Pair | null, without: string | null];

const rowOf = ([why, name, rust, go, without]: HeaderRow): Row => {
  const pair = (one: string | string[] | null) =>
    name === 'location' ? bothSay(302, says(name, rust, one)) : says(name, rust, one);
  return [why, pair(go[0]), pair(go[1]), null, `header: ${name} ${without}`];
};

const rows: readonly Row[] = [
  ...headerRows.map(rowOf),
  [
    'another domain, elsewhere',
    says('set-cookie', 'a=1; Path=/x', 'a=1; Path=/'),
    says('set-cookie', 'a=2; Path=/y', 'a=2; Path=/z'),
    says('set-cookie', 'b=1', 'b=1; Domain=example.com'),
    'header: set-cookie domain extra',
  ],
  [
    'directives that a framework adds, elsewhere',
    says('cache-control', 'no-cache', null),
    says('cache-control', 'no-cache', null),
    says('cache-control', 'no-store', null),
    'header: cache-control no-store missing',
  ],
  [
    'parameters of a challenge by their scheme, elsewhere',
    bothSay(401, says('www-authenticate', 'Basic realm="a"', 'Basic')),
    bothSay(401, says('www-authenticate', 'Basic realm="b"', 'Basic')),
    bothSay(401, says('www-authenticate', 'Bearer realm="x", error="invalid_token"', 'Bearer realm="x"')),
    'header: www-authenticate bearer error missing',
  ],
  [
    'the codes of redirects, elsewhere',
    redirects(301, 302),
    redirects(301, 302),
    redirects(307, 302),
    'status: 307 against 302',
  ],
  ['an emptied list', lists([1, 2, 3], [1, 2]), lists([1, 2, 3], []), null, 'items: all missing'],
  [
    'a list that is flooded',
    lists([1, 2], [1, 2, 3]),
    lists([1, 2], [1, 2, ...Array(50).fill(7)]),
    null,
    'items: extra many times as many',
  ],
  [
    'the form of an extra item',
    lists([{ id: 1 }], [{ id: 1 }, { id: 2 }]),
    lists([{ id: 1 }], [{ id: 1 }, { secret: 'x' }]),
    null,
    'items: extra with secret',
  ],
  [
    'other times of caches and cookies',
    says('cache-control', 'private, max-age=30', 'private, max-age=60'),
    says('cache-control', 'private, max-age=10', 'private, max-age=3000'),
    null,
    otherValues,
  ],
  [
    'the same attribute of another cookie',
    says('set-cookie', 'a=1; Secure', 'a=1'),
    says('set-cookie', 'a=2; Secure', 'a=2'),
    says('set-cookie', ['b=1; Secure', 'c=x'], ['b=1', 'c=x']),
    newCase,
  ],
  [
    'other pages of its own',
    bothSay(302, says('location', '/login?at=1', '/signin?at=1')),
    bothSay(302, says('location', '/home?at=2', '/start/2')),
    null,
    otherValues,
  ],
  ['other tags', says('etag', '"abc"', 'W/"def"'), says('etag', '"x1"', 'W/"77"'), null, null],
  [
    'other values of a token in a policy',
    says('content-security-policy', "script-src 'nonce-a1'", "script-src 'nonce-a1' https://a.test"),
    says('content-security-policy', "script-src 'nonce-b2'", "script-src 'nonce-b2' https://a.test/y"),
    null,
    otherValues,
  ],
  ['less than was accepted', says('vary', 'Origin, Accept', 'Cookie'), says('vary', 'Accept', null), null, null],
  ['some items more or less', lists([1, 2, 3, 4], [1, 2, 3]), lists([1, 2, 3, 4, 5, 6], [1, 2, 3]), null, otherValues],
  [
    'other items of the same form',
    lists([{ id: 1 }], [{ id: 1 }, { id: 2, n: 'x' }]),
    lists([{ id: 1 }], [{ id: 1 }, { n: 'y', id: 7 }, { id: 8 }]),
    null,
    otherValues,
  ],
];

/** Two targets and a tracker, with a case for each route; a route says nothing until it is told what to say. */
async function twins(...routes: readonly string[]) {
  const said: Record<string, Pair> = {};
  const serve = (side: 0 | 1) =>
    serving(({ path }) => {
      const { status = 200, headers = {}, body = '{}' } = said[path]?.[side] ?? {};
      return [status, body, headers as Record<string, string>];
    });
  const targets = ['--target', `rust=${(await serve(0)).url}`, '--target', `go=${(await serve(1)).url}`];
  const ask = (id: string) =>
    `  - { id: ${id}, request: { path: /${id}, headers: { origin: 'https://a.test' } }, compare: { headers: [${names.join()}] } }\n`;
  const cwd = await folder({ 'cases/a.yaml': `cases:\n${routes.map(ask).join('')}` });
  const run = async (...pairs: readonly Pair[]) => {
    for (const [at, route] of routes.entries()) said[`/${route}`] = pairs[at] ?? [{}, {}];
    const ended = await parity(['run', ...targets, '--noise', '0', '--tracker', 'T.md'], { cwd });
    return { ...ended, ...newestReport(cwd) };
  };
  const accept = (id: string) => parity(['tracker', 'accept', id, '--reason', 'agreed', '--tracker', 'T.md'], { cwd });
  return { run, accept, file: join(cwd, 'T.md') };
}

/** Rows in as few groups as there are of one header: what differs in one header may be one finding, whatever the routes. */
function apart(all: readonly Row[]): Row[][] {
  const groups: Row[][] = [];
  const counts = new Map<string, number>();
  for (const row of all) {
    const [{ headers: a = {} }, { headers: b = {} }] = row[1];
    const name = Object.keys({ ...a, ...b }).join();
    const at = name === '' ? 0 : (counts.get(name) ?? 0);
    counts.set(name, at + 1);
    groups[at] = [...(groups[at] ?? []), row];
  }
  return groups;
}

const reasonOf = (without: string) =>
  [otherValues, newCase].includes(without)
    ? without
    : `was accepted without ${without}, which it shows now: it is reopened.`;

const letters = [...'abcdefghijklmnopqrstuvwxyz'];
const groups = apart(rows.filter(([, , , elsewhere]) => elsewhere === null));

it.each(groups.map((group) => [group.map(([why]) => why).join(', '), group] as const))(
  'an acceptance by hand knows %s',
  async (_, group) => {
    const { run, file } = await twins(...letters.slice(0, group.length));
    const first = group.map((row) => row[1]);
    const before = await run(...first);
    const ids = letters.slice(0, group.length).map((route) => {
      const [found, ...others] = before.findings.filter(({ routes }) => routes.includes(`GET /${route}`));
      expect([found?.routes, others]).toEqual([[`GET /${route}`], []]);
      return found!.id;
    });
    writeFileSync(file, wholeTracker(file).replaceAll('_open_', '_accepted_'));
    expect((await run(...first)).exitCode).toBe(0);
    const after = await run(...group.map((row) => row[2]));
    const states = ids.map((id) => after.findings.find((one) => one.id === id)?.state);
    expect(states).toEqual(group.map(([, , , , without]) => (without === null ? 'accepted' : 'reopened')));
    for (const [at, [, , , , without]] of group.entries())
      expect(after.notes.filter((note) => note.startsWith(`${ids[at]} `))).toEqual(
        without === null ? [] : [expect.stringContaining(reasonOf(without))],
      );
  },
);

it.each(rows.filter(([, , , elsewhere]) => elsewhere !== null))(
  'an acceptance knows %s',
  async (_, first, then, elsewhere, without) => {
    const { run, accept } = await twins('one', 'two');
    const before = await run(first);
    expect(before.findings).toHaveLength(1);
    const { id } = before.findings[0]!;
    await accept(id);
    expect((await run(first)).exitCode).toBe(0);
    const after = await run(without === null ? then : first, elsewhere!);
    expect([after.exitCode, after.findings.map(({ state }) => state)]).toEqual(
      without === null ? [0, ['accepted']] : [1, ['reopened']],
    );
    if (without === null) return;
    expect(after.notes).toContainEqual(expect.stringContaining(reasonOf(without)));
    await accept(id);
    expect((await run(then, elsewhere!)).exitCode).toBe(0);
  },
);

it.each([
  ['of a class', says('set-cookie', 'a=1; Secure; Path=/x', 'a=1; Path=/x'), 'set-cookie-format'],
  ['of values', says('cache-control', 'private', 'public'), 'unexplained'],
  ['without one', says('set-cookie', ['a=1', 'b=2'], ['a=1']), ''],
  ['of a list', lists([1, 2, 3], [1, 2]), ''],
] as const)('a mark that an older version wrote holds what it held, and is completed: %s', async (_, pair, mark) => {
  const { run, accept, file } = await twins('one');
  const { id } = (await run(pair)).findings[0]!;
  await accept(id);
  const now = wholeTracker(file);
  const [written = ''] = / <!-- accepted: ([^>]*) -->/.exec(now) ?? [];
  const older = mark && ` <!-- accepted: ${mark} -->`;
  expect(older).not.toBe(written);
  writeFileSync(file, now.replace(written, older));
  expect((await run(pair)).exitCode).toBe(0);
  expect(/ <!-- accepted: [^>]* -->/.exec(wholeTracker(file))?.[0]).toBe(written);
});
