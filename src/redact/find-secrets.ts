import { canonicalText } from './canonical-text.ts';
import { cutSecrets, type FormIndexes, type Range } from './cut-secrets.ts';
import { formIndex, hasPart } from './form-index.ts';
import { maxBeforeEnd, maxExcerpt, maxLabel } from './limits.ts';
import { encodingsOf, type SecretForm } from './secret-encodings.ts';
import { sourceEnd, sourceStart } from './source-units.ts';

/** What is written in the place of a secret. */
export const masked = '***';

/** The secrets that are looked for; more may be added. */
export interface KnownSecrets {
  readonly add: (secret: string) => void;
  /** Returns the text without secrets, in whatever way they are written. */
  readonly redactWhole: (text: string) => string;
  /** The same, and without pieces of secrets that a cut left: next to `…`, after `: `, and at the end. */
  readonly redactCut: (text: string) => string;
}

/** No secret yet. */
export function knownSecrets(): KnownSecrets {
  const all: SecretForm[] = [];
  const indexes: FormIndexes = { first: formIndex('first'), last: formIndex('last'), all };
  const literals: string[] = [];
  const whole = (text: string) => [...literalRanges(text, literals), ...wholeSecrets(text, indexes)];
  return {
    add(secret) {
      literals.push(secret);
      for (const form of encodingsOf(secret)) {
        all.push(form);
        indexes.first.add(form);
        indexes.last.add(form);
      }
    },
    redactWhole: (text) => replaceRanges(text, whole(text)),
    redactCut: (text) => replaceRanges(text, [...whole(text), ...piecesIn(text, indexes)]),
  };
}

/** A secret as it is, whatever comes of it together with what comes before it. */
function literalRanges(text: string, literals: readonly string[]): Range[] {
  return literals.flatMap((literal) => {
    const ranges: Range[] = [];
    for (let at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, at + literal.length))
      ranges.push([at, at + literal.length]);
    return ranges;
  });
}

function wholeSecrets(source: string, { first }: FormIndexes): Range[] {
  const text = canonicalText(source);
  const ranges: Range[] = [];
  let end = 0;
  first.candidates(text.folded, (form, at) => {
    const { length } = form.folded;
    // A shorter one within a longer one, or at its place, is covered by it.
    if (at + length <= end || !hasPart(text, form, { from: 0, length, at })) return;
    end = at + length;
    ranges.push([sourceStart(text.units, at), sourceEnd(text.units, end - 1)]);
  });
  return ranges;
}

/** Puts `masked` in the place of each range; of ranges that overlap, in the place of all together. */
function replaceRanges(text: string, ranges: readonly Range[]): string {
  if (ranges.length === 0) return text;
  let shown = '';
  let done = 0;
  for (const [start, end] of ranges.toSorted((a, b) => a[0] - b[0])) {
    if (end <= done) continue;
    if (start >= done) shown += text.slice(done, start) + masked;
    done = end;
  }
  return shown + text.slice(done);
}

const cutMark = '…';
const label = /: /g;

function piecesIn(text: string, indexes: FormIndexes): Range[] {
  if (text.length > maxExcerpt) return piecesAtEnd(text, indexes);
  const parts = text.split(cutMark);
  let next = 0;
  return parts.flatMap((part, at) => {
    const from = next;
    next += part.length + cutMark.length;
    const end = at === parts.length - 1 ? 'open' : 'marked';
    const labels = at === 0 ? Array.from(part.slice(0, maxLabel).matchAll(label), ({ index }) => index + 2) : [];
    return [
      ...moved(cutSecrets(part, { start: at > 0, end }, indexes), from),
      ...labels.flatMap((start) => moved(cutSecrets(part.slice(start), { start: true, end: null }, indexes), start)),
    ];
  });
}

/** A body may be cut by whoever made it. */
function piecesAtEnd(text: string, indexes: FormIndexes): Range[] {
  const from = Math.max(0, text.length - maxBeforeEnd);
  return moved(cutSecrets(text.slice(from), { start: false, end: 'open' }, indexes), from);
}

function moved(ranges: readonly Range[], by: number): Range[] {
  return ranges.map(([start, end]) => [start + by, end + by]);
}
