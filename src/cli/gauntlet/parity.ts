import { join, relative, sep } from 'node:path';
import type { GauntletFile } from '../../gauntlet/gauntlet-file.ts';
import { writePhase } from '../../gauntlet/phase-results.ts';
import { toReportDocument } from '../../report/document/document.ts';
import type { RunResult } from '../../run.ts';
import { refuseUnsafe, warnOfConnections } from '../harmless.ts';
import type { Options } from '../options.ts';
import { askProtected } from '../protected.ts';
import { openSession, readConfig, runSession } from '../session.ts';
import type { Phase } from './open.ts';

/** The run of this tool as a phase. Throws ParityError PX2xxx as `parity run` does, and PX3101 if no case is selected. */
export async function openParity(file: GauntletFile, options: Options): Promise<Phase | null> {
  const { parity } = file;
  if (parity === undefined) return null;
  const config = await readConfig({ config: file.parityConfig() });
  const session = await openSession(config, parity.select, {});
  if (options.unsafe !== true) refuseUnsafe(config.targets, session.selected);
  await askProtected(config, options);
  warnOfConnections(config.targets);
  const { updateTracker } = options;
  return async (folder, { stopping }) => {
    const result = await runSession({ ...session, stopping }, { updateTracker });
    if (result.record.footer?.interrupted !== true) await writeResult(folder, result);
    return result.exitCode;
  };
}

async function writeResult(folder: string, { record, dir, exitCode }: RunResult): Promise<void> {
  const { verdict, findings } = toReportDocument(record);
  const report = relative(folder, join(dir, 'report.json')).split(sep).join('/');
  const open = findings.filter(({ state }) => state !== 'fixed').length;
  await writePhase(folder, 'parity', { verdict, run: record.header.id, report, findings: open, exitCode });
}
