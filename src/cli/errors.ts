import { relative } from 'node:path';
import type { ParityError, Problem } from '../errors.ts';
import { terminalText } from '../json/printable.ts';
import { printError } from './console.ts';

/** At most this many problems are shown at once. */
const maxProblems = 50;

/** The widest part of a source line that is shown. */
const widestSource = 100;

/** A source line with a caret under the place, cut around it if the line is long. */
function excerpt({ line, col, source = '', length = 1 }: Problem): string {
  const from = Math.max(0, col - 1 - widestSource / 2);
  const shown = terminalText(source.slice(from, from + widestSource));
  const before = terminalText(source.slice(from, col - 1)).length;
  const carets = '^'.repeat(Math.max(1, Math.min(length, widestSource - before)));
  return `  ${String(line).padStart(5)} | ${shown}\n        | ${' '.repeat(before)}${carets}`;
}

function problemText(problem: Problem, code: string): string {
  const place = `${relative(process.cwd(), problem.file) || problem.file}:${problem.line}:${problem.col}`;
  const lines = [`error[${code}] ${terminalText(place)}  ${terminalText(problem.message)}`];
  if (problem.source !== undefined) lines.push(excerpt(problem));
  if (problem.hint !== undefined) lines.push(`          ${terminalText(problem.hint)}`);
  return lines.join('\n');
}

/** Prints an error for people, on standard error: what happened, where, and what to do next. */
export function printProblem(error: ParityError): void {
  const shown = error.problems.slice(0, maxProblems).map((problem) => `${problemText(problem, error.code)}\n\n`);
  const rest = error.problems.length - shown.length;
  const more = rest > 0 ? `(and ${rest} more)\n` : '';
  const said = error.output.map((line) => `    ${terminalText(line)}\n`);
  const output = said.length === 0 ? '' : `  its last output:\n${said.join('')}`;
  const hint = error.hint === undefined ? '' : `  try: ${terminalText(error.hint)}\n`;
  printError(`${shown.join('')}${more}error[${error.code}] ${terminalText(error.message)}\n${output}${hint}`);
}

/** Prints a bug that a run came across and went on; the stack only on request. */
export function printBugOf({ message, stack }: { readonly message: string; readonly stack: string }): void {
  const shown = process.env.PARITY_DEBUG === '1' ? `\n${stack}` : '';
  printError(`error[PX7000] ${terminalText(message)}${shown}\n  try: PARITY_DEBUG=1 shows where\n`);
}

/** Prints an error that is our own fault; the stack only on request. Returns the exit code. */
export function printBug(error: unknown): 70 {
  const text = error instanceof Error ? error.message : String(error);
  const stack = process.env.PARITY_DEBUG === '1' && error instanceof Error ? `\n${error.stack ?? ''}` : '';
  printError(
    `error[PX7000] parity has a bug: ${terminalText(text)}${stack}\n  try: PARITY_DEBUG=1 shows where; finished cases are in the run folder under reports/\n`,
  );
  return 70;
}
