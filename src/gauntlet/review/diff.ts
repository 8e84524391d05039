/** Lines that a hunk is about; counts may be 0. */
export interface Hunk {
  readonly oldStart: number;
  readonly oldCount: number;
  readonly newStart: number;
  readonly newCount: number;
}

/** What a diff says about one file. */
export interface DiffFile {
  /** The new path; the old one of a deleted file. */
  readonly path: string;
  /** Differs from `path` for a renamed file. */
  readonly oldPath: string;
  readonly hunks: readonly Hunk[];
  /** This part of the diff, byte for byte. */
  readonly bytes: Buffer;
}

interface Draft {
  readonly start: number;
  oldPath: string | null;
  newPath: string | null;
  /** Paths of the line `diff --git`, for files without any other line that names them. */
  readonly named: readonly [string, string] | null;
  hasHead: boolean;
  readonly hunks: Hunk[];
}

/** Takes a unified diff, as git and diff write it; returns its files in order. What comes before the first file belongs to none. */
export function readDiff(bytes: Buffer): DiffFile[] {
  // One character a byte: places in the text are places in the bytes.
  const text = bytes.toString('latin1');
  const drafts: Draft[] = [];
  let draft: Draft | null = null;
  let left = { old: 0, new: 0 };
  const begin = (start: number, named: Draft['named']) => {
    draft = { start, oldPath: null, newPath: null, named, hasHead: false, hunks: [] };
    drafts.push(draft);
    return draft;
  };
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at);
    if (left.old > 0 || left.new > 0) {
      left = afterLine(left, text[at]!);
    } else if (opensFile(text, at)) {
      begin(at, pathsOfGitLine(text.slice(at, end)));
    } else if (text.startsWith('--- ', at) && text.startsWith('+++ ', end + 1)) {
      const current: Draft = draft === null || (draft as Draft).hasHead ? begin(at, null) : draft;
      const last = text.indexOf('\n', end + 1);
      current.oldPath = headPath(text.slice(at + 4, end));
      current.newPath = headPath(text.slice(end + 5, last < 0 ? text.length : last));
      current.hasHead = true;
    } else if (draft !== null) {
      left = readLine(draft, text.slice(at, Math.min(end, at + 8192))) ?? left;
    }
    at = end + 1;
  }
  return drafts.flatMap((one, i) => finish(one, bytes.subarray(one.start, drafts[i + 1]?.start ?? bytes.length)));
}

function opensFile(text: string, at: number): boolean {
  return text.startsWith('diff ', at) || text.startsWith('Index: ', at);
}

/** What is left of a hunk after a line of it; a line that cannot be in a hunk ends it. */
function afterLine(left: { old: number; new: number }, first: string): { old: number; new: number } {
  if (first === '-') return { ...left, old: left.old - 1 };
  if (first === '+') return { ...left, new: left.new - 1 };
  if (first === '\\') return left;
  // Some programs take the blank of an empty line away.
  if (first === ' ' || first === '\n' || first === '\r') return { old: left.old - 1, new: left.new - 1 };
  return { old: 0, new: 0 };
}

const hunkLine = /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@/;
const pathLine = /^(?:rename|copy) (from|to) (.+?)\r?$/;

/** Takes a line outside of hunks; returns how long the hunk is that it begins. */
function readLine(draft: Draft, line: string): { old: number; new: number } | null {
  const [, oldStart, oldCount = '1', newStart, newCount = '1'] = hunkLine.exec(line) ?? [];
  if (oldStart !== undefined) {
    const hunk = { oldStart: Number(oldStart), oldCount: Number(oldCount), newStart: Number(newStart) };
    draft.hunks.push({ ...hunk, newCount: Number(newCount) });
    return { old: Number(oldCount), new: Number(newCount) };
  }
  const [, end, path] = pathLine.exec(line) ?? [];
  if (end === 'from') draft.oldPath = unquoted(path!);
  if (end === 'to') draft.newPath = unquoted(path!);
  return null;
}

/** `diff --git a/x b/x`: with blanks in it only the case of two equal paths can be told apart. */
function pathsOfGitLine(line: string): [string, string] | null {
  const rest = /^diff --(?:git|cc|combined) (.+?)\r?$/.exec(line)?.[1];
  if (rest === undefined) return null;
  const quoted = /^("(?:[^"\\]|\\.)*"|\S+) ("(?:[^"\\]|\\.)*"|\S+)$/.exec(rest);
  if (quoted !== null) return [withoutPrefix(unquoted(quoted[1]!)), withoutPrefix(unquoted(quoted[2]!))];
  const half = rest.slice((rest.length + 1) / 2);
  const path = withoutPrefix(unquoted(rest.startsWith('a/') ? half : rest));
  return [path, path];
}

/** The path of a line `---` or `+++`; null for none. Programs put a time after a tab. */
function headPath(text: string): string | null {
  const line = text.replace(/\r$/, '');
  const path = unquoted(line.startsWith('"') ? line : line.split('\t')[0]!);
  return path === '/dev/null' ? null : withoutPrefix(path);
}

function withoutPrefix(path: string): string {
  return path.replace(/^[ab]\//, '');
}

const escapes: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** A path of one character a byte, in quotes of C or without, as UTF-8. */
function unquoted(text: string): string {
  const inner = /^"(.*)"$/s.exec(text)?.[1];
  const plain = inner?.replace(/\\([0-7]{3}|.)/gs, (_, code: string) =>
    code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8) & 255) : (escapes[code] ?? code),
  );
  return Buffer.from(plain ?? text, 'latin1').toString('utf8');
}

function finish({ oldPath, newPath, named, hunks }: Draft, bytes: Buffer): DiffFile[] {
  const path = newPath ?? oldPath ?? named?.[1];
  // `diff` and `Index:` lines that no file follows.
  if (path === undefined) return [];
  return [{ path, oldPath: oldPath ?? named?.[0] ?? path, hunks, bytes }];
}
