import { JsonSyntaxError } from '../../json/document.ts';
import { readJson } from '../../json/read.ts';
import { compareJson } from '../json/compare-json.ts';
import type { JsonOptions } from '../json/json-options.ts';
import { type Body, type BodyComparison, otherBytes } from './body-content.ts';

/** A JSON string with these bytes, both one character for each byte. */
export function quoteBytes(text: string): string {
  return JSON.stringify(text);
}

/** A text, one character for each byte, is one JSON value and nothing else. */
export function isJsonSource(text: string): boolean {
  const document = readJson(Buffer.from(text, 'latin1'));
  return !(document instanceof JsonSyntaxError || document.bom);
}

/** Compares two bodies by JSON sources that say the same as they do, one character for each byte. */
export function compareSources(reference: string, candidate: string, options: JsonOptions): BodyComparison {
  const [a, b] = [reference, candidate].map((source) => readJson(Buffer.from(source, 'latin1')));
  if (a instanceof JsonSyntaxError || b instanceof JsonSyntaxError) throw new TypeError('a source that is not JSON');
  return compareJson(a!, b!, options);
}

/** What was found in two bodies that are not the same bytes: where nothing was, just that. */
export function atLeastBytes(found: BodyComparison, reference: Body, candidate: Body): BodyComparison {
  return found.lowest === null ? otherBytes(reference, candidate) : found;
}
