import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { assessmentSchema } from '../../../src/gauntlet/assess/assessment.ts';
import { gauntletFolders } from '../../../src/gauntlet/gauntlet-folder.ts';

const reports = join(import.meta.dirname, '..', '..', '..', 'reports');
const folders = await gauntletFolders(reports);
const assessments = folders.map((folder) =>
  assessmentSchema.parse(JSON.parse(readFileSync(join(folder, 'assessment.json'), 'utf8'))),
);

it('the first tracked gauntlet of the twins ships with a known gap, the second with the Go service mended ships', () => {
  const [first, second] = assessments;
  expect(first).toMatchObject({
    verdict: 'ship-with-known-gap',
    phases: { smoke: { pass: 3, fail: 0 }, parity: { verdict: 'divergent', findings: 1 } },
    gaps: [{ severity: 'breaking', state: 'open' }],
  });
  expect(first!.phases.parity!.suites).toEqual([
    expect.stringContaining('6/6 status codes match · 5/6 body shapes diverge'),
  ]);
  expect(second).toMatchObject({
    ...{ verdict: 'ship', gaps: [], phases: { parity: { verdict: 'parity', findings: 0 } } },
    delta: {
      since: first!.made.gauntlet,
      closed: [...first!.gaps.map(({ id }) => id), 'R-001'].sort(),
      scores: [
        { dimension: 'Reproducibility', from: 10, to: 10 },
        { dimension: 'Error contract', from: 4, to: 10 },
      ],
    },
  });
});

it('every tracked gauntlet has the files of an assessment, and names no folder of the machine that made it', () => {
  for (const folder of folders) {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(?:md|json|html)$/.test(name),
    );
    expect(names.length).toBeGreaterThanOrEqual(10);
    expect(names.filter((name) => /\/(?:work|root|home|tmp)\//.test(readFileSync(join(folder, name), 'utf8')))).toEqual(
      [],
    );
  }
});
