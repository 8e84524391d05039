import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { wholeTracker } from '../whole-tracker.ts';
import { folder, newestReport, parity } from './command.ts';
import { serving } from './service.ts';

/** Two targets, one case of `GET /a`, and runs that keep one tracker; the candidate answers what `go` says at the moment. */
async function project(body: string, etag = '"a"', type = 'application/json') {
  const [rust, go] = [
    { status: 200, body, etag },
    { status: 200, body, etag },
  ];
  const [first, second] = [rust, go].map((side) =>
    serving(() => [side.status, side.body, { ...(side.etag === '' ? {} : { etag: side.etag }), 'content-type': type }]),
  );
  const cwd = await folder({ 'cases/a.yaml': 'cases:\n  - { id: a, request: { method: GET, path: /a } }\n' });
  const urls = [(await first!).url, (await second!).url];
  const run = async (config: string, ...flags: string[]) => {
    writeFileSync(join(cwd, 'parity.yaml'), config || '{}');
    const targets = ['--target', `rust=${urls[0]}`, '--target', `go=${urls[1]}`];
    return parity(['run', ...targets, '--tracker', 'T.md', ...flags], { cwd });
  };
  const rows = () =>
    wholeTracker(join(cwd, 'T.md'))
      .split('\n')
      .filter((line) => line.startsWith('| P-'));
  const notes = () => newestReport(cwd).notes.filter((note) => note.startsWith('P-'));
  return { rust, go, urls, run, rows, notes };
}

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Two targets that say at `/a`, `/b` and so on (a number would be taken for an id) what `said` holds at the moment, and one tracker. */
async function routes(count: number) {
  const said: (readonly Answer[])[] = [];
  const pathAt = (at: number) => `/${String.fromCharCode(97 + at)}`;
  const says = (side: 0 | 1) =>
    serving(({ path }) => {
      const { status, body, headers = {} } = said[path.charCodeAt(1) - 97]![side]!;
      return [status, body, headers];
    });
  const targets = ['--target', `rust=${(await says(0)).url}`, '--target', `go=${(await says(1)).url}`];
  const cases = Array.from({ length: count }, (_, at) => `  - { id: c${at}, request: { path: ${pathAt(at)} } }\n`);
  const cwd = await folder({ 'cases/a.yaml': `cases:\n${cases.join('')}` });
  const rowAt = (at: number) => {
    const lines = wholeTracker(join(cwd, 'T.md')).split('\n');
    const own = lines.filter((line) => line.includes(` GET ${pathAt(at)} `));
    // A header is one row for all routes.
    const [id, state, ...others] = (
      own.length > 0 ? own : lines.filter((line) => line.includes(' at header '))
    ).flatMap((line) => line.slice(2).split(' | ').slice(0, 2));
    expect(others).toEqual([]);
    return { id: id ?? '', state };
  };
  return {
    said,
    run: () => parity(['run', ...targets, '--tracker', 'T.md', '--fail-on', 'never'], { cwd }),
    rowAt,
    /** What the one note that names the row says of it. */
    noteOf: (id: string) => {
      const [note, ...others] = newestReport(cwd).notes.filter((text) => text.startsWith('P-') && text.includes(id));
      expect(others).toEqual([]);
      return note?.replace(/^[^a-z]*( and)? (is|are|was|were) /, '');
    },
  };
}

const states = (rows: readonly string[]) => rows.map((row) => row.split(' | ')[1]);

it.each([
  ['a level that compares no bodies', '', ['--level', 'status'], 'level status does not compare bodies'],
  [
    'a rule that leaves the place out',
    'compare: { ignore: [{ pointer: /x, keep: nothing }] }',
    [],
    'the rule ignore /x leaves its place out',
  ],
  [
    'a rule above the place',
    'compare: { ignore: [{ pointer: "", keep: nothing }] }',
    [],
    'the rule ignore (the whole body) leaves its place out',
  ],
])('a row stays open under %s', async (_why, config, flags, reason) => {
  const { go, run, rows, notes } = await project('{"x":[]}');
  go.body = '{"x":null}';
  await run('');
  const [id] = /P-\w+/.exec(rows()[0]!)!;
  const before = rows();
  expect((await run(config, ...flags)).exitCode).toBe(0);
  expect([rows(), notes()]).toEqual([before, [`${id} was not judged: ${reason}.`]]);
  go.body = '{"x":[]}';
  // A level below it closes the row if the cases hold all of it; a rule hides the place whatever is there.
  await run(config, ...flags);
  expect(states(rows())).toEqual([config === '' ? '_fixed_' : '_open_']);
  await run('');
  expect(states(rows())).toEqual(['_fixed_']);
});

