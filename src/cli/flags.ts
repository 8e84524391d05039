import type { Command } from 'commander';

/** Takes a value of an option that may be given several times, and those before; returns them all. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** Options that say what is sent where, and what comes of it. */
export function addRunOptions(command: Command): Command {
  return command
    .option('--config <file>', 'configuration (default: the nearest parity.yaml)')
    .option(
      '--secrets <file>',
      'read environment variables from lines NAME=value; -: standard input (repeatable)',
      collect,
    )
    .option('--target <name=url>', 'define or override a target; the first one is the reference', collect)
    .option('--reference <name>', 'the target that the others are compared with')
    .option('--cases <path>', 'case file or folder (repeatable)', collect)
    .option('--level <rung>', 'status, shape, value or wire: what a case must hold to match (default: value)')
    .option('--concurrency <n>', 'cases in flight at a time (default: 4)')
    .option('--rate <n/s>', 'at most so many requests a second to each target')
    .option('--timeout <duration>', 'total deadline of one request (default: 10s)')
    .option('--wait <duration>', 'wait so long for targets that are not up yet (default: 0s)')
    .option('--self-check', 'let two targets have one address: what the service shows against itself')
    .option('--grep <pattern>', 'only cases whose id or title matches')
    .option('--tag <tag>', 'only cases with this tag (repeatable)', collect)
    .option('--shard <i/n>', 'only the i-th of n parts of the selection; auto/n: as the environment counts')
    .option('--unsafe', 'send what may change something and is not marked safe to targets that are not loopback')
    .option(
      '--allow-protected <host>',
      'send to this host although the configuration protects it (repeatable)',
      collect,
    )
    .option('--dry-run', 'print the requests, send nothing')
    .option(
      '--noise <n>',
      'how many more times a divergent case is sent to tell noise from divergence (default: 1; 0: off)',
    )
    .option(
      '--retries <n>',
      'how many more times a case that does not match is tried; flaky if it does then (default: 0)',
    )
    .option('--seed <n>', 'seed of the order in which targets are asked');
}

/** Options of a run that narrow the selection, beside those of `addRunOptions`. */
export function addFilterOptions(command: Command): Command {
  return command
    .option('--route <text>', 'only cases with a request whose method and path contain this text (repeatable)', collect)
    .option('--method <method>', 'only cases with a request of this method (repeatable)', collect);
}

/** Options that say how much is printed. */
export function addDetailOptions(command: Command): Command {
  return command
    .option('-q, --quiet', 'print the verdict, and what could not be done')
    .option('-v, --verbose', 'print every case, every finding in full, and what was ignored as noise');
}

/** Options that say what is made of the answers. */
export function addOutputOptions(command: Command): Command {
  return command
    .option('--out <dir>', 'where run folders go (default: reports)')
    .option(
      '--reporter <list>',
      'of terminal,json,md,html,junit,github,sarif,har, or ./MODULE.js (default: terminal,json,md,html)',
    )
    .option('--json', 'print exactly the report document on standard output')
    .option('--tracker <file>', 'the Markdown file with the tracker table')
    .option('--no-tracker', 'leave the tracker alone')
    .option('--update-tracker', 'write the tracker even under CI=true')
    .option('--strict', 'rules that matched nothing, and accepted rows whose divergence is gone, fail the run')
    .option('--fail-on <what>', 'any, new or never: which divergences make the exit code 1 (default: any)');
}

/** How targets are connected to, for commands that take URLs: as `tls` and `proxy` of parity.yaml. */
export function addConnectionOptions(command: Command): Command {
  return command
    .option('--insecure', 'do not check the certificate of a target (a warning says so)')
    .option('--ca <file>', 'the authorities that may sign the certificate of a target (PEM)')
    .option('--cert <file>', 'the certificate that is shown to targets (PEM), with --key')
    .option('--key <file>', 'the private key of that certificate (PEM)')
    .option('--proxy <url>', 'the HTTP proxy that all connections lead through');
}
