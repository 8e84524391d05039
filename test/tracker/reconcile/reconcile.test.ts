import { describe, expect, it } from 'vitest';
import { type CompareOptions, defaultCompare, type IgnoreRule } from '../../../src/config/rules.ts';
import type { Finding } from '../../../src/findings/finding.ts';
import { spliceTracker } from '../../../src/tracker/markdown/splice.ts';
import { readTracker } from '../../../src/tracker/markdown/table.ts';
import { reconcile, type TrackerPlan } from '../../../src/tracker/reconcile/reconcile.ts';
import type { ReconcileInput } from '../../../src/tracker/reconcile/row-plan.ts';
import type { ObservationScope } from '../../../src/tracker/rows/observation-scope.ts';
import { caseHash } from '../../../src/tracker/rows/row-cases.ts';
import { emptyTracker } from '../../../src/tracker/update.ts';
import { casesOf, finding, library, cases as ownIds, route, run, sight, twoCases } from '../sample.ts';

const id = 'P-3F2A9C1D';
const options = (overrides: Partial<CompareOptions>): CompareOptions => ({ ...defaultCompare, ...overrides });
const rule = (pointer: string): IgnoreRule => ({ pointer, keep: 'nothing', reason: null });

function step(text: string, input: ReconcileInput): { text: string; plan: TrackerPlan; rows: string[] } {
  const table = readTracker(text, 'T.md');
  const plan = reconcile(table.rows, input);
  const next = spliceTracker(text, table, plan.edits);
  return { text: next, plan, rows: next.split('\n').filter((line) => line.startsWith('| P-')) };
}

function tracker(...rows: string[]): string {
  const head =
    '| ID | Status | Divergence | Route | Reference | Candidate | Cases | First seen | Last seen | Decision |\n|---|---|---|---|---|---|---|---|---|---|';
  return `<!-- parity:tracker -->\n\n${[head, ...rows].join('\n')}\n`;
}

interface Written {
  status?: string;
  route?: string;
  reference?: string;
  candidate?: string;
  cases?: string;
  lastSeen?: string;
  decision?: string;
}

function row(written: Written = {}, rowId = id): string {
  const { status = '_open_', candidate = 'go: `2`', reference = 'rust: `1`', cases = '2' } = written;
  const { lastSeen = '2026-05-02', decision = 'we know' } = written;
  return `| ${rowId} | ${status} | x at \`/\` | ${written.route ?? route} | ${reference} | ${candidate} | ${cases} | 2026-05-02 | ${lastSeen} | ${decision} |`;
}

describe('a finding becomes a row', () => {
  const cells = (overrides: Partial<Finding>): string[] =>
    step(emptyTracker(), run([finding(id, overrides)]))
      .rows[0]!.split(/(?<!\\)\|/)
      .map((cell) => cell.trim());

  it('as the contract shows it', () => {
    const example = { case: 'a', reference: '{"Schema":{…}}', candidate: '{"Kind":"schema",…}' };
    const { rows, plan } = step(
      emptyTracker(),
      run([finding(id, { example, title: 'an enum is tagged in two ways' })]),
    );
    expect(rows).toEqual([
      '| P-3F2A9C1D | _open_ | | enum-external-vs-flat at `/`: an enum is tagged in two ways | POST /v1/validate | rust: `{"Schema":{…}}` | go: `{"Kind":"schema",…}` | 2 <!-- cases: ektk51 wimz7o --> | 2026-11-21 | 2026-11-21 |',
    ]);
    expect(plan).toMatchObject({ added: [id], changed: [], notes: [] });
    expect(plan.states.get(id)).toEqual({ state: 'new', decision: null });
  });

  it.each([
    ['a pointer', { pointer: '/a|b/*' }, 'enum-external-vs-flat at `/a\\|b/*`'],
    ['a header', { facet: 'headers', pointer: '/content-type' }, 'enum-external-vs-flat at header `content-type`'],
    ['all headers', { facet: 'headers', pointer: '' }, 'enum-external-vs-flat at headers'],
    ['the status', { facet: 'status', pointer: '' }, 'enum-external-vs-flat at status'],
    ['the transport', { facet: 'transport', pointer: '' }, 'enum-external-vs-flat at transport'],
  ] as const)('with its place: %s', (_why, overrides, divergence) => {
    expect(cells(overrides)[4]).toBe(divergence);
  });

  it.each([
    ['nothing on one side', null, 'go: absent'],
    ['an empty text', '', 'go: empty'],
    ['eighty characters fit', 'x'.repeat(80), `go: \`${'x'.repeat(80)}\``],
    ['one more does not', 'x'.repeat(81), `go: \`${'x'.repeat(79)}…\``],
    ['no pair is cut in the middle', '👍'.repeat(90), `go: \`${'👍'.repeat(79)}…\``],
    ['hostile text is inert', '<img src=x>\n| @team `x`', 'go: `` <img src=x>\\n\\| @team `x` ``'],
  ])('with an excerpt: %s', (_why, candidate, cell) => {
    expect(cells({ example: { case: 'a', reference: '1', candidate } })[7]).toBe(cell);
  });

  it('with a hostile route and name kept inert', () => {
    const found = cells({ route: 'GET /<!-- @team', candidate: 'go' });
    expect(found[5]).toBe('`GET /<!-- @team`');
  });
});

