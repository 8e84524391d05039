import { formatOf } from './format.ts';
import { headerValues } from './headers.ts';
import { resolved } from './location.ts';
import type { Sampled } from './noise.ts';

/** Headers that name one resource (RFC 9110, sections 8.7 and 10.2.2). */
const naming: ReadonlySet<string> = new Set(['content-location', 'location']);

/** Whether the header of that name, lower case, names a resource. */
export function namesResource(header: string): boolean {
  return naming.has(header);
}

/** A place in the answers of a target: one header of one exchange. */
export interface HeaderPlace {
  readonly exchange: number;
  readonly header: string;
}

/**
 * Whether two targets that name another resource each time name it in another way: a piece of the path or query that is the same in
 * all answers of one is not the same in all answers of the other. False where the answers of one have no form in common.
 */
export function leadElsewhere(reference: Sampled, candidate: Sampled, place: HeaderPlace): boolean {
  const [a, b] = [reference, candidate].map((side) => stablePieces(namedBy(side, place)));
  if (a === null || b === null) return false;
  return a!.length !== b!.length || a!.some((piece, at) => piece !== b![at]);
}

/** What each answer names, resolved. */
function namedBy({ first, more }: Sampled, { exchange, header }: HeaderPlace): string[] {
  return [first, ...more].flatMap(({ replay, origin }) => {
    const { request, outcome } = replay.exchanges[exchange] ?? {};
    if (request === undefined || outcome?.kind !== 'response') return [];
    return headerValues(outcome.headers, header).map((value) => resolved(value.trim(), { origin, path: request.path }));
  });
}

function piecesOf(reference: string): string[] {
  return reference.split(/([/?&=#;,])/);
}

/** The pieces of these references, null for each that differs among them; null if they have not the same number of them. */
function stablePieces(references: readonly string[]): (string | null)[] | null {
  const [first = [], ...others] = references.map(piecesOf);
  if (others.some((other) => other.length !== first.length)) return null;
  return first.map((piece, at) => (others.every((other) => other[at] === piece) ? piece : null));
}

/** Whether two references differ, and in nothing but identifiers and times of the same format. */
export function differInMadeAnew(a: string, b: string): boolean {
  const [pieces, others] = [piecesOf(a), piecesOf(b)];
  if (a === b || pieces.length !== others.length) return false;
  return pieces.every((piece, at) => piece === others[at] || isOneFormat(piece, others[at]!));
}

function isOneFormat(a: string, b: string): boolean {
  const format = formatOf(JSON.stringify(a));
  return format !== null && formatOf(JSON.stringify(b)) === format;
}
