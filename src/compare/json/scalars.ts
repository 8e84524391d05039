import { sameNumberAt } from '../../json/decimal.ts';
import { type JsonDocument, Kind } from '../../json/document.ts';
import { sameString } from '../../json/text.ts';

/** Two scalars, which need not be of one kind. */
export function meansTheSame(a: JsonDocument, i: number, [b, j]: readonly [b: JsonDocument, j: number]): boolean {
  const kind = a.kind[i]!;
  if (kind !== b.kind[j]) return false;
  if (kind === Kind.string) return sameString(a, i, b, j);
  return kind === Kind.number && sameNumberAt(a, i, b, j);
}