describe('a row of the whole server', () => {
  it.each([
    ['every case of the library ran', ['go'], '_fixed_'],
    ['a case of any route did not run', [], '_open_'],
  ])('is fixed only if %s', (_why, conclusive, status) => {
    const opened = step(emptyTracker(), run([finding(id, { route: '*' })], { today: '2026-01-01' }));
    const all = [
      ...library(2),
      {
        hash: caseHash('storage/other'),
        asked: '',
        routes: ['GET /other'],
        statuses: '2',
        scopes: conclusive.map((name) => sight(name)),
      },
    ];
    expect(step(opened.text, run([], { today: '2026-01-02', library: all })).rows.join()).toContain(status);
  });
});

describe('the life of a row', () => {
  it('opens, stays, is fixed, comes back, is accepted, goes', () => {
    const seen = [finding(id)];
    const opened = step(emptyTracker(), run(seen, { today: '2026-01-01' }));
    const kept = step(opened.text, run(seen, { today: '2026-01-02' }));
    const fixed = step(kept.text, run([], { today: '2026-01-03' }));
    const quiet = step(fixed.text, run([], { today: '2026-01-04' }));
    const again = step(quiet.text, run(seen, { today: '2026-01-05' }));
    const still = step(again.text, run(seen, { today: '2026-01-06' }));
    const byHand = still.text.replace('_reopened_', 'accepted').replace('accepted | |', 'accepted | by design |');
    const accepted = step(byHand, run(seen, { today: '2026-01-07' }));
    const gone = step(accepted.text, run([], { today: '2026-01-08' }));
    const pin = ' <!-- accepted: enum-external-vs-flat; law -->';
    const line = (status: string, last: string, decision = ''): string =>
      `| ${id} | ${status} | ${decision}| enum-external-vs-flat at \`/\`${decision === '' ? '' : pin} | ${route} | rust: \`{"Schema":{}}\` | go: \`{"Kind":"schema"}\` | ${twoCases} | 2026-01-01 | ${last} |`;
    expect([opened, kept, fixed, quiet, again, still, accepted, gone].map(({ rows }) => rows)).toEqual([
      [line('_open_', '2026-01-01')],
      [line('_open_', '2026-01-02')],
      [line('_fixed_', '2026-01-02')],
      [line('_fixed_', '2026-01-02')],
      [line('_reopened_', '2026-01-05')],
      [line('_reopened_', '2026-01-06')],
      [line('accepted', '2026-01-07', 'by design ')],
      [line('accepted', '2026-01-07', 'by design ')],
    ]);
    expect(
      [opened, kept, fixed, quiet, again, still, accepted, gone].map(({ plan }) => plan.states.get(id)?.state),
    ).toEqual(['new', 'open', 'fixed', undefined, 'reopened', 'reopened', 'accepted', undefined]);
    expect(accepted.plan.states.get(id)?.decision).toBe('by design');
    expect(gone.plan.notes).toEqual([`${id} is accepted but gone: no case shows it any more.`]);
  });
});

