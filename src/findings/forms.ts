import { bodyOf, jsonOf, longestRead, textOf } from '../compare/media/body-content.ts';
import type { Divergence } from '../compare/model/divergence.ts';
import { relationOf } from '../compare/model/text-relation.ts';
import { formatOf, isName } from '../compare/values/value-format.ts';
import type { TargetReplay } from '../http/exchange.ts';
import { readPointer } from '../xml/body-pointer.ts';
import { valueKind } from './identity.ts';
import type { Placed } from './place.ts';

/** The forms that may stand for one name, as `reference:`: a finding shows each of them, in one of its cases or another. */
export type Forms = readonly [name: string, forms: readonly string[]];

/**
 * What can be said of the two values of a divergence that nothing explains which stays the same where values change by nature, as counts,
 * ids and times do: by name the form of each side, and of two texts in what they differ. Of what one side says at random, or both do in
 * two formats, less. Nothing for other divergences: their identity says all.
 */
export function formsOf(placed: Placed): readonly Forms[] {
  const { divergence, cause, recognised, replaced } = placed;
  const { facet, kind, noisy, reference, candidate } = divergence;
  if ((facet !== 'body' && facet !== 'headers') || cause !== null || recognised !== null || replaced !== null)
    return [];
  if (noisy !== undefined || kind === 'format' || kind === 'echo')
    return [
      ['reference:', [looseForm(reference)]],
      ['candidate:', [looseForm(candidate)]],
    ];
  if ((kind !== 'value' && kind !== 'type') || reference === null || candidate === null) return [];
  const [x, y] = wholeSides(placed) ?? [reference, candidate];
  const [a, b] = [formOf(x), formOf(y)];
  const relation = isText(a) && isText(b) ? (divergence.relation ?? relationOf(plain(x), plain(y))) : null;
  if (relation !== null && relation !== 'other words') return [['difference:', [relation]]];
  const sides: Forms[] = [
    ['reference:', orDigits(a)],
    ['candidate:', orDigits(b)],
  ];
  return relation === null ? sides : [...sides, ['difference:', [relation]]];
}

const [aWord, aSentence, digits] = ['a word', 'a sentence', 'digits'];

/** Where there was a word, digits are none the less one: of random letters and digits some have no letter. */
function orDigits(form: string): string[] {
  return form === aWord ? [aWord, digits] : [form];
}

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
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return digits;
  return formatName(text) ?? (/\s/.test(text) ? aSentence : aWord);
}

/** Of a value that is another one each time its kind, and of a text whether it has spaces. */
function looseForm(source: string | null): string {
  const kind = valueKind(source);
  if (kind !== 'string' && kind !== 'text') return kind;
  const text = plain(source ?? '');
  return formatName(text) ?? (/\s/.test(text) ? aSentence : 'a text');
}

/** Not how it is written: zeros at the end of a time come and go. */
function formatName(text: string): string | null {
  const format = formatOf(JSON.stringify(text));
  if (format === null) return null;
  return isName(format) ? format.split('-')[0]! : 'a time';
}

function plain(source: string): string {
  return source.length > 1 && source.startsWith('"') && source.endsWith('"') ? source.slice(1, -1) : source;
}

/** Both texts whole, in quotes, where the divergence has a part of them; null where it has all, or they are not found. */
function wholeSides({ compared: { reference, candidate }, divergence }: Placed): readonly [string, string] | null {
  if (divergence.facet !== 'body') return null;
  const [a, b] = [reference, candidate].map((replay) => wholeText(replay, divergence));
  return a == null || b == null ? null : [`"${a}"`, `"${b}"`];
}

function wholeText({ exchanges }: TargetReplay, { exchange, pointer }: Divergence): string | null {
  const outcome = exchanges[exchange]?.outcome;
  if (outcome?.kind !== 'response' || outcome.body.length > longestRead) return null;
  const body = bodyOf(outcome.headers, outcome.body);
  if (body.bytes.length > longestRead) return null;
  if (pointer === '' && jsonOf(body) === null) return textOf(body);
  const found = readPointer(body.bytes, pointer);
  return found?.isString === true ? found.text : null;
}
