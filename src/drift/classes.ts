import { behaviours } from './behaviour/behaviours.ts';
import { containersPages } from './pages/containers.ts';
import { envelopesPages } from './pages/envelopes.ts';
import { faultsPages } from './pages/faults.ts';
import { innerPages } from './pages/inner.ts';
import { keysPages } from './pages/keys.ts';
import { membersPages } from './pages/members.ts';
import { namesPages } from './pages/names.ts';
import type { DriftClass } from './pages/page.ts';
import { spellingPages } from './pages/spelling.ts';
import { tagsPages } from './pages/tags.ts';
import { valuesPages } from './pages/values.ts';

export type { DriftClass } from './pages/page.ts';

const pages: readonly DriftClass[] = [
  ...namesPages,
  ...tagsPages,
  ...keysPages,
  ...envelopesPages,
  ...faultsPages,
  ...containersPages,
  ...innerPages,
  ...membersPages,
  ...valuesPages,
  ...spellingPages,
  ...behaviours.values(),
];

/** The drift classes that this version knows, by id, in the order in which they are worth reading. */
export const driftClasses: ReadonlyMap<string, DriftClass> = new Map(pages.map((page) => [page.id, page]));