describe('a row whose finding is not there', () => {
  it.each<[string, Written, Partial<ReconcileInput>, string]>([
    ['every case ran: fixed', {}, {}, '_fixed_'],
    ['reopened, every case ran: fixed', { status: '_reopened_' }, {}, '_fixed_'],
    ['bare status, every case ran: fixed', { status: 'open' }, {}, '_fixed_'],
    ['nothing selected', {}, { library: library(2, []) }, '_open_'],
    ['one case was filtered away', {}, { library: [...library(2), ...library(1, [])] }, '_open_'],
    ['the cases ran on another candidate only', {}, { library: library(2, ['zig']) }, '_open_'],
    ['the library lost a case', { cases: '3' }, {}, '_open_'],
    ['the library has no case of the route', { route: 'GET /gone' }, {}, '_open_'],
    ['the library is empty', {}, { library: [] }, '_open_'],
    ['a candidate that is not in this run', { candidate: 'zig: `2`' }, { candidates: ['go'] }, '_open_'],
    ['measured against another reference', { reference: 'java: `1`' }, {}, '_open_'],
    ['accepted stays', { status: '_accepted_' }, {}, '_accepted_'],
    ['fixed stays', { status: '_fixed_' }, {}, '_fixed_'],
    ['a status of people stays', { status: 'wontfix' }, {}, 'wontfix'],
    ['no candidate to be read', { candidate: '`2`' }, {}, '_open_'],
    ['no route to be read', { route: '' }, {}, '_open_'],
    ['no number of cases to be read', { cases: 'many' }, {}, '_open_'],
  ])('%s', (_why, written, overrides, status) => {
    const { rows, plan } = step(tracker(row(written)), run([], overrides));
    expect(rows).toEqual([row({ ...written, status })]);
    expect(plan.changed).toEqual(status === (written.status ?? '_open_') ? [] : [id]);
  });

  it('is not closed by as many other cases: its own must have run', () => {
    const swapped = [library(2)[0]!, { ...library(2)[1]!, hash: caseHash('validate/another') }];
    const { rows, plan } = step(tracker(row({ cases: twoCases })), run([], { library: swapped }));
    expect(rows).toEqual([row({ cases: twoCases })]);
    expect(plan.notes).toEqual([
      `${id} is not shown any more, but 1 of its cases is not in the library: bring them back, or write fixed under Status.`,
    ]);
    expect(step(tracker(row({ cases: twoCases })), run([], { library: library(5) })).plan.changed).toEqual([id]);
  });

  it('with more cases than it lists needs those it lists, and as many as it has', () => {
    const many = Array.from({ length: 500 }, (_, at) => ({
      hash: caseHash(`m/${at}`),
      asked: '',
      routes: [route],
      statuses: '2',
      scopes: [sight('go')],
    }));
    const opened = step(emptyTracker(), run([finding(id, { cases: many.map((_, at) => `m/${at}`) })]));
    expect(opened.rows.join().length).toBeLessThan(600);
    expect(step(opened.text, run([], { library: many.slice(1) })).plan.changed).toEqual([]);
    const others = many.map((one, at) => ({ ...one, hash: caseHash(`n/m/${at}`) }));
    expect(step(opened.text, run([], { library: others })).plan.notes.join()).toContain('40 of its cases are not');
    expect(step(opened.text, run([], { library: many })).plan.changed).toEqual([id]);
  });

  it.each<[string, string, Partial<ObservationScope>, string | null]>([
    [
      'a level below it',
      '/a',
      { upTo: 'status', options: options({ level: 'status' }) },
      'level status does not compare bodies',
    ],
    ['a level below it, all of it held', '/a', { options: options({ level: 'status' }) }, null],
    [
      'a rule at its place',
      '/a/*/b',
      { options: options({ ignore: [rule('/a/*/b')] }) },
      'the rule ignore /a/*/b leaves',
    ],
    [
      'a rule about one item',
      '/a/*/b',
      { options: options({ ignore: [rule('/a/0')] }) },
      'the rule ignore /a/0 leaves',
    ],
    [
      'a rule of any depth',
      '/a/x/b',
      { options: options({ ignore: [rule('/**/b')] }) },
      'the rule ignore /**/b leaves',
    ],
    ['a rule below its place', '/a', { options: options({ ignore: [rule('/a/b')] }) }, null],
    ['a rule beside its place', '/a/b', { options: options({ ignore: [rule('/a/c'), rule('/a/b/c')] }) }, null],
    ['a rule that keeps the type', '/a', { options: options({ ignore: [{ ...rule('/a'), keep: 'type' }] }) }, null],
    ['noise, which has a shape', '/a', { noise: [{ facet: 'body', pointer: '/a', what: 'value' }] }, null],
    ['a rule below its place', '', { options: options({ ignore: [rule('/a/b')] }) }, null],
    ['another status', '/a', { apart: true }, 'its cases end in another status now'],
    ['another status, though it is about no body', 'status', { apart: true }, null],
    ['more than is told apart', '/a', { upTo: null }, 'its cases are compared in too many different ways'],
  ])('is judged where cases looked at its place: %s', (_why, pointer, overrides, why) => {
    const opened = step(emptyTracker(), run([finding(id, { pointer })]));
    const seen = library(3).map((one, at) => ({ ...one, scopes: [sight('go', at === 1 ? overrides : {})] }));
    const { plan } = step(opened.text, run([], { library: seen }));
    expect(plan.changed).toEqual(why === null ? [id] : []);
    expect(plan.notes).toEqual([
      why === null
        ? `${id} is fixed: no case shows it any more.`
        : expect.stringContaining(`${id} was not judged: ${why}`),
    ]);
    // A case that never showed it need not look; of a row that lists no case all must.
    const others = library(3).map((one, at) => ({ ...one, scopes: [sight('go', at === 2 ? overrides : {})] }));
    expect(step(opened.text, run([], { library: others })).plan.changed).toEqual([id]);
    const unlisted = opened.text.replace(/ <!-- cases: [^>]*-->/, '');
    expect(step(unlisted, run([], { library: others })).plan.changed).toEqual(why === null ? [id] : []);
  });

  it.each<[string, string, string, string | null]>([
    ['the same', '2', '2', null],
    ['an error', '2', '4', '4xx now, not with 2xx'],
    ['a step more', '2', '2,4', null],
    ['a step less', '2x2', '2', '2xx now, not with 2 2xx'],
    ['one of many steps in an error', '2x14', '2x13,4', '13 2xx, 4xx now, not with 14 2xx'],
    ['many steps more', '2x10,4x10', '2x12,4x10', null],
    ['no fault any more', '5', '2', null],
    ['a fault', '4', '5', '5xx now, not with 4xx'],
    ['nothing that is on record', '2', '', 'what its cases were answered with is not on record'],
  ])('is judged by answers of the kind that it had: %s', (_why, then, now, why) => {
    const opened = step(emptyTracker(), run([finding(id, { statuses: ['2', then] })]));
    const seen = library(3).map((one, at) => ({ ...one, statuses: at === 1 ? now : '2' }));
    const { plan } = step(opened.text, run([], { library: seen }));
    expect([plan.changed, plan.notes]).toEqual([
      why === null ? [id] : [],
      [why === null ? `${id} is fixed: no case shows it any more.` : expect.stringContaining(why)],
    ]);
  });

  it('and of which a case is answered otherwise is about the others once a full run shows these', () => {
    const opened = step(emptyTracker(), run([finding(id, { statuses: ['2', '4'] })]));
    const seen = library(2).map((one) => ({ ...one, statuses: '4' }));
    const still = step(opened.text, run([finding(id, { cases: ownIds.slice(1), statuses: ['4'] })], { library: seen }));
    expect(step(still.text, run([], { library: seen })).plan.changed).toEqual([id]);
  });

  it('of which it was not noted how a case was answered is judged by the others', () => {
    const old = tracker(row({ cases: twoCases }));
    const part = { library: library(2, []) };
    const joined = step(old, run([finding(id, { cases: ownIds.slice(0, 1), statuses: ['4'] })], part));
    expect(joined.rows.join()).toMatch(/\| 2 <!-- cases: (?:\w{6}:4 \w{6}|\w{6} \w{6}:4) -->/);
    const seen = library(2).map((one, at) => ({ ...one, statuses: at === 0 ? '4' : '5' }));
    expect(step(joined.text, run([], { library: seen })).plan.changed).toEqual([id]);
  });

  it('is not closed by cases of its own that ask otherwise now', () => {
    const asking = (...asked: string[]) => library(3).map((one, at) => ({ ...one, asked: asked[at] ?? '' }));
    const opened = step(
      emptyTracker(),
      run([finding(id, { statuses: ['2', '4'] })], { library: asking('00aa', '00bb') }),
    );
    expect(opened.rows.join()).toMatch(/\| 2 <!-- cases: \w{6}:\d:00\w\w \w{6}:\d:00\w\w -->/);
    const noteAt = (...asked: string[]) => {
      const { plan } = step(
        opened.text,
        run([], { library: asking(...asked).map((one, at) => ({ ...one, statuses: at === 1 ? '4' : '2' })) }),
      );
      return plan.notes.join();
    };
    const meant = 'if that is as it should be, write fixed under Status.';
    expect(noteAt('00aa', '00bb', '00cc')).toBe(`${id} is fixed: no case shows it any more.`);
    expect(noteAt('00aa', '00cc')).toBe(
      `${id} was not judged: 1 of its cases asks otherwise now than when it was shown; ${meant}`,
    );
    expect(noteAt('00bb', '00aa')).toContain('2 of its cases ask otherwise now');
    const again = step(opened.text, run([finding(id)], { library: asking('00cc', '00bb') }));
    expect(step(again.text, run([], { library: asking('00cc', '00bb') })).plan.changed).toEqual([id]);
  });

  it('of which it was not noted what its cases ask for is judged, and gets that with the next run that sees it', () => {
    const asking = (...asked: string[]) => library(2).map((one, at) => ({ ...one, asked: asked[at]! }));
    const old = tracker(row({ cases: twoCases }));
    expect(step(old, run([], { library: asking('00aa', '00bb') })).plan.changed).toEqual([id]);
    const seen = step(old, run([finding(id)], { library: asking('00aa', '00bb') }));
    expect(seen.rows.join()).toMatch(/ 2 <!-- cases: \w{6}::00\w\w \w{6}::00\w\w -->/);
    expect(step(seen.text, run([], { library: asking('00aa', '00cc') })).plan.changed).toEqual([]);
    const part = asking('00cc', '').map((one, at) => (at === 0 ? one : { ...one, scopes: [] }));
    const joined = step(seen.text, run([finding(id, { cases: ownIds.slice(0, 1) })], { library: part }));
    expect(step(joined.text, run([], { library: asking('00cc', '00bb') })).plan.changed).toEqual([id]);
  });

  it('is judged where what it is in was there', () => {
    const opened = step(emptyTracker(), run([finding(id, { within: ['00abc', '00abd'] })]));
    const asked: unknown[] = [];
    const holds =
      (there: boolean) =>
      (...args: unknown[]) =>
        asked.push(args) > 0 && there;
    expect(step(opened.text, run([], { holds: holds(false) })).plan.notes.join()).toContain(
      'no answer to its route has anything left at its place',
    );
    expect(step(opened.text, run([], { holds: holds(true) })).plan.changed).toEqual([id]);
    expect(asked).toEqual(Array(2).fill([route, ['00abc', '00abd']]));
  });

  it('and cannot be judged is said once for each reason, with a few ids', () => {
    const ids = Array.from({ length: 9 }, (_, at) => `P-AAAAAAA${at}`);
    const blind = sight('go', { upTo: 'status', options: options({ level: 'status' }) });
    const seen = library(2).map((one) => ({ ...one, scopes: [blind] }));
    const { plan } = step(tracker(...ids.map((one) => row({}, one))), run([], { library: seen }));
    expect(plan.notes).toEqual([
      `${ids.slice(0, 5).join(', ')} and 4 more were not judged: level status does not compare bodies.`,
    ]);
  });

  it('of one candidate is fixed, of the other is not', () => {
    const rows = [row({}, 'P-AAAAAAAA'), row({ candidate: 'zig: `3`' }, 'P-BBBBBBBB')];
    const { plan } = step(tracker(...rows), run([], { candidates: ['go', 'zig'], library: library(2, ['go']) }));
    expect(plan.changed).toEqual(['P-AAAAAAAA']);
  });

  it('is closed by cases of its own route, whatever else did not run', () => {
    const other = library(3, [], ['GET /other']);
    expect(step(tracker(row()), run([], { library: [...library(2), ...other] })).plan.changed).toEqual([id]);
  });
});

