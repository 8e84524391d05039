import type { Command } from 'commander';
import { type Exit, helpExamples } from '../help.ts';
import { addGateOptions } from '../live/program.ts';

/** A command about the rows of one tracker. */
function onTracker(command: Command): Command {
  return command
    .option('--tracker <file>', 'the Markdown file (default: the one of parity.yaml)')
    .option('--config <file>', 'configuration (default: the nearest parity.yaml)');
}

/** `tracker accept` and `tracker reopen`. */
function addDecisions(tracker: Command, exit: Exit): void {
  const decide = (state: 'accepted' | 'reopened') => async (id: string, options: Record<string, unknown>) =>
    exit(await (await import('./decide.ts')).trackerDecide(id, state, options));
  onTracker(tracker.command('accept <id>'))
    .option('--reason <text>', 'why; it goes into the column Decision')
    .option('--owner <name>', 'who answers for it')
    .option('--until <day>', 'the last day on which it holds, as YYYY-MM-DD')
    .option('--scope <scope>', 'route: also in new cases of its routes (of all routes where its route is *)')
    .option('--values <values>', 'any: also with other values, where no class explains it')
    .option('--out <dir>', 'where run folders are (default: as parity.yaml says, or reports)')
    .description('accept a finding, so that it no longer fails runs')
    .addHelpText(
      'before',
      helpExamples([
        'parity tracker accept P-3F2A9C1D --reason "agreed with the mobile team"',
        'parity tracker accept P-3F2A9C1D --reason "until the apps are out" --owner mia --until 2027-01-31',
        'parity tracker accept P-3F2A9C1D --reason "counters differ" --values any --scope route',
      ]),
    )
    .action(decide('accepted'));
  onTracker(tracker.command('reopen <id>'))
    .option('--reason <text>', 'why; it goes into the column Decision')
    .description('take a decision back: the finding counts again')
    .addHelpText('before', helpExamples(['parity tracker reopen P-3F2A9C1D']))
    .action(decide('reopened'));
  onTracker(tracker.command('unlock'))
    .option('--force', 'also where its holder may be at work')
    .description('take away the lock that a run left behind')
    .addHelpText('before', helpExamples(['parity tracker unlock']))
    .action(async (options: Record<string, unknown>) =>
      exit(await (await import('./decide.ts')).trackerUnlock(options)),
    );
}

/** `tracker` and what is below it. */
export function addTracker(program: Command, exit: Exit): void {
  const tracker = program.command('tracker').description('read the tracker, and decide about its rows');
  addDecisions(tracker, exit);
  onTracker(tracker.command('show <id>'))
    .option('--out <dir>', 'where run folders are (default: as parity.yaml says, or reports)')
    .option('--json', 'print the row, and what the newest run says of it, as JSON')
    .description('a row, what the runs said of it, its cases, and how to send them')
    .addHelpText('before', helpExamples(['parity tracker show P-3F2A9C1D']))
    .action(async (id: string, options: Record<string, unknown>) =>
      exit(await (await import('./show.ts')).trackerShow(id, options)),
    );
  onTracker(tracker.command('review'))
    .option('--out <dir>', 'where run folders are (default: as parity.yaml says, or reports)')
    .option('--route <text>', 'only rows whose route has this text')
    .description('walk through the open rows on a terminal: accept, skip, or open in the page')
    .addHelpText('before', helpExamples(['parity tracker review', 'parity tracker review --route /v1/validate']))
    .action(async (options: Record<string, unknown>) =>
      exit(await (await import('./review.ts')).trackerReview(options)),
    );
  onTracker(tracker.command('list'))
    .option('--state <state>', 'only rows in this state: open, accepted, fixed or reopened')
    .option('--route <text>', 'only rows whose route has this text')
    .option('--class <class>', 'only rows of this drift class')
    .option('--json', 'print the rows as JSON')
    .description('the rows of the tracker')
    .addHelpText(
      'before',
      helpExamples(['parity tracker list', 'parity tracker list --state open --route /v1/validate --json']),
    )
    .action(async (options: Record<string, unknown>) =>
      exit(await (await import('./tracker.ts')).trackerList(options)),
    );
}

/** `runs` and `open`. */
function addRunFolders(program: Command, exit: Exit): void {
  program
    .command('runs')
    .option('--out <dir>', 'where run folders are (default: as parity.yaml says, or reports)')
    .option('--last <n>', 'how many runs', '20')
    .option('--json', 'print them as JSON')
    .description('list the newest runs, replays and probes, too')
    .addHelpText('before', helpExamples(['parity runs', 'parity runs --last 5 --json']))
    .action(async (options: Record<string, unknown>) => exit(await (await import('../runs.ts')).runsCommand(options)));
  program
    .command('open [run]')
    .option('--out <dir>', 'where run folders are (default: as parity.yaml says, or reports)')
    .option('--print', 'print the path of the page and open nothing')
    .description('open the HTML report of a run in the browser (default: the newest)')
    .addHelpText('before', helpExamples(['parity open', 'parity open 20261120-101500-4f2a --print']))
    .action(async (run: string | undefined, options: Record<string, unknown>) =>
      exit(await (await import('../open-report.ts')).openCommand(run ?? 'latest', options)),
    );
}

/** Commands that read what earlier runs recorded. */
export function addHistory(program: Command, exit: Exit): void {
  addRunFolders(program, exit);
  program
    .command('trend')
    .option('--out <dir>', 'where run folders are (default: as parity.yaml says, or reports)')
    .option('--last <n>', 'how many runs', '20')
    .option('--json', 'print the runs as JSON')
    .description('how the runs went: what opened, what closed, how the ladder moved')
    .addHelpText('before', helpExamples(['parity trend', 'parity trend --last 5 --json']))
    .action(async (options: Record<string, unknown>) =>
      exit(await (await import('../trend.ts')).trendCommand(options)),
    );
  program
    .command('diff [run-a] [run-b]')
    .option('--out <dir>', 'where run folders are (default: as parity.yaml says, or reports)')
    .option('--json', 'print it as JSON')
    .description('what opened, what closed, what moved on the ladder from one run to another (default: the last two)')
    .addHelpText('before', helpExamples(['parity diff', 'parity diff 20261120-101500-4f2a latest']))
    .action(async (a: string | undefined, b: string | undefined, options: Record<string, unknown>) =>
      exit(await (await import('../diff.ts')).diffCommand([a, b], options)),
    );
  onTracker(addGateOptions(program.command('adr').argument('[id]', 'the row of the tracker')))
    .option('--ready [run]', 'from what `parity ready` says of a shadow instead, by default of the newest one')
    .option('--dir <dir>', 'where decision records are (default: decisions, beside the tracker)')
    .option('--out <dir>', 'where run folders are (default: as parity.yaml says, or reports)')
    .description('write a decision record (MADR) from a row of the tracker, or from the gate of a cutover')
    .addHelpText(
      'before',
      helpExamples([
        'parity adr P-3F2A9C1D',
        'parity adr P-3F2A9C1D --dir docs/decisions',
        'parity adr --ready --dir docs/decisions',
      ]),
    )
    .action(async (id: string | undefined, options: Record<string, unknown>) =>
      exit(await (await import('../adr.ts')).adrCommand(id, options)),
    );
}
