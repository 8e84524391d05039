import { describe, expect, it } from 'vitest';
import type { TrackedFinding } from '../../../src/findings/finding.ts';
import { spliceTracker } from '../../../src/tracker/markdown/splice.ts';
import { readTracker } from '../../../src/tracker/markdown/table.ts';
import { reconcile, type TrackerPlan } from '../../../src/tracker/reconcile/reconcile.ts';
import { caseHash } from '../../../src/tracker/rows/row-cases.ts';
import { emptyTracker } from '../../../src/tracker/update.ts';
import { cases, finding, library, route, run } from '../sample.ts';

interface Day {
  readonly plan: TrackerPlan;
  readonly states: Readonly<Record<string, string>>;
}

/** The state of each row after each of some full runs. */
function days(...runs: (readonly TrackedFinding[])[]): Day[] {
  let text = emptyTracker();
  return runs.map((findings) => {
    const table = readTracker(text, 'T.md');
    const plan = reconcile(table.rows, run(findings, { library: library(60) }));
    text = spliceTracker(text, table, plan.edits);
    const rows = readTracker(text, 'T.md').rows.map((row) => [row.id, row.state]);
    return { plan, states: Object.fromEntries(rows) };
  });
}

const [old, other, fresh] = ['P-0000000A', 'P-0000000B', 'P-0000000C'];
const at = (pointer: string, overrides: Partial<TrackedFinding> = {}) => ({ pointer, ...overrides });
const before = finding(old, at('/role', { class: 'unexplained' }));
const after = finding(fresh, at('/role', { class: 'enum-variant-casing' }));
const extra = finding(other, at('/debug', { class: 'unexplained' }));

