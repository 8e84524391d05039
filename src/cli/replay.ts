import { ParityError } from '../errors.ts';
import { type ReportFinding, toReportDocument } from '../report/document.ts';
import { findRun, readToRender } from '../report/run-log.ts';
import { print } from './console.ts';
import { refuseUnsafe, warnOfCleartext } from './harmless.ts';
import { type Options, textOption } from './options.ts';
import { askProtected } from './protected.ts';
import { openSession, readConfig, runSession } from './session.ts';

/** A finding's cases, and by id those of all findings of the run that recorded it. */
interface Before {
  readonly cases: readonly string[];
  readonly known: ReadonlyMap<string, readonly string[]>;
}

/** What the run that is asked recorded of a finding. Throws ParityError PX2603 if it has no such finding. */
async function recordedFinding(id: string, dir: string): Promise<Before> {
  const { findings, run } = toReportDocument(await readToRender(dir));
  const found = findings.find((finding) => finding.id === id.toUpperCase());
  if (found !== undefined) return { cases: found.cases, known: new Map(findings.map((one) => [one.id, one.cases])) };
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
  const { cases, known } = await recordedFinding(id, findRun(config.out, textOption(options, 'run') ?? 'latest'));
  const session = await openSession(config, cases, options);
  if (options.unsafe !== true) refuseUnsafe(config.targets, session.selected);
  await askProtected(config, options);
  warnOfCleartext(config.targets);
  const { record } = await runSession(session, {
    ...options,
    reporter: options.json === true ? 'json' : 'json,md,html',
  });
  const { findings, counts } = toReportDocument(record);
  const still = findings.find((finding) => finding.id === id.toUpperCase());
  // A change that puts one divergence in the place of another mends nothing.
  const isNews = (shown: ReportFinding) => shown.cases.some((name) => known.get(shown.id)?.includes(name) !== true);
  const others = findings.filter((one) => one !== still && isNews(one)).map((one) => one.id);
  const open = counts.inconclusive + counts.notRun + counts.flaky > 0;
  const [word, exitCode] =
    still !== undefined || others.length > 0 ? ['STILL DIVERGENT', 1] : open ? ['INCONCLUSIVE', 3] : ['FIXED', 0];
  const shown = `${still?.cases.length ?? 0} of ${cases.length} cases show it`;
  if (options.json !== true) await print(`${word}  ${id.toUpperCase()}  ${shown}${instead(others)}`);
  return exitCode as number;
}

const mostOthers = 5;

function instead(others: readonly string[]): string {
  if (others.length === 0) return '';
  const listed = others.slice(0, mostOthers).join(', ');
  const rest = others.length > mostOthers ? ` and ${others.length - mostOthers} more` : '';
  return `, and they show what they did not before: ${listed}${rest}`;
}
