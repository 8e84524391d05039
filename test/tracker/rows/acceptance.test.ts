import { describe, expect, it } from 'vitest';
import type { TrackedFinding } from '../../../src/findings/finding.ts';
import type { TrackerPlan } from '../../../src/tracker/reconcile/reconcile.ts';
import type { ReconcileInput } from '../../../src/tracker/reconcile/row-plan.ts';
import { isDay } from '../../../src/tracker/rows/acceptance.ts';
import { ownTable } from '../../../src/tracker/rows/columns.ts';
import { editTracker } from '../../../src/tracker/update.ts';
import { finding, route, run, twoCases } from '../sample.ts';

const id = 'P-3F2A9C1D';
/** A row that shows another form than before tells of that one. */
const reopened = { status: '_reopened_', candidate: '{"Kind":"schema"}' };
/** What an acceptance covers is recorded in the row. */
const recorded = 'x at `/` <!-- accepted: unexplained; seen -->';

interface Written {
  readonly status?: string;
  readonly divergence?: string;
  readonly decision?: string;
  readonly until?: string;
  readonly candidate?: string;
}

function tracker({ candidate = '1', ...written }: Written): string {
  const { status = '_accepted_', divergence = 'x at `/`', decision = 'agreed', until = '' } = written;
  const head = '| ID | Status | Divergence | Route | Candidate | Cases | Decision | Until |\n|-|-|-|-|-|-|-|-|';
  return `<!-- parity:tracker -->\n\n${head}\n| ${id} | ${status} | ${divergence} | ${route} | go: \`${candidate}\` | ${twoCases} | ${decision} | ${until} |\n`;
}

function step(text: string, input: ReconcileInput): { text: string; plan: TrackerPlan } {
  const edited = editTracker(text, input, { file: 'T.md', options: ownTable });
  return { text: edited.text, plan: edited.result };
}

