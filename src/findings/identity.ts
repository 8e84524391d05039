import { createHash } from 'node:crypto';
import type { Divergence } from '../compare/model/divergence.ts';
import { driftClasses } from '../drift/classes/catalogue.ts';
import { pushTo } from '../drift/kit/map-utils.ts';
import { memoizeBounded } from '../structures/memoize-bounded.ts';
import { steadyShape } from '../xml/place-shape.ts';
import { minLength } from './limits.ts';
import type { Placed } from './place.ts';
import { everyRoute } from './route.ts';

/** What makes a finding the same in every run. */
export interface Identity {
  readonly candidate: string;
  readonly class: string;
  readonly route: string;
  readonly facet: Divergence['facet'];
  readonly pointer: string;
  /** For what is unexplained: kind of divergence, and the two kinds of values or statuses. */
  readonly detail: string;
}

/** The route and pointer of what a class explains: of a setting of the whole server it is neither here nor there. */
function placeOf(name: string, route: string, pointer: string): Pick<Identity, 'route' | 'pointer'> {
  return driftClasses.get(name)?.reach === 'api' ? { route: everyRoute, pointer: '' } : { route, pointer };
}

/** The identity of the finding that a divergence belongs to: nothing in it depends on values, indices, order or other cases. */
export function identify({ compared, divergence, route, shape, cause, recognised, replaced }: Placed): Identity {
  const candidate = compared.candidate.target;
  if (cause !== null) {
    const place = placeOf(cause.class, route, shape);
    return { candidate, class: cause.class, ...place, facet: 'body', detail: '' };
  }
  if (recognised !== null) {
    const { class: name, facet, pointer, detail } = recognised;
    return { candidate, class: name, ...placeOf(name, route, pointer), pointer, facet, detail };
  }
  if (replaced !== null) {
    const detail = `members -${replaced.missing.join(' -')} +${replaced.extra.join(' +')}`;
    return { candidate, class: 'unexplained', route, facet: 'body', pointer: shape, detail };
  }
  const { facet, noisy } = divergence;
  const pointer = facet === 'body' ? shape : divergence.pointer;
  if (noisy !== undefined) return { candidate, class: 'nondeterministic', route, facet, pointer, detail: noisy };
  const reach = isHabit(divergence) ? everyRoute : route;
  return { candidate, class: 'unexplained', route: reach, facet, pointer, detail: detailOf(divergence) };
}

/**
 * A framework or a middleware sends a header on every route that it serves, so that a header is one finding over all routes for each kind:
 * missing, added, or with another value. Two media types say what the body of their route is.
 */
function isHabit({ facet, pointer, kind }: Divergence): boolean {
  return facet === 'headers' && (pointer !== '/content-type' || kind !== 'value');
}

/** What tells apart divergences of one place that nothing explains: the two statuses, the two kinds of values, or the kind of divergence. */
export function detailOf({ facet, kind, reference, candidate }: Divergence): string {
  if (facet === 'status') return `${reference} ${candidate}`;
  return kind === 'type' && facet === 'body' ? `type ${valueKind(reference)} ${valueKind(candidate)}` : kind;
}

/** By the source text, which may be cut: literals and numbers only as a whole, since other text can begin like them. */
const kinds: readonly (readonly [source: RegExp, kind: string])[] = [
  [/^\{/, 'object'],
  [/^\[/, 'array'],
  [/^"/, 'string'],
  [/^-?\d[\d.eE+-]*…?$/, 'number'],
  [/^(?:true|false)$/, 'boolean'],
  [/^null$/, 'null'],
];

/** The kind of a JSON value by its source text; `nothing` for null, `text` for what is not JSON. */
export function valueKind(source: string | null): string {
  if (source === null) return 'nothing';
  return kinds.find(([pattern]) => pattern.test(source))?.[1] ?? 'text';
}

/** SHA-256 over an identity, in hex. A place in XML has one, however many items the sample had. */
export function fingerprintOf(
  { candidate, class: name, route, facet, pointer, detail }: Identity,
  isXml = false,
): string {
  const place = isXml && facet === 'body' ? steadyShape(pointer) : pointer;
  return digest(JSON.stringify([candidate, name, route, facet, place, detail]));
}

/** Many divergences have one identity. */
const digest = memoizeBounded(1024, (text: string) => createHash('sha256').update(text).digest('hex'));

/**
 * The id of each fingerprint: `P-` and its first eight hex digits, upper case. Of fingerprints that share these the first in
 * alphabetical order keeps them; each later one takes as many more digits as no other needs.
 */
export function idsOf(fingerprints: Iterable<string>): Map<string, string> {
  const alike = new Map<string, string[]>();
  for (const one of [...new Set(fingerprints)].sort()) pushTo(alike, one.slice(0, minLength), one);
  const ids = new Map<string, string>();
  for (const group of alike.values())
    group.forEach((one, at) => {
      const length = Math.max(...group.map((other, i) => (i === at ? 0 : sharedLength(one, other))));
      ids.set(one, `P-${one.slice(0, at === 0 ? minLength : length + 1).toUpperCase()}`);
    });
  return ids;
}

function sharedLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}
