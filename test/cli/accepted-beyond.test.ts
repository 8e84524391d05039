import { beforeAll, describe, expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';
import { type Reply, started } from './service.ts';

/** What both sides answer at first, which is accepted, and what they answer later. */
interface Row {
  readonly what: string;
  readonly accepted: readonly (readonly [reference: Reply, candidate: Reply])[];
  readonly later: readonly (readonly [reference: Reply, candidate: Reply])[];
  readonly outcome?: 'accepted';
}

const json = (value: unknown, status = 200): Reply => [status, JSON.stringify(value)];
const text = (body: string): Reply => [200, body, { 'content-type': 'text/plain' }];
const image = (body: string): Reply => [200, body, { 'content-type': 'image/png' }];
const xml = (body: string): Reply => [200, body, { 'content-type': 'application/xml' }];
const head = (name: string, value: string | string[] | null): Reply => [
  200,
  '{}',
  value === null ? {} : { [name]: value },
];
const error = (message: string, rest: object = {}, status = 404) => json({ error: { message, ...rest } }, status);
const [one, two] = ['key not found', 'no such object'];
const row = (what: string, pairs: readonly (readonly [Reply, Reply])[], more: Partial<Row> = {}): Row => ({
  what,
  accepted: pairs.slice(0, 1),
  later: pairs.slice(1),
  ...more,
});
const long = 'a'.repeat(5000);
const cased = (n: number): readonly [Reply, Reply] => [
  json({ n, user_id: n, last_seen: n }),
  json({ n, userId: n, lastSeen: n }),
];

const rows: readonly Row[] = [
  row('another value at the same place', [
    [json([1.5, 297.4]), json([1.5, 297.5])],
    [json([1.5, 297.4]), json([1.5, 300])],
  ]),
  row('another value of the reference', [
    [json({ v: 1 }), json({ v: 2 })],
    [json({ v: 3 }), json({ v: 2 })],
  ]),
  row('the two values swapped', [
    [json({ v: 1 }), json({ v: 2 })],
    [json({ v: 2 }), json({ v: 1 })],
  ]),
  row(
    'the same values',
    [
      [json({ v: 1 }), json({ v: 2 })],
      [json({ v: 1 }), json({ v: 2 })],
    ],
    { outcome: 'accepted' },
  ),
  row('another value of a long text', [
    [json({ v: `${long}1` }), json({ v: `${long}2` })],
    [json({ v: `${long}1` }), json({ v: `${long}3` })],
  ]),
  row('another text', [
    [text(`${long}1`), text(`${long}2`)],
    [text(`${long}1`), text(`${long}3`)],
  ]),
  row('other bytes', [
    [image('a1'), image('a2')],
    [image('a1'), image('a3')],
  ]),
  row('another value in XML', [
    [xml('<r><v>1</v></r>'), xml('<r><v>2</v></r>')],
    [xml('<r><v>1</v></r>'), xml('<r><v>3</v></r>')],
  ]),
  row('one more missing item of a list', [
    [json([1, 2, 3]), json([1, 2])],
    [json([1, 2, 3]), json([1])],
  ]),
  row('one more missing item of a list of objects', [
    [json({ of: [{ n: 1 }, { n: 2 }, { n: 3 }] }), json({ of: [{ n: 1 }, { n: 2 }] })],
    [json({ of: [{ n: 1 }, { n: 2 }, { n: 3 }] }), json({ of: [{ n: 1 }] })],
  ]),
  row('one more member that is lost', [
    [json({ v: 1 }), json({})],
    [json({ v: 1, w: 1 }), json({})],
  ]),
  row('another value of a member that is lost', [
    [json({ meta: { a: 1 } }), json({})],
    [json({ meta: { balance: 30 } }), json({})],
  ]),
  row('another value of an extra member', [
    [json({}), json({ meta: { a: 1 } })],
    [json({}), json({ meta: { a: 2 } })],
  ]),
  row('another end of a long member that is lost', [
    [json({ note: `${long}1` }), json({})],
    [json({ note: `${long}2` }), json({})],
  ]),
  row('another value of a member that took the place of another one', [
    [json({ old: 1 }), json({ fresh: 'x' })],
    [json({ old: 1 }), json({ fresh: 'y' })],
  ]),
  row('another value of a header that is lost', [
    [head('content-language', 'de'), head('content-language', null)],
    [head('content-language', 'fr'), head('content-language', null)],
  ]),
  row(
    'the same members lost',
    [
      [json({ meta: { a: 1 }, v: 1 }), json({ v: 1 })],
      [json({ meta: { a: 1 }, v: 2 }), json({ v: 2 })],
    ],
    { outcome: 'accepted' },
  ),
  ...[
    [404, 500],
    [404, 200],
    [200, 403],
    [200, 201],
    [422, 400],
  ].map(([before, now]) =>
    row(`the same words with ${now} instead of ${before} on both sides`, [
      [error(one, {}, before), error(two, {}, before)],
      [error(one, {}, now), error(two, {}, now)],
    ]),
  ),
  row('another status', [
    [json({}), json({}, 400)],
    [json({}), json({}, 422)],
  ]),
  row('a status where only a value differed', [
    [json({ v: 1 }), json({ v: 2 })],
    [json({ v: 1 }), json({}, 500)],
  ]),
  row('a lost error code beside other words', [
    [error(one), error(two)],
    [error(one, { code: 'E1' }), error(two)],
  ]),
  row('a shorter list beside other words', [
    [error(one, { of: [1, 2] }), error(two, { of: [1, 2] })],
    [error(one, { of: [1, 2] }), error(two, { of: [1] })],
  ]),
  row('a number in place of other words', [
    [error(one), error(two)],
    [error(one), json({ error: { message: 12 } }, 404)],
  ]),
  row('another value of a header', [
    [head('cache-control', 'max-age=1'), head('cache-control', 'max-age=2')],
    [head('cache-control', 'max-age=1'), head('cache-control', 'no-store')],
  ]),
  row('one more attribute that a cookie loses', [
    [head('set-cookie', 'a=1; Secure; HttpOnly'), head('set-cookie', 'a=1; Secure')],
    [head('set-cookie', 'a=1; Secure; HttpOnly'), head('set-cookie', 'a=1')],
  ]),
  row('an entity tag that is lost where it was weak', [
    [head('etag', '"a"'), head('etag', 'W/"a"')],
    [head('etag', '"a"'), head('etag', null)],
  ]),
  {
    what: 'a lost member beside renamed keys',
    accepted: [cased(1), cased(2)],
    later: [cased(1), [json({ n: 2, user_id: 2, last_seen: 2 }), json({ n: 2, userId: 2 })]],
  },
];

let [phase, report]: [keyof Pick<Row, 'accepted' | 'later'>, ReturnType<typeof newestReport> | null] = [
  'accepted',
  null,
];

beforeAll(async () => {
  const side = (at: 0 | 1) =>
    started(({ path }) => {
      const [, number = '', index = ''] = /^\/r(\d+)x\/v(\d+)$/.exec(path) ?? [];
      return rows[Number(number)]?.[phase][Number(index)]?.[at] ?? [404, '{}'];
    });
  const [a, b] = [await side(0), await side(1)];
  const cases = (all: Row, at: number) =>
    all.accepted.map((_, index) => ({ id: `v${index}`, safe: true, request: { path: `/r${at}x/v${index}` } }));
  const suites = rows.map((all, at) => [
    `cases/r${at}.json`,
    JSON.stringify({ suite: `r${at}`, cases: cases(all, at) }),
  ]);
  const cwd = await folder(Object.fromEntries(suites));
  const tracker = ['--tracker', 'T.md'];
  const run = ['run', '--target', `a=${a.url}`, '--target', `b=${b.url}`, '--noise', '0', ...tracker];
  expect((await parity(run, { cwd })).exitCode).toBe(1);
  for (const { id } of newestReport(cwd).findings)
    await parity(['tracker', 'accept', id, '--reason', 'agreed', ...tracker], { cwd });
  expect((await parity(run, { cwd })).exitCode).toBe(0);
  phase = 'later';
  await parity(run, { cwd });
  report = newestReport(cwd);
  for (const { close } of [a, b]) close();
}, 120_000);

describe('an acceptance of what two sides answered', () => {
  it.each(rows.map(({ what, outcome = 'divergent' }, at) => [what, outcome, at] as const))(
    'leaves a case with %s %s',
    (_, outcome, at) => {
      const outcomes = report!.cases.filter(({ id }) => id.startsWith(`r${at}/`)).map((all) => all.outcome);
      expect(outcomes.at(-1)).toBe(outcome);
    },
  );
});
