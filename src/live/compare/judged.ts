import { compareCase, counts } from '../../compare/compare-case.ts';
import { divergenceKey } from '../../findings/divergence-key.ts';
import type { ComparedCase } from '../../findings/kept-case.ts';
import type { CaseResult } from '../../run/model/case-result.ts';
import { shortHash } from '../../structures/short-hash.ts';
import type { Judged } from '../counts/ledger.ts';

/** What a compared request came to, for the ledger. */
export function judgedOf(
  { comparisons, compared }: Pick<CaseResult, 'comparisons' | 'compared'>,
  route: string,
): Judged {
  const [comparison, pair] = [comparisons[0], compared[0]];
  if (comparison === undefined || pair === undefined) return { outcome: 'inconclusive', signature: 'not-compared' };
  const { outcome, reason, noise, refused } = comparison;
  if (outcome === 'divergent') return { outcome, signature: signatureOf(pair, route) };
  if (outcome !== 'match') return { outcome: 'inconclusive', signature: reason ?? 'not-compared' };
  if (noise.length > 0 || isCoveredByRule(pair)) return { outcome: 'suppressed' };
  if (refused === undefined) return { outcome: 'matched' };
  return {
    outcome: 'matched',
    refused: refused.every((status) => status === 404 || status === 405) ? 'absent' : 'refused',
  };
}

/** A hash of the set of divergences of a request: of where they are and of what kind, and of no value. */
function signatureOf(compared: ComparedCase, route: string): string {
  const { divergences } = compared.comparison;
  const counting = divergences.filter((one) => counts(one, compared.options.level));
  const keys = new Set(counting.map((divergence) => divergenceKey({ compared, divergence, route })));
  return shortHash([...keys].sort().join(' '), 8);
}

/** Bodies that differ, and match for a rule of the configuration. */
function isCoveredByRule({ reference, candidate, options, origins }: ComparedCase): boolean {
  const [a, b] = [reference.exchanges[0]?.outcome, candidate.exchanges[0]?.outcome];
  if (a?.kind !== 'response' || b?.kind !== 'response' || Buffer.compare(a.body, b.body) === 0) return false;
  const plain = { ...options, ignore: [], unordered: [], tolerance: [], replace: [] };
  const side = (replay: ComparedCase['reference'], origin: string) => ({ replay, origin, prefix: '' });
  const found = compareCase(side(reference, origins[0]), side(candidate, origins[1]), plain);
  return found.divergences.some((one) => counts(one, options.level));
}
