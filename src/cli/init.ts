import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ConnectionKeys } from '../config/config-flags.ts';
import { ParityError } from '../errors.ts';
import { terminalText } from '../json/printable.ts';
import { preflight } from '../replay/services/preflight.ts';
import { makeFolders } from '../structures/make-folders.ts';
import { connectionFlags, refuseVainTls } from './connection-flags.ts';
import { print } from './console.ts';
import { gauntletTemplate } from './gauntlet/template.ts';
import { warnOfConnections } from './harmless.ts';
import { connectionKeys, needsProxyPassword } from './init-connection.ts';
import type { Options } from './options.ts';
import { readConfig } from './session.ts';

/** Where the targets of the file to write are, and how they are connected to. */
interface Targets {
  readonly old: string;
  readonly new: string;
  readonly connection: ConnectionKeys;
}

const indented = (lines: readonly string[]) => lines.map((line) => `\n    ${line}`).join('');

function referenceText({ old, connection }: Targets): string {
  const keys = connectionKeys(old, connection);
  return keys.length === 0 ? yamlText(old) : indented([`url: ${yamlText(old)}`, ...keys]);
}

const configText = (
  targets: Targets,
) => `# yaml-language-server: $schema=./node_modules/parity-prober/schema/config.json
# The first target is the reference: what it answers is right, until you say otherwise.
reference: old
targets:
  old: ${referenceText(targets)}
  new:
    url: ${yamlText(targets.new)}${indented(connectionKeys(targets.new, targets.connection))}
    # headers: { authorization: "Bearer \${NEW_TOKEN}" }   # secrets come from the environment
    # command: ./bin/service -port 4110                   # start it, wait for ready, stop it
    # ready: /health
cases: [cases]
tracker: docs/ARCHITECTURE_COMPARISON.md
# tracker:                  # the same, and rows link to where CI publishes the newest report
#   file: docs/ARCHITECTURE_COMPARISON.md
#   report: https://ci.example.org/parity/latest/report.html
# compare:
#   level: value            # status, shape, value or wire
#   ignore:
#     - { pointer: /request_id, keep: type, reason: generated for each request }
`;

const firstCase = `# yaml-language-server: $schema=../node_modules/parity-prober/schema/case.json
suite: first
cases:
  - id: health
    title: both say that they are well
    safe: true                 # may be repeated, and sent anywhere
    request: { method: GET, path: /health }
    expect: { status: 200 }    # a 404 on both sides says nothing of the services
`;

/** A file to write, or one of git that may be there already, and the lines that it needs. */
type File = readonly [path: string, content: string | readonly string[]];

const filesFor = (targets: Targets): readonly File[] => [
  ['parity.yaml', configText(targets)],
  ['cases/first.yaml', firstCase],
  // Two branches that write different rows of the tracker then meet without a conflict; the next run makes double rows one.
  ['.gitattributes', ['docs/ARCHITECTURE_COMPARISON.md* merge=union']],
  // What servers answered is in there.
  ['.gitignore', ['reports/']],
];

const gauntletFiles: readonly File[] = [
  ['gauntlet.yaml', gauntletTemplate],
  // Assessments are kept, what checks printed is not. Git looks for nothing in a folder that is ignored whole.
  ['.gitignore', ['reports/*', '!reports/gauntlet/', 'reports/gauntlet/**/*.log', '.parity/']],
];

function yamlText(url: string): string {
  return /^https?:\/\/[\w.:/-]+$/.test(url) ? url : JSON.stringify(url);
}

/** `parity init [OLD NEW]`: asks both URLs, if they are given, and writes the files that are not there yet; with `gauntlet` those of the gauntlet. */
export async function initCommand(given: readonly string[], options: Options): Promise<number> {
  const gauntlet = options.gauntlet === true;
  const targets = targetsOf(given, options);
  const unreached = targets === null ? [] : await checkTargets(targets, options);
  const files = gauntlet ? gauntletFiles : filesFor(targets ?? examples);
  const isNew = !existsSync('gauntlet.yaml');
  for (const file of files) await writeOnce(file);
  if (!gauntlet && targets !== null && needsProxyPassword(targets.connection))
    await print('note: parity.yaml takes the password of the proxy from the variable PROXY_PASSWORD');
  await print(gauntlet ? gauntletStep(isNew) : nextStep(targets, unreached));
  return unreached.length === 0 ? 0 : 3;
}

