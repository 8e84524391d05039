import type { CanonicalText } from './canonical-text.ts';
import { unknownCharacter } from './html-entities.ts';
import type { SecretForm } from './secret-encodings.ts';

/** So many units of a form are looked up at once. */
export const windowSize = 3;
/** Bits of a hash: those that a unit leaves in it are gone `windowSize` units later. */
const hashBits = 15;
const shift = hashBits / windowSize;
const hashMask = (1 << hashBits) - 1;

/** Finds the forms that begin, or end, at a place of a text: in one pass, however many forms there are. */
export interface FormIndex {
  readonly add: (form: SecretForm) => void;
  /** Calls back for each unit `at` of the text from which on, or up to which, a form may stand. */
  readonly candidates: (text: string, visit: (form: SecretForm, at: number) => void) => void;
}

/** An index by the first units of the forms, or by the last. */
export function formIndex(end: 'first' | 'last'): FormIndex {
  const byHash: (SecretForm[] | undefined)[] = [];
  const all: SecretForm[] = [];
  const hasForms = new Uint8Array(1 << hashBits);
  return {
    add(form) {
      const units = end === 'first' ? form.folded.slice(0, windowSize) : form.folded.slice(-windowSize);
      const hash = hashOf(units);
      byHash[hash] = [...(byHash[hash] ?? []), form].sort((a, b) => b.folded.length - a.folded.length);
      hasForms[hash] = 1;
      all.push(form);
    },
    candidates(text, visit) {
      if (all.length === 0) return;
      const hasUnknown = text.includes(unknownCharacter);
      const offset = end === 'first' ? windowSize - 1 : -1;
      let hash = 0;
      for (let at = 0; at < text.length; at += 1) {
        hash = ((hash << shift) ^ text.charCodeAt(at)) & hashMask;
        if (at < windowSize - 1) continue;
        if (hasForms[hash] === 1) for (const form of byHash[hash]!) visit(form, at - offset);
        else if (hasUnknown && text.slice(at - windowSize + 1, at + 1).includes(unknownCharacter))
          for (const form of all) visit(form, at - offset);
      }
    },
  };
}

function hashOf(units: string): number {
  let hash = 0;
  for (let at = 0; at < units.length; at += 1) hash = ((hash << shift) ^ units.charCodeAt(at)) & hashMask;
  return hash;
}

/** A part of a form, and where it is looked for in a text. */
export interface FormPart {
  readonly from: number;
  readonly length: number;
  readonly at: number;
}

const letterOrDigit = /[a-z\d]/;

/** Takes a text, a form and a part of it; returns whether the text has that part. A character of which only a name is known may be any but a letter or digit. */
export function hasPart({ units, folded }: CanonicalText, form: SecretForm, { from, length, at }: FormPart): boolean {
  if (at < 0 || at + length > folded.length) return false;
  const [text, wanted] = form.exact === null ? [folded, form.folded] : [units.text, form.exact];
  for (let i = 0; i < length; i += 1) {
    const unit = wanted[from + i]!;
    if (text[at + i] !== unit && (text[at + i] !== unknownCharacter || letterOrDigit.test(unit))) return false;
  }
  return true;
}
