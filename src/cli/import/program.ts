import type { Command } from 'commander';
import { type Exit, helpExamples } from '../help.ts';

/** The command that makes cases of files. */
export function addImport(program: Command, exit: Exit): void {
  program
    .command('import')
    .argument('<format>', 'har, curl, postman, insomnia, bruno, http, openapi, gor, mitmproxy, access-log, or auto')
    .argument('<file...>', 'files of that format; of bruno also the folder of a collection')
    .option('--to <file>', 'case file to write, .yaml or .jsonl', 'cases/imported.yaml')
    .option('--append', 'put the cases behind those of the file')
    .option('--force', 'overwrite the file')
    .option('--all', 'keep all requests, also those that show nothing new')
    .option('--strip <prefix>', 'take this away from the beginning of the paths')
    .option('--json', 'print exactly what was imported, as JSON, on standard output')
    .description('cases from traffic and API files: nothing in them is run or fetched, credentials become variables')
    .addHelpText(
      'before',
      helpExamples([
        'parity import auto traffic.har --to cases/shop.yaml',
        'parity import openapi openapi.yaml --strip /api',
        'parity import access-log /var/log/nginx/access.log.gz --to cases/traffic.jsonl',
      ]),
    )
    .addHelpText(
      'after',
      '\nExit codes: 0 imported   2 a file cannot be read as its format   3 nothing was imported   4 not stored',
    )
    .action(async (format: string, files: string[], options: Record<string, unknown>) =>
      exit(await (await import('./import.ts')).importCommand(format, files, options)),
    );
}
