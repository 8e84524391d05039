import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ReportDocument } from '../../src/report/document/document.ts';
import { startRealTwin, toolchains } from '../twins/real.ts';
import { folder, home, newestReport, parity } from './command.ts';

const missing = Object.entries(toolchains).filter(([, there]) => !there);
const why = `skipped: no toolchain for ${missing.map(([name]) => name).join(' and ')}`;
const buildTimeout = 10 * 60_000;

if (missing.length > 0 && process.env.CI === 'true')
  it('needs cargo and go, which CI must have', () => {
    expect(missing).toEqual([]);
  });

/** Replays the shipped library to the real twins, writing the tracker of `cwd`. */
async function runReal(
  cwd: string,
  serdeErrors: boolean,
  ...more: string[]
): Promise<{ exitCode: number; report: ReportDocument }> {
  const rust = await startRealTwin('rust');
  const go = await startRealTwin('go', { serdeErrors });
  try {
    const targets = ['--target', `rust=${rust.url}`, '--target', `go=${go.url}`];
    const library = ['validate', 'storage'].flatMap((suite) => ['--cases', join(home, 'cases', suite)]);
    const args = ['run', ...targets, ...library, '--tracker', 'tracker.md', ...more];
    const { exitCode } = await parity(args, { cwd });
    return { exitCode, report: newestReport(cwd) };
  } finally {
    await Promise.all([rust.close(), go.close()]);
  }
}

describe.skipIf(missing.length > 0)(missing.length > 0 ? why : 'the real twins', () => {
  it(
    'give the verdict, ladder, findings and ids of the embedded ones',
    async () => {
      const [cwd, other] = [await folder(), await folder()];
      const { exitCode, report } = await runReal(cwd, false);
      await parity(['demo', '--tracker', 'tracker.md'], { cwd: other });
      const kept = ({ verdict, suites, findings, counts }: ReportDocument) => ({ verdict, suites, findings, counts });
      expect(exitCode).toBe(1);
      expect(kept(report)).toEqual(kept(newestReport(other)));
      expect(report.suites.find((one) => one.name === 'validate')?.ladder).toMatchObject({ status: 6, shape: 1 });
    },
    buildTimeout,
  );

  it(
    'tell the whole story of a row: found, fixed, back, accepted, gone',
    async () => {
      const cwd = await folder();
      const row = () =>
        readFileSync(join(cwd, 'tracker.md'), 'utf8')
          .split('\n')
          .filter((line) => line.includes('enum-external-vs-flat'));
      await runReal(cwd, false);
      expect(row()).toHaveLength(1);
      expect(row()[0]).toContain('_open_');
      await runReal(cwd, true);
      expect(row()[0]).toContain('_fixed_');
      const back = await runReal(cwd, false);
      expect(row()).toHaveLength(1);
      expect(row()[0]).toContain('_reopened_');
      expect(stateOf(back.report)).toBe('reopened');
      for (const { id } of back.report.findings)
        await parity(['tracker', 'accept', id, '--tracker', 'tracker.md', '--reason', 'agreed'], { cwd });
      const green = await runReal(cwd, false);
      expect([green.exitCode, stateOf(green.report), green.report.counts.divergent]).toEqual([0, 'accepted', 0]);
      const id = /P-[0-9A-F]{8}/.exec(row()[0] ?? '')?.[0];
      const gone = await runReal(cwd, true);
      expect(gone.report.notes).toContain(`${id} is accepted but gone: no case shows it any more.`);
      expect(row()[0]).toContain('_accepted_');
      expect((await runReal(cwd, true, '--strict')).exitCode).toBe(1);
    },
    buildTimeout,
  );
});

function stateOf(report: ReportDocument): string | undefined {
  return report.findings.find((finding) => finding.class === 'enum-external-vs-flat')?.state;
}
