import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TrackedFinding } from '../../src/findings/finding.ts';
import type { Occurrence } from '../../src/findings/occurrences.ts';
import { decideTracker } from '../../src/tracker/decide.ts';
import { parseStateLines, spellStateLines, splitState, withState } from '../../src/tracker/markdown/state-lines.ts';
import { pinOf } from '../../src/tracker/rows/accepted-shape.ts';
import { ownTable } from '../../src/tracker/rows/columns.ts';
import { readTrackerText, statePath } from '../../src/tracker/tracker-file.ts';
import { editTracker, emptyTracker, updateTracker } from '../../src/tracker/update.ts';
import { documents } from './documents.ts';
import { finding, run } from './sample.ts';

const id = 'P-3F2A9C1D';
const at = { file: 'T.md', options: ownTable };
const write = { write: true } as const;

/** A finding that nothing explains, with one pair of values. */
function unexplained(pair: string): TrackedFinding {
  const occurrence: Occurrence = {
    case: 'validate/missing-field',
    place: 'aaaaa',
    pair,
    reference: '1',
    candidate: '2',
  };
  return finding(id, { class: 'unexplained', verified: false, occurrences: [occurrence] });
}

let folder = '';
let file = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tracker-state-'));
  file = join(folder, 'T.md');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const markdown = () => readFile(file, 'utf8');
const state = () => readFile(statePath(file), 'utf8');
const statusIn = async () => /\| _(open|accepted|fixed|reopened)_/.exec(await markdown())?.[1];

/** The tracker after a run that saw one unexplained finding, and a decision by hand where one is given. */
async function recorded(status = '_open_'): Promise<void> {
  await updateTracker(file, run([unexplained('11111')]), write);
  await writeFile(file, (await markdown()).replace('_open_', status).replace('| |', '| agreed |'));
}

