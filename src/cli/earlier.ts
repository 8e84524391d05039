import { realpathSync } from 'node:fs';
import { shardKey, shardOf } from '../cases/select.ts';
import { ParityError } from '../errors.ts';
import { terminalText } from '../json/printable.ts';
import { readUnfinished, type Unfinished } from '../record/resume.ts';
import { findRun } from '../record/run-folder.ts';
import type { RunHeader } from '../record/types.ts';
import { planDifferences } from '../run/plan-marks.ts';
import { buildsIn, type Earlier, finishedIn } from '../run/recording/resume.ts';
import { folderToResume } from './run-folders.ts';
import type { Session } from './session.ts';

/** Earlier runs, and the header that the run that goes on takes its seed from. */
export interface EarlierRuns {
  readonly found: Earlier;
  readonly header: RunHeader;
}

function refuseOther(header: RunHeader, session: Session, act: string): void {
  const differs = planDifferences(header.plan, session.marks);
  if (differs.length === 0) return;
  throw new ParityError('PX2702', `run ${terminalText(header.id)} cannot be ${act}: ${differs.join(', ')} changed`, {
    hint: 'nothing was sent; give the flags and files of that run, or start a new run',
  });
}

function shardText(shard: RunHeader['shard']): string {
  return shard === undefined ? 'all cases' : `shard ${shard.index}/${shard.total}`;
}

/**
 * The run to go on with. Throws ParityError PX2502 if there is none, PX2702 if the plan is another one, PX2703 if it came to its end.
 */
export async function resumeFrom(name: string, session: Session, shard: RunHeader['shard']): Promise<EarlierRuns> {
  const run = await readUnfinished(folderToResume(session.config.out, name));
  const { header, footer } = run;
  refuseOther(header, session, 'resumed');
  if (shardText(header.shard) !== shardText(shard))
    throw new ParityError('PX2702', `run ${terminalText(header.id)} is of ${shardText(header.shard)}`, {
      hint: 'nothing was sent; give the --shard of that run',
    });
  if (footer !== null && !footer.interrupted)
    throw new ParityError('PX2703', `run ${terminalText(header.id)} came to its end: there is nothing to resume`, {
      hint: `show it with: parity report ${terminalText(header.id)}, or start a new run`,
    });
  return {
    header,
    found: { resumed: run, finished: finishedIn([run], session.config), absent: null, builds: buildsIn([run]) },
  };
}

/** The shards to join. Throws ParityError PX2502 and PX2501 for what is not a run, PX2702 and PX2704 for runs that do not belong together. */
export async function mergeFrom(names: readonly string[], session: Session): Promise<EarlierRuns> {
  // `reports/*` names the newest run twice: by its id and as `latest`.
  const dirs = new Set(names.map((name) => realpathSync(findRun(session.config.out, name))));
  const runs = withoutRepeated(await Promise.all([...dirs].map((dir) => readUnfinished(dir))));
  for (const run of runs) refuseWhole(run);
  for (const { header } of runs) refuseOther(header, session, 'merged');
  const total = totalOf(runs);
  const [first] = runs;
  const present = new Set(runs.map(({ header }) => header.shard?.index ?? 1));
  const absent: Earlier['absent'] = (testCase) => {
    const index = shardOf(shardKey(testCase), total);
    const shard = `shard ${index}/${total}`;
    return present.has(index)
      ? { reason: 'shard-cut-off', message: `${shard} did not come to its end: resume it` }
      : { reason: 'shard-missing', message: `${shard} is not among the runs` };
  };
  return {
    header: first!.header,
    found: { resumed: null, finished: finishedIn(runs, session.config), absent, builds: buildsIn(runs) },
  };
}

/** A run that is not a shard keeps no answers of cases that match: joined, it would show less for itself than its own report does. */
function refuseWhole({ header, footer }: Unfinished): void {
  if (header.shard !== undefined) return;
  const id = terminalText(header.id);
  throw new ParityError('PX2704', `run ${id} is not a shard: nothing can be joined with a run of all cases`, {
    hint:
      footer?.interrupted === false ? `show it with: parity report ${id}` : `go on with it: parity run --resume ${id}`,
  });
}

function isWhole({ footer }: Unfinished): boolean {
  return footer !== null && !footer.interrupted;
}

/** A shard that was cut off and then run anew counts as it was run anew. */
function withoutRepeated(runs: readonly Unfinished[]): Unfinished[] {
  const whole = new Set(runs.filter(isWhole).map(({ header }) => header.shard?.index));
  return runs.filter((run) => isWhole(run) || !whole.has(run.header.shard?.index));
}

function totalOf(runs: readonly Unfinished[]): number {
  const shards = runs.map(({ header }) => header.shard);
  const totals = new Set(shards.map((shard) => shard?.total ?? 1));
  const indices = new Set(shards.map((shard) => shard?.index ?? 1));
  if (totals.size === 1 && indices.size === runs.length) return [...totals][0]!;
  const what = totals.size > 1 ? 'are parts of different splits' : 'hold one shard twice';
  throw new ParityError('PX2704', `these runs ${what}: ${shards.map(shardText).join(', ')}`, {
    hint: 'name each shard of one split once',
  });
}
