import { meaningsIn } from '../compare/headers/compare-headers.ts';
import type { Meaning } from '../compare/headers/header-grammars.ts';
import type { HeaderPart } from '../compare/headers/header-part.ts';
import { lastAlike } from '../compare/headers/max-age.ts';
import type { Divergence } from '../compare/model/divergence.ts';
import { pushTo } from '../drift/kit/map-utils.ts';
import type { TargetReplay } from '../http/exchange.ts';
import type { Forms } from './forms.ts';
import { partsIn } from './header-parts.ts';
import { maxForms } from './limits.ts';
import type { Placed } from './place.ts';

/** Headers of which each part counts where one side has none of them; of others that they are missing or extra says all. */
const readAlone = new Set(['access-control-allow-origin', 'cache-control', 'location', 'set-cookie', 'vary']);

/**
 * In what the two sides of a header differ by its grammar, whether a class recognised it or nothing explains it: which of its parts are
 * missing or extra, or say something else, by their names and never by what they say. Nothing of what one side says at random, and
 * nothing where the class is one of whole answers.
 */
export function headerForms({ compared, divergence, recognised }: Placed): readonly Forms[] {
  const { facet, kind, noisy, exchange, pointer } = divergence;
  if (facet !== 'headers' || noisy !== undefined || kind === 'format') return [];
  if (recognised !== null && recognised.facet !== 'headers') return [];
  const name = pointer.slice(1);
  const { reference, candidate, origins } = compared;
  const a = meaningsOf(reference, divergence, origins[0]);
  const b = meaningsOf(candidate, divergence, origins[1]);
  const asked = reference.exchanges[exchange]!.request;
  const [x, y] = [a, b].map((side) => side.flatMap((meaning) => partsIn(name, meaning, asked)));
  const isRead = (a.length > 0 && b.length > 0) || readAlone.has(name);
  const found = isRead ? [...differences(x!, y!), ...ofTimes(a, b)] : [b.length === 0 ? 'missing' : 'extra'];
  const forms = found.length > 0 ? [...new Set(found)].sort().slice(0, maxForms) : ['in another way'];
  return [['header:', forms.map((form) => `${name} ${form}`)]];
}

function meaningsOf({ exchanges }: TargetReplay, { exchange, pointer }: Divergence, origin: string) {
  const { outcome, request } = exchanges[exchange]!;
  if (outcome.kind !== 'response') return [];
  return meaningsIn({ headers: outcome.headers, origin, path: request.path }, pointer.slice(1));
}

function ofTimes(a: readonly Meaning[], b: readonly Meaning[]): string[] {
  const isOther = a.length === b.length && a.some(({ lasts }, at) => !lastAlike(lasts, b[at]!.lasts));
  return isOther ? ['for another time'] : [];
}

/** Of what is in a part that one side alone has, nothing: that it is missing or extra says all. */
function differences(reference: readonly HeaderPart[], candidate: readonly HeaderPart[]): string[] {
  const [a, b] = [byName(reference), byName(candidate)];
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((name) => {
    const [x, y] = [a.get(name), b.get(name)];
    if (x === undefined || y === undefined) return [`${name} ${y === undefined ? 'missing' : 'extra'}`];
    return [...differences(x.parts, y.parts), ...((x.value ?? '') === (y.value ?? '') ? [] : [`${name} other`])];
  });
}

/** Parts of one name as one. */
function byName(parts: readonly HeaderPart[]): Map<string, HeaderPart> {
  const named = new Map<string, HeaderPart[]>();
  for (const one of parts) pushTo(named, one.name, one);
  return new Map(
    [...named].map(([name, all]) => {
      const value = all.length === 1 ? all[0]!.value : JSON.stringify(all.map((one) => one.value ?? '').sort());
      return [name, { name, value, parts: all.flatMap((one) => one.parts) }];
    }),
  );
}
