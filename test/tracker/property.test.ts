import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tableColumns } from '../../src/config/tracking.ts';
import { spliceTracker } from '../../src/tracker/markdown/splice.ts';
import { readTracker } from '../../src/tracker/markdown/table.ts';
import { reconcile } from '../../src/tracker/reconcile/reconcile.ts';
import { finding, library, route, run } from './sample.ts';

const prose = fc.array(
  fc.constantFrom(
    ...[
      '',
      'Text with | pipes.',
      '# Heading',
      'Setext\n---',
      '---',
      '* star',
      '1. one',
      '> quote',
      '<br>',
      '<!-- note -->',
    ],
    ...[
      '```\n<!-- parity:tracker -->\n| ID | Status |\n|-|-|\n```',
      'Text\n\n    <!-- parity:tracker -->',
      '[ref]: https://a.test',
    ],
    ...[
      '| a | b |\n|---|---|\n| 1 | 2 |',
      'trailing  ',
      '\ttab',
      '~~~\ncode\n~~~',
      'nul\0bidi\u202e',
      '<p>\nhtml\n</p>',
      '&amp; \\|',
    ],
  ),
  { maxLength: 6 },
);
const eol = fc.constantFrom('\n', '\r\n', '\r');
const notes = fc.constantFrom('', 'x', 'a \\| b', '`c\\|d`', '**why**', '<!-- c -->', '  ', '[l](m)', '漢字', '👍');
const status = fc.constantFrom('_open_', 'open', '**accepted**', '_fixed_', '_reopened_', 'wontfix', 'Fixed');
const idOf = (index: number): string => `P-${(index * 7919 + 0xa0000000).toString(16).toUpperCase()}`;
const hostile = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.constantFrom('|', '`', '\n| P-AAAAAAAA |', '<!-- parity:tracker -->', '\\'),
);

interface Piece {
  readonly text: string;
  readonly ours: boolean;
}

const scenario = fc
  .record({
    above: prose,
    below: prose,
    eol,
    bom: fc.boolean(),
    leading: fc.boolean(),
    trailing: fc.boolean(),
    finalLine: fc.boolean(),
    names: fc
      .tuple(
        fc.subarray(tableColumns.slice(2)),
        fc.array(fc.constantFrom('Owner', 'Notes', 'Ticket'), { maxLength: 3 }),
      )
      .chain(([ours, people]) => {
        const names = ['ID', 'Status', ...ours, ...people];
        return fc.shuffledSubarray(names, { minLength: names.length });
      }),
    rows: fc.uniqueArray(fc.record({ index: fc.nat(20), status, note: notes, short: fc.nat(3) }), {
      maxLength: 8,
      selector: ({ index }) => index,
    }),
    seen: fc.uniqueArray(fc.nat(20), { maxLength: 8 }),
    cases: fc.integer({ min: 1, max: 3 }),
    excerpt: hostile,
  })
  .filter(({ rows, trailing }) => trailing || rows.every(({ short }) => short === 0));

type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;

/** The document in pieces: what is ours to change, and what is not. */
function pieces(made: Scenario): Piece[] {
  const { above, below, leading, trailing, names } = made;
  const theirs = (text: string): Piece => ({ text: text.replaceAll('\n', made.eol), ours: false });
  const outer = (line: Piece[]): Piece[] => [theirs(leading ? '|' : ''), ...line, theirs(trailing ? '|\n' : '\n')];
  const head = names.flatMap((name, index) => [theirs(`${index > 0 ? '|' : ''} ${name} `)]);
  const rule = names.map((_, index) => theirs(`${index > 0 ? '|' : ''}---`));
  const rows = made.rows.flatMap((row) => {
    // Without pipes at the edges, a comment would start a block and a blank cell would be lost.
    const cells = names.map((name) => cell(name, row, leading && trailing ? row.note || 'n' : 'n'));
    const kept = cells.slice(0, Math.max(2, names.indexOf('ID') + 1, cells.length - row.short));
    return outer(kept.flatMap((piece, index) => (index > 0 ? [theirs('|'), piece] : [piece])));
  });
  const end = made.finalLine ? [theirs('\n'), ...below.map((text) => theirs(`${text}\n\n`))] : [];
  return [
    theirs(`${made.bom ? '\uFEFF' : ''}\n`),
    ...above.map((text) => theirs(`${text}\n\n`)),
    theirs('\n<!-- parity:tracker -->\n\n'),
    ...outer(head),
    ...outer(rule),
    ...rows,
    ...end,
  ];
}

function cell(name: string, row: Scenario['rows'][number], note: string): Piece {
  const id = idOf(row.index);
  const known: Readonly<Record<string, string>> = {
    ID: id,
    Status: row.status,
    Divergence: 'x at `/`',
    Route: route,
    Reference: 'rust: `1`',
    Candidate: 'go: `2`',
    Cases: '2',
    'First seen': '2026-05-02',
    'Last seen': '2026-05-02',
  };
  const changes = ['Status', 'Cases', 'Last seen', 'Divergence'].includes(name);
  return { text: ` ${known[name] ?? note} `, ours: changes };
}

/** The text without the rows that were added. */
function withoutRows(text: string, added: readonly string[], newline: string): string {
  const isAdded = (line: string): boolean => added.some((id) => line.split(/[| ]+/).includes(id));
  return text
    .split(newline)
    .filter((line) => !isAdded(line))
    .join(newline);
}

describe('whatever stands around the table', () => {
  it('foreign bytes come back, and a second run changes nothing', () => {
    fc.assert(
      fc.property(scenario, (made) => {
        const parts = pieces(made);
        const text = parts.map((piece) => piece.text).join('');
        const findings = made.seen.map((index) =>
          finding(idOf(index), {
            pointer: made.excerpt,
            example: { case: 'a', reference: made.excerpt, candidate: made.excerpt },
          }),
        );
        const input = run(findings, { library: library(made.cases) });
        const table = readTracker(text, 'T.md');
        expect(table.rows.map(({ id }) => id)).toEqual(made.rows.map(({ index }) => idOf(index)));
        const plan = reconcile(table.rows, input);
        const after = spliceTracker(text, table, plan.edits);

        const again = readTracker(after, 'T.md');
        expect(again.rows.map(({ id }) => id).sort()).toEqual(
          [...new Set([...made.rows.map(({ index }) => index), ...made.seen])].map(idOf).sort(),
        );
        expect(spliceTracker(after, again, reconcile(again.rows, input).edits)).toBe(after);

        let from = 0;
        const kept = withoutRows(after, plan.added, made.eol);
        for (const piece of parts.filter(({ ours }) => !ours)) {
          const at = kept.indexOf(piece.text, from);
          expect(at).toBeGreaterThanOrEqual(0);
          // Between two foreign pieces there is at most one cell of ours, with a pin in it, or its cases and who stands by it.
          expect(at - from).toBeLessThanOrEqual(60 + 6 * made.seen.length);
          from = at + piece.text.length;
        }
        expect(kept.slice(from)).toBe('');
      }),
      { numRuns: 500 },
    );
  });
});
