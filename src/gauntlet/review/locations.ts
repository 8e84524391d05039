import type { DiffFile, Hunk } from './diff.ts';

/** A path and a hunk of the diff. */
export interface Location {
  /** The same for all lines of a hunk. */
  readonly key: string;
  readonly path: string;
  /** The line that was named, or the first one of the hunk; null where the file has no hunk or several and none was named. */
  readonly line: number | null;
}

/** Takes what comes after WHERE; returns the locations of the diff that it names, none if it names none. */
export type Locate = (where: string) => Location[];

/** Takes files of a diff; returns what finds locations in them. */
export function locator(files: readonly DiffFile[]): Locate {
  const byPath = pathIndex(files);
  return (where) => {
    const text = where.replace(/[`*"'<>]/g, ' ').trim();
    const whole = wholePath(text, byPath);
    const named = whole === null ? pathsIn(text, byPath) : [whole];
    const found = named.flatMap(({ file, rest }) => locationIn(file, rest) ?? []);
    return [...new Map(found.map((location) => [location.key, location])).values()];
  };
}

type PathIndex = ReadonlyMap<string, DiffFile | null>;

/** Files by their paths, old and new, and by the ends of these where they are ends of one file only (else null). */
function pathIndex(files: readonly DiffFile[]): PathIndex {
  const index = new Map<string, DiffFile | null>();
  for (const file of files)
    for (const path of new Set([file.path, file.oldPath]))
      for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
        const end = path.slice(at + 1);
        index.set(end, index.has(end) && index.get(end) !== file ? null : file);
      }
  for (const file of files) index.set(file.oldPath, file);
  for (const file of files) index.set(file.path, file);
  return index;
}

interface Named {
  readonly file: DiffFile;
  /** What follows the path. */
  readonly rest: string;
}

/** A path with blanks in it is known by all of the text before its line. */
function wholePath(text: string, index: PathIndex): Named | null {
  const end = /(?::\d|#L?\d| @@|, ?lines? )/i.exec(text)?.index ?? text.length;
  const file = fileOf(text.slice(0, end).trim(), index);
  return file === null || /[,;]\s*(?!L?\d|lines? |\s)./i.test(text.slice(end)) ? null : { file, rest: text.slice(end) };
}

function pathsIn(text: string, index: PathIndex): Named[] {
  const found = Array.from(text.matchAll(/[^\s,;|()]+/g)).flatMap((match) => {
    const path = match[0].replace(/(?::\d|#L?\d).*$|[:.]$/i, '');
    const file = fileOf(path, index);
    return file === null ? [] : [{ file, start: match.index, end: match.index + path.length }];
  });
  return found.map(({ file, end }, i) => ({ file, rest: text.slice(end, found[i + 1]?.start) }));
}

function fileOf(path: string, index: PathIndex): DiffFile | null {
  return index.get(path) ?? index.get(path.replace(/^(?:\.\/|[ab]\/)/, '')) ?? null;
}

const header = /@@ -(\d{1,9})(?:,\d{1,9})? \+(\d{1,9})(?:,\d{1,9})?/;
const lines = /(?<![\w.])L?(\d{1,9})(?:\s{0,2}(?:-|–|—|to|\.\.)\s{0,2}L?(\d{1,9}))?/i;

function locationIn(file: DiffFile, rest: string): Location | null {
  const { path, hunks } = file;
  const [, oldStart, newStart] = header.exec(rest) ?? [];
  if (oldStart !== undefined) {
    const at = hunks.findIndex((hunk) => hunk.oldStart === Number(oldStart) && hunk.newStart === Number(newStart));
    return at < 0 ? null : { key: `${path}\0${at}`, path, line: hunks[at]!.newStart };
  }
  const [, from, to = from] = lines.exec(rest) ?? [];
  if (from === undefined) {
    const only = hunks.length === 1 ? hunks[0]!.newStart : null;
    return { key: only === null ? path : `${path}\0${'0'}`, path, line: only };
  }
  const range = [Number(from), Number(to)] as const;
  // Lines of the new file come first: those of the old one are named for what was deleted.
  const at = [hunkAt(hunks, range, newLines), hunkAt(hunks, range, oldLines)].find((found) => found >= 0);
  return at === undefined ? null : { key: `${path}\0${at}`, path, line: range[0] };
}

const newLines = ({ newStart, newCount }: Hunk) => [newStart, newCount] as const;
const oldLines = ({ oldStart, oldCount }: Hunk) => [oldStart, oldCount] as const;

function hunkAt(hunks: readonly Hunk[], [from, to]: readonly [number, number], linesOf: typeof newLines): number {
  return hunks.findIndex((hunk) => {
    const [start, count] = linesOf(hunk);
    return from < start + count && to >= start;
  });
}

/** `src/a.go:17`. */
export function locationText({ path, line }: Location): string {
  return line === null ? path : `${path}:${line}`;
}
