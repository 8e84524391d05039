import { stringNode } from '../../../json/tree.ts';
import { type DriftRule, losing } from '../../kit/drift-rule.ts';
import { type Field, fieldOf } from '../../kit/field.ts';
import { alike } from '../../kit/kinds.ts';
import { sharedOf } from '../../kit/map-utils.ts';
import { textOf } from '../../kit/nodes.ts';
import { instantOf, printStamp, readStamp, type Stamp } from '../../kit/timestamp.ts';

/** How the candidate writes one part of a time; all ways that fit, the first one counts. */
interface Part {
  readonly ways: readonly string[];
  readonly seen: string;
}

/** What sets one rule about a part of a time apart. */
interface Parting {
  /** The part written in a way; null where that cannot be. */
  readonly write: (stamp: Stamp, way: string) => Stamp | null;
  /** Ways that could have given the candidate's stamp. */
  readonly ways: (b: Stamp) => readonly string[];
  /** The part, for comparing. */
  readonly part: (stamp: Stamp) => string;
  /** Whether the rule speaks for two stamps of one instant. */
  readonly between?: (a: Stamp, b: Stamp) => boolean;
  readonly recipe: (way: string, field: Field) => string;
  readonly learns?: true;
  /** What one side tells and the other does not. */
  readonly lossy?: string;
}

export function sameInstant(a: Stamp, b: Stamp): boolean {
  const [x, y] = [instantOf(a), instantOf(b)];
  return x !== null && x === y;
}

/** A rule about one part of a time, which holds whatever the other parts are. */
export function parting(id: string, { write, ways, part, between, recipe, learns, lossy }: Parting): DriftRule<Part> {
  const speaksFor = between ?? sameInstant;
  return {
    id,
    learns: learns ?? false,
    kinds: alike('string'),
    ...losing(lossy),
    locate(x, y) {
      const [a, b] = [readStamp(textOf(x)), readStamp(textOf(y))];
      if (a === null || b === null || part(a) === part(b) || !speaksFor(a, b)) return null;
      const fit = ways(b).filter((way) => {
        const written = write(a, way);
        return written !== null && part(written) === part(b);
      });
      return fit.length === 0 ? null : { ways: fit, seen: textOf(x)! };
    },
    rewrite(node, { ways: [way] }) {
      const stamp = readStamp(textOf(node));
      const written = stamp === null ? null : write(stamp, way!);
      return written === null ? node : stringNode(printStamp(written));
    },
    unite(found) {
      const shared = sharedOf(found.map((one) => one.ways));
      return shared.length === 0 ? null : { ways: shared, seen: found[0]!.seen };
    },
    evidence: ({ seen }) => seen,
    owns: () => 'place',
    terms: ({ ways }) => ({ ways }),
    fixes: ({ ways: [way] }, { reference, candidate, key }) => [
      { target: reference, text: recipe(way!, fieldOf(key)) },
      {
        target: candidate,
        text: `or write it as ${reference} does: one layout for both sides, agreed in the contract`,
      },
    ],
  };
}

/** Ways to say UTC. */
export const utc = ['Z', '+00:00', '-00:00', '+0000', '+00', 'z', ' UTC', 'UTC', ' +0000', ' +00:00'];
