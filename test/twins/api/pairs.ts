import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReportDocument } from '../../../src/report/document/document.ts';
import { parity } from '../../cli/command.ts';
import { casesFolder } from './captured.ts';
import { startReplay } from './replay.ts';
import { servers } from './servers.ts';

type Finding = ReportDocument['findings'][number];

/** Two servers compared over all cases from their captured answers, every byte of the bodies counting. */
export interface Pair {
  readonly reference: string;
  readonly candidate: string;
  /** Outcomes of its cases. */
  readonly cases: { readonly match: number; readonly divergent: number; readonly inconclusive: number };
  readonly findings: readonly Finding[];
  /** Divergences by what is known of the finding that holds them; those of a drift class that is not proved are hypotheses. */
  readonly divergences: Readonly<Record<Standing, number>>;
}

type Standing = 'verified' | 'recognised' | 'hypothesis' | 'unexplained';

/** Compares all servers with all that come after them in the list, with the built command line; 28 pairs of 8 servers. */
export async function compareAllPairs(): Promise<readonly Pair[]> {
  const replays = await Promise.all(servers.map(async ({ name }) => ({ name, ...(await startReplay(name)) })));
  try {
    const pairs: Pair[] = [];
    for (const first of replays.keys()) {
      const targets = replays.slice(first).flatMap(({ name, url }) => ['--target', `${name}=${url}`]);
      if (targets.length > 2) pairs.push(...pairsOf(await report(targets)));
    }
    return pairs;
  } finally {
    await Promise.all(replays.map((replay) => replay.close()));
  }
}

async function report(targets: readonly string[]): Promise<ReportDocument> {
  const cwd = await mkdtemp(join(tmpdir(), 'parity-pairs-'));
  const exact = ['--level', 'wire', '--noise', '0', '--no-tracker', '--reporter', 'json', '--json'];
  const { stdout, stderr, exitCode } = await parity(['run', ...targets, '--cases', casesFolder, ...exact], { cwd });
  if (exitCode !== 1) throw new Error(`exit code ${exitCode}: ${stderr}`);
  return JSON.parse(stdout) as ReportDocument;
}

function pairsOf({ run, cases, findings }: ReportDocument): Pair[] {
  const [reference, ...candidates] = run.targets.map((target) => target.name);
  return candidates.map((candidate) => {
    const own = findings.filter((finding) => finding.candidate === candidate);
    const rows = cases.filter((one) => one.candidate === candidate);
    const count = (outcome: string): number => rows.filter((one) => one.outcome === outcome).length;
    const standings = new Map(own.map((finding) => [finding.id, standingOf(finding)]));
    const all = rows.flatMap((one) =>
      one.divergences.map(({ finding }) => standings.get(finding ?? '') ?? 'unexplained'),
    );
    const standing = (sought: Standing): number => all.filter((one) => one === sought).length;
    return {
      reference: reference!,
      candidate,
      cases: { match: count('match'), divergent: count('divergent'), inconclusive: count('inconclusive') },
      findings: own,
      divergences: {
        verified: standing('verified'),
        recognised: standing('recognised'),
        hypothesis: standing('hypothesis'),
        unexplained: standing('unexplained'),
      },
    };
  });
}

function standingOf({ class: id, verified, recognised }: Finding): Standing {
  if (id === 'unexplained') return 'unexplained';
  if (recognised) return 'recognised';
  return verified ? 'verified' : 'hypothesis';
}
