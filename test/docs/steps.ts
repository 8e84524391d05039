import { parse } from 'yaml';
import type { Block, Page } from './page.ts';

/** One thing to do with a page: write a file, or run a command line and look at what it prints. */
export type Step =
  | { readonly kind: 'file'; readonly name: string; readonly text: string; readonly line: number }
  | {
      readonly kind: 'command';
      readonly command: string;
      /** Lines that the page shows below the command; null if it shows none. */
      readonly shown: readonly string[] | null;
      readonly exit: number;
      readonly line: number;
      /** Of a snippet of a CI server: it runs with CI=true. */
      readonly ci: boolean;
    };

/** All steps of a page, in its order. */
export function stepsOf({ blocks }: Page): Step[] {
  return blocks.flatMap(blockSteps);
}

function blockSteps(block: Block): Step[] {
  if (block.language === 'sh') return withExit(shellCommands(block.text), block, false);
  if (block.language === 'console') return withExit(consoleCommands(block.text), block, false);
  if (block.file === null) return [];
  const file: Step = { kind: 'file', name: block.file, text: block.text, line: block.line };
  return isPipeline(block.file) ? [file, ...withExit(pipelineCommands(block.text), block, true)] : [file];
}

interface Typed {
  readonly command: string;
  readonly shown: readonly string[] | null;
}

/** The exit code that a page states is that of the last command of the block. */
function withExit(typed: readonly Typed[], { exit, line }: Block, ci: boolean): Step[] {
  return typed.map((one, at) => ({ kind: 'command', ...one, exit: at === typed.length - 1 ? exit : 0, line, ci }));
}

/** A line is a command; one that ends in a backslash goes on in the next. A comment of its own is none. */
function shellCommands(text: string): Typed[] {
  const lines = text.replaceAll('\\\n', ' ').split('\n');
  return lines.filter((line) => !/^\s*(?:#|$)/.test(line)).map((command) => ({ command, shown: null }));
}

function consoleCommands(text: string): Typed[] {
  const parts = `\n${text.trimEnd()}`.split('\n$ ').slice(1);
  return parts.map((part) => {
    const [command = '', ...shown] = part.split('\n');
    return { command, shown: shown.map((line) => line.trimEnd()) };
  });
}

/** Whether a file of this name is a pipeline of GitHub Actions or GitLab. */
export function isPipeline(name: string): boolean {
  return /^\.github\/workflows\/[\w-]+\.yml$|^\.gitlab-ci\.yml$/.test(name);
}

/** What stands under `run` (GitHub) and `script` (GitLab), wherever it is. */
function pipelineCommands(text: string): Typed[] {
  const found: string[] = [];
  const visit = (value: unknown, key: string): void => {
    if (typeof value === 'string' && (key === 'run' || key === 'script')) found.push(value);
    else if (Array.isArray(value)) for (const one of value) visit(one, key);
    else if (value !== null && typeof value === 'object')
      for (const [name, one] of Object.entries(value)) visit(one, name);
  };
  visit(parse(text), '');
  return found.flatMap(shellCommands);
}

/** Why some commands of the pages are not run by this test as they stand, by command. */
const elsewhere: ReadonlyMap<string, string> = new Map([
  ['npm ci', '.ci/run runs it; it would replace the modules that run this test'],
  ['npm ci && npm start', '.ci/run runs it; it builds, and this test is one of those that run on the build'],
  ['npm ci && npm test', '.ci/run runs it; this test is a part of it'],
  ['npm start', '.ci/run runs it'],
  ['mkdir ../parity-check', 'the folder of a page is empty and its own'],
  ['npm pack --pack-destination ../parity-check', 'test/docs/package.test.ts packs, and works with what it has packed'],
  ['cd ../parity-check && npm init -y && npm install ./parity-prober-*.tgz', 'the same test installs it'],
  ['docker build -t parity-prober .', 'test/docs/dockerfile.test.ts replays its instructions'],
  [
    'docker run --rm --init --network host --user "$(id -u):$(id -g)" -v "$PWD:/work" parity-prober run',
    'the same test runs what the image starts',
  ],
  ['npm test', '.ci/run runs it; this test is a part of it'],
  ['npm run test:all', '.ci/run runs both tiers; this test is a part of them'],
  ['npm run new-class keys/key-dotted', 'test/drift/class-files.test.ts runs it in a folder of its own'],
  ['npm run classes', 'test/drift/class-files.test.ts runs it'],
  ['npm run types', '.ci/run runs it'],
  ['npm run lint', '.ci/run runs it'],
  ['npm run format', '.ci/run runs npm run lint, the same check without writing'],
  ['.ci/run', 'it is the check that runs this test'],
  [
    'PARITY_WRITE_DOCS=1 npx vitest run test/twins/api/pairs.test.ts',
    'it is a test of this project that writes a page',
  ],
  ['PARITY_RECAPTURE=1 npx vitest run test/twins/real.test.ts', 'test/twins/real.test.ts builds and starts the twins'],
  ['cd test/twins/rust && cargo run --release -- --port 3100', 'test/twins/real.test.ts builds and starts the twins'],
  ['cd test/twins/go && go run . -port 4110', 'test/twins/real.test.ts builds and starts the twins'],
]);

/** What leaves the same behind for the commands below it: `npm start` is a build and this. */
const standIns: ReadonlyMap<string, string> = new Map([
  ['npm ci && npm start', 'npx parity demo --update-tracker'],
  ['npm start', 'npx parity demo --update-tracker'],
]);

const runnable = /^(?:npx )?parity(?: |$)|^node [a-z-]+\.mjs$/;

/** A command without its comment. */
function bare(command: string): string {
  return command.replace(/\s+#.*$/, '').trim();
}

/** The command line that a test runs, null for one that is known to be run elsewhere. Throws for one that nobody knows. */
export function commandToRun(command: string): string | null {
  const line = bare(command);
  if (elsewhere.has(line)) return standIns.get(line) ?? null;
  const unknown = line.split(' && ').find((part) => !runnable.test(part.replace(/^(?:[A-Z_]+=\S+ )*/, '')));
  if (unknown === undefined) return line;
  throw new Error(`the page has a command that no test runs: ${unknown}`);
}

/** Null if the lines stand in the output, in order; else the first one that does not. `…` is any text, or any lines. */
export function missingLine(shown: readonly string[], output: string): string | null {
  const lines = output.trimEnd().split('\n');
  let at = 0;
  let gap = false;
  for (const line of shown) {
    if (line.trim() === '…') {
      gap = true;
      continue;
    }
    const fits = (actual: string | undefined) => actual !== undefined && lineFits(line, actual.trimEnd());
    while (gap && at < lines.length && !fits(lines[at])) at += 1;
    if (!fits(lines[at])) return line;
    at += 1;
    gap = false;
  }
  return gap || at >= lines.length ? null : `(the end, but the output goes on: ${lines[at]})`;
}

function lineFits(shown: string, actual: string): boolean {
  const [first = '', ...rest] = shown.split('…');
  const last = rest.pop();
  if (last === undefined) return shown === actual;
  if (!actual.startsWith(first) || !actual.endsWith(last)) return false;
  let at = first.length;
  for (const part of rest) {
    at = actual.indexOf(part, at);
    if (at < 0) return false;
    at += part.length;
  }
  return at <= actual.length - last.length;
}
