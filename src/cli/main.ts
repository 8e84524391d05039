#!/usr/bin/env node
import { CommanderError } from 'commander';
import { ParityError } from '../errors.ts';
import { printBug, printProblem } from './errors.ts';
import { makeProgram } from './program.ts';

/** A closed pipe (`| head`) is no failure: the verdict is in the exit code. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
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

process.stdout.on('error', ignoreClosedPipe);
process.stderr.on('error', ignoreClosedPipe);
process.exitCode = await main(process.argv.slice(2));
