import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  type Covered,
  type Decision,
  decide,
  decisionTable,
  type FindingEvidence,
  type Standing,
} from '../../../src/tracker/reconcile/decision-table.ts';

const rows: Standing[] = ['open', 'reopened', 'fixed', 'accepted', 'expired'];
const findings: FindingEvidence[] = ['seen', 'gone', 'not judged'];
const coverages: Covered[] = ['yes', 'no', 'not recorded', 'not proved', 'lost'];

const situations = rows.flatMap((row) =>
  findings.flatMap((finding) =>
    coverages.flatMap((covered) => [true, false].map((replaced) => ({ row, finding, covered, replaced }))),
  ),
);

/** Whether a line is about a situation, read from the data alone. */
const isAbout = (line: Decision, { row, finding, covered, replaced }: (typeof situations)[number]) =>
  line.row.includes(row) &&
  line.finding.includes(finding) &&
  (line.covered === null || line.covered.includes(covered)) &&
  (line.replaced === null || line.replaced === replaced);

it('exactly one line of the decision table is about each of the 150 situations, and it decides', () => {
  expect(situations).toHaveLength(150);
  for (const situation of situations) {
    const lines = decisionTable.filter((line) => isAbout(line, situation));
    expect([situation, lines.length]).toEqual([situation, 1]);
    expect(decide(situation)).toBe(lines[0]);
  }
});

it('only a finding that is gone and not replaced closes a row, and never an acceptance that holds', () => {
  const closing = situations.filter((one) => decide(one).status === 'fixed');
  expect(new Set(closing.map(({ row, finding, replaced }) => `${row} ${finding} ${replaced}`))).toEqual(
    new Set(['open gone false', 'reopened gone false', 'expired gone false']),
  );
});

it('nothing that is seen counts as accepted unless the row covers it, or has still to record what it covers', () => {
  const accepted = situations.filter((one) => one.finding === 'seen' && decide(one).counts === 'accepted');
  expect(new Set(accepted.map(({ row, covered }) => `${row} ${covered}`))).toEqual(
    new Set(['accepted yes', 'accepted not recorded']),
  );
});

const cells = ({ row, finding, covered, replaced, status, counts, note }: Decision) => [
  row.join(', '),
  finding.join(', '),
  covered?.join(', ') ?? 'any',
  replaced === null ? 'any' : replaced ? 'yes' : 'no',
  status === null ? 'stays' : `\`_${status}_\``,
  counts,
  note,
];

it('docs/tracker.md shows the decision table as it is in the code', () => {
  const file = join(import.meta.dirname, '../../../docs/tracker.md');
  const page = readFileSync(file, 'utf8');
  const [head, , rule] = /<!-- decisions -->\n(.*\n)(.*\n)/.exec(page)?.slice(0).map(String) ?? [];
  const lines = decisionTable.map((line) => `| ${cells(line).join(' | ')} |\n`).join('');
  const wanted = `${head?.trimEnd()}\n${lines}<!-- /decisions -->`;
  const written = /<!-- decisions -->[\s\S]*<!-- \/decisions -->/.exec(page)?.[0];
  if (process.env.PARITY_WRITE_DOCS === '1') writeFileSync(file, page.replace(written!, wanted));
  else expect(written).toBe(wanted);
  expect(rule).toMatch(/^\|---/);
});
