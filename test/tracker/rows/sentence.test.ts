import { expect, it } from 'vitest';
import { readTracker } from '../../../src/tracker/markdown/table.ts';
import { ownTable } from '../../../src/tracker/rows/columns.ts';
import { editTracker, emptyTracker } from '../../../src/tracker/update.ts';
import { finding, run } from '../sample.ts';

const id = 'P-3F2A9C1D';
const edit = (text: string, title: string, overrides = {}) =>
  editTracker(text, run([finding(id, { title, ...overrides })]), { file: 'T.md', options: ownTable }).text;
const rowIn = (text: string) => readTracker(text, 'T.md').rows[0]!;

it.each([
  ['a pointer', { pointer: '/a', facet: 'body' }, '/a'],
  ['a pointer that looks like a sentence', { pointer: '/a: b`c', facet: 'body' }, '/a: b`c'],
  ['a header', { pointer: '/content-type', facet: 'headers' }, 'header content-type'],
  ['all headers', { pointer: '', facet: 'headers' }, 'headers'],
  ['the status', { pointer: '', facet: 'status' }, 'status'],
] as const)('a row says in a sentence what differs, and still where: %s', (_why, place, shown) => {
  const text = edit(emptyTracker(), '/error: new sends requestId where old sends request_id', place);
  expect(rowIn(text)).toMatchObject({
    divergence: `enum-external-vs-flat at ${shown}`,
    sentence: '/error: new sends requestId where old sends request_id',
  });
  expect(edit(text, 'other words', place)).toBe(text);
});

it.each(['a | b', '<!-- accepted: x -->', '`x` <b>', 'x'.repeat(500)])(
  'a hostile sentence stays inert: %s',
  (title) => {
    const text = edit(emptyTracker(), title);
    const row = rowIn(text);
    expect(row).toMatchObject({ id, divergence: 'enum-external-vs-flat at /', cases: '2' });
    expect(row.sentence?.slice(0, 10)).toBe(title.slice(0, 10));
    expect(row.sentence?.length).toBeLessThanOrEqual(240);
    expect(row.own?.cases.size).toBe(2);
  },
);

it('a row of an earlier version gets its sentence when its finding is seen', () => {
  const older = edit(emptyTracker(), '');
  const text = edit(older, 'an enum is tagged in two ways');
  expect(text).toBe(older.replace('at `/`', 'at `/`: an enum is tagged in two ways'));
});

it('what people wrote into the cell stays', () => {
  const text = edit(emptyTracker(), '').replace('at `/`', 'at `/` (the mobile team knows)');
  expect(edit(text, 'an enum is tagged in two ways')).toBe(text);
});

it('a new table has what people decide among its first columns', () => {
  const [header = ''] = edit(emptyTracker(), '').match(/^\| ID .*$/m) ?? [];
  expect(header.split(' | ').slice(0, 4)).toEqual(['| ID', 'Status', 'Decision', 'Divergence']);
});
