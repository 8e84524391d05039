import type { Command } from 'commander';
import { collect } from '../flags.ts';
import { type Exit, helpExamples } from '../help.ts';

/** The options of the gate. */
export function addGateOptions(command: Command): Command {
  return command
    .option('--min <n>', 'requests that must be compared for each route (default: 1000)')
    .option('--parity <share>', 'what the lower bound of the share that answers alike must reach (default: 0.999)')
    .option('--confidence <share>', 'confidence of the lower bound (default: 0.95)')
    .option('--except <route>', 'a route that the gate leaves out, as the lines name it (repeatable)', collect);
}

function addShadow(program: Command, exit: Exit): void {
  program
    .command('shadow')
    .requiredOption('--listen <[host:]port>', 'where clients connect; a bare port is one of 127.0.0.1')
    .option('--reference <target>', 'URL or name of the target that answers the clients (default: that of parity.yaml)')
    .option('--candidate <target>', 'URL or name of the target that is sent copies (default: that of parity.yaml)')
    .option('--percent <n>', 'the share of requests that is copied, by their hash: a ramp only adds (default: 100)')
    .option('--methods <list>', 'methods that are copied (default: GET,HEAD,OPTIONS)')
    .option('--isolated', 'the candidate has a store of its own: writes may be copied to it')
    .option('--max-pending <n>', 'copies that wait for their comparison; beyond them one is skipped (default: 100)')
    .option('--page <port>', 'serve the page, /status and /metrics on this port of 127.0.0.1')
    .option('--for <duration>', 'end after so long')
    .option('--kill-switch <file>', 'while this file is there nothing is copied')
    .option(
      '--credentials <policy>',
      'pass or drop: whether the candidate gets the credentials of clients (default: pass)',
    )
    .option('--noise-rate <n/s>', 'requests that are sent again to both sides to tell noise (default: 20/s)')
    .option('--tee', 'take a mirror of the traffic, answer it with 204, and ask the reference too')
    .option('--new', 'begin a new run where an earlier shadow was killed, in place of going on with it')
    .option('--config <file>', 'configuration (default: the nearest parity.yaml)')
    .option('--secrets <file>', 'read environment variables from lines NAME=value (repeatable)', collect)
    .option('--level <rung>', 'status, shape, value or wire: what a request must hold to match (default: value)')
    .option('--timeout <duration>', 'total deadline of one copy (default: 10s)')
    .option('--self-check', 'let the two targets have one address: what the service shows against itself')
    .option(
      '--allow-protected <host>',
      'send to this host although the configuration protects it (repeatable)',
      collect,
    )
    .option('--out <dir>', 'where run folders go (default: reports)')
    .option('--reporter <list>', 'of terminal,json,md,html,junit,github (default: terminal,json,md,html)')
    .option('--tracker <file>', 'the Markdown file with the tracker table')
    .option('--no-tracker', 'leave the tracker alone')
    .option('--update-tracker', 'write the tracker even under CI=true')
    .description('live comparison: the reference answers the clients, and the candidate is sent copies')
    .addHelpText(
      'before',
      helpExamples([
        'parity shadow --reference http://127.0.0.1:3100 --candidate http://127.0.0.1:4110 --listen 8080',
        'parity shadow --listen 8080 --percent 5 --page 9090 --kill-switch /run/parity-off',
        'parity shadow --listen 8080 --tee --for 60m',
      ]),
    )
    .addHelpText(
      'after',
      '\nSIGTERM ends it in order, SIGUSR2 switches copying off and on.\nExit codes: 0 ended   2 usage or configuration   4 nothing could be stored   70 a bug in parity',
    )
    .action(async (options: Record<string, unknown>) =>
      exit(await (await import('./shadow.ts')).shadowCommand(options)),
    );
}

/** Commands of the live comparison. */
export function addLive(program: Command, exit: Exit): void {
  addShadow(program, exit);
  addGateOptions(program.command('ready').argument('[run]', 'the run folder of a shadow (default: the newest one)'))
    .option('--config <file>', 'configuration whose case library must be seen (default: the nearest parity.yaml)')
    .option('--out <dir>', 'where run folders are (default: as parity.yaml says, or reports)')
    .option('--json', 'print it as JSON')
    .description('the gate of a cutover: whether enough live traffic was compared, and none of it diverges')
    .addHelpText(
      'before',
      helpExamples([
        'parity ready                                    the newest shadow, 1,000 requests a route, 99.9% alike',
        'parity ready --min 5000 --parity 0.9995 --confidence 0.99',
        'parity ready --except "POST /v1/orders" --json',
      ]),
    )
    .addHelpText('after', '\nExit codes: 0 ready   1 a route diverges or is below the gate   3 too little evidence')
    .action(async (run: string | undefined, options: Record<string, unknown>) =>
      exit(await (await import('./ready.ts')).readyCommand(run, options)),
    );
}