const five = ['a', 'b', 'c', 'd', 'e'];
const filtered = { library: library(5, []) };

describe('a row whose finding is there', () => {
  it.each<[string, Written, Partial<ReconcileInput>, string[], Written]>([
    ['the same day and count: nothing', { lastSeen: '2026-11-21' }, {}, ['a', 'b'], {}],
    ['a later day', {}, {}, ['a', 'b'], { lastSeen: '2026-11-21' }],
    ['a clock that went back', { lastSeen: '2027-01-01' }, {}, ['a', 'b'], {}],
    ['an invalid day', { lastSeen: 'soon' }, {}, ['a', 'b'], { lastSeen: '2026-11-21' }],
    ['more cases', {}, {}, ['a', 'b', 'c'], { cases: casesOf(['a', 'b', 'c']), lastSeen: '2026-11-21' }],
    ['as many others', {}, {}, ['a', 'c'], { cases: casesOf(['a', 'c']), lastSeen: '2026-11-21' }],
    ['others of a filtered run', {}, filtered, ['c'], { cases: casesOf(['a', 'b', 'c']), lastSeen: '2026-11-21' }],
    ['a bare number', { cases: '5' }, {}, ['a'], { cases: casesOf(['a']), lastSeen: '2026-11-21' }],
    [
      'fewer cases of a whole run',
      { cases: casesOf(five) },
      {},
      ['a'],
      { cases: casesOf(['a']), lastSeen: '2026-11-21' },
    ],
    ['fewer cases of a filtered run', { cases: casesOf(five) }, filtered, ['a'], { lastSeen: '2026-11-21' }],
    ['fixed before', { status: '_fixed_' }, {}, ['a', 'b'], { status: '_reopened_', lastSeen: '2026-11-21' }],
    ['a status of people', { status: 'later' }, {}, ['a', 'b'], {}],
  ])('%s', (_why, change, overrides, cases, expected) => {
    const written = { cases: casesOf(['a', 'b']), ...change };
    const { rows } = step(tracker(row(written)), run([finding(id, { cases })], overrides));
    expect(rows).toEqual([row({ ...written, ...expected })]);
  });
});

