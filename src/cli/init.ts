import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ParityError } from '../errors.ts';
import { terminalText } from '../json/printable.ts';
import { preflight } from '../replay/services/preflight.ts';
import { makeFolders } from '../structures/make-folders.ts';
import { print } from './console.ts';
import { gauntletTemplate } from './gauntlet/template.ts';
import { readConfig } from './session.ts';

/** Where the targets of the file to write are. */
interface Urls {
  readonly old: string;
  readonly new: string;
}

const configText = (urls: Urls) => `# yaml-language-server: $schema=./node_modules/parity-prober/schema/config.json
# The first target is the reference: what it answers is right, until you say otherwise.
reference: old
targets:
  old: ${yamlText(urls.old)}
  new:
    url: ${yamlText(urls.new)}
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

const filesFor = (urls: Urls): readonly File[] => [
  ['parity.yaml', configText(urls)],
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

interface InitOptions {
  readonly gauntlet?: boolean;
}

function yamlText(url: string): string {
  return /^https?:\/\/[\w.:/-]+$/.test(url) ? url : JSON.stringify(url);
}

/** `parity init [OLD NEW]`: asks both URLs, if they are given, and writes the files that are not there yet; with `gauntlet` those of the gauntlet. */
export async function initCommand(given: readonly string[], { gauntlet = false }: InitOptions): Promise<number> {
  const urls = urlsOf(given);
  const unreached = urls === null ? [] : await checkTargets(urls);
  const files = gauntlet
    ? gauntletFiles
    : filesFor(urls ?? { old: 'http://127.0.0.1:3100', new: 'http://127.0.0.1:4110' });
  const isNew = !existsSync('gauntlet.yaml');
  for (const file of files) await writeOnce(file);
  await print(gauntlet ? gauntletStep(isNew) : nextStep(urls, unreached));
  return unreached.length === 0 ? 0 : 3;
}

function urlsOf([old, next, ...more]: readonly string[]): Urls | null {
  if (old === undefined) return null;
  if (next !== undefined && more.length === 0) return { old, new: next };
  throw new ParityError('PX2907', 'parity init takes two URLs, or none', {
    hint: 'parity init http://127.0.0.1:3100 http://127.0.0.1:4110',
  });
}

/** Says of each target whether it answers; returns the names of those that do not. Throws PX2104 for what is not a URL. */
async function checkTargets(urls: Urls): Promise<string[]> {
  const config = await readConfig({ config: false, target: [`old=${urls.old}`, `new=${urls.new}`], tracker: false });
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

function nextStep(urls: Urls | null, unreached: readonly string[]): string {
  if (urls === null) return 'next: put your URLs into parity.yaml, then parity doctor, then parity run';
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
