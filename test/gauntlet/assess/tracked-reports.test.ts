import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { assessmentSchema } from '../../../src/gauntlet/assess/assessment.ts';
import { linksIn } from './links.ts';

const gauntlets = join(import.meta.dirname, '..', '..', '..', 'reports', 'gauntlet');
const folders = ['2026-11-25', '2026-11-25-2'];
const assessments = folders.map((folder) =>
  assessmentSchema.parse(JSON.parse(readFileSync(join(gauntlets, folder, 'assessment.json'), 'utf8'))),
);
/** The tracked files, by path; logs are not tracked. */
const texts = folders.flatMap((folder) =>
  readdirSync(join(gauntlets, folder))
    .filter((name) => /\.(?:md|json|html)$/.test(name))
    .sort()
    .map((name) => [`${folder}/${name}`, readFileSync(join(gauntlets, folder, name), 'utf8')] as const),
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
      since: '2026-11-25',
      closed: [...first!.gaps.map(({ id }) => id), 'R-001'].sort(),
      scores: [
        { dimension: 'Reproducibility', from: 10, to: 10 },
        { dimension: 'Error contract', from: 4, to: 10 },
      ],
    },
  });
});

it('the tracked gauntlets keep their bytes: what is history is never written again', () => {
  const all = createHash('sha256');
  for (const [path, text] of texts) all.update(`${path}\0${text}\0`);
  expect([texts.length, all.digest('hex')]).toEqual([
    22,
    'aca531ad7b7003c72fe366b7efd960f1058602660884786f3b8e0d30a8c43ddd',
  ]);
});

it('links of tracked gauntlets lead to tracked files: a clone has all of them', () => {
  const tracked = new Set(execFileSync('git', ['ls-files'], { cwd: gauntlets, encoding: 'utf8' }).split('\n'));
  const links = linksIn(gauntlets);
  expect(links.filter(([file]) => file === '2026-11-25/assessment.md')).toHaveLength(5);
  expect(links.filter(([, target]) => !tracked.has(target))).toEqual([]);
});

it('the tracked gauntlets name no folder of the machine that made them', () => {
  const named = texts.filter(([, text]) => /\/(?:work|root|home|tmp)\//.test(text));
  expect(named.map(([path]) => path)).toEqual([]);
});
