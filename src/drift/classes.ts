import { behaviours } from './behaviour/behaviours.ts';
import { namesPages } from './pages/names.ts';
import type { DriftClass } from './pages/page.ts';
import { spellingPages } from './pages/spelling.ts';
import { valuesPages } from './pages/values.ts';

export type { DriftClass } from './pages/page.ts';

const pages: readonly DriftClass[] = [...namesPages, ...valuesPages, ...spellingPages, ...behaviours.values()];

/** The drift classes that this version knows, by id, in the order in which they are worth reading. */
export const driftClasses: ReadonlyMap<string, DriftClass> = new Map(pages.map((page) => [page.id, page]));