describe('a row whose divergence is explained in another way now', () => {
  it('is not fixed before the place is at peace', () => {
    const [, changed, still, mended] = days([before, extra], [after], [after], []);
    expect(changed!.states).toEqual({ [old]: 'open', [fresh]: 'open', [other]: 'fixed' });
    expect(changed!.plan.notes).toContain(
      `${old} was not judged: ${fresh} came in its place, and may be the same divergence, explained in another way; if not, write fixed under Status.`,
    );
    expect(changed!.plan.unsettled).toEqual([old]);
    expect(still!.states).toEqual(changed!.states);
    expect(mended!.states).toEqual({ [old]: 'fixed', [fresh]: 'fixed', [other]: 'fixed' });
  });

  it('is back as it was when what was mended breaks again', () => {
    const [, , again, mended] = days([before, extra], [after], [before, extra], []);
    expect(again!.states).toEqual({ [old]: 'open', [fresh]: 'open', [other]: 'reopened' });
    expect(mended!.states).toEqual({ [old]: 'fixed', [fresh]: 'fixed', [other]: 'fixed' });
  });

  it.each([
    ['above it', '/user/role', '/user'],
    ['above it, at the top', '/role', ''],
    ['below it', '/user', '/user/role'],
    ['in a list of it', '/users', '/users/*'],
    ['where keys are data', '/users/*/role', '/users/eva/role'],
    ['where the first key is data', '/*/role', '/eva/role'],
    ['where the first key was data', '/eva/role', '/*/role'],
    ['below a list', '/*', '/*/role'],
    ['below the key that is empty', '/', '//role'],
  ])('is held by what stands %s', (_where, from, to) => {
    const [, changed] = days([finding(old, at(from))], [finding(fresh, at(to))]);
    expect(changed!.states).toEqual({ [old]: 'open', [fresh]: 'open' });
  });

  it.each<[string, Partial<TrackedFinding>, string?]>([
    ['beside it', at('/roles')],
    ['in a sibling of what it is in', at('/other/role')],
    ['beside it in an object', at('/user/name'), '/user/role'],
    ['beside it in objects of a list', at('/users/*/name'), '/users/*/role'],
    ['beside it in objects of a list at the top', at('/*/name'), '/*/role'],
    ['at a place that has its name as a part', at('/user/roles'), '/user/role'],
    ['in a header', at('/role', { facet: 'headers' })],
    ['on another candidate', at('/role', { candidate: 'java' })],
    ['on another route', at('/role', { route: 'GET /x', routes: ['GET /x'] })],
    ['in none of its cases', at('/role', { cases: ['validate/case-5'] })],
  ])('is fixed where something new stands %s', (_where, overrides, from = '/role') => {
    const [, changed] = days([finding(old, at(from))], [finding(fresh, overrides)]);
    expect(changed!.states).toEqual({ [old]: 'fixed', [fresh]: 'open' });
  });

  it.each([
    ['header', 'headers', '/etag'],
    ['status', 'status', ''],
  ] as const)('is held by another class at the same %s', (_name, facet, pointer) => {
    const [, changed] = days(
      [finding(old, { facet, pointer, class: 'unexplained' })],
      [finding(fresh, { facet, pointer, class: 'another' })],
    );
    expect(changed!.states).toEqual({ [old]: 'open', [fresh]: 'open' });
  });

  it('is held by what comes in one of its cases', () => {
    const [, changed] = days([before], [finding(fresh, at('/role', { cases: cases.slice(1) }))]);
    expect(changed!.states).toEqual({ [old]: 'open', [fresh]: 'open' });
  });

  it('that lists no cases is held by what stands at its very place alone', () => {
    const written =
      emptyTracker() +
      [
        '\n| ID | Status | Divergence | Route | Reference | Candidate | Cases |',
        '|---|---|---|---|---|---|---|',
        `| ${old} | _open_ | unexplained at \`/user\` | ${route} | rust: 1 | go: 2 | 1 |\n`,
      ].join('\n');
    const stateAfter = (pointer: string) => {
      const table = readTracker(written, 'T.md');
      const { edits } = reconcile(table.rows, run([finding(fresh, at(pointer))], { library: library(60) }));
      return readTracker(spliceTracker(written, table, edits), 'T.md').rows.find((row) => row.id === old)?.state;
    };
    expect(['/user', '/user/role', ''].map(stateAfter)).toEqual(['open', 'fixed', 'fixed']);
  });

  it('of the whole server is held by what stands on one route, and the other way round', () => {
    const whole = { route: '*', pointer: '' };
    const [, one] = days([finding(old, whole)], [finding(fresh, at('/Kind'))]);
    const [, all] = days([finding(old, at('/Kind'))], [finding(fresh, whole)]);
    expect([one!.states, all!.states]).toEqual(Array(2).fill({ [old]: 'open', [fresh]: 'open' }));
  });
});

describe('a row is fixed whatever stands at its place', () => {
  it('if it stood there before', () => {
    const [, mended] = days([before, after], [after]);
    expect(mended!.states).toEqual({ [old]: 'fixed', [fresh]: 'open' });
  });

  it('if another row is nearer to what came', () => {
    const top = finding(other, at('', { class: 'key-casing' }));
    const [, mended] = days([before, top], [after]);
    expect(mended!.states).toEqual({ [old]: 'open', [fresh]: 'open', [other]: 'fixed' });
  });

  it('but not if the other row is as near, or what came stands above it', () => {
    const members = ['/a', '/b'].map((pointer, index) => finding(`P-0000000${index}`, at(pointer)));
    const both = finding(old, at(''));
    const [, first, second] = days(members, [both], [finding(fresh, at(''))]);
    expect(first!.states).toEqual({ 'P-00000000': 'open', 'P-00000001': 'open', [old]: 'open' });
    expect(second!.states).toEqual({ ...first!.states, [fresh]: 'open' });
  });

  it('and what stood by it in a part of the library is remembered until a full run shows the row', () => {
    const table = (text: string) => readTracker(text, 'T.md');
    const step = (text: string, findings: readonly TrackedFinding[], conclusive?: string[]) => {
      const { edits } = reconcile(table(text).rows, run(findings, { library: library(60, conclusive) }));
      return spliceTracker(text, table(text), edits);
    };
    const besideOf = (text: string) => table(text).rows.find((row) => row.id === old)?.own?.beside;
    const opened = step(emptyTracker(), [before, after]);
    const partial = step(opened, [before], []);
    expect(besideOf(opened)).toHaveLength(1);
    expect(besideOf(partial)).toEqual(besideOf(opened));
    expect(besideOf(step(partial, [before]))).toEqual([]);
  });
});

