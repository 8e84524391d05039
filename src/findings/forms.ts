import { formatOf, isName } from '../compare/values/value-format.ts';
import { valueKind } from './identity.ts';
import type { Placed } from './place.ts';

/** The forms that may stand for one name, as `reference:`: a finding shows each of them, in one of its cases or another. */
export type Forms = readonly [name: string, forms: readonly string[]];

/**
 * What can be said of the two values of a divergence that nothing explains where they are noise, so that an acceptance does not compare
 * them: the form of what one side says at random, or both in two formats, and in what two texts differ beside what varies in them.
 */
export function formsOf({ divergence, cause, recognised, replaced }: Placed): readonly Forms[] {
  const { facet, kind, noisy, reference, candidate, relation } = divergence;
  if ((facet !== 'body' && facet !== 'headers') || cause !== null || recognised !== null || replaced !== null)
    return [];
  if (noisy !== undefined || kind === 'format')
    return [
      ['reference:', [looseForm(reference)]],
      ['candidate:', [looseForm(candidate)]],
    ];
  return relation === undefined ? [] : [['difference:', [relation]]];
}

/** Of a value that is another one each time its kind, and of a text whether it has spaces. */
function looseForm(source: string | null): string {
  const kind = valueKind(source);
  if (kind !== 'string' && kind !== 'text') return kind;
  const text = plain(source ?? '');
  return formatName(text) ?? (/\s/.test(text) ? 'a sentence' : 'a text');
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
