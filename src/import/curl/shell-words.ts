import { ansiText } from './ansi-quotes.ts';
import { markVariable } from './variable-marks.ts';

/** One command of a shell script, with what keeps it from being read, if something does. */
export interface ShellCommand {
  /** Line on which it begins, counted from 1. */
  readonly line: number;
  readonly words: readonly string[];
  readonly fault: string | null;
}

interface Scan {
  readonly text: string;
  readonly commands: ShellCommand[];
  at: number;
  start: number;
  /** Of the text up to `counted`. */
  lines: number;
  counted: number;
  /** The stages of the pipeline that have ended. */
  stages: Omit<ShellCommand, 'line'>[];
  words: string[];
  /** The word that is being read, or null between words. */
  word: string | null;
  fault: string | null;
  /** The next word names the file of a redirection. */
  isRedirected: boolean;
}

/** How a piece of shell text is read: the first pattern that fits where the scan is. */
const pieces: readonly (readonly [RegExp, (scan: Scan, match: RegExpExecArray) => void])[] = [
  [/\\\r?\n/y, () => {}],
  [/[ \t]+/y, (scan) => endWord(scan)],
  [/\r?\n|\r|&&|\|\||;+|&(?!>)/y, (scan) => endCommand(scan)],
  [/\|&?/y, endStage],
  [/<<-?(?!<)/y, (scan) => fail(scan, 'it reads a here-document, which is not carried over')],
  [/(?:&>>?|<<<|[<>]&|>\||>>|<>|[<>])/y, beginRedirection],
  [/'([^']*)'/y, (scan, match) => add(scan, match[1]!)],
  [/\$'((?:[^'\\]|\\[\s\S])*)'/y, addAnsi],
  [/\$?"((?:[^"\\]|\\[\s\S])*)"/y, (scan, match) => addQuoted(scan, match[1]!)],
  [/\$(?:\{(\w+)\}|([A-Za-z_]\w*))/y, (scan, match) => add(scan, markVariable(match[1] ?? match[2]!))],
  [/\$[({]|`/y, (scan) => fail(scan, substitution)],
  [/['"]/y, endUnclosed],
  [/\\([\s\S])/y, (scan, match) => add(scan, match[1]!)],
  [/[()]/y, (scan) => fail(scan, 'it is part of a group in parentheses, which is not carried over')],
  [/[^\s'"\\$;&|<>()`]+|[$\\]|[\s\S]/y, (scan, match) => addPlain(scan, match[0])],
];

const substitution = 'it holds a command substitution, and nothing in a file is ever run; write its output out';

/**
 * Takes shell text; returns its commands as a POSIX shell divides them into words, with `$'…'` of bash. Nothing is expanded and nothing
 * is run: `$NAME` becomes a marked variable. Of a pipeline the stage that is a curl command counts, else the first.
 */
export function shellCommands(text: string): ShellCommand[] {
  const scan: Scan = {
    ...{ text, commands: [], at: 0, start: 0, lines: 1, counted: 0 },
    ...{ stages: [], words: [], word: null, fault: null, isRedirected: false },
  };
  while (scan.at < text.length) readPiece(scan);
  endCommand(scan);
  return scan.commands;
}

function readPiece(scan: Scan): void {
  for (const [pattern, read] of pieces) {
    pattern.lastIndex = scan.at;
    const match = pattern.exec(scan.text);
    if (match === null) continue;
    scan.at += match[0].length;
    read(scan, match);
    return;
  }
}

/** The first of what is wrong with a command is what counts. */
function fail(scan: Scan, fault: string): void {
  add(scan, '');
  scan.fault ??= fault;
}

function add(scan: Scan, text: string): void {
  if (scan.word === null && scan.words.length + scan.stages.length === 0) scan.start = scan.at;
  scan.word = (scan.word ?? '') + text;
}

/** A `#` where a word would begin opens a comment, to the end of the line. */
function addPlain(scan: Scan, text: string): void {
  if (scan.word !== null || !text.startsWith('#')) add(scan, text);
  else scan.at = endOfLine(scan);
}

function endOfLine({ text, at }: Scan): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

function addAnsi(scan: Scan, match: RegExpExecArray): void {
  const text = ansiText(match[1]!);
  if (text === null)
    fail(scan, 'it holds bytes that are not UTF-8; put the body into a file, and name it with --data-binary @FILE');
  else add(scan, text);
}

const inQuotes = /\\\r?\n|\\([$`"\\])|\$\{(\w+)\}|\$([A-Za-z_]\w*)|(\$[({]|`)/g;

function addQuoted(scan: Scan, written: string): void {
  let isRun = false;
  const text = written.replace(inQuotes, (whole, char?: string, braced?: string, name?: string, command?: string) => {
    if (command !== undefined) isRun = true;
    const variable = braced ?? name;
    return variable === undefined ? (char ?? (whole.startsWith('\\') ? '' : whole)) : markVariable(variable);
  });
  if (isRun) fail(scan, substitution);
  else add(scan, text);
}

function endUnclosed(scan: Scan, match: RegExpExecArray): void {
  fail(scan, `a quote ${match[0]} is not closed`);
  scan.at = scan.text.length;
}

/** Digits right before it name what is redirected, and are not words. */
function beginRedirection(scan: Scan): void {
  if (scan.word !== null && /^\d+$/.test(scan.word)) scan.word = null;
  endWord(scan);
  scan.isRedirected = true;
}

function endWord(scan: Scan): void {
  if (scan.word === null) return;
  if (!scan.isRedirected) scan.words.push(scan.word);
  scan.isRedirected = false;
  scan.word = null;
}

/** Of a pipeline every stage is kept until it ends. */
function endStage(scan: Scan): void {
  endWord(scan);
  const { words, fault } = scan;
  if (words.length > 0 || fault !== null) scan.stages.push({ words: words.slice(firstWord(words)), fault });
  scan.words = [];
  scan.fault = null;
  scan.isRedirected = false;
}

function endCommand(scan: Scan): void {
  endStage(scan);
  const stage = scan.stages.find(({ words }) => isCurl(words)) ?? scan.stages[0];
  if (stage !== undefined) scan.commands.push({ line: lineAt(scan), ...stage });
  scan.stages = [];
}

/** What is assigned before a command is not a word of it. */
function firstWord(words: readonly string[]): number {
  const at = words.findIndex((word) => !/^\w+=/.test(word));
  return at < 0 ? 0 : at;
}

function lineAt(scan: Scan): number {
  for (let next = scan.text.indexOf('\n', scan.counted); next >= 0 && next < scan.start; ) {
    scan.lines += 1;
    scan.counted = next + 1;
    next = scan.text.indexOf('\n', scan.counted);
  }
  return scan.lines;
}

/** Takes the words of a command; returns whether it calls curl. */
export function isCurl(words: readonly string[]): boolean {
  return /^(?:.*[\\/])?curl(?:\.exe)?$/.test(words[0] ?? '');
}