describe('what stands by a row', () => {
  const besideOf = (...findings: readonly TrackedFinding[]) => {
    const table = readTracker(emptyTracker(), 'T.md');
    const { edits } = reconcile(table.rows, run(findings, { library: library(60) }));
    const { rows } = readTracker(spliceTracker(emptyTracker(), table, edits), 'T.md');
    return Object.fromEntries(rows.map((row) => [row.id, row.own?.beside.length]));
  };
  const all = Array.from({ length: 40 }, (_, index) => `validate/case-${index + 10}`);

  it.each([
    ['in all of its cases', all],
    ['in the first of its cases', all.slice(0, 1)],
    ['in the last of its cases', all.slice(-1)],
    ['in one of its cases', all.slice(17, 18)],
    ['in one of its cases and in others', ['validate/case-00', all[20]!, 'validate/case-99']],
  ])('is what is shown %s', (_which, own) => {
    const found = besideOf(finding(old, at('/a', { cases: all })), finding(fresh, at('/a/b', { cases: own })));
    expect(found).toEqual({ [old]: 1, [fresh]: 1 });
  });

  it.each<[string, Partial<TrackedFinding>, string?]>([
    ['in other cases', at('/a/b', { cases: ['validate/case-00', 'validate/case-155', 'validate/case-99'] })],
    ['on another route', at('/a/b', { cases: all, route: 'GET /x', routes: ['GET /x'] })],
    ['at another place', at('/b', { cases: all })],
    ['beside it in an object', at('/a/b', { cases: all }), '/a/c'],
  ])('is not what is shown %s', (_which, overrides, from = '/a') => {
    const found = besideOf(finding(old, at(from, { cases: all })), finding(fresh, overrides));
    expect(found).toEqual({ [old]: 0, [fresh]: 0 });
  });

  it('is what is about the whole server, too, and all that stands by that', () => {
    const others = ['GET /x', 'GET /y'].map((one, index) =>
      finding(`P-0000000${index}`, at('/n', { cases: all, route: one, routes: [one] })),
    );
    const whole = finding(old, { pointer: '', route: '*', routes: ['GET /x'], cases: all });
    expect(besideOf(whole, ...others)).toEqual({ [old]: 2, 'P-00000000': 1, 'P-00000001': 0 });
  });
});

describe('a row with very many', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => finding(`P-10000${String(index).padStart(3, '0')}`, at(`/m${index}`)));
  const top = finding(old, at(''));

  it('neighbours is held by what stands at its very place alone', () => {
    const [, mended] = days([top, ...many(24)], [...many(24), finding(fresh, at('/new'))]);
    expect(mended!.states[old]).toBe('open');
    const [, beyond] = days([top, ...many(25)], [...many(25), finding(fresh, at('/new'))]);
    expect(beyond!.states[old]).toBe('fixed');
    const [, same] = days([top, ...many(25)], [...many(25), finding(fresh, at(''))]);
    expect(same!.states[old]).toBe('open');
  });

  it('cases is held by what any case of its route shows, as it does not list all of its own', () => {
    const all = [...cases, ...Array.from({ length: 58 }, (_, index) => `validate/case-${index + 2}`)].sort();
    const hashes = all.map(caseHash).sort();
    const unlisted = all.find((one) => caseHash(one) === hashes.at(-1))!;
    const [, changed] = days(
      [finding(old, at('/role', { cases: all }))],
      [finding(fresh, at('/role', { cases: [unlisted] }))],
    );
    expect(changed!.states).toEqual({ [old]: 'open', [fresh]: 'open' });
  });
});
