type Same = (reference: string, candidate: string) => boolean;

/** An absolute path or a URL, and nothing else; the own origin of a target may have been made `\0o`. */
export function isReference(text: string): boolean {
  return /^(?:\0o|[A-Za-z][A-Za-z0-9+.-]*:\/)?\/[!#-;=?-[\]_a-z~\x80-\uffff]*$/.test(text);
}

/** A part of a reference: a whole segment of its path or a whole value of its query may be a captured one. */
interface Piece {
  readonly text: string;
  readonly isValue: boolean;
}

export function piecesOf(reference: string): readonly Piece[] {
  const [, path = '', query = '', fragment = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/.exec(reference) ?? [];
  const value = (text: string): Piece => ({ text, isValue: true });
  const fixed = (text: string): Piece => ({ text, isValue: false });
  const pairs = query.split('&').map((pair) => {
    const at = pair.indexOf('=');
    return at < 0 ? [fixed(pair)] : [fixed(pair.slice(0, at + 1)), value(pair.slice(at + 1))];
  });
  return [...path.split('/').map(value), ...pairs.flat(), fixed(fragment)];
}

export function sameReferences(a: string, b: string, areAlike: Same): boolean {
  const [piecesA, piecesB] = [piecesOf(a), piecesOf(b)];
  if (piecesA.length !== piecesB.length) return false;
  return piecesA.every(({ text, isValue }, at) => {
    const other = piecesB[at]!;
    if (isValue !== other.isValue) return false;
    return isValue ? areAlike(text, other.text) || areAlike(decoded(text), decoded(other.text)) : text === other.text;
  });
}

/** A piece of a reference as it was before its percent-encoding (RFC 3986, 2.1); as it is where that says no text. */
export function decoded(piece: string): string {
  if (!piece.includes('%')) return piece;
  try {
    return decodeURIComponent(piece);
  } catch {
    return piece;
  }
}

/** Where a value is in a text from some place on, as a word or as several, but as no part of one; -1 if nowhere. */
function wordAt(text: string, value: string, from: number): number {
  for (let at = text.indexOf(value, from); at !== -1; at = text.indexOf(value, at + 1)) {
    const end = at + value.length;
    if (!isWithinWord(text, at) && !isWithinWord(text, end)) return at;
  }
  return -1;
}

function isWithinWord(text: string, at: number): boolean {
  return at > 0 && at < text.length && /[A-Za-z0-9]{2}/.test(text.slice(at - 1, at + 1));
}

/** A text cut at the values that it holds: what stands between them as text, the values as their numbers. */
type Parts = readonly (string | number)[];

export function cutAtValues(text: string, values: readonly string[]): Parts {
  const parts: (string | number)[] = [];
  const ahead = values.map((value) => wordAt(text, value, 0));
  for (let from = 0; ; ) {
    for (const [n, at] of ahead.entries()) if (at !== -1 && at < from) ahead[n] = wordAt(text, values[n]!, from);
    const first = firstOf(ahead, values);
    if (first === null) return [...parts, text.slice(from)];
    parts.push(text.slice(from, ahead[first]!), first);
    from = ahead[first]! + values[first]!.length;
  }
}

/** The number of the value that comes first, the longest of those that begin at one place; null if none is ahead. */
function firstOf(ahead: readonly number[], values: readonly string[]): number | null {
  let first: number | null = null;
  for (const [n, at] of ahead.entries()) {
    if (at === -1) continue;
    const known = first === null ? Number.POSITIVE_INFINITY : ahead[first]!;
    if (at < known || (at === known && values[n]!.length > values[first!]!.length)) first = n;
  }
  return first;
}

export function sameParts(a: Parts, b: Parts): boolean {
  return a.length === b.length && a.every((part, i) => part === b[i]);
}
