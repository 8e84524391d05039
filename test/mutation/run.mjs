// Mutation testing of json/ and compare/ with Stryker.
//   node test/mutation/run.mjs                     all of it: about an hour on two cores
//   node test/mutation/run.mjs --every 4 [SEED]    every fourth declaration, drawn at random
//   node test/mutation/run.mjs src/json/tree.ts    some files
// Works on a copy of the checkout, into which Stryker is installed: nobody else needs it, so it is no dependency of the project.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const version = '9.6.1';
const tools = ['@stryker-mutator/core', '@stryker-mutator/vitest-runner', '@stryker-mutator/instrumenter'];

/** Each property with a fifth of its runs: a mutant that only every thousandth document shows counts as survived. */
const lessRuns = 5;

/** Tests of how much is taken in how long: with every branch counted they take minutes, and what kills a mutant there is the clock. */
const slow = ['test/compare/json-limits.test.ts'];
const untimed =
  '^(?!.*(?:does not matter|million|hundred thousand|hundred-thousand|cost too much|linear time|bounded)).*$';

const wantedFiles = process.argv.slice(2);
const files = wantedFiles[0] === '--every' ? draw(Number(wantedFiles[1]), wantedFiles[2] ?? '1') : wantedFiles;
const copy = mkdtempSync(join(tmpdir(), 'mutation-'));
process.on('exit', () => rmSync(copy, { recursive: true, force: true }));

for (const part of ['src', 'test', 'schema', 'package.json', 'package-lock.json', 'tsconfig.json', '.npmrc'])
  cpSync(join(root, part), join(copy, part), {
    recursive: true,
    filter: (path) => !/\/(target|node_modules)$/.test(path),
  });
for (const room of ['json', 'compare']) lessen(join(copy, 'test', room));
run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
const wanted = tools.map((name) => `${name}@${version}`);
run('npm', [
  'install',
  '--no-save',
  '--no-package-lock',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
  ...wanted,
]);
writeFileSync(join(copy, 'vitest.config.ts'), vitestConfig());
writeFileSync(join(copy, 'stryker.json'), JSON.stringify(strykerConfig()));
run(process.execPath, ['node_modules/@stryker-mutator/core/bin/stryker.js', 'run', 'stryker.json']);

function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: copy, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

function lessen(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const text = readFileSync(path, 'utf8');
    const less = text.replace(/numRuns: (\d+)/g, (_, runs) => `numRuns: ${Math.ceil(runs / lessRuns)}`);
    if (less !== text) writeFileSync(path, less);
  }
}

/** Each declaration, with the blank lines around it as its ends, by the lot of its place: `FILE:FROM-TO`. */
function draw(every, seed) {
  const files = ['json', 'compare'].flatMap((room) =>
    readdirSync(join(root, 'src', room)).map((name) => `src/${room}/${name}`),
  );
  return files.flatMap((file) =>
    declarations(readFileSync(join(root, file), 'utf8'))
      .filter(([from]) => lot(`${seed} ${file} ${from}`) % every === 0)
      .map(([from, to]) => `${file}:${from}-${to}`),
  );
}

function lot(text) {
  return createHash('sha256').update(text).digest().readUInt32BE();
}

/** First and last line of what stands between blank lines at the top level. */
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

function vitestConfig() {
  const test = {
    include: ['test/json/**/*.test.ts', 'test/compare/**/*.test.ts'],
    exclude: slow,
    testNamePattern: untimed,
    testTimeout: 60_000,
    env: { NO_COLOR: '1' },
  };
  return `export default ${JSON.stringify({ test })};\n`;
}

function strykerConfig() {
  return {
    testRunner: 'vitest',
    // Of parts of files it finds no tests by itself.
    vitest: { related: false },
    plugins: ['@stryker-mutator/vitest-runner'],
    mutate: files.length > 0 ? files : ['src/json/**/*.ts', 'src/compare/**/*.ts'],
    coverageAnalysis: 'perTest',
    // What runs once, when a module is loaded, cannot be switched on and off between two tests.
    ignoreStatic: true,
    concurrency: Math.max(1, availableParallelism()),
    timeoutMS: 10_000,
    // Stryker would rewrite the file with an API that the compiler no longer has.
    tsconfigFile: 'none.json',
    disableTypeChecks: true,
    reporters: ['progress-append-only', 'clear-text', 'json'],
    jsonReporter: { fileName: join(root, 'reports', 'mutation.json') },
    clearTextReporter: { logTests: false, allowColor: false },
    thresholds: { high: 95, low: 85, break: 85 },
  };
}
