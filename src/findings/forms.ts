import { formatOf, isName } from '../compare/format.ts';
import { valueKind } from './identity.ts';
import type { Placed } from './place.ts';

/**
 * What can be said of the two values of an unexplained divergence that stays the same where values change by nature, as counts, ids and
 * times do: by name the form of each side, and of two texts in what they differ. Nothing for other divergences: their identity says all.
 */
export function formsOf({ divergence, cause, recognised, replaced }: Placed): readonly (readonly [string, string])[] {
  const { facet, kind, noisy, reference, candidate } = divergence;
  const isOfValues = (facet === 'body' || facet === 'headers') && (kind === 'value' || kind === 'type');
  if (!isOfValues || cause !== null || recognised !== null || replaced !== null || noisy !== undefined) return [];
  if (reference === null || candidate === null) return [];
  const [a, b] = [formOf(reference), formOf(candidate)];
  const relation = isText(a) && isText(b) ? relationOf(reference, candidate) : null;
  if (relation !== null && relation !== others) return [['difference:', relation]];
  const sides = [['reference:', a] as const, ['candidate:', b] as const];
  return relation === null ? sides : [...sides, ['difference:', relation]];
}

const [aWord, aSentence, others] = ['a word', 'a sentence', 'other words'];

function isText(form: string): boolean {
  return form === aWord || form === aSentence;
}

/** A number by its sign, a text by its format, a literal as it is, anything else by its kind. */
function formOf(source: string): string {
  const kind = valueKind(source);
  if (kind === 'boolean') return source;
  if (kind === 'number') return source.startsWith('-') ? 'a negative number' : 'a number';
  if (kind !== 'string' && kind !== 'text') return kind;
  const text = plain(source);
  if (text === '') return 'an empty text';
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return 'digits';
  const format = formatOf(JSON.stringify(text));
  // Not how it is written: zeros at the end of a time come and go.
  if (format !== null) return isName(format) ? format.split('-')[0]! : 'a time';
  return /\s/.test(text) ? aSentence : aWord;
}

function plain(source: string): string {
  return source.startsWith('"') && source.endsWith('"') ? source.slice(1, -1) : source;
}

/** In what two texts differ: letters in another case, other marks and spaces between the same words, or the words. */
function relationOf(reference: string, candidate: string): string {
  const [a, b] = [plain(reference).toLowerCase(), plain(candidate).toLowerCase()];
  if (a === b) return 'upper and lower case';
  const words = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '');
  return words(a) === words(b) ? 'marks and spaces' : others;
}