describe('notes', () => {
  it.each([
    [
      'an unknown status',
      [row({ status: '_wontfix_' })],
      'Tracker line 5: the status "wontfix" of P-3F2A9C1D is none of',
    ],
    ['a row without an id', ['| ? | _open_ | x | y |'], 'Tracker line 5: no finding id; the row is left alone.'],
    ['an id twice', [row(), row({ status: '_accepted_' })], 'Tracker line 6: P-3F2A9C1D stands at line 5 already'],
    ['no route', [row({ route: '' })], 'Tracker line 5: P-3F2A9C1D has no readable route; it cannot become fixed.'],
  ])('%s', (_why, rows, note) => {
    const { notes } = step(tracker(...rows), run([], { library: [] })).plan;
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain(note);
  });

  it.each([
    ['text that sticks to the table', 'Just a sentence.'],
    ['an empty row', '| | | |'],
  ])('none for %s', (_why, line) => {
    expect(step(tracker(row({ status: '_fixed_' }), line), run([])).plan.notes).toEqual([]);
  });

  it('are few and never raw', () => {
    const rows = Array.from({ length: 60 }, (_, index) =>
      row({ status: `\x1b[31m${'x'.repeat(500)}` }, `P-${10_000_000 + index}`),
    );
    const { notes } = step(tracker(...rows), run([])).plan;
    expect(notes).toHaveLength(20);
    expect(notes.at(-1)).toBe('41 more notes on tracker rows.');
    expect(notes.join('\n').length).toBeLessThan(5000);
    expect(notes.join('')).not.toContain('\x1b');
  });
});

describe('very many new findings', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      finding(`P-${String(index).padStart(8, '0')}`, {
        pointer: `/k${index}`,
        severity: index < 20 ? 'cosmetic' : 'breaking',
      }),
    );

  it('all get a row in the first run, in the order of their ids, and a second run adds none', () => {
    const findings = many(600);
    const first = step(emptyTracker(), run(findings));
    expect([first.plan.added, first.plan.notes]).toEqual([findings.map((one) => one.id), []]);
    expect(first.rows.map((line) => line.slice(2, 12))).toEqual(first.plan.added);
    const second = step(first.text, run(findings));
    expect([second.plan.added, second.plan.changed, second.text]).toEqual([[], [], first.text]);
  });

  it('are bounded at five thousand, the most severe first, and the note says what is left out and why', () => {
    const findings = many(5010);
    const { plan } = step(emptyTracker(), run(findings));
    expect(plan.notes).toEqual(['10 more new findings got no row, a run adds 5000 at most: 10 enum-external-vs-flat.']);
    expect(plan.added).toEqual([...findings.slice(0, 10), ...findings.slice(20)].map((one) => one.id));
    expect(plan.states.size).toBe(5010);
  });
});
