import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { toReportDocument } from '../../../src/report/document/document.ts';
import { topFindings } from '../../../src/report/document/wording.ts';
import {
  acceptedRun,
  comparison,
  cutOffRun,
  divergence,
  divergentRun,
  enumFinding,
  footer,
  header,
  hostileRun,
  inconclusiveRun,
  parityRun,
  runCase,
  twoCandidatesRun,
} from '../records.ts';
import { renderJson } from '../renderers.ts';
import { violations } from '../schema-check.ts';

const schema: unknown = JSON.parse(readFileSync(new URL('../../../schema/report.json', import.meta.url), 'utf8'));

describe('the report document', () => {
  test('counts six cases, five of them divergent with one finding', () => {
    const report = toReportDocument(divergentRun());
    expect(report).toMatchObject({
      schema: 'parity-report/1',
      verdict: 'divergent',
      exitCode: 1,
      run: { interrupted: false, seed: 42, finishedAt: '2026-11-21T10:15:02.000Z' },
      counts: { selected: 6, total: 6, match: 1, divergent: 5, accepted: 0, flaky: 0, inconclusive: 0, notRun: 0 },
      suites: [
        {
          name: 'validate',
          candidate: 'go',
          cases: 6,
          conclusive: 6,
          ladder: { status: 6, shape: 1, value: 1, wire: 1 },
          headers: 6,
        },
      ],
    });
    expect(report.findings.map(({ id, state }) => [id, state])).toEqual([['P-3F2A9C1D', 'new']]);
  });

  test('a divergence names its finding, or null above the level', () => {
    const [first] = toReportDocument(divergentRun()).cases;
    expect(first?.divergences.map(({ rung, finding, step }) => [rung, finding, step])).toEqual([
      ['shape', 'P-3F2A9C1D', 0],
      ['shape', 'P-3F2A9C1D', 0],
      ['wire', null, 0],
    ]);
  });

  test('a case is accepted when every divergence that counts is', () => {
    expect(toReportDocument(acceptedRun()).counts).toMatchObject({ match: 1, divergent: 0, accepted: 5 });
  });

  test.each([
    ['one of two findings is open', ['accepted', 'open'], 'divergent'],
    ['both findings are accepted', ['accepted', 'accepted'], 'accepted'],
    ['no finding names its divergences', [], 'divergent'],
  ] as const)('with %s', (_, states, outcome) => {
    const record = {
      header: header({ total: 1, selected: 1 }),
      cases: [
        runCase('validate/a', {
          comparisons: [
            comparison({ outcome: 'divergent', divergences: [divergence(), divergence({ pointer: '/b' })] }),
          ],
        }),
      ],
      footer: footer({
        findings: states.map((state, index) =>
          enumFinding({ id: `P-${index}`, state, divergences: [['validate/a', 'go', index]] }),
        ),
      }),
    };
    expect(toReportDocument(record).cases[0]?.outcome).toBe(outcome);
  });

  test('a run without a footer is inconclusive, interrupted, exit 3, and the rest did not run', () => {
    const report = toReportDocument(cutOffRun());
    expect(report).toMatchObject({
      verdict: 'inconclusive',
      exitCode: 3,
      run: { interrupted: true, finishedAt: null },
    });
    expect(report.counts).toMatchObject({ selected: 6, divergent: 2, notRun: 4 });
  });

  test('inconclusive cases stay out of the ladder, and noise is flaky', () => {
    const report = toReportDocument(inconclusiveRun());
    expect(report.counts).toMatchObject({ total: 9, selected: 3, match: 1, flaky: 1, inconclusive: 1, notRun: 0 });
    expect(report.suites).toMatchObject([{ cases: 3, conclusive: 1, ladder: { status: 1, wire: 1 } }]);
  });

  test('each candidate is counted by itself', () => {
    const report = toReportDocument(twoCandidatesRun());
    expect(report.counts).toMatchObject({ selected: 2, match: 2, divergent: 2 });
    expect(report.suites.map(({ candidate, ladder, headers }) => [candidate, ladder.value, headers])).toEqual([
      ['go', 2, 2],
      ['node', 0, 0],
    ]);
  });

  test('findings come worst first: severity, then number of cases, then id', () => {
    const findings = [
      enumFinding({ id: 'P-4', severity: 'cosmetic', cases: ['a', 'b', 'c'] }),
      enumFinding({ id: 'P-3', severity: 'breaking', cases: ['a'] }),
      enumFinding({ id: 'P-2', severity: 'risky', cases: ['a', 'b'] }),
      enumFinding({ id: 'P-1', severity: 'breaking', cases: ['a'] }),
      enumFinding({ id: 'P-0', severity: 'breaking', cases: ['a', 'b'] }),
    ];
    const report = toReportDocument({ header: header(), cases: [], footer: footer({ findings }) });
    expect(report.findings.map(({ id }) => id)).toEqual(['P-0', 'P-1', 'P-3', 'P-2', 'P-4']);
  });

  test('what is new or reopened comes before what is open where severity and reach are the same', () => {
    const findings = [
      enumFinding({ id: 'P-1', severity: 'breaking', state: 'open' }),
      enumFinding({ id: 'P-2', severity: 'cosmetic', state: 'new' }),
      enumFinding({ id: 'P-3', severity: 'breaking', state: 'accepted' }),
      enumFinding({ id: 'P-4', severity: 'breaking', state: 'reopened' }),
    ];
    const report = toReportDocument({ header: header(), cases: [], footer: footer({ findings }) });
    expect(report.findings.map(({ id }) => id)).toEqual(['P-4', 'P-1', 'P-3', 'P-2']);
    // Where two have room, the new one is not left out for one that is known.
    expect(topFindings(report.findings, 2).map(({ id }) => id)).toEqual(['P-4', 'P-2']);
    expect(topFindings(report.findings, 3).map(({ id }) => id)).toEqual(['P-4', 'P-1', 'P-2']);
  });

  test('cases come by suite, id and candidate, whatever order they finished in', () => {
    const record = twoCandidatesRun();
    const shuffled = { ...record, cases: [...record.cases, runCase('a/z')].reverse() };
    expect(toReportDocument(shuffled).cases.map(({ id, candidate }) => `${id} ${candidate}`)).toEqual([
      'a/z go',
      'storage/get go',
      'storage/get node',
      'storage/head go',
      'storage/head node',
    ]);
  });
});

