#!/usr/bin/env node
import { ParityError } from '../errors.ts';
import { print } from './console.ts';
import { printBug, printProblem } from './errors.ts';
import { version } from './version.ts';

let isOutputLost = false;

/** A closed pipe (`| head`) is not a failure: the verdict is in the exit code. A full disk is one. */
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

/** Asked for alone it needs no parser of command lines. */
async function printVersion(): Promise<number> {
  await print(version);
  return 0;
}

/** Runs one command line. Never calls process.exit: that would cut off output that is still on its way. */
async function main(argv: readonly string[]): Promise<number> {
  try {
    if (argv.length === 1 && /^(?:--version|-V)$/.test(argv[0]!)) return await printVersion();
    const { runProgram } = await import('./program.ts');
    return await runProgram(argv);
  } catch (error) {
    if (!(error instanceof ParityError)) return printBug(error);
    printProblem(error);
    return error.exitCode;
  }
}

process.stdout.on('error', onOutputError);
// There is nowhere to complain of it.
process.stderr.on('error', () => {});
process.exitCode = exitCodeOf(await main(process.argv.slice(2)));
