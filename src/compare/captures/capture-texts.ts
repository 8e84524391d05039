type Same = (reference: string, candidate: string) => boolean;

/** An absolute path or a URL, and nothing else; what of it is a target's own may have been made a mark, see `withoutOrigin`. */
export function isReference(text: string): boolean {
  return /^(?:\0o|[A-Za-z][A-Za-z0-9+.-]*(?:\0s)?:\/)?\/[!#-;=?-[\]_a-z~\x80-\uffff\0]*$/.test(text);
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
    return isValue ? sameValues(text, other.text, areAlike) : text === other.text;
  });
}

function sameValues(a: string, b: string, areAlike: Same): boolean {
  const [x, y] = [decoded(a), decoded(b)];
  if (areAlike(a, b) || areAlike(x, y)) return true;
  return x !== a && y !== b && isReference(x) && isReference(y) && sameReferences(x, y, areAlike);
}

/** A value is a segment of the path of a reference, or a value of its query, or that of a reference which is percent-encoded there. */
export function isPieceOf(text: string, value: string): boolean {
  if (!isReference(text)) return false;
  return piecesOf(text).some((piece) => {
    if (!piece.isValue || piece.text === value) return piece.isValue;
    const inside = decoded(piece.text);
    return inside === value || (inside !== piece.text && isPieceOf(inside, value));
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

/** A text without its percent-encoding; what is not text stays encoded. */
export function percentDecoded(text: string): string {
  return text.includes('%') ? text.replace(/(?:%[0-9A-Fa-f]{2})+/g, decoded) : text;
}

/** A text without percent-encoding where that says nothing (RFC 3986, 6.2.2.2). */
export function unreservedDecoded(text: string): string {
  return text.replace(/%(?:2[DE]|3[0-9]|[46][1-9A-F]|[57][0-9A]|5F|7E)/gi, decoded);
}

/** Runs that may be base64 or base64url of six bytes or more, the longest first: their signs may also join them to others. */
const encodedRuns = [/[\w+/-]{8,}={0,2}/g, /[\w+-]{8,}={0,2}/g, /[A-Za-z0-9]{8,}={0,2}/g];

/** A text with what was base64 or base64url in it decoded, and the runs that were. */
export interface Decoded {
  readonly text: string;
  readonly runs: readonly string[];
}

/** Decodes the base64 and base64url in a text that hold one of the values. */
export function base64Reader(values: readonly string[]): (text: string) => Decoded {
  const mayHold = anyOf(values.flatMap(base64Cores));
  return (text) => {
    if (!mayHold.test(text)) return { text, runs: [] };
    const runs: string[] = [];
    const decode = (run: string) => {
      const bytes = Buffer.from(run, 'base64');
      const bare = run.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');
      const inside = bytes.toString('base64url') === bare ? bytes.toString('utf8') : '';
      if (!values.some((value) => inside.includes(value))) return run;
      runs.push(run);
      return `\0${inside}\0`;
    };
    return { text: encodedRuns.reduce((made, pattern) => made.replace(pattern, decode), text), runs };
  };
}

/** What is in every base64 text that holds a value, one for each of the three places in a group of bytes where it may begin. */
export function base64Cores(value: string): readonly string[] {
  return [0, 1, 2].map((shift) => {
    const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(value)]);
    return bytes.toString('base64').slice(Math.ceil((shift * 4) / 3), Math.floor((bytes.length * 4) / 3));
  });
}

/** Finds any of these texts, in whatever letters; nothing where there are none. */
export function anyOf(texts: readonly string[]): RegExp {
  const escaped = [...new Set(texts)].map((text) => text.replace(/[^A-Za-z0-9\s]/g, '\\$&'));
  return new RegExp(escaped.length === 0 ? '(?!)' : escaped.join('|'), 'i');
}

/** Each two runs may be of one alphabet, and both padded or both not. */
export function sameEncodings(a: readonly string[], b: readonly string[]): boolean {
  const differ = (x: string, y: string, one: RegExp, other: RegExp) =>
    (one.test(x) && other.test(y)) || (other.test(x) && one.test(y));
  return (
    a.length === b.length &&
    a.every((x, at) => !differ(x, b[at]!, /[+/]/, /[-_]/) && !differ(x, b[at]!, /=$/, /^(?:[^=]{4})*[^=]{2,3}$/))
  );
}

/** Where a value is in a text from some place on, as a word or as several, but as no part of one; -1 if nowhere. */
export function wordAt(text: string, value: string, from: number): number {
  for (let at = text.indexOf(value, from); at !== -1; at = text.indexOf(value, at + 1)) {
    const end = at + value.length;
    if (!isWithinWord(text, at) && !isWithinWord(text, end)) return at;
  }
  return -1;
}

function isWithinWord(text: string, at: number): boolean {
  return at > 0 && at < text.length && /[A-Za-z0-9]{2}/.test(text.slice(at - 1, at + 1));
}

/** A text cut at the values that it holds: what is between them as text, the values as their numbers. */
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

/** The same texts between values that `arePair` takes for one. */
export function sameParts(a: Parts, b: Parts, arePair: (n: number, m: number) => boolean): boolean {
  return (
    a.length === b.length &&
    a.every((part, i) => {
      const other = b[i]!;
      return typeof part === 'number' && typeof other === 'number' ? arePair(part, other) : part === other;
    })
  );
}
