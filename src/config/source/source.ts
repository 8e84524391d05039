import { isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { relative } from 'node:path';
import { ParityError, type Problem } from '../../errors.ts';
import { maxFileBytes, maxProblemsPerFile, maxSourceLine } from '../limits.ts';

/** Half-open range of UTF-16 offsets into a source text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A text file that a person wrote, decoded, with the offsets at which its lines begin. */
export interface Source {
  /** Name shown to people, relative to the working directory. */
  readonly file: string;
  readonly text: string;
  readonly lineStarts: Uint32Array;
  /** Number of its first line in the file, from 1. */
  readonly firstLine: number;
}

/** What is wrong at one place. `private` keeps the source line out of the report, because it holds a secret. */
export interface Complaint {
  readonly message: string;
  readonly hint?: string | undefined;
  readonly code?: string;
  readonly private?: boolean;
}

/** A problem that may carry a code of its own, finer than that of the whole error. */
export interface CodedProblem extends Problem {
  readonly code?: string;
}

/** Notes one problem of one source. */
export type Complain = (span: Span, complaint: Complaint) => void;

/** Takes an absolute path and the working directory; returns the file decoded as UTF-8 (a byte-order mark is dropped), or null after noting why not. */
export function readSource(path: string, cwd: string, problems: CodedProblem[]): Source | null {
  const file = displayPath(path, cwd);
  const bytes = readBytes(path);
  if (typeof bytes === 'string') {
    problems.push({ file, line: 1, col: 1, message: bytes });
    return null;
  }
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  const source = createSource(file, text);
  const fault = encodingFault(bytes, text);
  if (fault === null) return source;
  complainer(source, problems)(fault.span, { message: fault.message, hint: 'save the file as UTF-8', private: true });
  return null;
}

/** Takes a shown file name and decoded text, which may be a part of the file from some line on; returns the source. */
export function createSource(file: string, text: string, firstLine = 1): Source {
  return { file, text, lineStarts: lineStartsOf(text), firstLine };
}

/** Four bytes each: a large file has a million lines. */
function lineStartsOf(text: string): Uint32Array {
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  const starts = new Uint32Array(lines);
  for (let [line, at] = [1, text.indexOf('\n')]; at !== -1; line += 1, at = text.indexOf('\n', at + 1))
    starts[line] = at + 1;
  return starts;
}

/** Takes an offset into the source; returns line and column, both from 1, columns in UTF-16 units. */
export function positionAt(source: Source, offset: number): { line: number; col: number } {
  let low = 0;
  let high = source.lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (source.lineStarts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + source.firstLine, col: offset - source.lineStarts[low]! + 1 };
}

/** Takes a source, the list that problems go to, and how many its file has so far; returns the function that notes them, at most 50 a file. */
export function complainer(source: Source, problems: CodedProblem[], noted = { count: 0 }): Complain {
  return (span, complaint) => {
    noted.count += 1;
    if (noted.count <= maxProblemsPerFile) problems.push(problemAt(source, span, complaint));
  };
}

/** Takes the code of the family and the problems found; throws one ParityError with all of them, sorted, or returns if there are none. */
export function throwProblems(code: 'PX2101' | 'PX2201', problems: readonly CodedProblem[]): void {
  if (problems.length === 0) return;
  const sorted = distinct(problems);
  const files = new Set(sorted.map((problem) => problem.file)).size;
  const message = `${count(sorted.length, 'problem')} in ${count(files, 'file')}. Nothing was sent.`;
  const onlyVariables = sorted.every((problem) => problem.code === 'PX2103');
  throw new ParityError(onlyVariables ? 'PX2103' : code, message, { problems: sorted, hint: hintFor(onlyVariables) });
}

/** Takes an absolute path and a folder; returns how the path is shown: relative, with forward slashes. */
export function displayPath(path: string, from: string): string {
  return (relative(from, path) || '.').replaceAll('\\', '/');
}

function hintFor(onlyVariables: boolean): string {
  return onlyVariables ? `set the variable, or give a default: \${NAME:-default}` : 'fix the lines above and run again';
}

function readBytes(path: string): Buffer | string {
  try {
    const info = statSync(path);
    if (!info.isFile()) return 'this is not a regular file';
    if (info.size > maxFileBytes) return `the file has ${info.size} bytes; the limit is ${maxFileBytes}`;
    return readFileSync(path);
  } catch (cause) {
    return `the file cannot be read: ${(cause as NodeJS.ErrnoException).code ?? 'unknown reason'}`;
  }
}

/** Takes bytes and what they were decoded to; returns where and why they are not UTF-8, or null. Only the beginning of a file tells UTF-16. */
export function encodingFault(bytes: Buffer, text: string, isBeginning = true): { span: Span; message: string } | null {
  const first = { start: 0, end: 0 };
  if (isBeginning && looksLikeUtf16(bytes)) return { span: first, message: 'the file is UTF-16, not UTF-8' };
  if (isUtf8(bytes)) return null;
  const at = Math.max(0, text.indexOf('\uFFFD'));
  return { span: { start: at, end: at + 1 }, message: 'a byte here is not UTF-8' };
}

function looksLikeUtf16(bytes: Buffer): boolean {
  const [a, b] = bytes;
  return (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff) || (bytes.length > 1 && (a === 0) !== (b === 0));
}

/** One problem of a source at a place of it. */
export function problemAt(source: Source, span: Span, complaint: Complaint): CodedProblem {
  const { line, col } = positionAt(source, span.start);
  const text = lineText(source, line);
  const length = Math.max(1, Math.min(span.end - span.start, text.length - col + 1));
  return {
    file: source.file,
    line,
    col,
    message: complaint.message,
    ...(complaint.hint === undefined ? {} : { hint: complaint.hint }),
    ...(complaint.code === undefined ? {} : { code: complaint.code }),
    ...(complaint.private === true || text.length > maxSourceLine ? {} : { source: text, length }),
  };
}

function lineText(source: Source, line: number): string {
  const at = line - source.firstLine;
  const end = source.lineStarts[at + 1];
  return source.text.slice(source.lineStarts[at], end === undefined ? undefined : end - 1).replace(/\r$/, '');
}

function distinct(problems: readonly CodedProblem[]): CodedProblem[] {
  const seen = new Map<string, CodedProblem>();
  for (const problem of problems) {
    const key = JSON.stringify([problem.file, problem.line, problem.col, problem.message]);
    if (!seen.has(key)) seen.set(key, problem);
  }
  return [...seen.values()].sort((a, b) => compareText(a.file, b.file) || a.line - b.line || a.col - b.col);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
