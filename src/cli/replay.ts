import { ParityError } from '../errors.ts';
import { toReportDocument } from '../report/document.ts';
import { findRun, readRun } from '../report/run-log.ts';
import { print } from './console.ts';
import { refuseUnsafe } from './harmless.ts';
import { type Options, textOption } from './options.ts';
import { openSession, readConfig, runSession } from './session.ts';

/** The cases of a finding, as the newest run that is asked recorded them. Throws ParityError PX2603 if it has no such finding. */
async function casesOf(id: string, dir: string): Promise<readonly string[]> {
  const { findings, run } = toReportDocument(await readRun(dir));
  const found = findings.find((finding) => finding.id === id.toUpperCase());
  if (found !== undefined) return found.cases;
  const known = findings.slice(0, 5).map((finding) => finding.id);
  throw new ParityError('PX2603', `run ${run.id} has no finding ${id}`, {
    hint:
      known.length > 0
        ? `it has ${known.join(', ')}${findings.length > known.length ? ' …' : ''}`
        : 'it has no findings at all',
  });
}

/** `parity replay ID`: sends the cases of one finding again. 0 fixed, 1 still divergent, 3 inconclusive. The tracker is left alone. */
export async function replayCommand(id: string, options: Options): Promise<number> {
  const config = await readConfig({ ...options, tracker: false });
  const cases = await casesOf(id, findRun(config.out, textOption(options, 'run') ?? 'latest'));
  const session = await openSession(config, cases, options);
  if (options.unsafe !== true) refuseUnsafe(config.targets, session.selected);
  const { record } = await runSession(session, {
    ...options,
    reporter: options.json === true ? 'json' : 'json,md,html',
  });
  const { findings, counts } = toReportDocument(record);
  const still = findings.find((finding) => finding.id === id.toUpperCase());
  const open = counts.inconclusive + counts.notRun + counts.flaky > 0;
  const [word, exitCode] = still !== undefined ? ['STILL DIVERGENT', 1] : open ? ['INCONCLUSIVE', 3] : ['FIXED', 0];
  if (options.json !== true)
    await print(`${word}  ${id.toUpperCase()}  ${still?.cases.length ?? 0} of ${cases.length} cases show it`);
  return exitCode as number;
}
