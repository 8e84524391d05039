import { describe, expect, it } from 'vitest';
import { ParityError } from '../../../src/errors.ts';
import { readTracker } from '../../../src/tracker/markdown/table.ts';

const marker = '<!-- parity:tracker -->';
const table = '| ID | Status | Note |\n|---|---|---|\n| P-AAAAAAAA | _open_ | mine |\n';

function refusal(text: string): { code: string; lines: number[]; message: string } {
  try {
    readTracker(text, 'docs/T.md');
  } catch (error) {
    if (!(error instanceof ParityError)) throw error;
    return { code: error.code, lines: error.problems.map(({ line }) => line), message: error.message };
  }
  throw new Error('the document was accepted');
}

describe('a tracker is refused', () => {
  it.each([
    ['no marker at all', `# T\n\n${table}`, 'PX4105', [1]],
    ['a marker in a fence only', `\`\`\`\n${marker}\n\`\`\`\n\n${table}`, 'PX4105', [1]],
    ['two markers', `${marker}\n\n${table}\n${marker}\n`, 'PX4105', [1, 7]],
    ['two markers in one fold', `<div>\n${marker}\n${marker}\n</div>\n`, 'PX4105', [2, 3]],
    ['no Status column', `x\n\n${marker}\n\n| ID | State |\n|---|---|\n`, 'PX4105', [5]],
    ['no ID column', `${marker}\n\n| Id. | Status |\n|---|---|\n`, 'PX4105', [3]],
    [
      'an unresolved merge in the table',
      `${marker}\n\n${table}<<<<<<< HEAD\n| P-1 |\n=======\n>>>>>>> b\n`,
      'PX4103',
      [6],
    ],
    ['the end of a merge only', `${marker}\n\n${table}>>>>>>> branch\n`, 'PX4103', [6]],
    ['the middle of a three-way merge', `${marker}\n\n${table}||||||| base\n`, 'PX4103', [6]],
    ['a merge between marker and table', `${marker}\n<<<<<<< HEAD\n\n${table}`, 'PX4103', [2]],
    ['a merge with carriage returns', `${marker}\r\n\r\n<<<<<<< HEAD\r\n`, 'PX4103', [3]],
    ['both sides of a merge hold the marker', `<<<<<<< a\n${marker}\n=======\n${marker}\n>>>>>>> b\n`, 'PX4103', [1]],
  ])('%s', (_why, text, code, lines) => {
    const refused = refusal(text);
    expect({ code: refused.code, lines: refused.lines }).toEqual({ code, lines });
    expect(refused.message).toContain('docs/T.md');
  });

  it('names both missing columns', () => {
    expect(refusal(`${marker}\n\n| a | b |\n|---|---|\n`).message).toContain('no column ID and no column Status');
  });
});

describe('a row', () => {
  const read = (row: string) =>
    readTracker(`${marker}\n| ID | Status | Route | Cases | Decision |\n|-|-|-|-|-|\n${row}\n`, 'T.md').rows[0];

  it.each([
    ['as we write it', '_open_', 'open'],
    ['bare', 'open', 'open'],
    ['bold', '**accepted**', 'accepted'],
    ['with a capital', 'Fixed', 'fixed'],
    ['with stars', '*reopened*', 'reopened'],
    ['a word of people', '_wontfix_', null],
    ['two words', '_open_ accepted', null],
    ['nothing', '', null],
  ])('has its status recognised: %s', (_why, cell, state) => {
    expect(read(`| P-AAAAAAAA | ${cell} |`)?.state).toBe(state);
  });

  it.each([
    ['as we write it', 'P-3F2A9C1D', 'P-3F2A9C1D'],
    ['in lower case', 'p-3f2a9c1d', 'P-3F2A9C1D'],
    ['as a link', '[P-3F2A9C1D](#x)', 'P-3F2A9C1D'],
    ['as code', '`P-3F2A9C1D`', 'P-3F2A9C1D'],
    ['too short', 'P-3F2A', null],
    ['no hex', 'P-3F2A9C1G', null],
    ['words', 'total', null],
  ])('has its id recognised: %s', (_why, cell, id) => {
    expect(read(`| ${cell} | _open_ |`)?.id).toBe(id);
  });

  it('knows its line, its cells, and which cells it does not have', () => {
    const text = `\uFEFF${marker}\r\n\r\n| ID | Status | Route |\r\n|-|-|-|\r\n| P-AAAAAAAA |  _open_ |\r\n`;
    const row = readTracker(text, 'T.md').rows[0];
    expect(row).toMatchObject({ line: 5, id: 'P-AAAAAAAA', status: 'open', route: null, decision: null });
    const { start, end } = row?.cells.Status ?? { start: 0, end: 0 };
    expect(text.slice(start, end)).toBe('  _open_ ');
    expect(row?.cells.Route).toBeUndefined();
  });

  it('shows escaped pipes and code as a reader sees them', () => {
    expect(read('| P-AAAAAAAA | _open_ | GET `/a\\|b` | 5 | no \\| **yes** |')).toMatchObject({
      route: 'GET /a|b',
      cases: '5',
      decision: 'no | yes',
    });
  });
});