it.each([
  ['a level', '', ['--level', 'shape'], 'level shape does not compare values'],
  [
    'a rule that keeps the type',
    'compare: { ignore: [{ pointer: /x }] }',
    [],
    'the rule ignore /x leaves its place out',
  ],
  [
    'a tolerance',
    'compare: { tolerance: [{ pointer: /x, absolute: 5 }] }',
    [],
    'the rule tolerance /x leaves its place out',
  ],
])(
  'a row about a value stays open under %s, and says that it is about a value',
  async (_why, config, flags, reason) => {
    const { go, run, rows, notes } = await project('{"x":1}');
    go.body = '{"x":2}';
    await run('');
    expect(rows()[0]).toMatch(/ \| 1 <!-- cases: \w{6}:2:\w{4}; value; in \w{5}(?:; [^>]*)? --> \| /);
    const before = rows();
    await run(config, ...flags);
    expect([rows(), notes()]).toEqual([before, [expect.stringContaining(reason)]]);
  },
);

it('a row about the type of a value closes under a rule that keeps the type', async () => {
  const { go, run, rows } = await project('{"x":1}');
  go.body = '{"x":"1"}';
  await run('');
  go.body = '{"x":3}';
  await run('compare: { ignore: [{ pointer: /x }] }');
  expect(states(rows())).toEqual(['_fixed_']);
});

it('a row stays open where both sides differ at its place from answer to answer', async () => {
  const { rust, go, run, rows, notes } = await project('{"x":1}');
  go.body = '{"x":2}';
  await run('');
  const before = rows();
  for (const [side, from] of [
    [rust, 100],
    [go, 500],
  ] as const) {
    const values = Array.from({ length: 100 }, (_, at) => `{"x":${from + at}}`);
    Object.defineProperty(side, 'body', { get: () => values.shift() });
  }
  expect((await run('', '--noise', '2')).exitCode).toBe(0);
  const why =
    'was not judged: its place differs from answer to answer on both sides; if that is as it should be, write fixed under Status.';
  expect([rows(), notes()]).toEqual([before, [expect.stringContaining(why)]]);
});

it('a row about a place in an XML body stays open under a rule for that place', async () => {
  const { go, run, rows, notes } = await project('<a><b>1</b><c>1</c></a>', '"a"', 'text/xml');
  go.body = '<a><b>1</b><c>2</c></a>';
  await run('');
  expect(rows()[0]).toContain('unexplained at `/a/c`');
  const before = rows();
  expect((await run('compare: { ignore: [{ pointer: /a/c }] }')).exitCode).toBe(0);
  expect([rows(), notes()]).toEqual([before, [expect.stringContaining('the rule ignore /a/c leaves its place out')]]);
});

it('a row about a place in an XML body closes only where the reference has that place again', async () => {
  const list = (...items: string[]) => `<a>${items.map((item) => `<i><t>${item}</t></i>`).join('')}</a>`;
  const { rust, go, run, rows } = await project(list('1', '2'), '"a"', 'text/xml');
  go.body = list('1', '3');
  await run('');
  rust.body = go.body = '<a><other/></a>';
  await run('');
  expect(states(rows())).toEqual(['_open_']);
  rust.body = go.body = list('2');
  await run('');
  expect(states(rows())).toEqual(['_fixed_']);
});

it('a row about a body stays open where one side now fails, and closes where both say the same again', async () => {
  const { rust, go, run, rows, notes } = await project('{"x":[]}');
  go.body = '{"x":null}';
  await run('');
  const [id] = /P-\w+/.exec(rows()[0]!)!;
  Object.assign(go, { status: 500, body: rust.body });
  await run('');
  expect(states(rows())).toEqual(['_open_', '_open_']);
  expect(notes()).toContain(`${id} was not judged: its cases end in another status now.`);
  Object.assign(go, { status: 201, body: '{"x":null}' });
  await run('');
  expect(notes()).toContain(`${id} was not judged: its cases end in another status now.`);
  go.body = rust.body;
  await run('');
  expect(states(rows().filter((row) => row.includes(id)))).toEqual(['_fixed_']);
});

