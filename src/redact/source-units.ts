/** A text whose every UTF-16 unit knows the range of the source that it was made from. */
export interface SourceUnits {
  readonly text: string;
  /** Null where unit `i` comes from `i` to `i + 1`. */
  readonly ranges: { readonly starts: readonly number[]; readonly ends: readonly number[] } | null;
}

/** What a part of a text is replaced by, and how long that part is. */
export interface Piece {
  readonly text: string;
  readonly length: number;
}

/** Where the source of a unit begins. */
export function sourceStart({ ranges }: SourceUnits, at: number): number {
  return ranges === null ? at : ranges.starts[at]!;
}

/** Where the source of a unit ends. */
export function sourceEnd({ ranges }: SourceUnits, at: number): number {
  return ranges === null ? at + 1 : ranges.ends[at]!;
}

/** Takes units, a pattern, and what makes pieces of a match that cover it; returns units in which each match is replaced, or the same if there is none. */
export function rewriteUnits(
  source: SourceUnits,
  pattern: RegExp,
  piecesOf: (match: string) => readonly Piece[],
): SourceUnits {
  const parts: string[] = [];
  const ranges = { starts: [] as number[], ends: [] as number[] };
  const put = (text: string, from: number, to: number) => {
    parts.push(text);
    for (let at = 0; at < text.length; at += 1) {
      ranges.starts.push(sourceStart(source, from));
      ranges.ends.push(sourceEnd(source, to - 1));
    }
  };
  const copy = (from: number, to: number) => {
    parts.push(source.text.slice(from, to));
    for (let at = from; at < to; at += 1) {
      ranges.starts.push(sourceStart(source, at));
      ranges.ends.push(sourceEnd(source, at));
    }
  };
  let from = 0;
  for (const match of source.text.matchAll(pattern)) {
    copy(from, match.index);
    from = match.index;
    for (const { text, length } of piecesOf(match[0])) {
      put(text, from, from + length);
      from += length;
    }
  }
  if (parts.length === 0) return source;
  copy(from, source.text.length);
  return { text: parts.join(''), ranges };
}
