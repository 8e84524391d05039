import { mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DecisionInput, decideTracker } from '../../src/tracker/decide.ts';
import { listTracker } from '../../src/tracker/list.ts';
import { ownTable } from '../../src/tracker/rows/columns.ts';
import { newRow } from '../../src/tracker/rows/row.ts';
import { readTrackerText } from '../../src/tracker/tracker-file.ts';
import { finding } from './sample.ts';

const id = 'P-3F2A9C1D';
const document = (status: string, decision: string): string =>
  `# T\r\n\r\n<!-- parity:tracker -->\r\n\r\n| Owner | Decision | ID | Status |\r\n|-|-|-|-|\r\n| mia | ${decision} | ${id} | ${status} |\r\nstuck text`;

type Decided = Pick<DecisionInput, 'id' | 'state' | 'reason'> & Partial<DecisionInput>;
const none = { cases: false, values: false };
const decide = (input: Decided) =>
  decideTracker(file, { owner: null, until: null, row: null, pin: null, widening: none, ...input });

let folder = '';
let file = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tracker-decide-'));
  file = join(folder, 'T.md');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the pin of an acceptance', () => {
  const own = (divergence: string, status: string) =>
    `<!-- parity:tracker -->\n\n| ID | Status | Divergence | Decision |\n|-|-|-|-|\n| ${id} | ${status} | ${divergence} | x |\n`;

  it.each([
    ['is written with it', 'a at `/`', 'key-casing; 12ab:c3d', 'a at `/` <!-- accepted: key-casing; 12ab:c3d -->'],
    ['is added to an older one', 'a <!-- accepted: b -->', 'key-casing', 'a <!-- accepted: key-casing + b -->'],
    ['an older one stays where nobody knows better', 'a <!-- accepted: b -->', null, 'a <!-- accepted: b -->'],
    ['that could end its comment is none', 'a', 'x --> | <b>', 'a'],
  ])('%s', async (_why, before, pin, after) => {
    await writeFile(file, own(before, '_open_'));
    await decide({ id, state: 'accepted', reason: 'x', pin });
    expect(await readTrackerText(file, ownTable)).toBe(own(after, '_accepted_'));
    await decide({ id, state: 'reopened', reason: null });
    expect(await readTrackerText(file, ownTable)).toBe(
      own(after.replace('<!-- accepted: ', '<!-- shown: '), '_reopened_'),
    );
  });
});

describe('a decision', () => {
  it.each<[string, [string, string], Decided, [string, string]]>([
    ['accept', ['_open_', 'x'], { id, state: 'accepted', reason: null }, ['_accepted_', 'x']],
    [
      'accept with a reason',
      ['_open_', ''],
      { id, state: 'accepted', reason: 'by design' },
      ['_accepted_', 'by design'],
    ],
    [
      'a second reason',
      ['_open_', '*a* \\| b'],
      { id, state: 'accepted', reason: 'c' },
      ['_accepted_', '*a* \\| b; c'],
    ],
    ['the same reason again', ['bold', 'c'], { id, state: 'accepted', reason: 'c' }, ['_accepted_', 'c']],
    ['reopen', ['**accepted**', 'x'], { id, state: 'reopened', reason: null }, ['_reopened_', 'x']],
    [
      'an id in lower case',
      ['_open_', 'x'],
      { id: id.toLowerCase(), state: 'accepted', reason: null },
      ['_accepted_', 'x'],
    ],
    [
      'a last day without a column for it goes behind the reason',
      ['_open_', 'x'],
      { id, state: 'accepted', reason: 'apps', until: '2027-01-31' },
      ['_accepted_', 'x; apps (until 2027-01-31)'],
    ],
    [
      'a later last day',
      ['_accepted_', 'apps (until 2026-12-01)'],
      { id, state: 'accepted', reason: 'apps are late', until: '2027-01-31' },
      ['_accepted_', 'apps (until 2026-12-01); apps are late (until 2027-01-31)'],
    ],
    [
      'a row that waits to be closed',
      ['_open_ (2 clean runs)', ''],
      { id, state: 'accepted', reason: 'b' },
      ['_accepted_', 'b'],
    ],
    [
      'a hostile reason stays in its cell',
      ['_open_', 'x'],
      { id, state: 'accepted', reason: 'a | b\n<!-- @team' },
      ['_accepted_', 'x; `a \\| b\\n<!-- @team`'],
    ],
  ])('%s', async (_why, [status, decision], input, [newStatus, newDecision]) => {
    await writeFile(file, document(status, decision));
    expect(await decide(input)).toEqual({ written: true, isHeld: false });
    expect(await readFile(file, 'utf8')).toBe(document(newStatus, newDecision));
  });

  it('fills the columns Owner and Until where people have them', async () => {
    const rowWith = (cells: string) =>
      `<!-- parity:tracker -->\n| ID | Status | until | Decision | OWNER |\n|-|-|-|-|-|\n| ${id} | ${cells} |\n`;
    await writeFile(file, rowWith('_open_ | | | ?'));
    await decide({ id, state: 'accepted', reason: 'apps', owner: 'mia', until: '2027-01-31' });
    expect(await readFile(file, 'utf8')).toBe(rowWith('_accepted_ | 2027-01-31 | apps | mia'));
  });

  it('makes the row of a finding that a run knows and the tracker does not', async () => {
    const row = newRow(finding(id), 'rust', { first: '2026-11-21', last: '2026-11-21' });
    await decide({ id, state: 'accepted', reason: 'by design', row });
    expect((await listTracker(file)).map((one) => [one.id, one.state, one.decision])).toEqual([
      [id, 'accepted', 'by design'],
    ]);
    await decide({ id, state: 'reopened', reason: null, row });
    expect((await listTracker(file)).map((one) => one.state)).toEqual(['reopened']);
  });

  it('that stands already is not written', async () => {
    await writeFile(file, document('accepted', 'x'));
    await utimes(file, 1_000_000, 1_000_000);
    expect(await decide({ id, state: 'accepted', reason: 'x' })).toEqual({ written: false, isHeld: false });
    expect((await stat(file)).mtimeMs).toBe(1_000_000_000);
  });

  it.each([
    ['an id that is not there', 'P-00000000', 'PX2605'],
    ['an invalid id', 'total | `x`', 'PX2605'],
  ])('on %s is refused', async (_why, unknown, code) => {
    await writeFile(file, document('_open_', 'x'));
    await expect(decide({ id: unknown, state: 'accepted', reason: null })).rejects.toMatchObject({ code });
    expect(await readFile(file, 'utf8')).toBe(document('_open_', 'x'));
  });

  it('on a tracker that is not there is refused, and none is made', async () => {
    await expect(decide({ id, state: 'accepted', reason: null })).rejects.toMatchObject({
      code: 'PX2605',
    });
    await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('with a reason for which there is no cell is refused', async () => {
    await writeFile(file, `<!-- parity:tracker -->\n| ID | Status |\n|-|-|\n| ${id} | _open_ |\n`);
    const refused = decide({ id, state: 'accepted', reason: 'because' });
    await expect(refused).rejects.toMatchObject({ code: 'PX4108' });
  });
});