const otherwise = 'the reference answers its cases with 4xx now, not with 2xx';
const gone = 'no answer to its route has anything left at its place';

type Situation = readonly [
  now: string,
  before: string | Partial<Answer>,
  other: string | Partial<Answer>,
  says: Partial<Answer>,
  why: string | null,
];

const answerOf = (said: string | Partial<Answer>): Answer => ({
  status: 200,
  body: '{}',
  ...(typeof said === 'string' ? { body: said } : said),
});
const text = (body: string): Partial<Answer> => ({ body, headers: { 'content-type': 'text/plain' } });
const cached = (value: string): Partial<Answer> => ({ headers: { 'cache-control': value } });

/** What both sides say now, of a row made where they differed. A route to each, so that three runs judge them all. */
const situations: readonly Situation[] = [
  ['lack the header', cached('no-store'), cached('max-age=5'), {}, gone],
  ['say that nothing is found', '{"x":[]}', '{"x":null}', { status: 404, body: '{"error":"none"}' }, otherwise],
  ['refuse the request', '{"x":[]}', '{"x":null}', { status: 401 }, otherwise],
  ['have an empty list', '{"all":[{"n":1}]}', '{"all":[{"n":"1"}]}', { body: '{"all":[]}' }, gone],
  ['have an empty list of numbers', '{"all":[1]}', '{"all":["1"]}', { body: '{"all":[]}' }, gone],
  ['have an empty list, of which one lacked an item', '{"all":[1,2]}', '{"all":[1]}', { body: '{"all":[]}' }, gone],
  ['have a list that one side alone had filled', '{"all":[]}', '{"all":[1]}', { body: '{"all":[ ]}' }, null],
  ['have an empty list whose order differed', '{"all":[1,2]}', '{"all":[2,1]}', { body: '{"all":[]}' }, gone],
  ['say one number, of lines', '{"n":1}\n{"n":1}', '{"n":1}\n{"n":"1"}', { body: '{"n":1}' }, null],
  ['have no object', '{"x":{"n":1}}', '{"x":{"n":"1"}}', { body: '{"x":null}' }, gone],
  ['have no such object', '{"x":{"n":1}}', '{"x":{"n":"1"}}', { body: '{}' }, gone],
  ['answer nothing', '{"x":1}', '{"x":"1"}', { body: '' }, gone],
  ['have other items', '{"all":[{"n":1}]}', '{"all":[{"n":"1"}]}', { body: '{"all":[{"m":3}]}' }, gone],
  ['lack the member', '{"x":1,"y":1}', '{"x":"1","y":1}', { body: '{"y":1}' }, gone],
  ['answer with another success', '{"x":[]}', '{"x":null}', { status: 201 }, null],
  ['no longer answer in JSON', '{"x":1}', '{"x":"1"}', { body: 'up' }, gone],
  ['lack the member whose values differed', '{"x":1,"y":1}', '{"x":2,"y":1}', { body: '{"y":1}' }, gone],
  ['say null where values differed', '{"x":"a"}', '{"x":"b"}', { body: '{"x":null}' }, gone],
  ['have items whose values differed in less', '[{"n":1,"m":1}]', '[{"n":2,"m":1}]', { body: '[{"m":1}]' }, gone],
  ['have other values at the place', '{"x":"a"}', '{"x":"b"}', { body: '{"x":"c"}' }, null],
  ['say null, as one side did', '{"x":"a"}', '{"x":null}', { body: '{"x":null}' }, null],
  ['lack what one side said null for', '{"x":"a"}', '{"x":null}', { body: '{}' }, gone],
  ['lack what one side lacked', '{"x":"a","y":1}', '{"y":1}', { body: '{"y":1}' }, null],
  ['have what one side lacked', '{"y":1}', '{"x":"a","y":1}', { body: '{"x":"a","y":1}' }, null],
  ['have what one side lacked, as null', '{"x":"a","y":1}', '{"y":1}', { body: '{"x":null,"y":1}' }, null],
  ['send an empty text', text('up'), text('down'), text(''), gone],
  ['send another text', text('up'), text('down'), text('maybe'), null],
  ['send the empty text that one side sent', text('up'), text(''), text(''), null],
  ['have a header of another value', cached('no-store'), cached('max-age=5'), cached('max-age=7'), null],
];

