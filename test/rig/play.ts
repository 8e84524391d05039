import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { folder, newestReport, parity } from '../cli/command.ts';
import { type Fault, type Placed, place, usualCases } from './fault.ts';
import { transcript } from './transcript.ts';

/** What came of a fault: its transcript, and how often a request that may not be repeated reached each target. */
export interface Played {
  readonly transcript: string;
  readonly posts: readonly [reference: number, candidate: number];
}

/** Scenarios that come to their end by a deadline; the others have time, so that a busy machine does not end them. */
const stalling = /^(?:A05|A06|B04|B05|B06-endless|B22|T05-timeout$)/;

/** Puts up the two targets of a fault and runs the built command line against them. */
export async function play(fault: Fault): Promise<Played> {
  const targets = [await place('rust', fault.reference), await place('go', fault.candidate)] as const;
  const cases = (fault.cases ?? usualCases).map((line) => JSON.stringify(line)).join('\n');
  const cwd = await folder({ 'cases/s.jsonl': `${cases}\n`, 'parity.yaml': fault.config ?? '{}\n' });
  const named = targets.flatMap(({ name, url }) => ['--target', `${name}=${url}`]);
  const usual = ['--seed', '1', '--no-tracker', '--timeout', '10s', '--reporter', 'terminal,json'];
  const env = { ...fault.env, ...(await trustIn(targets, cwd)) };
  const ended = await parity(
    ['run', ...named, ...usual, ...(stalling.test(fault.name) ? ['--timeout', '3s'] : []), ...(fault.args ?? [])],
    { cwd, env },
  );
  const report = ended.exitCode === 2 ? null : newestReport(cwd);
  const played = {
    transcript: transcript({ ended, report, targets, moving: fault.moving ?? [] }),
    posts: [postsOf(targets[0]), postsOf(targets[1])] as const,
  };
  await Promise.all(targets.map(({ close }) => close()));
  return played;
}

/** Tells the command line to trust the certificates that it is to trust. */
async function trustIn(targets: readonly Placed[], cwd: string): Promise<Record<string, string>> {
  const certificates = targets.map(({ authority }) => authority).filter((one) => one !== null);
  const file = join(cwd, 'authority.pem');
  await writeFile(file, certificates.join(''));
  return certificates.length === 0 ? {} : { NODE_EXTRA_CA_CERTS: file };
}

/** Counts what has arrived in part, too. */
function postsOf({ rig }: Placed): number {
  return rig?.arrivals.filter(({ bytes }) => bytes.startsWith('POST ')).length ?? 0;
}
