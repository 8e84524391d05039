// Stands for `vitest` in the tests that src/json and src/compare are mutated under: the part of it that they use, run in this very
// process. A mutant then costs what its tests cost, and not the start of a test runner.

import { format } from 'node:util';
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  chai,
  GLOBAL_EXPECT,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
} from '@vitest/expect';

for (const plugin of [JestExtend, JestChaiExpect, JestAsymmetricMatchers]) chai.use(plugin);

export const expect = Object.assign(
  (value, message) => chai.expect(value, message),
  chai.expect,
  globalThis[ASYMMETRIC_MATCHERS_OBJECT],
);
globalThis[GLOBAL_EXPECT] = expect;

let tests = [];
const names = [];
let cleanups = [];
let file = '';

/** What follows stands in this test file. */
export function inFile(name) {
  file = name;
}

/** The tests that were defined since the last call. */
export function takeTests() {
  const taken = tests;
  tests = [];
  return taken;
}

/** Runs one test with what is to be done after it; throws what it throws. */
export async function runTest(test) {
  cleanups = [];
  try {
    await test.body();
  } finally {
    for (const cleanup of cleanups) await cleanup();
  }
}

export function onTestFinished(cleanup) {
  cleanups.push(cleanup);
}

/** The tests are run for one mutant after the other: what cleans up after all of them has until the process ends. */
export function afterAll(cleanup) {
  process.on('exit', () => void cleanup());
}

export const describe = eachable((name, body) => {
  names.push(name);
  body();
  names.pop();
});

export const it = eachable(define);

export const test = eachable(define);

function define(name, body) {
  const path = [...names, name].join(' ');
  const before = tests.filter((test) => test.file === file && test.path === path).length;
  tests.push({ file, path, body, name: before === 0 ? path : `${path} #${before + 1}` });
}

function eachable(take) {
  const each = (rows) => (name, body) => {
    for (const [at, row] of rows.entries()) {
      const values = Array.isArray(row) ? row : [row];
      take(title(name, values, at), () => body(...values));
    }
  };
  const none = () => {};
  const runIf = (holds) => (holds ? take : none);
  return Object.assign((name, body) => take(name, body), { each, runIf, skipIf: (holds) => runIf(!holds) });
}

function title(name, values, at) {
  const holes = name.match(/%[sdifjoOc]/g)?.length ?? 0;
  const numbered = name.replace(/%#/g, String(at));
  const filled = numbered.replace(/\$(\w+)/g, (hole, key) => String(values[0]?.[key] ?? hole));
  return format(filled, ...values.slice(0, holes));
}
