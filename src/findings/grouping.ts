import { eachInSteps, type Steps } from '../structures/slices.ts';
import { divergenceKey } from './divergence-key.ts';
import { type FoundFinding, type Gathering, gathering } from './gather.ts';
import { idsOf } from './identity.ts';
import { maxOpenGatherings } from './limits.ts';
import type { Placed } from './place.ts';
import type { Identified } from './shown.ts';

/** Where a divergence is found again: the number of its case, and which of the case's it is. */
export type Found = readonly [at: number, nth: number];

/** A divergence for a finding, and what identifies that. */
export interface Grouped {
  readonly fingerprint: string;
  readonly identity: Identified;
  readonly placed: Placed;
  /** This run alone identifies it as this finding. */
  readonly isProper: boolean;
}

/** Divergences by the finding that they belong to. */
export interface Grouping {
  /** Takes the next divergence, in the order of case ids. */
  add(grouped: Grouped, found: Found): void;
  /** The findings of all of them, sorted by id; nothing can be added any more. */
  findings(): Steps<FoundFinding[]>;
}

/** A finding of which one divergence was seen: some hundred bytes, where one that is gathered takes ten thousand. */
interface Single {
  readonly identity: Identified;
  readonly isProper: boolean;
  readonly found: Found;
}

/** No divergence yet. Of many findings those with one divergence are gathered at the end, one by one: `again` gives it once more. */
export function groupingOf(again: (found: Found) => Placed, most = maxOpenGatherings): Grouping {
  const groups = new Map<string, Gathering | Single>();
  const opened = (group: Gathering | Single | undefined, identity: Identified): Gathering => {
    if (group !== undefined && 'add' in group) return group;
    const fresh = gathering(identity);
    if (group !== undefined) fresh.add(gatheredOf(again(group.found), group.isProper));
    return fresh;
  };
  return {
    add({ fingerprint, identity, placed, isProper }, found) {
      const group = groups.get(fingerprint);
      if (group === undefined && groups.size >= most) {
        groups.set(fingerprint, { identity, isProper, found });
        return;
      }
      const open = opened(group, group === undefined || 'add' in group ? identity : group.identity);
      if (open !== group) groups.set(fingerprint, open);
      open.add(gatheredOf(placed, isProper));
    },
    *findings() {
      const ids = idsOf(groups.keys());
      const found = yield* eachInSteps([...groups.keys()], (fingerprint) => {
        const group = groups.get(fingerprint)!;
        groups.delete(fingerprint);
        const open = 'add' in group ? group : opened(group, group.identity);
        return open.finding({ fingerprint, id: ids.get(fingerprint)! });
      });
      return found.sort((a, b) => (a.id < b.id ? -1 : 1));
    },
  };
}

function gatheredOf(placed: Placed, isProper: boolean) {
  return { placed, key: divergenceKey(placed), isProper };
}
