import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { ownTable } from '../../../src/tracker/rows/columns.ts';
import { seenCells } from '../../../src/tracker/rows/row-cells.ts';
import { editTracker, emptyTracker } from '../../../src/tracker/update.ts';
import { finding, run, today } from '../sample.ts';

const id = 'P-3F2A9C1D';
const edit = (text: string, input: ReturnType<typeof run>) =>
  editTracker(text, input, { file: 'T.md', options: ownTable }).text;

describe('what a row says of when it was seen', () => {
  it.each([
    ['a day', null, [], '2026-11-21', '2026-11-21'],
    ['a version', null, ['1.4.2'], '2026-11-21 (1.4.2)', '2026-11-21 (1.4.2)'],
    [
      'a commit is code: a Markdown host would link it',
      null,
      ['a1b2c3d'],
      '2026-11-21 (`a1b2c3d`)',
      '2026-11-21 (`a1b2c3d`)',
    ],
    ['a path', '../r/latest/report.html#{id}', [], '2026-11-21', `[2026-11-21](../r/latest/report.html#${id})`],
    [
      'a hostile version stays in its cell',
      null,
      ['x | <b>\n'],
      '2026-11-21 (`x \\| <b>\\n`)',
      '2026-11-21 (`x \\| <b>\\n`)',
    ],
  ])('%s', (_why, report, versions, first, last) => {
    const sighting = { today, report, versions: new Map(versions.map((version) => ['go', version])) };
    expect(seenCells(sighting, finding(id))).toEqual({ first, last });
  });

  it.each(['a b|c.html', 'a)b(c<d>.html', 'a\\]\n.html', 'x.html#{id}"><b>'])(
    'a link cannot be ended from within: %j',
    (report) => {
      const { last } = seenCells({ today, report, versions: new Map() }, finding(id));
      const tokens = new MarkdownIt({ html: true }).parse(`| a | b |\n|---|---|\n| ${last} | z |\n`, {});
      const cells = tokens.filter(({ type }, at) => type === 'inline' && tokens[at - 1]?.type === 'td_open');
      expect(cells.map(({ content }) => content)).toEqual([last, 'z']);
      expect(cells[0]?.children?.map(({ type }) => type)).toEqual(['link_open', 'text', 'link_close']);
    },
  );

  it('changes with a new version or link on the same day, and not by itself', () => {
    const link = { report: '../r.html#{id}' };
    const plain = edit(emptyTracker(), run([finding(id)]));
    const linked = edit(plain, run([finding(id)], link));
    expect(linked).toBe(plain.replace(/2026-11-21 \|\n$/, `[2026-11-21](../r.html#${id}) |\n`));
    expect(edit(linked, run([finding(id)], link))).toBe(linked);
    const deployed = edit(linked, run([finding(id)], { ...link, versions: new Map([['go', '1.5']]) }));
    expect(deployed).toContain(`| 2026-11-21 | [2026-11-21](../r.html#${id}) (1.5) |`);
    expect(edit(deployed, run([], { today: '2026-11-22' }))).toBe(deployed.replace('_open_', '_fixed_'));
  });
});