describe('schema/report.json', () => {
  test.each([
    ['divergent', divergentRun],
    ['parity', parityRun],
    ['accepted', acceptedRun],
    ['inconclusive', inconclusiveRun],
    ['cut off', cutOffRun],
    ['two candidates', twoCandidatesRun],
    ['hostile', hostileRun],
  ])('takes the document of a run that is %s', (_, run) => {
    expect(violations(JSON.parse(renderJson(run())), schema)).toEqual([]);
  });

  test('refuses a document that lost a member or has a foreign word', () => {
    const { verdict: _, ...report } = toReportDocument(divergentRun());
    expect(
      violations({ ...report, exitCode: 'x', findings: [{ ...report.findings[0], state: 'odd' }] }, schema),
    ).toEqual(['$.verdict: is missing', '$.exitCode: is string', '$.findings[0].state: is none of the words']);
  });
});

describe('the order of findings is the order of work', () => {
  const cases = (count: number) => Array.from({ length: count }, (_, n) => `validate/${n}`);
  const routes = (count: number) => Array.from({ length: count }, (_, n) => `POST /v${n}`);
  /** From the first to be done to the last. */
  const work: readonly (readonly [why: string, finding: Parameters<typeof enumFinding>[0]])[] = [
    [
      'breaking, and rows are written that should not be',
      { severity: 'breaking', direction: 'over-accepts', cases: cases(2) },
    ],
    ['the same, in fewer cases', { severity: 'breaking', direction: 'both', cases: cases(1) }],
    ['breaking and loud, in many cases', { severity: 'breaking', direction: 'over-refuses', cases: cases(9) }],
    ['breaking, in fewer cases on more routes', { severity: 'breaking', cases: cases(3), routes: routes(3) }],
    ['breaking, on fewer routes', { severity: 'breaking', cases: cases(3), routes: routes(1) }],
    ['risky, and taken in silence', { severity: 'risky', direction: 'over-accepts', cases: cases(1) }],
    ['risky, in many cases', { severity: 'risky', direction: null, cases: cases(9) }],
    [
      'cosmetic, in all cases on all routes',
      { severity: 'cosmetic', direction: null, cases: cases(9), routes: routes(9) },
    ],
  ];
  const findings = work.map(([, finding], n) =>
    enumFinding({ direction: null, ...finding, id: `P-0000000${9 - n}`, divergences: [] }),
  );
  const shown = (list: readonly ReturnType<typeof enumFinding>[]) => {
    const run = divergentRun();
    return toReportDocument({ ...run, footer: footer({ ...run.footer, findings: list }) }).findings.map(({ id }) => id);
  };

  test.each(work.map(([why], n) => [why, n] as const))('%s', (_, n) => {
    const turned = [...findings.slice(n), ...findings.slice(0, n)];
    expect(shown(turned)).toEqual(findings.map(({ id }) => id));
    expect(shown([...turned].reverse())[n]).toBe(findings[n]!.id);
  });
});
