import { parameterOf, splitUnquoted } from './media-type.ts';

/** A part of what a header says, taken apart by its grammar: a media type with its parameters, a cookie with its attributes. */
export interface HeaderPart {
  /** In lower case where case means nothing; empty where the grammar gives it none. */
  readonly name: string;
  /** Null where there is none, or where it is another one in each answer. */
  readonly value: string | null;
  readonly parts: readonly HeaderPart[];
}

/** A part of a header. */
export function headerPart(name: string, value: string | null = null, parts: readonly HeaderPart[] = []): HeaderPart {
  return { name, value, parts };
}

/** A parameter or a directive, `name=value` or `name="value"`. */
export function parameterPart(text: string): HeaderPart {
  return headerPart(...parameterOf(text));
}

/** One spelling for all parts that say the same: JSON, which no name and no value can be mistaken in. */
export function partsText(parts: readonly HeaderPart[]): string {
  return JSON.stringify(parts.map(asTuple));
}

type Tuple = readonly [name: string, value: string | null, ...parts: Tuple[]];

function asTuple({ name, value, parts }: HeaderPart): Tuple {
  return [name, value, ...parts.map(asTuple)];
}

/** Parts whose order means nothing, in one order. */
export function sortedParts(parts: readonly HeaderPart[]): HeaderPart[] {
  return [...bySpelling(parts)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, part]) => part);
}

/** Parts of which neither the order nor the number means anything, each once and in one order. */
export function partSet(parts: readonly HeaderPart[]): HeaderPart[] {
  return [...new Map(bySpelling(parts))].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, part]) => part);
}

function bySpelling(parts: readonly HeaderPart[]): [string, HeaderPart][] {
  return parts.map((part) => [partsText([part]), part]);
}

/** The items of a list between commas (RFC 9110, section 5.6.1), without the empty ones. */
export function listItems(value: string): string[] {
  return splitUnquoted(value, ',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
