// Mutation testing of json/ and compare/ with Stryker. README.md beside this file says how to read what it finds.
//   node test/mutation/run.mjs                     all of it, in batches
//   node test/mutation/run.mjs --every 4 [SEED]    every fourth declaration, drawn at random
//   node test/mutation/run.mjs src/json/tree.ts    some files, or lines of them: src/json/tree.ts:10-30
//   node test/mutation/table.mjs                   what is known by now
// Works on a copy of the checkout, into which Stryker is installed: nobody else needs it, so it is not a dependency of the project. The
// copy and what each batch found are kept: a run that was broken off goes on where it stopped, and of what was run before only the
// mutants are run again whose code changed, and those that survived where there are new tests. One run at a time.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const rooms = ['structures', 'json', 'compare', 'noise'];
/** The gauge of rules and the self-check of a run are all that uses some of `compare`. */
const tests = [...rooms, 'run'];
const version = '9.6.1';
const tools = ['core', 'api', 'instrumenter'].map((name) => `@stryker-mutator/${name}@${version}`);

/** Each property with a fiftieth of its runs: a mutant that only every hundredth document shows may count as survived. */
const lessRuns = 50;
const fewestRuns = 30;

/** The most lines of source in one batch: what a broken run loses. */
const mostLines = 1000;

/** Two runs at a time need two names. */
const result = join(root, 'reports', `mutation${process.env.MUTATION_RESULT ?? ''}.json`);
const copy = join(tmpdir(), `mutation-${createHash('sha256').update(root).digest('hex').slice(0, 8)}`);
const [first, every, seed] = process.argv.slice(2);
const wanted = first === '--every' ? draw(Number(every), seed ?? '1') : process.argv.slice(2);

refresh();
install();
for (const batch of inBatches(wanted.length > 0 ? wanted : sources())) {
  const config = `stryker-${process.pid}.json`;
  writeFileSync(join(copy, config), JSON.stringify(strykerConfig(batch)));
  run(process.execPath, ['node_modules/@stryker-mutator/core/bin/stryker.js', 'run', config]);
}
process.exitCode = spawnSync(process.execPath, [join(import.meta.dirname, 'table.mjs')], { stdio: 'inherit' }).status;

function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: copy, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** Sources and tests as they are now. */
function refresh() {
  mkdirSync(copy, { recursive: true });
  // Not this folder: workers of another run may be about to load what is in it.
  for (const part of ['src', ...tests.map((room) => `test/${room}`)])
    rmSync(join(copy, part), { recursive: true, force: true });
  for (const part of ['src', 'test', 'schema', 'package.json', 'package-lock.json', 'tsconfig.json', '.npmrc']) {
    const filter = (path) => !/\/(target|node_modules|\.venv)$/.test(path);
    cpSync(join(root, part), join(copy, part), { recursive: true, filter });
  }
  for (const room of tests) lessen(join(copy, 'test', room));
}

function install() {
  const mark = join(copy, 'node_modules', '.installed');
  const state = readFileSync(join(root, 'package-lock.json'), 'utf8') + tools.join();
  if (existsSync(mark) && readFileSync(mark, 'utf8') === state) return;
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  run('npm', ['ci', ...quiet]);
  run('npm', ['install', '--no-save', '--no-package-lock', ...quiet, ...tools]);
  writeFileSync(mark, state);
}

function lessen(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const text = readFileSync(path, 'utf8');
    const less = text.replace(/(numRuns: |runs\()(\d+)/g, (_, word, runs) => {
      return word + Math.max(fewestRuns, Math.ceil(runs / lessRuns));
    });
    if (less !== text) writeFileSync(path, less);
  }
}

/** Each declaration, with the blank lines around it as its ends, by the lot of its place: `FILE:FROM-TO`. */
function draw(every, seed) {
  return sources().flatMap((file) =>
    declarations(readFileSync(join(root, file), 'utf8'))
      .filter(([from]) => lot(`${seed} ${file} ${from}`) % every === 0)
      .map(([from, to]) => `${file}:${from}-${to}`),
  );
}

function lot(text) {
  return createHash('sha256').update(text).digest().readUInt32BE();
}

/** First and last line of what is between blank lines at the top level. */
function declarations(text) {
  const found = [];
  let from = 1;
  for (const [at, line] of text.split('\n').entries())
    if (line === '') {
      if (at + 1 > from) found.push([from, at]);
      from = at + 2;
    }
  return found;
}

function sources() {
  return rooms.flatMap((room) =>
    readdirSync(join(root, 'src', room), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `src/${room}/${name}`),
  );
}

/** Files (`FILE:FROM-TO`: lines of them) in lots that are not too long. */
function inBatches(files) {
  const found = [[]];
  let lines = 0;
  for (const file of files) {
    const [, name, from, to] = /^(.+?)(?::(\d+)-(\d+))?$/.exec(file);
    const size = to === undefined ? readFileSync(join(root, name), 'utf8').split('\n').length : to - from;
    if (lines > 0 && lines + size > mostLines) {
      found.push([]);
      lines = 0;
    }
    found.at(-1).push(file);
    lines += size;
  }
  return found;
}

function strykerConfig(mutate) {
  const here = join(copy, 'test', 'mutation');
  return {
    testRunner: 'in-process',
    plugins: [join(here, 'in-process.mjs')],
    buildCommand: `${process.execPath} ${join(here, 'bundle.mjs')} tests.mjs`,
    mutate,
    coverageAnalysis: 'perTest',
    // What runs once, when a module is loaded, cannot be switched on and off between two tests.
    ignoreStatic: true,
    incremental: true,
    incrementalFile: result,
    concurrency: Number(process.env.MUTATION_WORKERS ?? availableParallelism()),
    timeoutMS: 20_000,
    timeoutFactor: 3,
    // Stryker would rewrite the file with an API that the compiler no longer has.
    tsconfigFile: 'none.json',
    disableTypeChecks: true,
    reporters: ['progress-append-only'],
    allowConsoleColors: false,
  };
}