describe('an acceptance', () => {
  it.each<[string, Written, string, string | null]>([
    ['without a last day holds', {}, 'accepted', null],
    ['until a later day holds', { until: '2027-06-01' }, 'accepted', null],
    ['until today holds', { until: '2026-11-21' }, 'accepted', 'is accepted until 2026-11-21: 0 days left'],
    ['until soon says so', { until: '2026-11-22' }, 'accepted', 'is accepted until 2026-11-22: 1 day left'],
    ['until yesterday counts as open', { until: '2026-11-20' }, 'open', 'was accepted until 2026-11-20'],
    ['the day may stand under Decision', { decision: 'apps, until 2026-11-20' }, 'open', 'until 2026-11-20'],
    ['of two days the last counts', { decision: 'until 2026-11-20; until: 2027-06-01' }, 'accepted', null],
    ['the column wins', { decision: 'until 2026-11-20', until: '2027-06-01' }, 'accepted', null],
    ['an invalid day counts as open', { until: 'next week' }, 'open', 'a day that cannot be read'],
    ['a day of no calendar counts as open', { decision: 'until 2027-02-30' }, 'open', 'a day that cannot be read'],
    ...[
      '2020-02',
      '01/02/2020',
      '1.2.2020',
      'February 2020',
      '2 Feb 2020',
      '1st of May',
      '12/31',
      'Q3 2030',
      '2030',
      'the end of 2030',
    ].map((day): [string, Written, string, string] => [
      `a day that nobody can be sure of counts as open: ${day}`,
      { decision: `agreed until ${day}` },
      'open',
      'a day that cannot be read: it counts as open. Write it as YYYY-MM-DD.',
    ]),
    ['a version is not a day', { decision: 'until 2.0, or until 1.22.30' }, 'accepted', null],
    ['a status that is struck out is none', { status: '~~accepted~~' }, 'open', 'the status "~~accepted~~" of'],
    ['beside a status that is struck out holds', { status: '~~open~~ accepted' }, 'accepted', null],
    ['prose about later is not a day', { decision: 'until the apps are out' }, 'accepted', null],
    ['without a reason is asked for one', { decision: '' }, 'accepted', 'accepted without a reason'],
  ])('%s', (_why, written, state, note) => {
    const before = tracker({ divergence: recorded, ...written });
    const { text, plan } = step(before, run([finding(id, { class: 'unexplained', verified: false })]));
    expect(plan.states.get(id)?.state).toBe(state);
    expect(plan.notes.join(' ')).toContain(note ?? '');
    expect(plan.notes).toHaveLength(note === null ? 0 : 1);
    expect(text).toBe(before);
  });

  it('that is struck out beside another status is over', () => {
    const { plan } = step(tracker({ status: '~~_accepted_~~ _open_' }), run([finding(id)]));
    expect([plan.states.get(id)?.state, plan.notes]).toEqual(['open', []]);
  });

  it('whose divergence is gone is named; an expired one is closed like any other', () => {
    expect(step(tracker({}), run([])).plan.gone).toEqual([id]);
    const { text, plan } = step(tracker({ until: '2026-11-20' }), run([]));
    expect(plan.gone).toEqual([]);
    expect(text).toBe(tracker({ status: '_fixed_', until: '2026-11-20' }));
  });

  it('pins its drift classes with the first run that sees it; one that comes later at the same place reopens the row', () => {
    const seen = finding(id, { also: ['key-casing'] });
    const pinned = step(tracker({}), run([seen]));
    const pin = 'x at `/` <!-- accepted: enum-external-vs-flat + key-casing; law -->';
    expect(pinned.text).toBe(tracker({ divergence: pin }));
    expect(step(pinned.text, run([finding(id)])).text).toBe(pinned.text);
    const more = step(pinned.text, run([finding(id, { also: ['key-casing', 'trailing-newline'] })]));
    expect(more.plan.states.get(id)?.state).toBe('reopened');
    expect(more.plan.notes).toEqual([
      `${id} was accepted without trailing-newline, which it shows now: it is reopened.`,
    ]);
    expect(more.text).toBe(tracker(reopened));
  });

  it('pins the form it had: another name of a tag in the same class reopens the row, another key under the same law does not', () => {
    const name = `${route} enum-external-vs-flat at /: tag`;
    const flat = (terms: TrackedFinding['terms']) => run([finding(id, { terms })]);
    const pinned = step(tracker({}), flat({ [name]: ['Kind'], 'key a': ['A'] }));
    const same = step(pinned.text, flat({ [name]: ['Kind'], 'key a': ['A'], 'key b': ['B'] }));
    expect([same.text, same.plan.notes]).toEqual([pinned.text, []]);
    expect(step(pinned.text, flat({ 'key b': ['B'] })).text).toBe(pinned.text);
    const other = step(pinned.text, flat({ [name]: ['type'], 'key a': ['A'] }));
    expect(other.text).toBe(tracker(reopened));
    expect(other.plan.notes).toEqual([`${id} was accepted without ${name} type, which it shows now: it is reopened.`]);
    expect(
      step(other.text.replace('_reopened_', '_accepted_'), flat({ [name]: ['type'] })).plan.states.get(id)?.state,
    ).toBe('accepted');
  });

  it('knows a form by any spelling it can be, since few samples leave several', () => {
    const seen = (...ways: string[]) => run([finding(id, { terms: { digits: ways } })]);
    const pinned = step(tracker({}), seen('trimmed', 'three')).text;
    expect(step(pinned, seen('three', 'six')).text).toBe(pinned);
    expect(step(pinned, seen('six')).text).toBe(tracker(reopened));
  });

  it('of thousands of terms pins some, which stay the same whatever else is seen', () => {
    const terms = (count: number, form: string) =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`key k${at}`, [`${form}${at}`]]));
    const pinned = step(tracker({}), run([finding(id, { terms: terms(5000, 'K') })])).text;
    expect(pinned.length).toBeLessThan(1000);
    expect(step(pinned, run([finding(id, { terms: terms(5000, 'K') })])).text).toBe(pinned);
    expect(step(pinned, run([finding(id, { terms: terms(5000, 'x') })])).plan.notes.join()).toMatch(/37 more/);
  });

  it('that an earlier run pinned by its classes alone gets its terms, and stays', () => {
    const old = tracker({ divergence: 'x at `/` <!-- accepted: enum-external-vs-flat -->' });
    const { text, plan } = step(old, run([finding(id, { terms: { tag: ['Kind'] } })]));
    expect(plan.states.get(id)?.state).toBe('accepted');
    expect(text).toMatch(/<!-- accepted: enum-external-vs-flat; [a-z0-9]{4}:[a-z0-9]{3}; law -->/);
  });

  it('says nothing about another divergence at the same place: that is a row of its own', () => {
    const other = finding('P-AAAAAAAA', { class: 'unexplained' });
    const { plan } = step(tracker({}), run([other]));
    expect([plan.added, plan.gone, plan.states.get('P-AAAAAAAA')?.state]).toEqual([['P-AAAAAAAA'], [], 'new']);
    expect(plan.notes.join()).toContain(`${id} was not judged: P-AAAAAAAA came in its place`);
  });
});

describe('a row that must be clean more than once', () => {
  const clean = (text: string) => step(text, run([], { fixedAfter: 3 })).text;

  it('counts its clean runs, and begins again when it is seen', () => {
    const open = tracker({ status: '_open_' });
    const [one, two] = [clean(open), clean(clean(open))];
    expect(one).toBe(tracker({ status: '_open_ (1 clean run)' }));
    expect(two).toBe(tracker({ status: '_open_ (2 clean runs)' }));
    expect(clean(two)).toBe(tracker({ status: '_fixed_' }));
    expect(step(two, run([finding(id)], { fixedAfter: 3 })).text).toBe(open);
    expect(step(two, run([], { fixedAfter: 3, library: [] })).text).toBe(two);
  });

  it('stays reopened while it waits, and an expired acceptance waits as open', () => {
    expect(clean(tracker({ status: '_reopened_' }))).toBe(tracker({ status: '_reopened_ (1 clean run)' }));
    const expired = { until: '2026-11-20' };
    expect(clean(tracker(expired))).toBe(tracker({ ...expired, status: '_open_ (1 clean run)' }));
  });
});

describe('a day', () => {
  it.each([
    ['2026-11-21', true],
    ['2024-02-29', true],
    ['2026-02-29', false],
    ['2026-11-21T00:00', false],
    ['26-11-21', false],
    ['', false],
  ])('%s: %s', (text, expected) => {
    expect(isDay(text)).toBe(expected);
  });
});
