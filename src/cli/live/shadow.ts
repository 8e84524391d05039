import { setMaxListeners } from 'node:events';
import { join } from 'node:path';
import type { Cases } from '../../cases/case.ts';
import { routeRules } from '../../config/routes.ts';
import { ParityError } from '../../errors.ts';
import { terminalText } from '../../json/printable.ts';
import { type LiveSetting, liveSource } from '../../live/live-source.ts';
import { maskOf } from '../../redact/redact.ts';
import { maskMembers } from '../../redact/redact-members.ts';
import { planMarks } from '../../run/plan-marks.ts';
import { newRunId } from '../../run/run-id.ts';
import { type RunResult, run } from '../../run.ts';
import { print, printError, secrets } from '../console.ts';
import { printBug, printBugOf } from '../errors.ts';
import { warnOfConnections } from '../harmless.ts';
import { type Options, reporterOption, seedOption, textOption } from '../options.ts';
import { askProtected } from '../protected.ts';
import { printReport } from '../session.ts';
import { stopOnSignals } from '../signals.ts';
import { version } from '../version.ts';
import { routesIn } from './library-routes.ts';
import { type KilledShadow, killedShadow } from './resume-live.ts';
import { refuseWrites, type ShadowFlags, shadowConfig, shadowFlags } from './shadow-options.ts';

/** `parity shadow`: 0 once it was asked to end, whatever it found; 4 where nothing could be stored. */
export async function shadowCommand(options: Options): Promise<number> {
  const flags = shadowFlags(options);
  const reporters = reporterOption(options);
  const found = await shadowConfig(options);
  refuseWrites(flags, found);
  await askProtected(found, options);
  warnOfConnections(found.targets);
  const { templates, operations } = routeRules(found.routes);
  const routes = { templates: [...templates, ...(await routesIn(found)).templates], operations };
  const config = { ...found, routes };
  const marks = planMarks(config, { cases: '', selectors: [], grep: null, tags: [], again: [] });
  const killed = options.new === true ? null : await killedShadow(config, marks);
  const shadowing: Shadowing = { options, flags, config, marks };
  const result = await carryOut(shadowing, killed).catch((error: unknown) => {
    // Another shadow is at work on it: this one begins anew.
    const isInUse = killed !== null && error instanceof ParityError && error.code === 'PX2705';
    if (!isInUse) throw error;
    return carryOut(shadowing, null);
  });
  await printReport({ ...result, root: config.root }, reporters, false);
  for (const bug of result.faults) printBugOf(bug);
  return result.faults.length > 0 ? 70 : 0;
}

interface Shadowing {
  readonly options: Options;
  readonly flags: ShadowFlags;
  readonly config: LiveSetting['config'];
  readonly marks: Readonly<Record<string, string>>;
}

async function carryOut({ options, flags, config, marks }: Shadowing, killed: KilledShadow | null): Promise<RunResult> {
  const id = killed?.header.id ?? newRunId(new Date());
  const stopping = stopOnSignals('copies under way have five seconds');
  const until = endOf(stopping.signal, flags.forMs);
  let stored: unknown = null;
  const failed = (error: unknown) => {
    if (error instanceof ParityError) stored = reportOnce(stored, error);
    else printBug(error);
  };
  const kept = countedCases(killed?.cases.length ?? 0);
  const source = liveSource({
    ...{ ...flags, config, until, failed, before: killed, run: id, dir: join(config.out, id) },
    ...{
      now: () => new Date(),
      mask: maskOf(secrets, maskMembers),
      onListening: say(killed),
      onSwitch: onToggleSignal,
    },
  });
  try {
    const result = await run({
      ...{ config, library: kept.cases, selected: kept.cases, id, marks, version, failOn: 'any', noise: 1 },
      ...{ seed: killed?.header.seed ?? seedOption(options), strict: false, formats: reporterOption(options) },
      ...{ secrets: [...secrets], signal: neverStopped(), now: () => new Date(), source },
      ...(killed === null ? {} : { earlier: killed.earlier }),
      writeTracker: options.updateTracker === true || process.env.CI !== 'true',
      trackerNamed: textOption(options, 'tracker') !== undefined || config.file === null,
      onCase: kept.count,
      onStarted: stopping.atLast,
    });
    if (stored !== null) throw stored;
    return result;
  } finally {
    until.forget();
    stopping.forget();
  }
}

/** The first thing that could not be stored is said once; the traffic goes on. */
function reportOnce(before: unknown, error: ParityError): unknown {
  if (before === null) printError(`${error.message} (${error.code}); answers go on\n`);
  return before ?? error;
}

/** Cases that are counted as they are recorded. */
function countedCases(first: number): { readonly cases: Cases; readonly count: (finished: number) => void } {
  let length = first;
  const cases = {
    get length() {
      return length;
    },
    *[Symbol.iterator]() {},
  };
  return {
    cases,
    count(finished) {
      length = finished;
    },
  };
}

function neverStopped(): AbortSignal {
  return new AbortController().signal;
}

/** Aborted by a signal of the system, or after so long. */
function endOf(signal: AbortSignal, forMs: number | null): AbortSignal & { forget(): void } {
  const end = new AbortController();
  const stop = () => end.abort();
  signal.addEventListener('abort', stop, { once: true });
  const timer = forMs === null ? null : setTimeout(stop, forMs);
  setMaxListeners(0, end.signal);
  return Object.assign(end.signal, {
    forget() {
      if (timer !== null) clearTimeout(timer);
    },
  });
}

function say(killed: KilledShadow | null): LiveSetting['onListening'] {
  return ({ url, page }) => {
    if (killed !== null) printError(`going on with run ${terminalText(killed.header.id)}\n`);
    void print([`listening on ${url}`, ...(page === null ? [] : [`page on ${page}`])].join('\n'));
  };
}

/** SIGUSR2 switches copying off, and on again. */
function onToggleSignal(toggle: () => void): void {
  process.on('SIGUSR2', toggle);
}
