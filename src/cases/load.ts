import { createHash, type Hash } from 'node:crypto';
import { basename, extname } from 'node:path';
import type { Environment } from '../config/environment.ts';
import {
  type CodedProblem,
  type Complain,
  complainer,
  displayPath,
  readSource,
  type Source,
  throwProblems,
} from '../config/source.ts';
import { ParityError } from '../errors.ts';
import { type Budget, createBudget } from './budget.ts';
import type { Cases, TestCase } from './case.ts';
import type { CaseFile, CaseFileReaders, FoundCase } from './case-file.ts';
import { type CaseContext, templateExpander } from './context.ts';
import { discoverCaseFiles } from './discover.ts';
import { bodyFileReader } from './jail.ts';
import { lineSources } from './line-source.ts';
import { plainLine } from './plain-line.ts';
import { type Found, repeatedIds } from './repeated-ids.ts';

/** Where case files belong to. */
export interface CaseEnvironment {
  /** Absolute folder that `TestCase.location.file` is relative to. */
  readonly root: string;
  readonly env: Environment;
  /** Absolute folder that problems name files relative to; default: `root`. */
  readonly cwd?: string;
  /** Where values of the environment go that must never be shown; default: a new set. */
  readonly secrets?: Set<string>;
  /** Where the names of variables go whose values are too short to be masked. */
  readonly short?: Set<string>;
  /** Names of the targets, so that a request for another one is found; any name will do if absent. */
  readonly targets?: readonly string[];
}

/** One reading of all files of a library. */
interface Reading {
  readonly environment: CaseEnvironment;
  readonly secrets: Set<string>;
  readonly budget: Budget;
  readonly bodies: Map<string, Uint8Array>;
  readonly readers: CaseFileReaders;
  readonly problems: CodedProblem[];
  /** What the files hold goes into it; null when they are read again. */
  readonly hash: Hash | null;
  /** Size and time of change of the files that are read line by line. */
  readonly stamps: Map<string, string>;
}

interface Library<C> {
  readonly cases: C;
  readonly secrets: string[];
  /** A hash of all that the files hold. */
  readonly digest: string;
}

/** So many cases are held in memory; those of a larger library are read from their files again when their turn comes. */
const mostHeld = 5_000;

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
  const readers: CaseFileReaders = await import('./case-file.ts');
  const hash = createHash('sha256');
  const { secrets = new Set<string>() } = environment;
  const shared = { environment, secrets, readers, bodies: new Map<string, Uint8Array>(), stamps: new Map() };
  const reading: Reading = { ...shared, budget: createBudget(), problems: [], hash };
  const again = () => casesAgain(files, { ...shared, budget: createBudget(), problems: [], hash: null });
  const { held, count } = checkCases(files, reading, { most, again });
  throwProblems('PX2201', reading.problems);
  for (const path of [...shared.bodies.keys()].sort()) hash.update(shared.bodies.get(path)!);
  return { held, count, again, secrets: [...secrets], digest: hash.digest('hex').slice(0, 16) };
}

interface Checking {
  readonly most: number;
  readonly again: ReadLibrary['again'];
}

/** Reads every case, notes what is wrong with it, and holds the first of them. */
function checkCases(files: readonly CaseFile[], reading: Reading, { most, again }: Checking) {
  const held: TestCase[] = [];
  const checkId = repeatedIds(held, again);
  let count = 0;
  for (const file of files) {
    let left = reading.budget.left;
    for (const found of casesIn(file, reading)) {
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
  for (const file of files) {
    for (const { testCase } of casesIn(file, reading)) {
      reading.budget.left = left;
      yield testCase;
    }
    throwChanged(reading.problems);
  }
}

function throwChanged([problem]: readonly CodedProblem[]): void {
  if (problem === undefined) return;
  const message = `${problem.file}:${problem.line}:${problem.col}: ${problem.message}; the run was cut off`;
  throw new ParityError('PX3102', message, { hint: 'leave the case files alone while a run goes on, and run again' });
}

function* casesIn(file: CaseFile, reading: Reading): Generator<Found> {
  const { environment, problems, hash } = reading;
  const { root, cwd = root } = environment;
  if (extname(file.path).toLowerCase() === '.jsonl') return yield* casesInLines(file, reading);
  const source = readSource(file.path, cwd, problems);
  if (source === null) return;
  hash?.update(displayPath(file.path, root)).update('\0').update(source.text).update('\0');
  const complain = complainer(source, problems);
  const found = reading.readers.readCaseFile(file, contextOf(file, reading, { source, complain }));
  for (const one of found) yield foundIn(one, complain);
}

function foundIn({ testCase, idSpan }: FoundCase, complain: Complain): Found {
  return { testCase, complainOfId: (complaint) => complain(idSpan(), complaint) };
}

function contextOf(
  file: CaseFile,
  { environment, secrets, budget, bodies }: Reading,
  { source, complain }: { readonly source: Source; readonly complain: Complain },
): CaseContext {
  return {
    source,
    file: displayPath(file.path, environment.root),
    expander: templateExpander({ env: environment.env, secrets, short: environment.short, complain }),
    targets: environment.targets ?? null,
    budget,
    readBodyFile: bodyFileReader(file.path, bodies),
  };
}

function* casesInLines(file: CaseFile, reading: Reading): Generator<Found> {
  const { environment, problems, hash, stamps, readers } = reading;
  const { root, cwd = root } = environment;
  const noted = { count: 0 };
  let cases = 0;
  hash?.update(displayPath(file.path, root)).update('\0');
  const isSame = (stamp: string) => {
    if (hash !== null) stamps.set(file.path, stamp);
    return stamps.get(file.path) === stamp;
  };
  const lines = lineSources(
    { path: file.path, file: displayPath(file.path, cwd), isSame },
    {
      bytes: (part) => void hash?.update(part),
      fault(source, { message, hint, at }) {
        cases += 1;
        complainer(source, problems, noted)({ start: at, end: at + 1 }, { message, hint, private: true });
      },
    },
  );
  const anyLine = (source: Source) => {
    const complain = complainer(source, problems, noted);
    const found = readers.readCaseLine(file, contextOf(file, reading, { source, complain }));
    return found.map((one) => foundIn(one, complain));
  };
  const place = {
    suite: basename(file.path, extname(file.path)),
    file: displayPath(file.path, root),
    budget: reading.budget,
  };
  for (const source of lines) {
    if (source.text.trim() === '') continue;
    cases += 1;
    const testCase = plainLine(source.text, { ...place, line: source.firstLine });
    if (testCase === null) yield* anyLine(source);
    else yield { testCase, complainOfId: (complaint) => anyLine(source)[0]!.complainOfId(complaint) };
  }
  hash?.update('\0');
  if (cases === 0) readers.complainOfNone(displayPath(file.path, cwd), problems);
}