const examples: Targets = { old: 'http://127.0.0.1:3100', new: 'http://127.0.0.1:4110', connection: {} };

function targetsOf([old, next, ...more]: readonly string[], options: Options): Targets | null {
  const connection = connectionFlags(options);
  if (old !== undefined && next !== undefined && more.length === 0) return { old, new: next, connection };
  const [flag] = Object.keys(connection);
  if (old === undefined && flag === undefined) return null;
  if (old === undefined)
    throw new ParityError('PX2907', `--${flag} says how two URLs are connected to, and none is given`, {
      hint: `parity init https://old.example https://new.example --${flag} …`,
    });
  throw new ParityError('PX2907', 'parity init takes two URLs, or none', {
    hint: 'parity init http://127.0.0.1:3100 http://127.0.0.1:4110',
  });
}

/** Says of each target whether it answers; returns the names of those that do not. Throws PX2104 for what is not a URL, PX2102 for flags that cannot be used. */
async function checkTargets({ old, new: next, connection }: Targets, options: Options): Promise<string[]> {
  const target = [`old=${old}`, `new=${next}`];
  const forced = Object.keys(connection).length === 0 ? {} : { connection };
  const config = await readConfig({ config: false, target, tracker: false }, forced);
  refuseVainTls(config.targets, options);
  warnOfConnections(config.targets);
  const found = await preflight(config.targets, { timeoutMs: 5000, waitMs: 0 });
  for (const { target, failure, build } of found) {
    const url = config.targets.find(({ name }) => name === target)?.url ?? '';
    const software = build === undefined ? [] : build.says;
    const shown = software.length === 0 ? '' : ` (${software.join('; ')})`;
    const text = failure === null ? `${url} answers${shown}` : failure.message.replace(`${target}: `, '');
    await print(`${failure === null ? 'ok  ' : 'FAIL'}   ${target}: ${terminalText(text)}`);
    if (failure?.hint != null) await print(`       try: ${terminalText(failure.hint)}`);
  }
  return found.filter(({ failure }) => failure !== null).map(({ target }) => target);
}

async function writeOnce([path, content]: File): Promise<void> {
  if (existsSync(path)) {
    await print(`kept   ${path} (it is there already${await missingLines(path, content)})`);
    return;
  }
  try {
    await makeFolders(dirname(path));
    await writeFile(path, typeof content === 'string' ? content : `${content.join('\n')}\n`, { flag: 'wx' });
  } catch (cause) {
    const { code = 'unknown error' } = cause as NodeJS.ErrnoException;
    throw new ParityError('PX4111', `${path} cannot be written in ${process.cwd()} (${code})`, {
      cause,
      hint: 'go to a folder that can be written; parity compare OLD NEW needs no files at all',
    });
  }
  await print(`wrote  ${path}`);
}

/** The template names a parity.yaml, which is another command's to write. */
function gauntletStep(isNew: boolean): string {
  const config = isNew && !existsSync('parity.yaml') ? '; parity init writes the parity.yaml that it names' : '';
  return `next: put your URLs into gauntlet.yaml, then parity smoke${config}`;
}

function nextStep(targets: Targets | null, unreached: readonly string[]): string {
  if (targets === null) return 'next: put your URLs into parity.yaml, then parity doctor, then parity run';
  if (unreached.length > 0)
    return `next: start ${unreached.join(' and ')}, or mend the URL in parity.yaml, then parity doctor`;
  return 'next: name a path of your API in cases/first.yaml (or parity add -- curl …), then parity run';
}

async function missingLines(path: string, content: string | readonly string[]): Promise<string> {
  if (typeof content === 'string') return '';
  const lines = (await readFile(path, 'utf8')).split(/\r?\n/).map((line) => line.trim());
  // `reports/*` ignores as much, and leaves what a gauntlet keeps; beside `reports/` no exception counts.
  const missing = content.filter(
    (line) => !lines.includes(line) && !(line === 'reports/' && lines.includes('reports/*')),
  );
  const isInTheWay = content.includes('reports/*') && lines.includes('reports/');
  const notes = [
    ...(isInTheWay ? ['remove: reports/'] : []),
    ...(missing.length === 0 ? [] : [`add: ${missing.join(', ')}`]),
  ];
  return notes.map((note) => `; ${note}`).join('');
}
