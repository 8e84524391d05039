import type { FoundFinding } from '../../findings/gather.ts';
import type { KeptCase } from '../../findings/kept-case.ts';
import { maxAlone } from '../limits.ts';
import { type InternalFault, internalOnly } from '../model/internal-fault.ts';

/** A case on a candidate whose divergences could not be explained. */
export type Unexplained = InternalFault & { readonly caseId: string; readonly candidate: string };

/** What was found, and what could not be explained for a bug of the tool. */
export interface FoundApart {
  readonly found: readonly FoundFinding[];
  readonly unexplained: readonly Unexplained[];
}

type Find = (cases: readonly KeptCase[]) => Promise<FoundFinding[]>;

/**
 * Finds the causes in all cases; where that fails, first in the cases of each candidate and route, then in each case alone, to leave out
 * the cases that it fails for and find the causes in all others.
 */
export async function findApart(cases: readonly KeptCase[], find: Find): Promise<FoundApart> {
  const whole = await attempt(cases, find);
  if ('found' in whole) return { found: whole.found, unexplained: [] };
  const failed: Failed[] = [];
  for (const group of groupsOf(cases)) failed.push(...(await failingIn(group, find)));
  const isFailed = new Set(failed.map(({ kept }) => kept));
  const rest = cases.filter((one) => !isFailed.has(one));
  const again = await attempt(rest, find);
  if ('found' in again) return { found: again.found, unexplained: failed.map(unexplained) };
  // What fails only for all of them together costs all of them.
  const others = rest.map((kept) => ({ kept, error: again.error }));
  return { found: [], unexplained: [...failed, ...others].map(unexplained) };
}

type Attempt = { readonly found: readonly FoundFinding[] } | { readonly error: unknown };

async function attempt(cases: readonly KeptCase[], find: Find): Promise<Attempt> {
  try {
    return { found: cases.length === 0 ? [] : await find(cases) };
  } catch (error) {
    return { error: internalOnly(error) };
  }
}

interface Failed {
  readonly kept: KeptCase;
  readonly error: unknown;
}

/** The cases of a group that it fails for: those for which it fails alone, or all of them. */
async function failingIn(group: readonly KeptCase[], find: Find): Promise<Failed[]> {
  const together = await attempt(group, find);
  if ('found' in together) return [];
  const alone: Failed[] = [];
  if (group.length <= maxAlone) for (const kept of group) alone.push(...(await failureOf(kept, find)));
  const isFailed = new Set(alone.map(({ kept }) => kept));
  const others = group.filter((one) => !isFailed.has(one));
  const isEnough = 'found' in (await attempt(others, find));
  return alone.length > 0 && isEnough ? alone : group.map((kept) => ({ kept, error: together.error }));
}

async function failureOf(kept: KeptCase, find: Find): Promise<Failed[]> {
  const one = await attempt([kept], find);
  return 'found' in one ? [] : [{ kept, error: one.error }];
}

/** Cases of one candidate and the same routes. */
function groupsOf(cases: readonly KeptCase[]): KeptCase[][] {
  const groups = new Map<string, KeptCase[]>();
  for (const one of cases) {
    const key = JSON.stringify([one.candidate, one.outline.map(({ route }) => route)]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

function unexplained({ kept, error }: Failed): Unexplained {
  return { what: 'explaining', caseId: kept.id, candidate: kept.candidate, error };
}
