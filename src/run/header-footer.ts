import { ruleNotes } from '../assurance/evidence.ts';
import type { Target } from '../config/config.ts';
import { noEvidence } from '../record/evidence.ts';
import type { Added, RunFooter, RunHeader } from '../record/types.ts';
import type { FooterPart } from './model/observer.ts';
import type { RunTotals } from './observers/accumulator.ts';
import type { RunPlan } from './plan.ts';
import type { TrackerOutcome } from './track.ts';
import { judge, ofEmptyShard, stopCodes, unlessVoid } from './verdict.ts';

/** The first line of the record of a run. */
export function headerOf(plan: RunPlan): RunHeader {
  const { config } = plan;
  return {
    type: 'header',
    schema: 'parity-run/1',
    id: plan.id,
    startedAt: plan.now().toISOString(),
    seed: plan.seed,
    tool: { name: 'parity-prober', version: plan.version },
    targets: config.targets.map(targetOf),
    level: config.compare.level,
    ...(config.selfCheck ? { selfCheck: true } : {}),
    ...(plan.source === undefined ? {} : { live: true }),
    ...(plan.derived === undefined ? {} : { derivedFrom: plan.derived.from }),
    ...(plan.replayOf === undefined ? {} : { replayOf: plan.replayOf }),
    total: plan.derived?.count ?? plan.library.length,
    selected: plan.selected.length,
    comparedHeaders: config.compare.headers,
    schedule: { loop: 'closed', concurrency: config.concurrency, rate: config.rate },
    ...(plan.marks === undefined ? {} : { plan: plan.marks }),
    ...(plan.shard === undefined ? {} : { shard: plan.shard }),
  };
}

function targetOf(target: Target): RunHeader['targets'][number] {
  const { name, url, role, version, commit, recorded, connectionSettings: connection } = target;
  const adds = addedBy(target);
  return {
    ...{ name, url, role },
    ...(version === undefined ? {} : { version }),
    ...(commit === undefined ? {} : { commit }),
    ...(adds.length === 0 ? {} : { adds }),
    ...(connection === undefined ? {} : { connection }),
    ...(recorded === undefined ? {} : { recordedAt: recorded.recordedAt }),
  };
}

function addedBy({ headers, plainHeaders = headers, query = [], login }: Target): Added[] {
  return [
    ...headers.map((pair): Added => ({ in: 'header', name: pair[0], auth: !plainHeaders.includes(pair) })),
    ...query.map(([name]): Added => ({ in: 'query', name, auth: true })),
    ...(login === undefined ? [] : [{ in: login.as.in, name: login.as.name, auth: true }]),
  ];
}

/** What a run came to. */
interface RunOutcome {
  readonly totals: RunTotals;
  readonly tracked: TrackerOutcome;
  /** What its observers add to the footer, without secrets. */
  readonly part: FooterPart;
  /** The run came across a bug of the tool. */
  readonly hasFaults: boolean;
}

/** The last line of the record of a run. One that misses what it seeded itself is not evidence of anything: a bug of the tool, whatever else it found. */
export function footerOf(plan: RunPlan, outcome: RunOutcome): RunFooter {
  const { totals, tracked, part, hasFaults } = outcome;
  const { evidence = noEvidence('nothing watched the run'), misnamed = [], notes = [], isVoid = false } = part;
  const blind = evidence.selfCheck.missed.length > 0;
  const rules = ruleNotes(evidence, misnamed, plan.strict);
  const isBug = blind || hasFaults;
  const judged =
    plan.selected.length === 0
      ? ofEmptyShard
      : unlessVoid(judge(totals.outcomes(), tracked.findings, plan.failOn), isVoid);
  const interrupted = plan.signal.aborted;
  const stale = rules.dead || (plan.strict && tracked.gone.length > 0);
  return {
    type: 'footer',
    finishedAt: plan.now().toISOString(),
    interrupted,
    verdict: (interrupted || isBug) && judged.verdict === 'parity' ? 'inconclusive' : judged.verdict,
    exitCode: isBug ? 70 : tracked.failed ? 4 : interrupted ? stopCode(plan) : stale ? 1 : judged.exitCode,
    findings: tracked.findings,
    evidence,
    notes: [...emptyShardNotes(plan), ...tracked.notes, ...rules.notes, ...notes],
    tracker: tracked.tracker,
  };
}

function emptyShardNotes({ selected, shard, library }: RunPlan): string[] {
  if (selected.length > 0 || shard === undefined) return [];
  const cases =
    library.length === 1 ? 'The one case of the library is' : `All ${library.length} cases of the library are`;
  return [`${cases} in other shards than ${shard.index}/${shard.total}: nothing was sent, and nothing fails.`];
}

function stopCode({ signal }: RunPlan): number {
  return stopCodes[String(signal.reason)] ?? 130;
}
