import { headerValue } from '../compare/headers/compare-headers.ts';
import { maxReadLength } from '../compare/limits.ts';
import { type Body, bodyOf, jsonOf } from '../compare/media/body-content.ts';
import type { Divergence } from '../compare/model/divergence.ts';
import { excerptBytes, excerptStart, firstDifference, shorten, visibleText } from '../compare/model/excerpt.ts';
import type { TargetReplay } from '../http/exchange.ts';
import { childCount, Kind } from '../json/document.ts';
import { resolvePointer } from '../json/pointer.ts';
import { excerptAround } from './around.ts';
import type { Finding } from './finding.ts';
import type { Identity } from './identity.ts';
import type { Placed } from './place.ts';

/** What the side has to do that was reached and sent something that is not HTTP. */
export function brokenFixes({ compared, divergence }: Placed): Finding['fixes'] {
  if (divergence.facet !== 'transport') return [];
  return [compared.reference, compared.candidate].flatMap(({ target, exchanges }) => {
    const outcome = exchanges[divergence.exchange]?.outcome;
    return outcome?.kind === 'failure' && outcome.hint !== null ? [{ target, text: outcome.hint }] : [];
  });
}

/** Both sides of the first case: answers or bodies where the finding is about them as wholes, else the place that differs. */
export function exampleOf(
  { compared, divergence, cause, recognised }: Placed,
  identity: Pick<Identity, 'facet' | 'pointer'>,
): Finding['example'] {
  const sides = (show: (replay: TargetReplay) => string | null) => ({
    case: compared.testCase.id,
    reference: show(compared.reference),
    candidate: show(compared.candidate),
  });
  const isWhole = recognised !== null ? identity.facet !== 'headers' : identity.facet === 'status';
  if (isWhole) return sides((replay) => answerText(replay, divergence.exchange));
  const { reference, candidate } = divergence;
  if (identity.facet !== 'body' || (cause?.pointer ?? identity.pointer) !== '')
    return { case: compared.testCase.id, reference, candidate };
  const shown = bodyTexts(
    [compared.reference, compared.candidate].map((replay) => bodyIn(replay, divergence.exchange)),
    divergence,
  );
  return { case: compared.testCase.id, reference: shown[0], candidate: shown[1] };
}

type Texts = readonly [reference: string | null, candidate: string | null];

/** Why a body cannot be decoded; or both bodies from their beginning, or around the place where they differ if it is too far from there, or noise comes before it. */
function bodyTexts([a = null, b = null]: readonly (Body | null)[], divergence: Divergence): Texts {
  const [x, y] = [a, b].map((body) => (body === null ? null : jsonOf(body)));
  const { pointer, reference, candidate } = divergence;
  if (a?.problem || b?.problem) return [reference, candidate];
  const whole: Texts = [a && excerptBytes(a.bytes), b && excerptBytes(b.bytes)];
  if (x && y && pointer !== '')
    return [excerptAround(x, pointer, y) ?? whole[0], excerptAround(y, pointer, x) ?? whole[1]];
  const isFar = a !== null && b !== null && excerptStart(firstDifference(a.bytes, b.bytes)) > 0;
  return isFar || divergence.relation !== undefined ? [reference, candidate] : whole;
}

/** Null if there is none, or it is empty. */
function bodyIn(replay: TargetReplay, exchange: number): Body | null {
  const outcome = replay.exchanges[exchange]?.outcome;
  return outcome?.kind === 'response' && outcome.body.length > 0 ? bodyOf(outcome.headers, outcome.body) : null;
}

const lastItem = /\/(?:0|[1-9]\d*)$/;

/** How many items each side has in the list of which an item diverges; null where it is not an item of a list on both sides. */
export function listLengths({ compared, divergence }: Placed): readonly [reference: number, candidate: number] | null {
  if (divergence.facet !== 'body' || !lastItem.test(divergence.pointer)) return null;
  const list = divergence.pointer.replace(lastItem, '');
  const [a, b] = [compared.reference, compared.candidate].map((replay) => {
    const body = bodyIn(replay, divergence.exchange);
    const document = body === null || body.bytes.length > maxReadLength ? null : jsonOf(body);
    const node = document && resolvePointer(document, list);
    return document === null || node === null || document.kind[node] !== Kind.array ? null : childCount(document, node);
  });
  return a == null || b == null ? null : [a, b];
}

/** `404 404 page not found\n`, or the status and where it leads. */
function answerText(replay: TargetReplay, exchange: number): string | null {
  const outcome = replay.exchanges[exchange]?.outcome;
  if (outcome?.kind === 'failure') return shorten(visibleText(outcome.message));
  if (outcome?.kind !== 'response') return null;
  const location = headerValue(outcome.headers, 'location');
  const body = location === null ? bodyIn(replay, exchange) : null;
  const rest = location === null ? body && excerptBytes(body.bytes) : `to ${visibleText(location)}`;
  return shorten([String(outcome.status), rest].filter((part) => part !== null).join(' '));
}