describe('what the rows of a tracker remember', () => {
  it('stands in the state file beside it, and a row carries one short number', async () => {
    await recorded();
    const comments = [...(await markdown()).matchAll(/<!--.*?-->/g)].map(([text]) => text);
    expect(comments).toEqual(['<!-- parity:tracker -->', expect.stringMatching(/^<!-- state: [a-z0-9]{7} -->$/)]);
    expect(await state()).toMatch(/^# .*\nP-3F2A9C1D [a-z0-9]{7} cases: .* \| shown: unexplained; seen aaaaa:11111\n$/);
    const again = await updateTracker(file, run([unexplained('11111')]), write);
    expect(again).toMatchObject({ written: false, changed: [], notes: [] });
  });

  it('is moved there from the rows that earlier versions wrote, without loss', async () => {
    const whole = editTracker(emptyTracker(), run([unexplained('11111'), finding('P-AAAAAAAA')]), at).text;
    const accepted = whole.replace('_open_', '_accepted_').replace('shown: ', 'accepted: ');
    await writeFile(file, accepted);
    expect(await readTrackerText(file, ownTable)).toBe(accepted);
    const update = await updateTracker(file, run([unexplained('11111'), finding('P-AAAAAAAA')]), write);
    expect(update.states.get(id)).toMatchObject({ state: 'accepted' });
    expect(await markdown()).not.toMatch(/<!-- (?:cases|accepted|shown)/);
    expect(await readTrackerText(file, ownTable)).toBe(accepted);
  });

  it.each(documents.map(({ why, text }) => [why, text]))('leaves every byte of people alone: %s', (_why, marked) => {
    const text = marked.replace(/⟦(.*?)⇒(.*?)⟧/gs, '$2');
    const split = splitState(text, at);
    expect(withState(split.text, split.lines, at)).toBe(text);
    expect(splitState(split.text, at).text).toBe(split.text);
  });

  it('does not move the padding of an aligned table', () => {
    const row = (cases: string) =>
      `<!-- parity:tracker -->\n\n| ID         | Status | Cases     | Notes |\n|---|---|---|---|\n| ${id} | _open_ | ${cases}    | x     |\n`;
    const split = splitState(row('2 <!-- cases: ektk51 -->'), at);
    const [number] = [...split.lines.keys()];
    expect(split.text.replace(` <!-- state: ${number} -->`, '')).toBe(row('2'));
    expect(withState(split.text, split.lines, at)).toBe(row('2 <!-- cases: ektk51 -->'));
  });
});

describe('where a row does not find its line in the state file', () => {
  it('an accepted row counts as open until the file is there again', async () => {
    await recorded('_accepted_');
    const kept = await state();
    await rm(statePath(file));
    for (const pair of ['11111', '22222']) {
      const update = await updateTracker(file, run([unexplained(pair)]), write);
      expect(update.states.get(id)).toEqual({ state: 'open', decision: 'agreed' });
      expect(update.notes).toEqual([
        expect.stringContaining('the state file beside the tracker lacks what was accepted'),
      ]);
      expect(await statusIn()).toBe('accepted');
    }
    await writeFile(statePath(file), kept);
    const update = await updateTracker(file, run([unexplained('11111')]), write);
    expect(update.states.get(id)).toEqual({ state: 'accepted', decision: 'agreed' });
  });

  it('an accepted row that is accepted again covers what is there then, and nothing else', async () => {
    await recorded('_accepted_');
    await rm(statePath(file));
    const decision = { id, state: 'accepted', reason: 'still', owner: null, until: null, row: null } as const;
    const widening = { cases: false, values: false };
    await decideTracker(file, { ...decision, widening, pin: pinOf(unexplained('22222')) });
    const same = await updateTracker(file, run([unexplained('22222')]), write);
    expect(same.states.get(id)).toMatchObject({ state: 'accepted' });
    const other = await updateTracker(file, run([unexplained('33333')]), write);
    expect(other.states.get(id)).toMatchObject({ state: 'reopened' });
  });

  it('an open row is not closed, and records what shows it when it is seen again', async () => {
    await recorded();
    await rm(statePath(file));
    const absent = await updateTracker(file, run([]), write);
    expect(absent.notes).toEqual([expect.stringContaining('lacks which cases showed it')]);
    expect(await statusIn()).toBe('open');
    await updateTracker(file, run([unexplained('11111')]), write);
    expect(await state()).toContain('shown: unexplained; seen aaaaa:11111');
    await updateTracker(file, run([]), write);
    expect(await statusIn()).toBe('fixed');
  });

  it.each<[string, (line: string) => string]>([
    ['was edited', (line) => line.replace('11111', '22222')],
    ['was cut off', (line) => line.slice(0, -3)],
    ['is of another row', (line) => line.replace(id, 'P-AAAAAAAA')],
  ])('a line that %s is not used', async (_why, change) => {
    await recorded('_accepted_');
    const [head = '', line = ''] = (await state()).split('\n');
    await writeFile(statePath(file), `${head}\n${change(line)}\n`);
    const update = await updateTracker(file, run([unexplained('22222')]), write);
    expect(update.states.get(id)).toMatchObject({ state: 'open' });
  });

  it('and the file cannot be read, the tracker is left alone', async () => {
    await recorded('_accepted_');
    await rm(statePath(file));
    await (await import('node:fs/promises')).mkdir(statePath(file));
    await expect(updateTracker(file, run([unexplained('11111')]), write)).rejects.toMatchObject({ code: 'PX4106' });
  });
});

describe('the state file in a merge', () => {
  it('is read with conflict markers in it: each row finds its own line', async () => {
    await recorded('_accepted_');
    const [head = '', line = ''] = (await state()).split('\n');
    const other = line.replace(/ [a-z0-9]{7} /, ' 0000000 ');
    await writeFile(statePath(file), `${head}\n<<<<<<< ours\n${other}\n=======\n${line}\n>>>>>>> theirs\n`);
    const update = await updateTracker(file, run([unexplained('11111')]), write);
    expect(update.states.get(id)).toMatchObject({ state: 'accepted' });
  });

  it('keeps of each row the line before, so that the tracker of the other branch is read, too', async () => {
    await recorded();
    const before = await markdown();
    await updateTracker(file, run([unexplained('22222')]), write);
    expect((await state()).match(/^P-/gm)).toHaveLength(2);
    await writeFile(file, before);
    expect(await readTrackerText(file, ownTable)).toContain('seen aaaaa:11111');
    await updateTracker(file, run([unexplained('33333')]), write);
    expect((await state()).match(/^P-/gm)).toHaveLength(2);
  });

  it.each<[string, string[], string, string]>([
    ['the one that is accepted is known', ['_accepted_ 1', '_open_ 0'], 'accepted', '11111'],
    ['the one that is accepted is lost', ['_open_ 1', '_accepted_ 0'], 'open', '11111'],
    ['both are open', ['_open_ 0', '_open_ 1'], 'open', '11111'],
    ['both are accepted', ['_accepted_ 0', '_accepted_ 1'], 'accepted', '11111'],
  ])('two rows of one finding become one, where %s', async (_why, rows, wanted, pair) => {
    await recorded();
    const text = await markdown();
    const row = text.split('\n').find((one) => one.includes(id)) ?? '';
    const doubled = rows.map((word) => {
      const [status = '', isKnown] = word.split(' ');
      const mine = row.replace('_open_', status);
      return isKnown === '1' ? mine : mine.replace(/state: [a-z0-9]+/, 'state: 0000000');
    });
    await writeFile(file, text.replace(row, doubled.join('\n')));
    const update = await updateTracker(file, run([unexplained(pair)]), write);
    expect((await markdown()).match(/P-3F2A9C1D/g)).toHaveLength(1);
    expect(update.states.get(id)).toMatchObject({ state: wanted });
  });
});

it('A state file is written as it is read', () => {
  const { lines } = splitState(editTracker(emptyTracker(), run([unexplained('11111')]), at).text, at);
  expect([...parseStateLines(spellStateLines(lines))]).toEqual([...lines]);
});
