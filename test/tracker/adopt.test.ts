import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTracker } from '../../src/tracker/markdown/table.ts';
import type { ReconcileInput } from '../../src/tracker/reconcile/row-plan.ts';
import type { TableOptions } from '../../src/tracker/rows/columns.ts';
import { editTracker, emptyTracker } from '../../src/tracker/update.ts';
import { finding, run } from './sample.ts';

const id = 'P-AAAAAAAA';
const heading = 'Decisions tracker';
const few = {
  Divergence: false,
  Route: false,
  Reference: false,
  Candidate: false,
  Cases: false,
  'First seen': false,
  'Last seen': false,
} as const;

function edit(text: string, options: TableOptions, input: ReconcileInput = run([finding(id)])): string {
  return editTracker(text, input, { file: 'T.md', options }).text;
}

const theirs = (rows: string, [head, rule] = ['', '']): string =>
  `# Port\n\n## Decisions tracker\n\nText.\n\n| # | Decision | Status | Notes |${head}\n|--:|:--|---|---|${rule}\n| 1 | use axum  | done |  |\n| 2 | keys \\| etags | open\t| ask *mia* |\n${rows}\n## Other\n\n| ID | Status |\n|---|---|\n`;

describe('a table that people began, found by its heading', () => {
  it('keeps its columns and rows to the byte; ours come at the right with the first row', () => {
    const options = { heading, columns: few };
    const added = `| | | | | ${id} | _open_ | |\n`;
    const after = theirs(added, [' Parity ID | Parity status | Parity decision |', ' --- | --- | --- |']);
    expect(edit(theirs(''), options, run([]))).toBe(theirs(''));
    expect(edit(theirs(''), options)).toBe(after);
    expect(edit(after, options)).toBe(after);
    expect(edit(after, options, run([]))).toBe(after);
  });

  it('takes the columns that the configuration maps, and leaves the others alone', () => {
    const options = { heading, columns: { ...few, ID: '#', Status: 'status', Decision: 'NOTES' } };
    expect(edit(theirs(''), options)).toBe(theirs(`| ${id} | | _open_ | |\n`));
    const [row] = readTracker(theirs(`| ${id} | x | accepted | by design |\n`), 'T.md', options).rows.slice(2);
    expect([row?.state, row?.decision]).toEqual(['accepted', 'by design']);
  });

  it('gets all columns where nothing is said, and a run reads what it wrote', () => {
    const options = { heading, columns: {} };
    const after = edit(theirs(''), options);
    expect(after).toContain('| Parity ID | Parity status | Parity decision | Parity divergence | Parity route |');
    expect(readTracker(after, 'T.md', options).rows.find((row) => row.id === id)).toMatchObject({
      ...{ state: 'open', route: 'POST /v1/validate', cases: '2', decision: '' },
    });
    expect(edit(after, options, run([], { today: '2026-11-22' }))).toBe(after.replace('_open_', '_fixed_'));
  });

  it('is read where it has no pipes at its edges', () => {
    const text = `${heading}\n---\n\nDecision | Status\n---|---\naxum | done\n`;
    const options = { heading, columns: few };
    const after = `${heading}\n---\n\nDecision | Status | Parity ID | Parity status | Parity decision\n---|--- | --- | --- | ---\naxum | done\n| | | ${id} | _open_ | |\n`;
    expect(edit(text, options)).toBe(after);
    expect(edit(after, options)).toBe(after);
  });

  it('is made below the heading where there is none, with the plain names', () => {
    const options = { heading, columns: {} };
    const after = edit(`# Port\n\n## **Decisions** tracker ##\n\n## Other\n`, options);
    expect(after).toContain('## **Decisions** tracker ##\n\n| ID | Status | Decision | Divergence |');
    expect(edit(after, options)).toBe(after);
    const made = edit(emptyTracker(options), options);
    expect(made).toContain(`## ${heading}\n\n| ID |`);
    expect(edit(made, options)).toBe(made);
  });
});

describe('a table is refused, with its line', () => {
  it.each<[string, string, TableOptions, RegExp, number]>([
    ['no such heading', '# A\n', { heading, columns: {} }, /no heading "Decisions tracker"/, 1],
    ['the heading is there twice', `# ${heading}\n\n# ${heading}\n`, { heading, columns: {} }, /at lines 1 and 3/, 1],
    [
      'a mapped column that is not there',
      theirs(''),
      { heading, columns: { Status: 'State' } },
      /no column "State" \(for Status\)/,
      7,
    ],
    [
      'cells beyond the header, which would become ours',
      theirs('| 3 | a | b | c | beyond |\n'),
      { heading, columns: {} },
      /line 11 has more cells than the header/,
      11,
    ],
    [
      'a mapped column below the marker',
      '<!-- parity:tracker -->\n\n| ID | Status |\n|-|-|\n',
      { heading: null, columns: { Decision: 'Why' } },
      /no column "Why"/,
      3,
    ],
  ])('%s', (_why, text, options, message, line) => {
    const edited = () => edit(text, options);
    expect(edited).toThrow(message);
    expect(edited).toThrow(
      expect.objectContaining({
        code: 'PX4105',
        problems: [
          expect.objectContaining({ line }),
          ...(message.source.includes('lines 1') ? [expect.anything()] : []),
        ],
      }),
    );
  });
});

describe('any table of people, adopted', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', ' ', '`', '*', '\\\\|', '_', '<b>', '[x](y)', '漢', '\t'),
    maxLength: 8,
  });
  const shape = fc.integer({ min: 1, max: 4 }).chain((width) =>
    fc.record({
      heads: fc.array(fc.constantFrom('#', 'ID', 'Status', 'Decision', 'Notes', 'Route'), {
        minLength: width,
        maxLength: width,
      }),
      rows: fc.array(fc.array(text, { minLength: 1, maxLength: width }), { maxLength: 6 }),
      eol: fc.constantFrom('\n', '\r\n'),
      seen: fc.uniqueArray(fc.integer({ min: 16, max: 99 }), { maxLength: 4 }),
    }),
  );

  it('keeps every line of theirs but for what comes at the right of the header, and a second run changes nothing', () => {
    fc.assert(
      fc.property(shape, ({ heads, rows, eol, seen }) => {
        const lines = [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
        const before = ['# T', '', `## ${heading}`, '', ...lines, '', 'End.'].join(eol);
        const options = { heading, columns: {} };
        const input = run(seen.map((index) => finding(`P-AAAAAA${index}`)));
        const after = edit(before, options, input);
        expect(edit(after, options, input)).toBe(after);
        const kept = after.split(eol).filter((line) => !/P-AAAAAA\d\d/.test(line));
        const bare = kept.map((line, at) => (at === 4 || at === 5 ? line.slice(0, lines[at - 4]!.length) : line));
        expect(bare.join(eol)).toBe(before);
        const ids = readTracker(after, 'T.md', options).rows.flatMap(({ id: one }) => one ?? []);
        expect(ids).toEqual(seen.map((index) => `P-AAAAAA${index}`).sort());
      }),
      { numRuns: 300 },
    );
  });
});
