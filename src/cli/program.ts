import { Command, CommanderError } from 'commander';
import { printError } from './console.ts';
import { type Exit, helpExamples } from './help.ts';
import { version } from './version.ts';

const examples = helpExamples([
  'parity demo                                     the whole job on two embedded twins, nothing to set up',
  'parity init                                     write a small parity.yaml and a first case',
  'parity compare http://127.0.0.1:3100 http://127.0.0.1:4110 /v1/items      two URLs, no files',
  'parity run                                      replay the library of parity.yaml',
  'parity run validate --target rust=http://127.0.0.1:3100 --target go=http://127.0.0.1:4110',
  'parity explain enum-external-vs-flat            why runtimes differ there, and how to fix it',
]);

const exitCodes = `
Exit codes:
  0 nothing counts as failed   1 divergent   2 usage, config or case files: nothing was sent
  3 inconclusive   4 results could not be stored   70 a bug in parity   129/130/143 interrupted
  parity help exit-codes says more, parity explain PX2103 what an error code means`;

type Add = (program: Command, exit: Exit) => void;

/** In the order of the help. Each is imported by itself: what a command line does not ask for costs its start nothing. */
const commands: readonly (readonly [names: readonly string[], load: () => Promise<Add>])[] = [
  [['demo'], async () => (await import('./programs/first-steps.ts')).addDemo],
  [['run'], async () => (await import('./programs/run.ts')).addRun],
  [['init', 'report', 'explain', 'doctor'], async () => (await import('./programs/first-steps.ts')).addSmallCommands],
  [['compare'], async () => (await import('./programs/compare.ts')).addCompare],
  [['add'], async () => (await import('./programs/compare.ts')).addAdd],
  [['merge'], async () => (await import('./programs/run.ts')).addMerge],
  [['replay'], async () => (await import('./programs/again.ts')).addReplay],
  [['noise'], async () => (await import('./programs/again.ts')).addNoise],
  [['probe'], async () => (await import('./programs/probe.ts')).addProbe],
  [['record'], async () => (await import('./record/program.ts')).addRecord],
  [['import'], async () => (await import('./import/program.ts')).addImport],
  [['shadow', 'ready'], async () => (await import('./live/program.ts')).addLive],
  [['worker'], async () => (await import('./engine/program.ts')).addWorker],
  [['gauntlet', 'smoke', 'review', 'assess'], async () => (await import('./gauntlet/program.ts')).addGauntlet],
  [['tracker'], async () => (await import('./tracker/program.ts')).addTracker],
  [['runs', 'open', 'trend', 'diff', 'adr'], async () => (await import('./tracker/program.ts')).addHistory],
  [['completion'], async () => (await import('./programs/first-steps.ts')).addCompletion],
];

/** The command line, or what of it is needed where it begins with the name `asked`. What is heavy is imported only by the command that needs it. */
export async function makeProgram(exit: Exit, asked = ''): Promise<Command> {
  const program = new Command('parity')
    .description('Replays identical requests to two or more implementations and proves why their answers differ.')
    .version(version, '-V, --version')
    .addHelpText('before', examples)
    .addHelpText('after', exitCodes)
    .showSuggestionAfterError()
    .exitOverride()
    .configureHelp({ showGlobalOptions: false });
  // A completion knows all of them.
  const needed = commands.filter(([names]) => names.includes(asked) && asked !== 'completion');
  for (const [, load] of needed.length === 0 ? commands : needed) (await load())(program, exit);
  return program;
}

/** Runs one command line; returns its exit code. Throws ParityError. */
export async function runProgram(argv: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = await makeProgram((code) => {
    exitCode = code;
  }, argv[0]);
  const [first, topic] = argv;
  if (first === 'help' && topic !== undefined && (await (await import('./hints.ts')).printTopic(topic, program)))
    return 0;
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    const { commandLineHint } = await import('./hints.ts');
    const hint = commandLineHint(error.message, program, argv);
    if (hint !== null) printError(`  try: ${hint}\n`);
    return 2;
  }
}
