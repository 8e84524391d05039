import type { Config } from '../../config/config.ts';
import { addressKey } from '../../config/url.ts';
import type { TargetReplay } from '../../http/exchange.ts';
import type { RecordedBuild } from '../../record/types.ts';
import { type Build, buildOf, type Head } from '../../replay/services/build-fingerprint.ts';
import type { RunObserver } from '../model/observer.ts';

/**
 * What the targets show of what they are: on their health pages, else in their answers to one case. Begins with what earlier runs found.
 * Holds the head of one answer a target: to the case whose id sorts first of those that all targets answered, so that a run repeats it.
 */
export function watchBuilds({ targets }: Pick<Config, 'targets'>, earlier: readonly RecordedBuild[] = []): RunObserver {
  const healthy = new Map<string, Build>(earlier.map(({ target, ...build }) => [target, build]));
  let first: { readonly id: string; readonly answers: ReadonlyMap<string, Head> } | null = null;
  return {
    name: 'the builds',
    onEvent(event) {
      if (event.kind !== 'reached') return;
      for (const { target, build } of event.targets) if (build !== undefined) healthy.set(target, build);
    },
    onCase({ testCase: { id }, replays }) {
      if (first !== null && first.id <= id) return;
      const answers = new Map(replays.flatMap((replay) => headOf(replay)));
      if (answers.size === targets.length) first = { id, answers };
    },
    atEnd() {
      const asked = Array.from(first?.answers ?? [], ([name, answer]) => [name, buildOf(answer)] as const);
      // What a health page shows cannot be compared with what another answer shows.
      const known = targets.every(({ name }) => healthy.has(name)) ? healthy : new Map(asked);
      const builds = targets.flatMap(({ name }) => (known.has(name) ? [{ target: name, ...known.get(name)! }] : []));
      const [reference, ...candidates] = builds;
      const twins = candidates.filter((one) => reference && areAlike(reference, one, targets));
      return { builds, notes: twins.map((one) => sameBuildNote(reference!, one)) };
    },
  };
}

function headOf({ target, exchanges }: TargetReplay): [string, Head][] {
  const outcome = exchanges[0]?.outcome;
  return outcome?.kind === 'response' ? [[target, { statusText: outcome.statusText, headers: outcome.headers }]] : [];
}

/** Two programs on one library write their headers alike: it takes something that they say of themselves. */
function areAlike(a: RecordedBuild, b: RecordedBuild, targets: Config['targets']): boolean {
  const [here, there] = [a, b].map(({ target }) => targets.find(({ name }) => name === target)!);
  return a.says.length > 0 && a.fingerprint === b.fingerprint && addressKey(here!.url) !== addressKey(there!.url);
}

function sameBuildNote({ target, says, fingerprint }: RecordedBuild, other: RecordedBuild): string {
  return `${target} and ${other.target} look like the same build (${says.join(', ')}; fingerprint ${fingerprint}): do both addresses lead to one implementation?`;
}
