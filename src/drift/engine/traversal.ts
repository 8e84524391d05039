import type { DriftRule, TrainingSample } from '../kit/drift-rule.ts';
import { type KindPair, kindsOf } from '../kit/kinds.ts';
import { pushTo } from '../kit/map-utils.ts';

/** A pair, and the whole reference body it stands in. */
export interface TrainingPlace extends TrainingSample {
  readonly body: string;
  /** Nothing is left to find there. */
  readonly isEqual: boolean;
}

/** All places of one shape. */
export interface Places {
  readonly all: readonly TrainingPlace[];
  /** Those that differ, and the same by the kinds of their nodes. */
  readonly open: readonly TrainingPlace[];
  readonly byKinds: ReadonlyMap<KindPair, readonly TrainingPlace[]>;
}

/** Sorts the places of one shape, once for all rules. */
export function sortPlaces(all: readonly TrainingPlace[]): Places {
  const open = all.filter((place) => !place.isEqual);
  const byKinds = new Map<KindPair, TrainingPlace[]>();
  for (const place of open) pushTo(byKinds, kindsOf(place), place);
  return { all, open, byKinds };
}

const none: readonly TrainingPlace[] = [];

/** The places that differ and that a rule can have something to say about, in their order. */
export function placesFor({ kinds }: DriftRule, { open, byKinds }: Places): readonly TrainingPlace[] {
  if (kinds === undefined) return open;
  const found = kinds.filter((one) => byKinds.has(one));
  if (found.length < 2) return found.length === 0 ? none : byKinds.get(found[0]!)!;
  return found.length === byKinds.size ? open : open.filter((place) => found.includes(kindsOf(place)));
}
