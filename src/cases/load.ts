import { createHash } from 'node:crypto';
import { type CodedProblem, displayPath, throwProblems } from '../config/source.ts';
import { ParityError } from '../errors.ts';
import { createBudget } from './budget.ts';
import type { Cases, TestCase } from './case.ts';
import type { CaseFile } from './case-file.ts';
import { discoverCaseFiles } from './discover.ts';
import { type CaseEnvironment, casesIn, needsReaders, type Readers, type Reading } from './read-files.ts';
import { repeatedIds } from './repeated-ids.ts';

interface Library<C> {
  readonly cases: C;
  readonly secrets: string[];
  /** A hash of all that the files hold. */
  readonly digest: string;
}

/** So many cases are held in memory; those of a larger library are read from their files again when their turn comes. */
const mostHeld = 10_000;

/** Takes absolute files and folders; returns their cases (files sorted, cases in file order) what `${NAME}` in headers stood for, and a hash of all that the files hold. Throws PX2201 with every problem of every file, PX2103 if only variables are missing, PX2202 for a path without cases. */
export async function loadCases(paths: readonly string[], environment: CaseEnvironment): Promise<Library<TestCase[]>> {
  const { held, ...library } = await readLibrary(paths, environment, Number.POSITIVE_INFINITY);
  return { ...library, cases: held };
}

/** As `loadCases`, for a library that may be larger than memory: of one with over `most` cases the others are checked, and read again when they are asked for. Going through them throws PX3102 if a file has changed. */
export async function openCases(
  paths: readonly string[],
  environment: CaseEnvironment,
  most = mostHeld,
): Promise<Library<Cases>> {
  const { held, count, again, ...library } = await readLibrary(paths, environment, most);
  if (count === held.length) return { ...library, cases: held };
  return { ...library, cases: { length: count, [Symbol.iterator]: () => heldThenAgain(held, again) } };
}

function* heldThenAgain(held: readonly TestCase[], again: () => Iterable<TestCase>): Generator<TestCase> {
  yield* held;
  let at = 0;
  for (const testCase of again()) {
    if (at >= held.length) yield testCase;
    at += 1;
  }
}

interface ReadLibrary extends Omit<Library<TestCase[]>, 'cases'> {
  readonly held: TestCase[];
  readonly count: number;
  /** All cases, read once more. */
  readonly again: () => Iterable<TestCase>;
}

async function readLibrary(paths: readonly string[], environment: CaseEnvironment, most: number): Promise<ReadLibrary> {
  const files = discoverCaseFiles(paths, environment.root);
  const readers: Readers = { loaded: null };
  const hash = createHash('sha256');
  const { secrets = new Set<string>() } = environment;
  const shared = { environment, secrets, readers, bodies: new Map<string, Uint8Array>(), stamps: new Map() };
  const reading: Reading = { ...shared, budget: createBudget(), problems: [], hash };
  const again = () => casesAgain(files, { ...shared, budget: createBudget(), problems: [], hash: null });
  const { held, count } = await checkCases(files, reading, { most, again });
  throwProblems('PX2201', reading.problems);
  for (const path of [...shared.bodies.keys()].sort()) hash.update(shared.bodies.get(path)!);
  return { held, count, again, secrets: [...secrets], digest: hash.digest('hex').slice(0, 16) };
}

interface Checking {
  readonly most: number;
  readonly again: ReadLibrary['again'];
}

/** Reads every case, notes what is wrong with it, and holds the first of them. */
async function checkCases(files: readonly CaseFile[], reading: Reading, { most, again }: Checking) {
  const held: TestCase[] = [];
  const checkId = repeatedIds(held, again);
  let count = 0;
  for (const file of files) {
    let left = reading.budget.left;
    for (const found of casesIn(file, reading)) {
      if (found === needsReaders) {
        reading.readers.loaded = await import('./case-file.ts');
        continue;
      }
      checkId(found);
      count += 1;
      // What is not held needs no room.
      if (held.length < most) held.push(found.testCase);
      else reading.budget.left = left;
      left = reading.budget.left;
    }
  }
  return { held, count };
}

/** The cases of a library that was checked before. */
function* casesAgain(files: readonly CaseFile[], reading: Reading): Generator<TestCase> {
  const { left } = reading.budget;
  const { root } = reading.environment;
  for (const file of files) {
    for (const found of casesIn(file, reading)) {
      // Nothing needed them when the cases were checked.
      if (found === needsReaders) throw changedError(`${displayPath(file.path, root)}: the file changed`);
      reading.budget.left = left;
      yield found.testCase;
    }
    throwChanged(reading.problems);
  }
}

function throwChanged([problem]: readonly CodedProblem[]): void {
  if (problem === undefined) return;
  throw changedError(`${problem.file}:${problem.line}:${problem.col}: ${problem.message}`);
}

function changedError(what: string): ParityError {
  return new ParityError('PX3102', `${what}; the run was cut off`, {
    hint: 'leave the case files alone while a run goes on, and run again',
  });
}
