import type { DriftClass } from '../kit/class-page.ts';
import { aliases } from './aliases.ts';
import { behaviours } from './http/catalogue.ts';
import { containersPages } from './pages/containers.ts';
import { envelopesPages } from './pages/envelopes.ts';
import { escapesPages } from './pages/escapes.ts';
import { faultsPages } from './pages/faults.ts';
import { floatsPages } from './pages/floats.ts';
import { innerPages } from './pages/inner.ts';
import { keysPages } from './pages/keys.ts';
import { kindsPages } from './pages/kinds.ts';
import { lostPages } from './pages/lost.ts';
import { membersPages } from './pages/members.ts';
import { namesPages } from './pages/names.ts';
import { numbersPages } from './pages/numbers.ts';
import { spellingPages } from './pages/spelling.ts';
import { stampsPages } from './pages/stamps.ts';
import { stringsPages } from './pages/strings.ts';
import { tagsPages } from './pages/tags.ts';
import { textsPages } from './pages/texts.ts';
import { timesPages } from './pages/times.ts';
import { valuesPages } from './pages/values.ts';

export type { DriftClass } from '../kit/class-page.ts';

const pages: readonly DriftClass[] = [
  ...namesPages,
  ...tagsPages,
  ...keysPages,
  ...envelopesPages,
  ...faultsPages,
  ...containersPages,
  ...innerPages,
  ...membersPages,
  ...lostPages,
  ...valuesPages,
  ...numbersPages,
  ...kindsPages,
  ...timesPages,
  ...stampsPages,
  ...textsPages,
  ...stringsPages,
  ...floatsPages,
  ...escapesPages,
  ...spellingPages,
  ...behaviours.values(),
];

/** The drift classes that this version knows, by id, in the order in which they are worth reading. */
export const driftClasses: ReadonlyMap<string, DriftClass> = new Map(pages.map((page) => [page.id, page]));

/** The class of this name, or of one that another catalogue has for it; null if it is known by neither. */
export function classNamed(name: string): DriftClass | null {
  return driftClasses.get(name) ?? driftClasses.get(aliases.get(name) ?? '') ?? null;
}
