import type { Command } from 'commander';
import { addConnectionOptions } from '../flags.ts';
import { type Exit, helpExamples } from '../help.ts';

/** The command that records. */
export function addRecord(program: Command, exit: Exit): void {
  addConnectionOptions(program.command('record'))
    .requiredOption('--target <url>', 'base URL of the service that answers')
    .requiredOption('--listen <address>', '[HOST:]PORT to listen on; 127.0.0.1 without a host, port 0 for a free one')
    .requiredOption(
      '--to <file>',
      'case file to write at the end (.yaml or .jsonl); the answers go to FILE.recorded as they come',
    )
    .option('--twice', 'send requests that only read a second time, to know the noise of the service')
    .option('--max-body <size>', 'cap of a body that is recorded', '1MiB')
    .option('--listen-cert <file>', 'certificate (PEM): clients speak TLS to the address that is listened on')
    .option('--listen-key <file>', 'private key of that certificate (PEM)')
    .option('--keep-host', 'the service gets the host that the client named, in place of its own')
    .option('--force', 'overwrite the files')
    .description('a proxy that records what goes through it, and writes cases when it is ended')
    .addHelpText(
      'before',
      helpExamples([
        'parity record --target http://127.0.0.1:3100 --listen 8080 --to cases/recorded.yaml',
        'parity record --target https://api.example.com --listen 0.0.0.0:8080 --to cases/recorded.yaml --twice',
      ]),
    )
    .addHelpText('after', '\nExit codes: 0 ended and written   2 wrong flags   3 nothing was recorded   4 not stored')
    .action(async (options: Record<string, unknown>) =>
      exit(await (await import('./record.ts')).recordCommand(options)),
    );
}
