import type { Command } from 'commander';
import { didYouMean, quoteForMessage } from '../config/source/did-you-mean.ts';
import { ParityError } from '../errors.ts';
import { print } from './console.ts';

/** Commands that people look for at the top. */
const commandsElsewhere: Readonly<Record<string, string>> = {
  accept: 'parity tracker accept ID --reason "…"',
  reopen: 'parity tracker reopen ID',
  unlock: 'parity tracker unlock',
  list: 'parity tracker list, or parity runs',
  show: 'parity tracker show ID',
  history: 'parity trend, or parity runs',
  test: 'parity run',
  check: 'parity run, or parity doctor',
  validate: 'parity doctor',
};

/** Flags of other tools, and what does it here; a flag that starts with a hyphen is named only where the command has it. */
const flagsElsewhere: Readonly<Record<string, string>> = {
  '-v': '-v',
  '-q': '-q',
  '--verbose': '-v',
  '--quiet': '-q',
  '--silent': '-q',
  '--filter': '--grep PATTERN',
  '--only': 'name suites, case ids or globs behind the command',
  '--insecure': 'tls: { insecure: true } of the target in parity.yaml',
  '--base-url': '--target NAME=URL',
  '--url': '--target NAME=URL',
  '--parallel': '--concurrency N',
  '--workers': '--concurrency N',
  '--jobs': '--concurrency N',
  '--format': '--reporter LIST',
  '--output': '--out DIR',
  '--header': 'headers: of the target in parity.yaml',
  '--cacert': 'tls: { ca: FILE } of the target in parity.yaml',
  '--ca': 'tls: { ca: FILE } of the target in parity.yaml',
  '--cert': 'tls: { cert: FILE, key: FILE } of the target in parity.yaml',
  '--proxy': 'proxy: http://HOST:PORT of the target in parity.yaml',
  '--strict-ssl': 'tls: { insecure: true } of the target in parity.yaml',
  '--fail-fast': '--bail',
  '--update-snapshots': '--update-tracker',
};

const usual: Readonly<Record<string, string>> = { '-v': 'the report holds every detail: parity report latest -v' };

/** What to try where commander refused a command line; null where it has nothing to say. */
export function commandLineHint(message: string, program: Command, argv: readonly string[]): string | null {
  const [, kind = '', word = ''] = /unknown (command|option) '([^'=]+)/.exec(message) ?? [];
  if (kind === 'command') return commandsElsewhere[word] ?? null;
  if (word === '-k') return flagsElsewhere['--insecure'] ?? null;
  const ours = flagsElsewhere[word];
  if (ours === undefined || !ours.startsWith('-')) return ours ?? null;
  const command = program.commands.find((one) => one.name() === argv[0]);
  const [flag = ''] = ours.split(' ');
  const isThere = command?.options.some((one) => one.short === flag || one.long === flag) === true;
  return isThere ? ours : (usual[flag] ?? null);
}

const exitCodesPage = `Exit codes
  0    every selected case ran on every target, and nothing counts as failed
  1    at least one divergence counts as failed
  2    wrong flags, configuration or case files: nothing was sent
  3    inconclusive: a target could not be reached, a case could not be judged, or no case was selected
  4    the results could not be stored
  70   a bug in parity
  129, 130, 143   interrupted; what was finished is kept, and the command that resumes the run is printed

When several apply: 70, then 4, then 1, then 3.
--fail-on new fails only for what the tracker does not know; --fail-on never fails for no divergence.`;

const topics: Readonly<Record<string, (program: Command) => Promise<string>>> = {
  'exit-codes': async () => exitCodesPage,
  errors: async () => {
    const { errorPage, knownErrorCodes } = await import('./error-codes.ts');
    return knownErrorCodes.map((code) => (errorPage(code) ?? '').split('\n').slice(0, 2).join('  ')).join('\n');
  },
  man: async (program) => (await import('./man-page.ts')).manPage(program),
};

/** `parity help TOPIC` of what is not a command: true if it was printed. Throws ParityError PX2001 for a topic that is not there. */
export async function printTopic(topic: string, program: Command): Promise<boolean> {
  const page = Object.hasOwn(topics, topic) ? topics[topic] : undefined;
  if (page !== undefined) {
    await print(await page(program));
    return true;
  }
  const names = program.commands.map((command) => command.name());
  if (names.includes(topic)) return false;
  const near = didYouMean(topic, [...names, ...Object.keys(topics)]);
  throw new ParityError('PX2001', `there is no command and no help topic ${quoteForMessage(topic)}`, {
    hint: near ?? `parity help lists the commands; topics are ${Object.keys(topics).join(', ')}`,
  });
}
