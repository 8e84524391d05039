import { type JsonNode, stringNode } from '../../json/tree.ts';
import { textOf } from './nodes.ts';

/** Nanoseconds; below zero where the duration leads back in time. */
export type Nanoseconds = bigint;
type Write = (span: Nanoseconds) => JsonNode | null;

/** Nanoseconds of a second. */
export const billion = 1_000_000_000n;
/** No duration is longer than some thousand years. */
const maxLength = 100_000_000_000n * billion;

/** The span, or null where it is no length of time that an API would send. */
export function fitting(span: bigint | null): Nanoseconds | null {
  return span === null || lengthOf(span) > maxLength ? null : span;
}

/** The same duration without its sign. */
export function lengthOf(span: Nanoseconds): Nanoseconds {
  return span < 0n ? -span : span;
}

/** The writer of a length, given the sign of the span in front of it. */
export function signed(print: (length: Nanoseconds) => string | null): (span: Nanoseconds) => string | null {
  return (span) => {
    const text = print(lengthOf(span));
    return text === null ? null : `${span < 0n ? '-' : ''}${text}`;
  };
}

/** A span and its sign, as the text before it gives it. */
export function withSign(sign: string | undefined, span: Nanoseconds | null): Nanoseconds | null {
  return sign === '-' && span !== null ? -span : span;
}

/** Digits of the fraction of a second of a length; `length` of them, or as many as are needed. Null if some would be lost. */
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
