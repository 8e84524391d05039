import { type JsonNode, stringNode } from '../../json/tree.ts';
import { textOf } from './nodes.ts';

/** Nanoseconds, never negative: runtimes agree least on how those are written. */
export type Nanoseconds = bigint;
type Write = (span: Nanoseconds) => JsonNode | null;

/** Nanoseconds of a second. */
export const billion = 1_000_000_000n;
/** No duration is longer than some thousand years. */
const maxLength = 100_000_000_000n * billion;

/** The span, or null where it is no length of time that an API would send. */
export function fitting(span: bigint | null): Nanoseconds | null {
  return span === null || span < 0n || span > maxLength ? null : span;
}

/** Digits of the fraction of a second; `length` of them, or as many as are needed. Null if some would be lost. */
export function fractionOf(span: Nanoseconds, length?: number): string | null {
  const digits = String(span % billion).padStart(9, '0');
  if (length === undefined) return digits.replace(/0{1,9}$/, '');
  return /[1-9]/.test(digits.slice(length)) ? null : digits.slice(0, length);
}

/** Whole seconds and the digits after the point; null where these are more than nanoseconds. */
export function spanOf(seconds: string | number, fraction = ''): Nanoseconds | null {
  return fraction.length > 9 ? null : fitting(BigInt(seconds) * billion + BigInt(fraction.padEnd(9, '0')));
}

/** The text of a string node that is short enough for a duration; empty for every other node. */
export function shortText(node: JsonNode): string {
  const text = textOf(node) ?? '';
  return text.length > 60 ? '' : text;
}

/** A writer of text; null where the span cannot be written so. */
export function textual(write: (span: Nanoseconds) => string | null): Write {
  return (span) => {
    const text = write(span);
    return text === null ? null : stringNode(text);
  };
}
