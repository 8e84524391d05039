// A test runner for Stryker: all tests in one bundle, loaded into the worker itself.
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { INSTRUMENTER_CONSTANTS } from '@stryker-mutator/api/core';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { runTest, takeTests } from './vitest.mjs';

const bundle = 'tests.mjs';
const durations = 'durations.json';

/** Tests of how much is taken in how long: with every branch counted they take minutes, and what they show is the clock. */
const timed =
  /cost too much|linear time|does not matter|thousand|million|bounded|no trouble|big bodies|ends before the rules|one key|more lines|\d,000|may differ than|gzip bomb|in no time/;

/** What the bundle loads anew is never freed, so a worker may do it only so often. */
const mostLoads = 60;

class InProcess {
  #tests = [];
  #loads = 0;
  /** A mutant was active since the tests were loaded: what they keep from one test to the next may be its doing. */
  #used = false;
  #doubtful = false;

  /** What the mutated sources look at. */
  #space;

  constructor() {
    globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {};
    this.#space = globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE];
  }

  capabilities() {
    return { reloadEnvironment: false };
  }

  async init() {
    await this.#load();
  }

  async #load() {
    this.#loads += 1;
    if (this.#loads > mostLoads) process.exit(1);
    this.#space.activeMutant = undefined;
    await import(`${pathToFileURL(resolve(bundle))}?${this.#loads}`);
    const tests = takeTests().filter(({ path }) => !timed.test(path));
    this.#tests = tests.map((test) => ({ ...test, id: `${test.file}#${test.name}` }));
    this.#used = false;
    this.#doubtful = false;
  }

  async dryRun() {
    const tests = [];
    for (const test of this.#tests) {
      this.#space.currentTestId = test.id;
      const begun = performance.now();
      const failureMessage = await failureOf(test);
      this.#space.currentTestId = undefined;
      const told = {
        id: test.id,
        name: test.name,
        fileName: resolve(test.file),
        timeSpentMs: performance.now() - begun,
      };
      tests.push(failureMessage === null ? { ...told, status: 0 } : { ...told, status: 1, failureMessage });
    }
    writeFileSync(durations, JSON.stringify(Object.fromEntries(tests.map(({ id, timeSpentMs }) => [id, timeSpentMs]))));
    return { status: 'complete', tests, mutantCoverage: this.#space.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit }) {
    if (this.#doubtful) await this.#load();
    const wanted = new Set(testFilter);
    const known = JSON.parse(readFileSync(durations, 'utf8'));
    const chosen = this.#tests.filter(({ id }) => testFilter === undefined || wanted.has(id));
    chosen.sort((x, y) => known[x.id] - known[y.id]);
    const found = await this.#try(chosen, activeMutant.id, hitLimit);
    if (found.status !== 'killed' || !this.#used || (await failureOf(found.test)) === null) return this.#told(found);
    await this.#load();
    return this.#told(await this.#try(chosen, activeMutant.id, hitLimit));
  }

  /** A test that fails without the mutant too fails from what an earlier one left behind, or this one. */
  async #told({ test, ...found }) {
    this.#doubtful = found.status !== 'survived' && test !== undefined && (await failureOf(test)) !== null;
    this.#used = true;
    return found;
  }

  async #try(chosen, mutant, hitLimit) {
    Object.assign(this.#space, { activeMutant: mutant, hitCount: 0, hitLimit });
    try {
      for (const [at, test] of chosen.entries()) {
        const failureMessage = await failureOf(test);
        if (this.#space.hitCount > hitLimit) return { status: 'timeout', reason: 'too many rounds', test };
        if (failureMessage !== null)
          return { status: 'killed', killedBy: [test.id], failureMessage, nrOfTests: at + 1, test };
      }
      return { status: 'survived', nrOfTests: chosen.length };
    } finally {
      Object.assign(this.#space, { activeMutant: undefined, hitCount: undefined });
    }
  }
}

async function failureOf(test) {
  try {
    await runTest(test);
    return null;
  } catch (error) {
    return String(error?.message ?? error);
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'in-process', InProcess)];
