#!/usr/bin/env node
import { CommanderError } from 'commander';
import { ParityError } from '../errors.ts';
import { printBug, printProblem } from './errors.ts';
import { makeProgram } from './program.ts';

let isOutputLost = false;

/** A closed pipe (`| head`) is no failure: the verdict is in the exit code. A full disk is one. */
function onOutputError(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE' || isOutputLost) return;
  isOutputLost = true;
  const message = `standard output could not be written (${error.code ?? 'unknown error'})`;
  printProblem(
    new ParityError('PX4202', message, { hint: 'make room there; a run has its reports in its folder too' }),
  );
  process.exitCode = exitCodeOf(Number(process.exitCode ?? 0));
}

function exitCodeOf(code: number): number {
  return isOutputLost && code !== 70 ? 4 : code;
}

/** Runs one command line. Never calls process.exit: that would cut off output that is still on its way. */
async function main(argv: readonly string[]): Promise<number> {
  try {
    let exitCode = 0;
    await makeProgram((code) => {
      exitCode = code;
    }).parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof ParityError)) return printBug(error);
    printProblem(error);
    return error.exitCode;
  }
}

process.stdout.on('error', onOutputError);
// There is nowhere to complain of it.
process.stderr.on('error', () => {});
process.exitCode = exitCodeOf(await main(process.argv.slice(2)));