/** A note tells of at most five rows by name. */
const fives = [0, 5, 10, 15, 20, 25].map((first) => situations.slice(first, first + 5));

it.each(fives.map((five) => [five.map(([now]) => now).join('; '), five] as const))(
  'of a row whose sides both now say something else nothing is closed unseen: %s',
  async (_titles, five) => {
    const { said, run, rowAt, noteOf } = await routes(five.length);
    const say = (of: (situation: Situation) => readonly (string | Partial<Answer>)[]) =>
      five.forEach((situation, at) => {
        said[at] = of(situation).map(answerOf);
      });
    const rows = () => five.map((_, at) => rowAt(at));
    const states = () => rows().map(({ state }) => state);
    say(([, before, other]) => [before, other]);
    await run();
    expect(states()).toEqual(five.map(() => '_open_'));
    say(([, before, , now]) => [now, now].map((one) => ({ ...answerOf(before), headers: {}, ...one })));
    await run();
    expect(rows().map(({ id, state }) => [state, noteOf(id)])).toEqual(
      five.map(([, , , , why]) =>
        why === null
          ? ['_fixed_', 'fixed: no case shows it any more.']
          : ['_open_', `not judged: ${why}; if that is as it should be, write fixed under Status.`],
      ),
    );
    say(([, before]) => [before, before]);
    await run();
    expect(states()).toEqual(five.map(() => '_fixed_'));
  },
);

/** Cases by their ids, each of a route of its own; all but the last ask for something else where the kind is another. */
const asking = (kind: string): Record<string, object> => ({
  a: { request: { path: `/a?x=${kind}` } },
  b: { request: { path: `/b/${kind === 'bad' ? 1 : 2}` } },
  c: { safe: true, request: { method: 'POST', path: '/c', json: { k: kind } } },
  d: { request: { path: '/d', headers: kind === 'bad' ? { 'x-k': kind } : {} } },
  e: { request: { path: '/e' }, before: [{ request: { path: `/before?x=${kind}` } }] },
  f: { steps: [{ request: { path: '/f?x=1' } }, { request: { path: `/f?x=${kind}` } }] },
  g: { request: { path: '/g?x={{k}}' }, values: { k: kind } },
  h: {
    request: { path: '/h?x={{k}}' },
    with: kind === 'bad' ? [{ k: 'good' }, { k: kind }] : [{ k: 'zero' }, { k: 'good' }],
  },
  i: { request: { path: '/i?x={{token}}', headers: { 'x-k': 'bad' } }, values: { token: `\${TOKEN}` } },
});

const suiteOf = (cases: Record<string, object>) =>
  JSON.stringify({ cases: Object.entries(cases).map(([id, one]) => ({ id, ...one })) });

it('of a row whose case asks otherwise now nothing is closed', async () => {
  let [isOn, isMended] = [false, false];
  const says = (side: 0 | 1) =>
    serving(({ path, body, headers }) => {
      if (path.startsWith('/before')) isOn = path.includes('bad');
      const isBad = /bad|\/b\/1/.test(`${path} ${body} ${headers['x-k']}`) || (path === '/e' && isOn);
      return [200, JSON.stringify({ x: isBad && side === 1 && !isMended ? 2 : 1 })];
    });
  const targets = ['--target', `rust=${(await says(0)).url}`, '--target', `go=${(await says(1)).url}`];
  const cwd = await folder({ 'cases/a.yaml': suiteOf(asking('bad')) });
  const run = async (kind: string, token: string) => {
    writeFileSync(join(cwd, 'cases/a.yaml'), suiteOf(asking(kind)));
    await parity(['run', ...targets, '--tracker', 'T.md', '--fail-on', 'never'], { cwd, env: { TOKEN: token } });
    return wholeTracker(join(cwd, 'T.md'))
      .split('\n')
      .filter((line) => line.startsWith('| P-'));
  };
  const opened = await run('bad', 'token-one');
  expect(states(opened)).toEqual(Array(9).fill('_open_'));
  expect(opened.join()).not.toMatch(/token|bad-/);
  const edited = await run('good', 'token-one');
  expect(states(edited)).toEqual(Array(9).fill('_open_'));
  expect(newestReport(cwd).notes.join('\n')).toContain(
    'and 3 more were not judged: 1 of its cases asks otherwise now than when it was shown; if that is as it should be,',
  );
  isMended = true;
  // What comes from the environment is another on each machine.
  expect(states(await run('bad', 'another-token'))).toEqual(Array(9).fill('_fixed_'));
});

