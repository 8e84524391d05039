import { join } from 'node:path';
import { parseWhole } from '../../config/units.ts';
import { ParityError } from '../../errors.ts';
import type { GauntletFile } from '../../gauntlet/gauntlet-file.ts';
import { checkReports } from '../../gauntlet/gauntlet-folder.ts';
import { maxConcurrency } from '../../gauntlet/limits.ts';
import { writeNew } from '../../gauntlet/new-file.ts';
import { smokeJunit } from '../../gauntlet/smoke/junit.ts';
import { type CheckResult, runChecks } from '../../gauntlet/smoke/run-checks.ts';
import { openSmokeLog } from '../../gauntlet/smoke/smoke-log.ts';
import { terminalText } from '../../json/printable.ts';
import { maskOf } from '../../redact/redact.ts';
import { stopCodes } from '../../run/verdict.ts';
import { print, printError, secrets } from '../console.ts';
import { type Options, reporterOption, textOption } from '../options.ts';
import { shorter } from '../shorter.ts';
import { liveLine } from './live-line.ts';
import { amongServices, beginGauntlet, openGauntlet, type Phase, type Surroundings } from './open.ts';

/** `parity smoke`: 0 if every check passes, 1 if one fails, 3 if there is none. */
export async function smokeCommand(options: Options): Promise<number> {
  const gauntlet = await openGauntlet(options);
  const { file } = gauntlet;
  const settings = smokeSettings(options);
  refuseNone(file);
  await checkReports(gauntlet.reports);
  return amongServices(file, async (surroundings) => {
    const { folder } = await beginGauntlet(gauntlet, ['smoke']);
    return smokePhase({ file, folder, settings }, surroundings);
  });
}

/** What the command line says of smoke checks. */
interface SmokeSettings {
  readonly concurrency: number;
  readonly junit: boolean;
}

/** Throws PX2001 and PX2102 for flags. */
function smokeSettings(options: Options): SmokeSettings {
  const concurrency = parseWhole(textOption(options, 'concurrency') ?? '1', { min: 1, max: maxConcurrency });
  const reporters = reporterOption(options, 'terminal');
  const wrong = reporters.find((name) => !['terminal', 'junit'].includes(name));
  if (wrong !== undefined) {
    const hint = 'smoke checks have the reporters terminal and junit';
    throw new ParityError('PX2001', `--reporter is ${JSON.stringify(wrong)}`, { hint });
  }
  return { concurrency, junit: reporters.includes('junit') };
}

/** The smoke checks as a phase. Throws PX2001 and PX2102 for flags. */
export async function openSmoke(file: GauntletFile, options: Options): Promise<Phase | null> {
  const settings = smokeSettings(options);
  return file.smoke.length === 0 ? null : (folder, around) => smokePhase({ file, folder, settings }, around);
}

/** Nothing checked is not green. */
function refuseNone({ smoke, path, problemAt }: GauntletFile): void {
  if (smoke.length > 0) return;
  throw new ParityError('PX3201', `${shorter(path)} has no smoke check`, {
    problems: [problemAt(['smoke'], '`smoke` names no check')],
    hint: 'add one: smoke: [ { name: d1, command: [./check.sh] } ]',
  });
}

interface SmokePhase {
  readonly file: GauntletFile;
  /** Of the gauntlet. */
  readonly folder: string;
  readonly settings: SmokeSettings;
}

/** Runs the checks, prints their lines and writes them into the folder; returns the exit code. */
async function smokePhase({ file, folder, settings }: SmokePhase, { stopping }: Surroundings): Promise<number> {
  const mask = maskOf(secrets);
  const log = openSmokeLog(folder, mask);
  const live = liveLine(file.smoke.length);
  const onResult = async (result: CheckResult) => {
    const line = await log.add(result);
    live.end(result.name);
    live.clear();
    await print(line);
    if (!result.isPass)
      printError(`  ${terminalText(mask(result.how))}: ${shorter(join(folder, 'smoke', `${result.name}.log`))}\n`);
  };
  const { root, smoke } = file;
  const { concurrency, junit } = settings;
  const { signal, atLast: onStarted } = stopping;
  try {
    await runChecks(smoke, {
      ...{ root, concurrency, signal, onStart: live.begin, onResult, onStarted },
    });
  } finally {
    live.close();
  }
  if (junit) await writeNew(join(folder, 'junit.xml'), smokeJunit(mask(log.results)));
  if (signal.aborted) return stopCodes[signal.reason] ?? 130;
  await print(await log.close());
  return log.results.every(({ isPass }) => isPass) ? 0 : 1;
}
