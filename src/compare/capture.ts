import type { TargetReplay } from '../replay/exchange.ts';

/** Below this length a captured value is too likely to be found by chance inside another text. */
const shortestInside = 6;

/** Says of two texts that each side shows its own captured value: as the whole text, or inside texts alike otherwise. */
export function captureEquality(reference: TargetReplay, candidate: TargetReplay): (a: string, b: string) => boolean {
  if (Object.keys(reference.captured).length === 0) return isSame;
  const own = Object.entries(reference.captured)
    .filter(([name]) => Object.hasOwn(candidate.captured, name))
    .map(([name, value]) => [value, candidate.captured[name]!] as const)
    .filter(([x, y]) => x !== y);
  if (own.length === 0) return isSame;
  const long = own.filter(([x, y]) => x.length >= shortestInside && y.length >= shortestInside);
  const [valuesA, valuesB] = [long.map(([x]) => x), long.map(([, y]) => y)];
  return (a, b) => a === b || own.some(([x, y]) => a === x && b === y) || sameParts(cut(a, valuesA), cut(b, valuesB));
}

function isSame(a: string, b: string): boolean {
  return a === b;
}

/** A text cut at the values that it holds: what stands between them as text, the values as their numbers. */
type Parts = readonly (string | number)[];

function cut(text: string, values: readonly string[]): Parts {
  const parts: (string | number)[] = [];
  const ahead = values.map((value) => text.indexOf(value));
  for (let from = 0; ; ) {
    for (const [n, at] of ahead.entries()) if (at !== -1 && at < from) ahead[n] = text.indexOf(values[n]!, from);
    const first = firstOf(ahead, values);
    if (first === null) return [...parts, text.slice(from)];
    parts.push(text.slice(from, ahead[first]!), first);
    from = ahead[first]! + values[first]!.length;
  }
}

/** The number of the value that comes first, the longest of those that begin at one place; null if none is ahead. */
function firstOf(ahead: readonly number[], values: readonly string[]): number | null {
  let first: number | null = null;
  for (const [n, at] of ahead.entries()) {
    if (at === -1) continue;
    const known = first === null ? Number.POSITIVE_INFINITY : ahead[first]!;
    if (at < known || (at === known && values[n]!.length > values[first!]!.length)) first = n;
  }
  return first;
}

function sameParts(a: Parts, b: Parts): boolean {
  return a.length === b.length && a.every((part, i) => part === b[i]);
}