it('of a row about the keys of a whole API nothing is closed over empty lists', async () => {
  const { rust, go, run, rows, notes } = await project('{"all":[{"a_b":1}]}');
  go.body = '{"all":[{"aB":1}]}';
  await run('');
  expect(rows()[0]).toContain(' key-casing at `/`');
  for (const side of [rust, go]) side.body = '{"all":[]}';
  await run('');
  expect([states(rows()), notes()]).toEqual([['_open_'], [expect.stringContaining(gone)]]);
  for (const side of [rust, go]) side.body = '{"all":[{"a_b":1}]}';
  await run('');
  expect(states(rows())).toEqual(['_fixed_']);
});

it.each([
  [
    'the order of members',
    '{"a":[{"n":1,"m":2}]}',
    '{"a":[{"m":2,"n":1}]}',
    'application/json',
    'compare: { level: wire }',
  ],
  ['a single line of JSON', '{"n":1}\n', '{"n":"1"}\n', 'application/x-ndjson', ''],
])('a row about %s closes once both say the same', async (_what, body, other, type, config) => {
  const { rust, go, run, rows } = await project(body, '"a"', type);
  const open: (string | undefined)[] = [];
  for (const said of [other, rust.body]) {
    go.body = said;
    await run(config);
    open.push(...states(rows()));
  }
  expect(open).toEqual(['_open_', '_fixed_']);
});

it('a row about faults closes once there are none, whatever is said instead', async () => {
  const { rust, go, run, rows } = await project('{"error":{"code":1}}');
  for (const side of [rust, go]) side.status = 500;
  go.body = '{"error":{"code":2}}';
  await run('');
  expect(states(rows())).toEqual(['_open_']);
  for (const side of [rust, go]) Object.assign(side, { status: 200, body: '{"ok":true}' });
  await run('');
  expect(states(rows())).toEqual(['_fixed_']);
});

it('a row stays open where the reference alone has lost what it is about', async () => {
  const { rust, run, go, rows } = await project('{"all":[{"n":1}]}');
  go.body = '{"all":[{"n":"1"}]}';
  await run('');
  const [id] = /P-\w+/.exec(rows()[0]!)!;
  rust.body = '{"all":[]}';
  await run('');
  expect(states(rows().filter((row) => row.includes(id)))).toEqual(['_open_']);
});

it('a row about a header needs the header compared', async () => {
  const { go, run, rows, notes } = await project('{}');
  go.etag = 'W/"a"';
  await run('compare: { headers: [etag] }');
  expect(rows()[0]).toContain('at header `etag`');
  await run('compare: { headers: [content-type] }');
  expect([states(rows()), notes()]).toEqual([['_open_'], [expect.stringContaining('header etag is not compared')]]);
  go.etag = '"a"';
  await run('compare: { headers: [etag] }', '--level', 'status');
  expect(states(rows())).toEqual(['_fixed_']);
});

it('a row about a header that one side lacks closes once both lack it', async () => {
  const { rust, go, run, rows } = await project('{}');
  go.etag = '';
  await run('compare: { headers: [etag] }');
  expect([states(rows()), rows()[0]]).toEqual([['_open_'], expect.stringContaining('at header `etag`')]);
  rust.etag = '';
  await run('compare: { headers: [etag] }');
  expect(states(rows())).toEqual(['_fixed_']);
});

it('a self-check leaves the tracker alone', async () => {
  const { go, urls, run, rows } = await project('{"x":[]}');
  go.body = '{"x":null}';
  await run('');
  const before = rows();
  urls[1] = urls[0]!;
  const ended = await run('', '--self-check');
  expect([ended.exitCode, rows()]).toEqual([0, before]);
  expect(ended.stdout).toContain('The tracker was left alone: what --self-check compares says nothing about its rows.');
});
