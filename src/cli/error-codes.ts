/** The exit code of the first digit of an error code. */
const exitCodes = { '1': 3, '2': 2, '3': 3, '4': 4, '7': 70 } as const;

/** By code: what happened, and what to do about it. */
const errorCodes: Readonly<Record<string, readonly [what: string, next: string]>> = {
  PX1201: ['A service ended before it was ready.', 'Run its command by hand to see why it ends.'],
  PX1202: [
    'A service was not ready in time.',
    'Check its command, its port and its `ready`; raise the time that it has.',
  ],
  PX1203: [
    'Something listens already where a target is to be started.',
    'Stop it, or take the command out of the target.',
  ],
  PX1301: ['Redis cannot be reached.', 'Start redis-server, or name another address with --engine redis://HOST:PORT.'],
  PX1302: [
    'Redis came back without the data of the run.',
    'Let Redis keep its data (appendonly yes), look at what the run has left on the targets, and run again.',
  ],
  PX2001: ['A flag has a value that it does not take.', 'The message names the flag; COMMAND --help lists its values.'],
  PX2006: ['--engine takes the address of a Redis server.', 'Write it like redis://127.0.0.1:6379.'],
  PX2011: ['A target has no http or https URL.', 'Write it like http://127.0.0.1:3100.'],
  PX2012: ['A certificate and its key cannot be used.', 'Give both as PEM files that belong together.'],
  PX2013: ['Nothing can listen on the address.', 'Choose another port, or end the program that has it.'],
  PX2014: [
    'A file of recorded answers cannot be read, or is none.',
    'Name the file that parity record or parity import wrote, as it was written.',
  ],
  PX2015: [
    'The candidate of a shadow is the shadow itself.',
    'Name the address of the candidate itself, or another port with --listen.',
  ],
  PX2021: ['A reporter of your own cannot be loaded.', 'Its file needs a default export that is a function.'],
  PX2101: [
    'parity.yaml has lines that it cannot have.',
    'Fix each line that is named; the schema in schema/config.json completes keys in an editor.',
  ],
  PX2102: ['A flag about targets or comparing has a value that it does not take.', 'The message says what it takes.'],
  PX2103: [
    'Variables of the environment that the configuration names are not set.',
    'Set them, or give a file with NAME=value lines: --secrets FILE.',
  ],
  PX2104: [
    'The targets do not make a comparison.',
    'Name one reference and at least one candidate, each with its own address.',
  ],
  PX2105: [
    'There is no configuration file.',
    'Write one with parity init, name one with --config, or give two targets: --target NAME=URL.',
  ],
  PX2106: [
    'The file of --secrets cannot be read.',
    'Give it a line NAME=value for each variable, or - for standard input.',
  ],
  PX2107: [
    'No program here opens a page.',
    'Open the page that the message names in a browser, or name one: BROWSER=firefox.',
  ],
  PX2201: [
    'Case files have lines that they cannot have.',
    'Fix each line that is named; the schema in schema/case.json completes keys in an editor.',
  ],
  PX2202: ['A path of `cases:` or --cases cannot be read.', 'Check the paths.'],
  PX2301: ['A captured value cannot stand in a header.', 'Check what the case captures.'],
  PX2302: [
    'A case uses a value that no step before it captured.',
    'Check the names under `capture`, and that the step got its answer.',
  ],
  PX2303: ['A request cannot be written as the case says.', 'The message says which part; fix the case.'],
  PX2401: ['A selector, tag or --grep selects no case.', 'parity run --dry-run lists what a selection has.'],
  PX2402: ['--grep is not a regular expression.', 'Escape characters that have a meaning in one.'],
  PX2403: ['There is no such shard.', 'Write --shard I/N with I from 1 to N.'],
  PX2405: [
    'Cases would write to a target that is not this machine.',
    'Mark cases that may be repeated anywhere with safe: true, or say --unsafe.',
  ],
  PX2407: [
    'A host is protected by the configuration.',
    'Type its name when asked, or allow it with the flag that the message names.',
  ],
  PX2501: ['A file is not the record of a run.', 'Name a run folder that holds a run.jsonl, or latest.'],
  PX2502: ['There is no such run.', 'parity runs lists them; --out names another folder.'],
  PX2506: ['A folder holds no live comparison.', 'parity shadow writes it; name its run folder.'],
  PX2601: ['There is no such drift class.', 'parity explain --list names them all.'],
  PX2602: ['No tracker is named.', 'Name one in parity.yaml, or with --tracker FILE.'],
  PX2603: ['No run that was looked at shows the finding.', 'Name a run with --run; parity runs lists them.'],
  PX2604: ['The file is there already.', 'It is yours: edit it, or remove it first.'],
  PX2605: ['The tracker has no such row.', 'parity tracker list shows the ids.'],
  PX2606: [
    'The case that probes are derived from does not fit --route.',
    'Write the method and the path template of its request.',
  ],
  PX2607: ['The name is not that of a case file.', 'End it in .jsonl or .yaml.'],
  PX2608: ['The file of --write holds something else than probes.', 'Name another file.'],
  PX2609: [
    'A case file would hold a secret in plain text.',
    'Send the secret in a header from the environment, or leave --write out.',
  ],
  PX2701: [
    'The record of a run cannot be continued or joined.',
    'The message says why; start a new run, or name another folder.',
  ],
  PX2706: ['The client packages of the queue are not installed.', 'npm install bullmq ioredis'],
  PX2707: [
    'A worker has another version, other case files or another configuration than the run.',
    'Give it those of the run; nothing was sent.',
  ],
  PX2702: [
    'The flags or files changed since the run that is to be continued or joined.',
    'Give those of that run, or start a new run.',
  ],
  PX2703: ['The run came to its end: there is nothing to resume.', 'parity report shows it.'],
  PX2704: ['The runs are not the shards of one run.', 'Name each shard once, all of one run.'],
  PX2705: ['Another process is at work on the record.', 'Wait for its end, then show it with parity report.'],
  PX2801: ['The diff of a review cannot be read.', 'Check `diff` of gauntlet.yaml.'],
  PX2802: ['The diff names no file.', 'Check `base` and `head`.'],
  PX2803: ['A bundle of a review is too large.', 'Take the proposed bundles, or say --force-oversize.'],
  PX2901: ['A case cannot be added to a file of that name.', 'End the name in .yaml, .yml or .jsonl.'],
  PX2902: ['The file has no list of cases that a case could be added to.', 'Name another file with --to.'],
  PX2903: ['The file would not load with the new case.', 'Fix the file, or leave out what a case cannot hold.'],
  PX2910: [
    'A file cannot be read as its format.',
    'The message names file, line and column; check the file, or name another format.',
  ],
  PX2911: ['A file to import cannot be opened.', 'Check its name and who may read it.'],
  PX2912: ['The case file of an import is there already.', 'Name another one with --to, or give --append or --force.'],
  PX2913: ['Cases of an import would not load.', 'Leave the request out that the lines above come from.'],
  PX2904: ['A curl command cannot be read.', 'The message says which part; quote the address.'],
  PX2905: ['What is to be compared is not a request.', 'Write a path, a method and a path, or a curl command.'],
  PX2906: ['A file that a curl command names cannot be read.', 'Check its path.'],
  PX2907: ['parity init takes two URLs, or none.', 'Name the old and the new URL.'],
  PX3101: ['No case is selected.', 'Loosen the selection, or write a case: parity init writes a first one.'],
  PX3102: [
    'A case file changed while the run went on.',
    'Leave the case files alone while a run goes on, and run again.',
  ],
  PX3201: ['gauntlet.yaml has no smoke check.', 'Add one under `smoke`.'],
  PX3202: ['There is nothing to review.', 'Check `diff` and `bundles` of `review`.'],
  PX3203: ['There is no assessment to be checked.', '`parity assess` writes one.'],
  PX4101: [
    'Another process holds the tracker.',
    'Wait for its end; parity tracker unlock removes a lock that was left behind.',
  ],
  PX4102: ['There is no space left for the tracker.', 'Free some space, then run again: the old file is as it was.'],
  PX4103: ['The tracker has merge conflict markers.', 'Resolve the conflict, then run again.'],
  PX4104: ['The tracker is not UTF-8.', 'Save it as UTF-8, then run again.'],
  PX4105: [
    'The tracker table cannot be found, or lacks a column.',
    'Put <!-- parity:tracker --> above the table, and see the line that is named.',
  ],
  PX4106: [
    'The tracker, or the state file beside it, cannot be read or written.',
    'Check the path and the permissions.',
  ],
  PX4107: ['The tracker kept changing while it was written.', 'Close what keeps saving it, then run again.'],
  PX4108: ['A row of the tracker lacks a cell.', 'Add the missing cell, then run again.'],
  PX4110: ['The file of --write could not be written.', 'Name another file.'],
  PX4111: ['A file could not be written.', 'Name another file, or go to a folder that can be written.'],
  PX4201: ['Results could not be stored.', 'Make room there, or name another folder with --out.'],
  PX4202: ['Standard output could not be written.', 'Make room there; the run has its reports in its folder, too.'],
  PX4203: ['A recording could not be stored.', 'Make room, or name a file where it may be written.'],
  PX4301: ['No folder for a gauntlet can be made.', 'Check the permissions, or name another folder with --out.'],
  PX4401: ['A reporter of your own has failed.', 'All other reports are written; the message says what it threw.'],
  PX7000: ['A bug in parity.', 'PARITY_DEBUG=1 shows where; please report it.'],
};

/** The page of an error code, in any case; null if there is no such code. */
export function errorPage(name: string): string | null {
  const code = name.toUpperCase();
  const page = errorCodes[code];
  if (page === undefined) return null;
  return `${code}  (exit code ${exitCodes[code.charAt(2) as keyof typeof exitCodes]})\n${page[0]}\n\nWhat to do\n  ${page[1]}`;
}

/** All codes, for suggestions. */
export const knownErrorCodes: readonly string[] = Object.keys(errorCodes);
