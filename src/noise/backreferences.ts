import { formatOf } from '../compare/values/value-format.ts';

/** Headers that name one resource (RFC 9110, sections 8.7 and 10.2.2). */
const naming: ReadonlySet<string> = new Set(['content-location', 'location']);

/** Whether the header of that name, lower case, names a resource. */
export function namesResource(header: string): boolean {
  return naming.has(header);
}

/** The parts of a reference, and the characters between them. */
export function separated(reference: string): string[] {
  return reference.split(/([/?&=#;,])/);
}

/** Whether two references differ, and in nothing but identifiers and times of the same format. */
export function differInGeneratedValues(a: string, b: string): boolean {
  const [pieces, others] = [separated(a), separated(b)];
  if (a === b || pieces.length !== others.length) return false;
  return pieces.every((piece, at) => piece === others[at] || isOneFormat(piece, others[at]!));
}

function isOneFormat(a: string, b: string): boolean {
  const format = formatOf(JSON.stringify(a));
  return format !== null && formatOf(JSON.stringify(b)) === format;
}
