import { capturedOf } from '../compare/captures/captured-values.ts';
import { isXmlType } from '../compare/headers/media-type.ts';
import { type Body, bodyOf, typeOf, xmlOf } from '../compare/media/body-content.ts';
import type { Divergence } from '../compare/model/divergence.ts';
import { compileRules } from '../compare/rules/compiled-rules.ts';
import { rulesForMedia } from '../compare/rules/media-scope.ts';
import type { Bodies, Sample } from '../drift/engine/sample.ts';
import { pushTo } from '../drift/kit/map-utils.ts';
import type { AnsweredCase, KeptCase } from './kept-case.ts';

/** One exchange of a case, and its divergences with their indices in the case's list. */
export interface DivergentStep {
  readonly compared: AnsweredCase;
  readonly exchange: number;
  readonly divergences: readonly (readonly [index: number, divergence: Divergence])[];
}

/** A step of a case that is kept, and its route. */
export interface RoutedStep extends DivergentStep {
  readonly route: string;
  readonly fillsEscapes: boolean;
}

/** The exchanges of a case that have divergences. */
export function stepsIn(compared: AnsweredCase): DivergentStep[] {
  const byExchange = new Map<number, (readonly [number, Divergence])[]>();
  for (const entry of compared.comparison.divergences.entries()) pushTo(byExchange, entry[1].exchange, entry);
  return [...byExchange].map(([exchange, divergences]) => ({ compared, exchange, divergences }));
}

/** The exchanges of a kept case that have divergences. */
export function stepsOf(kept: KeptCase): RoutedStep[] {
  return stepsIn(kept.fetch()).map((step, at) => {
    const { route, fillsEscapes } = kept.outline[at]!;
    return { ...step, route, fillsEscapes };
  });
}

/** A body of the exchange is XML by name: pointers into it lead to elements. */
export function isMarkup({ reference, candidate }: AnsweredCase, exchange: number): boolean {
  return [reference, candidate].some((replay) => {
    const outcome = replay.exchanges[exchange]?.outcome;
    return outcome?.kind === 'response' && isXmlType(typeOf(outcome.headers));
  });
}

/** The two bodies of an exchange that differ, where both sides answered with one status and both bodies can be decoded; else null. */
export function sampleIn({ compared, exchange, divergences: all }: DivergentStep): Sample | null {
  const divergences = all.filter(([, one]) => one.facet === 'body');
  const bodies = divergences.length === 0 ? null : bodiesIn(compared, exchange);
  return bodies && { ...bodies, divergences };
}

/** The two bodies of an exchange, where both sides answered with one status and both bodies can be decoded; else null. */
export function bodiesIn(compared: AnsweredCase, exchange: number): Bodies | null {
  const [a, b] = [compared.reference, compared.candidate].map((replay) => replay.exchanges[exchange]?.outcome);
  if (a?.kind !== 'response' || b?.kind !== 'response' || a.status !== b.status) return null;
  const [reference, candidate] = [bodyOf(a.headers, a.body), bodyOf(b.headers, b.body)];
  if (reference.problem !== null || candidate.problem !== null) return null;
  const rules = compileRules(rulesForMedia(compared.options, [reference.type, candidate.type]));
  const options = {
    rules,
    ...capturedOf(compared.reference, compared.candidate, exchange),
    isForeign: null,
    origins: compared.origins,
  };
  return { ...sourcesOf(reference, candidate), options };
}

/** The bytes of two bodies; of XML that differs in more than its spelling, the JSON that it is compared as. */
function sourcesOf(reference: Body, candidate: Body): Pick<Bodies, 'reference' | 'candidate'> {
  const [a, b] = [reference, candidate].some(({ type }) => isXmlType(type)) ? xmlOf([reference, candidate]) : [];
  if (a == null || b == null || a.bytes.equals(b.bytes))
    return { reference: reference.bytes, candidate: candidate.bytes };
  return { reference: a.bytes, candidate: b.bytes };
}
