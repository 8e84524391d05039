import { type CanonicalText, canonicalText } from './canonical-text.ts';
import { type FormIndex, hasPart } from './form-index.ts';
import { maxEscapes, minOpenPiece } from './limits.ts';
import type { SecretForm } from './secret-encodings.ts';
import { sourceEnd, sourceStart } from './source-units.ts';

/** From where to where a secret, or a piece of one, is in a text. */
export type Range = readonly [start: number, end: number];

/** Where a text was cut. */
export interface Cuts {
  readonly start: boolean;
  /** `open`: there is no mark, so a short piece proves nothing. */
  readonly end: 'marked' | 'open' | null;
}

/** The forms by their first units, by their last, and all of them. */
export interface FormIndexes {
  readonly first: FormIndex;
  readonly last: FormIndex;
  readonly all: readonly SecretForm[];
}

/** What a cut may leave of escapes at the end of a text, decoded where it can be: its bytes, its first letters. */
const begunEscapes = /^(?:u\{?[\da-f]{0,6}|x[\da-f]?|[\u0080-\u00ff]|%[\da-f]?|&#?\w*;?|~)*$/;
/** What a cut may leave of an escape at the start of a text, decoded where it can be. */
const endedEscapes = /^[\w#;%&{}\u0080-\u00ff]*$/;

/** Takes a text that was cut, and the forms of secrets; returns where pieces of secrets are that the cuts left at its ends. */
export function cutSecrets(source: string, cuts: Cuts, indexes: FormIndexes): Range[] {
  const text = canonicalText(source);
  if (cuts.start && cuts.end === 'marked' && isWithin(text, indexes.all)) return [[0, source.length]];
  const start = cuts.start ? endOfPiece(text, indexes.last) : 0;
  const end = cuts.end === null ? source.length : startOfPiece(text, cuts.end, indexes.first);
  const ranges: Range[] = start > 0 ? [[0, start]] : [];
  return end < source.length ? [...ranges, [end, source.length]] : ranges;
}

/** Where in the source the beginning of a secret begins that the text ends with, but for what is left of an escape; infinite if there is none. */
function startOfPiece(text: CanonicalText, end: 'marked' | 'open', first: FormIndex): number {
  let found = text.folded.length;
  first.candidates(text.folded, (form, at) => {
    if (at >= found) return;
    const min = end === 'open' ? minOpenPiece : form.minPiece;
    if (isBegun(text.folded, { from: at + min, to: at + lengthAt(text, form, at) })) found = at;
  });
  return found === text.folded.length ? Number.POSITIVE_INFINITY : sourceStart(text.units, found);
}

/** Whether what a cut may leave of escapes is at the end of a text, and begins where it may: the units of an escape may be those of the secret, too. */
function isBegun(text: string, { from, to }: { readonly from: number; readonly to: number }): boolean {
  for (let start = Math.max(from, text.length - maxEscapes); start <= to; start += 1)
    if (begunEscapes.test(text.slice(start))) return true;
  return false;
}

/** How many units of the text from a place on are those that a form begins with. */
function lengthAt(text: CanonicalText, form: SecretForm, at: number): number {
  const max = Math.min(form.folded.length, text.folded.length - at);
  let length = 0;
  while (length < max && hasPart(text, form, { from: length, length: 1, at: at + length })) length += 1;
  return length;
}

/** Where in the source the end of a secret ends that the text begins with, after what is left of an escape; 0 if there is none. */
function endOfPiece(text: CanonicalText, last: FormIndex): number {
  let found = 0;
  const escapes = escapesAtStart(text.folded);
  last.candidates(text.folded, (form, before) => {
    for (let at = 0; at <= escapes && before - at >= form.minPiece; at += 1) {
      const length = before - at;
      const from = form.folded.length - length;
      if (from > 0 && hasPart(text, form, { from, length, at })) found = Math.max(found, before);
    }
  });
  return found === 0 ? 0 : sourceEnd(text.units, found - 1);
}

function escapesAtStart(folded: string): number {
  let length = 0;
  while (length < maxEscapes && endedEscapes.test(folded.slice(0, length + 1)) && length < folded.length) length += 1;
  return length;
}

/** Whether the text is a piece of a secret, but for what cuts left of escapes at its ends. */
function isWithin({ units, folded }: CanonicalText, forms: readonly SecretForm[]): boolean {
  const inner = (text: string) => text.slice(maxEscapes, -maxEscapes);
  return forms.some((form) => {
    const [text, wanted] = form.exact === null ? [folded, form.folded] : [units.text, form.exact];
    if (text.length < form.minPiece || text.length > wanted.length + 2 * maxEscapes) return false;
    return wanted.includes(text) || (inner(text).length >= form.minPiece && wanted.includes(inner(text)));
  });
}
