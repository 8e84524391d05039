import { bodyOf } from '../compare/body.ts';
import { excerptBytes, shorten, visibleText } from '../compare/excerpt.ts';
import { headerValue } from '../compare/headers.ts';
import type { TargetReplay } from '../replay/exchange.ts';
import type { Finding } from './finding.ts';
import type { Identity } from './identity.ts';
import type { Placed } from './place.ts';

/** What the side has to do that was reached and sent something that is no HTTP. */
export function brokenFixes({ compared, divergence }: Placed): Finding['fixes'] {
  if (divergence.facet !== 'transport') return [];
  return [compared.reference, compared.candidate].flatMap(({ target, exchanges }) => {
    const outcome = exchanges[divergence.exchange]?.outcome;
    return outcome?.kind === 'failure' && outcome.hint !== null ? [{ target, text: outcome.hint }] : [];
  });
}

/** Both sides of the first case: whole answers or bodies where the finding is about them, else the place that differs. */
export function exampleOf({ compared, divergence, cause, recognised }: Placed, identity: Identity): Finding['example'] {
  const sides = (show: (replay: TargetReplay) => string | null) => ({
    case: compared.testCase.id,
    reference: show(compared.reference),
    candidate: show(compared.candidate),
  });
  if (recognised !== null && identity.facet !== 'headers')
    return sides((replay) => answerText(replay, divergence.exchange));
  const { reference, candidate } = divergence;
  if (identity.facet !== 'body' || (cause?.pointer ?? identity.pointer) !== '')
    return { case: compared.testCase.id, reference, candidate };
  return sides((replay) => bodyText(replay, divergence.exchange));
}

function bodyText(replay: TargetReplay, exchange: number): string | null {
  const outcome = replay.exchanges[exchange]?.outcome;
  return outcome?.kind === 'response' && outcome.body.length > 0
    ? excerptBytes(bodyOf(outcome.headers, outcome.body).bytes)
    : null;
}

/** `404 404 page not found\n`, or the status and where it leads. */
function answerText(replay: TargetReplay, exchange: number): string | null {
  const outcome = replay.exchanges[exchange]?.outcome;
  if (outcome?.kind === 'failure') return shorten(visibleText(outcome.message));
  if (outcome?.kind !== 'response') return null;
  const location = headerValue(outcome.headers, 'location');
  const rest = location === null ? bodyText(replay, exchange) : `to ${visibleText(location)}`;
  return shorten([String(outcome.status), rest].filter((part) => part !== null).join(' '));
}
