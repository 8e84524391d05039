import { describe, expect, it } from 'vitest';
import { knownFindings } from '../../src/tracker/known-rows.ts';
import { readTracker } from '../../src/tracker/markdown/table.ts';
import { ownTable } from '../../src/tracker/rows/columns.ts';
import { editTracker, emptyTracker } from '../../src/tracker/update.ts';
import { finding, library, run } from './sample.ts';

const [a, b] = ['P-AAAAAAAA', 'P-BBBBBBBB'];
const fingerprint = (id: string) => finding(id).fingerprint;
const cases = ['s/a', 's/b'];

/** The tracker after a run with these findings, changed by hand. */
function rowsOf(findings: Parameters<typeof run>[0], edit = (text: string) => text) {
  const { text } = editTracker(emptyTracker(), run(findings, { library: library(2) }), {
    file: 'T.md',
    options: ownTable,
  });
  return readTracker(edit(text), 'T.md').rows;
}

const sighted = { candidate: 'go', caseId: 's/a', key: 'aaaaa', fingerprint: fingerprint(b), isSteady: true };
const part = { reference: 'rust', isPart: true, isSilent: () => false };

describe('A divergence that a run of some cases explains in another way', () => {
  const known = { cases, keys: [['aaaaa', 'bbbbb'], ['aaaaa']] };
  it.each<readonly [what: string, asked: Partial<typeof sighted>, owner: string | null]>([
    ['of a case and a key of the row', {}, a],
    ['of another key of that case', { key: 'bbbbb' }, a],
    ['of another case and its key', { caseId: 's/b' }, a],
    ['of a key that the row has in another case only', { caseId: 's/b', key: 'bbbbb' }, null],
    ['of a key that the row does not have', { key: 'ccccc' }, null],
    ['of a case that the row does not list', { caseId: 's/c' }, null],
    ['of another candidate', { candidate: 'node' }, null],
    ['that the run identifies as the finding of the row itself', { fingerprint: fingerprint(a) }, null],
  ])('%s belongs to the row that has it, or to none', (_what, asked, owner) => {
    const rows = rowsOf([finding(a, known)]);
    expect(knownFindings(rows, part).ownerOf({ ...sighted, ...asked })?.id ?? null).toBe(owner);
  });

  it('is identified as its row says: id, fingerprint, class, route, facet and pointer', () => {
    const places = [
      { facet: 'status' },
      { facet: 'headers', pointer: '/x-a' },
      { pointer: '' },
      { pointer: '/a/*/b' },
    ] as const;
    for (const place of places) {
      const { id, candidate, class: name, route, facet, pointer, ...rest } = finding(a, { ...known, ...place });
      expect(knownFindings(rowsOf([finding(a, { ...known, ...place })]), part).ownerOf(sighted)).toEqual({
        ...{ id, candidate, class: name, route, facet, pointer, fingerprint: rest.fingerprint },
      });
    }
  });

  it.each<readonly [what: string, scope: Partial<typeof part>, isSteady: boolean, owner: string | null]>([
    ['a run of all cases decides by itself where values are steady', {}, true, null],
    ['a run of all cases goes by the row where values are other ones each time', {}, false, a],
    [
      'a run of all cases goes by the row where a case of the row came to no conclusion',
      { isSilent: () => true },
      true,
      a,
    ],
    ['a run of some cases goes by the row', { isPart: true }, true, a],
  ])('%s', (_what, scope, isSteady, owner) => {
    const full = { ...part, isPart: false, ...scope };
    expect(knownFindings(rowsOf([finding(a, known)]), full).ownerOf({ ...sighted, isSteady })?.id ?? null).toBe(owner);
  });

  it('belongs to an open row rather than to one that is accepted or fixed', () => {
    const both = [finding(a, known), finding(b, known)];
    const other = { ...sighted, fingerprint: fingerprint('P-CCCCCCCC') };
    for (const state of ['accepted', 'fixed']) {
      const closed = rowsOf(both, (text) => text.replace('_open_', `_${state}_`));
      expect([state, knownFindings(closed, part).ownerOf(other)?.id]).toEqual([state, b]);
    }
    expect(knownFindings(rowsOf(both), part).ownerOf(other)?.id).toBe(a);
  });

  it('belongs to no row that was measured against another reference, or whose comment is of another finding', () => {
    const rows = rowsOf([finding(a, known)]);
    expect(knownFindings(rows, { ...part, reference: 'node' }).ownerOf(sighted)).toBeNull();
    const copied = rowsOf([finding(a, known)], (text) => text.replace(`| ${a} |`, '| P-DDDDDDDD |'));
    expect(knownFindings(copied, part).ownerOf(sighted)).toBeNull();
  });

  it('belongs to a row of more cases than it lists, if the row has its key', () => {
    const many = Array.from({ length: 60 }, (_, at) => `s/${String(at).padStart(2, '0')}`);
    const rows = rowsOf([finding(a, { cases: many, keys: many.map(() => ['aaaaa']) })]);
    const owners = many.map((caseId) => knownFindings(rows, part).ownerOf({ ...sighted, caseId })?.id);
    expect(new Set(owners)).toEqual(new Set([a]));
    expect(knownFindings(rows, part).ownerOf({ ...sighted, caseId: 's/00', key: 'ccccc' })).toBeNull();
  });
});

describe('A finding that only its accepted row identifies', () => {
  it('is reopened where every case was sent that could prove it', () => {
    const first = run([finding(a, { cases, keys: [['aaaaa'], ['aaaaa']] })], { library: library(2) });
    const opened = editTracker(emptyTracker(), first, { file: 'T.md', options: ownTable }).text;
    const all = run([finding(a, { cases, keys: [['aaaaa'], ['aaaaa']], byTracker: true, verified: false })]);
    const after = editTracker(opened.replace('_open_', '_accepted_'), all, { file: 'T.md', options: ownTable });
    expect(after.result.states.get(a)?.state).toBe('reopened');
  });

  it('counts as open in that run, and the row stays as it is', () => {
    const accepted = (text: string) => text.replace('_open_', '_accepted_');
    const first = run([finding(a, { cases, keys: [['aaaaa'], ['aaaaa']] })], { library: library(2) });
    const text = accepted(editTracker(emptyTracker(), first, { file: 'T.md', options: ownTable }).text);
    const part = run([finding(a, { cases: ['s/a'], keys: [['aaaaa']], byTracker: true, verified: false })], {
      library: library(2, []),
    });
    const after = editTracker(text, part, { file: 'T.md', options: ownTable });
    expect(after.result.states.get(a)?.state).toBe('open');
    expect(after.result.notes.join()).toContain(`${a} is accepted, but these cases alone do not show`);
    expect(after.text).toBe(text);
  });
});
