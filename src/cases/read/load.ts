import { createHash } from 'node:crypto';
import { type CodedProblem, displayPath, throwProblems } from '../../config/source/source.ts';
import { ParityError } from '../../errors.ts';
import type { Cases, TestCase } from '../case.ts';
import { createBudget } from '../fast/budget.ts';
import { maxHeld } from '../limits.ts';
import type { CaseFile } from './case-file.ts';
import { discoverCaseFiles } from './discover.ts';
import { type CaseEnvironment, casesIn, isOfLines, needsReaders, type Readers, type Reading } from './read-files.ts';
import { repeatedIds } from './repeated-ids.ts';

interface Library<C> {
  readonly cases: C;
  readonly secrets: string[];
  /** A hash of all that the files hold. */
  readonly digest: string;
}

/** Takes absolute files and folders; returns their cases (files sorted, cases in file order) what `${NAME}` in headers stood for, and a hash of all that the files hold. Throws PX2201 with every problem of every file, PX2103 if only variables are missing, PX2202 for a path without cases. */
export async function loadCases(paths: readonly string[], environment: CaseEnvironment): Promise<Library<TestCase[]>> {
  const { held, ...library } = await readLibrary(paths, environment, Number.POSITIVE_INFINITY);
  return { ...library, cases: held };
}

/** As `loadCases`, for a library that may be larger than memory: of one with over `most` cases the others are checked, and read again when they are asked for. Going through them throws PX3102 if a file has changed. */
export async function openCases(
  paths: readonly string[],
  environment: CaseEnvironment,
  most = maxHeld,
): Promise<Library<Cases>> {
  const { held, count, again, ...library } = await readLibrary(paths, environment, most);
  if (count === held.length) return { ...library, cases: held };
  return { ...library, cases: { length: count, [Symbol.iterator]: again } };
}

interface ReadLibrary extends Omit<Library<TestCase[]>, 'cases'> {
  readonly held: TestCase[];
  readonly count: number;
  /** All cases, of which those that are not held are read once more. */
  readonly again: () => Generator<TestCase>;
}

async function readLibrary(paths: readonly string[], environment: CaseEnvironment, most: number): Promise<ReadLibrary> {
  const files = discoverCaseFiles(paths, environment.root);
  const readers: Readers = { loaded: null };
  const hash = createHash('sha256');
  const { secrets = new Set<string>() } = environment;
  const shared = { environment, secrets, readers, bodies: new Map<string, Uint8Array>(), stamps: new Map() };
  const reading: Reading = { ...shared, budget: createBudget(), problems: [], hash };
  const held: TestCase[] = [];
  const again = () => casesAgain(files, { ...shared, budget: createBudget(), problems: [], hash: null }, held);
  const count = await checkCases(files, reading, { held, most, again });
  throwProblems('PX2201', reading.problems);
  for (const path of [...shared.bodies.keys()].sort()) hash.update(shared.bodies.get(path)!);
  return { held, count, again, secrets: [...secrets], digest: hash.digest('hex').slice(0, 16) };
}

interface Checking {
  /** Gets the first cases, `most` at most. */
  readonly held: TestCase[];
  readonly most: number;
  readonly again: ReadLibrary['again'];
}

/** Reads every case, notes what is wrong with it, and returns how many there are. */
async function checkCases(files: readonly CaseFile[], reading: Reading, { held, most, again }: Checking) {
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
  return count;
}

/** The cases of a library that was checked before: those that are held, and the others from the files. */
function* casesAgain(files: readonly CaseFile[], reading: Reading, held: readonly TestCase[]): Generator<TestCase> {
  yield* held;
  const { left } = reading.budget;
  for (const { file, shown, from, known } of unheld(files, reading.environment.root, held)) {
    let passed = 0;
    for (const found of casesIn(file, reading, from)) {
      // Nothing needed them when the cases were checked.
      if (found === needsReaders) throw changedError(`${shown}: the file changed`);
      reading.budget.left = left;
      passed += 1;
      if (passed > known) yield found.testCase;
    }
    throwChanged(reading.problems);
  }
}

/** A file that has cases which are not held. */
interface Unheld {
  readonly file: CaseFile;
  /** As cases name it. */
  readonly shown: string;
  /** The line to read it from. */
  readonly from: number;
  /** How many cases from there on are held. */
  readonly known: number;
}

/** The files from that on in which the last case stands that is held. */
function unheld(files: readonly CaseFile[], root: string, held: readonly TestCase[]): Unheld[] {
  const last = held.at(-1)?.location;
  const all = files.map((file) => ({ file, shown: displayPath(file.path, root) }));
  const begun = all.findIndex(({ shown }) => shown === last?.file);
  return all.slice(Math.max(begun, 0)).map((one, at) => {
    if (last === undefined || at > 0) return { ...one, from: 1, known: 0 };
    const from = isOfLines(one.file) ? last.line : 1;
    const isKnown = ({ location: { file, line } }: TestCase) => file === last.file && line >= from;
    return { ...one, from, known: held.filter(isKnown).length };
  });
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
