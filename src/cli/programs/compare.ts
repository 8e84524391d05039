import type { Command } from 'commander';
import { addConnectionOptions, addDetailOptions } from '../flags.ts';
import { type Exit, helpExamples } from '../help.ts';

/** `compare` */
export function addCompare(program: Command, exit: Exit): void {
  addConnectionOptions(addDetailOptions(program.command('compare <old> <new> [req...]')))
    .option('--level <rung>', 'status, shape, value or wire: what must be equal (default: value)')
    .option('--noise <n>', 'how many more times a divergent request is sent to tell noise from divergence (default: 1)')
    .option('--timeout <duration>', 'total deadline of one request (default: 10s)')
    .option('--unsafe', 'send what may change something to targets that are not loopback')
    .option('--out <dir>', 'write a run folder with the reports there (default: none is written)')
    .option('--json', 'print exactly the report document on standard output')
    .description('compare two URLs without any files; a request is a path, "METHOD /path" or a curl command')
    .addHelpText(
      'before',
      helpExamples([
        'parity compare http://127.0.0.1:3100 http://127.0.0.1:4110',
        'parity compare http://127.0.0.1:3100 http://127.0.0.1:4110 /v1/items "DELETE /v1/items/7"',
        `parity compare http://127.0.0.1:3100 http://127.0.0.1:4110 "curl 'https://shop.example/v1/items' -H 'accept: text/csv'"`,
        'parity compare http://127.0.0.1:3100 http://127.0.0.1:4110 -- curl http://shop.example/v1/items -d kind=fill',
      ]),
    )
    .action(async (reference: string, candidate: string, requests: string[], options: Record<string, unknown>) =>
      exit(await (await import('../compare.ts')).compareCommand([reference, candidate], requests, options)),
    );
}

/** `add` */
export function addAdd(program: Command, exit: Exit): void {
  program
    .enablePositionalOptions()
    .command('add <curl...>')
    .passThroughOptions()
    .option('--to <file>', 'the case file; it is made if it is not there (default: cases/added.yaml)')
    .description('make a case of a curl command line, as browsers copy it; credentials become variables')
    .addHelpText(
      'before',
      helpExamples([
        "parity add -- curl 'https://shop.example/v1/items' -H 'accept: application/json'",
        'parity add --to cases/orders.yaml -- curl -X POST https://shop.example/v1/orders --json \'{"id":1}\'',
        'parity add - < copied.txt                       command lines of standard input',
      ]),
    )
    .action(async (words: string[], options: Record<string, unknown>) =>
      exit(await (await import('../add.ts')).addCommand(words, options)),
    );
}
