import type { Hash } from 'node:crypto';
import { basename, extname } from 'node:path';
import type { Environment } from '../config/environment.ts';
import { parseJsonTree } from '../config/json-tree.ts';
import { field } from '../config/node.ts';
import {
  type CodedProblem,
  type Complain,
  complainer,
  createSource,
  displayPath,
  readSource,
  type Source,
  type Span,
} from '../config/source.ts';
import type { Budget } from './budget.ts';
import type { CaseFile, CaseFileReaders, FoundCase } from './case-file.ts';
import { type CaseContext, templateExpander } from './context.ts';
import { bodyFileReader } from './jail.ts';
import { lineSources } from './line-source.ts';
import { plainLines } from './plain-line.ts';
import type { Found } from './repeated-ids.ts';

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

/** Loaded with the first line or file that needs them: they are heavy, and lines that a program wrote need none. */
export interface Readers {
  loaded: CaseFileReaders | null;
}

/** One reading of all files of a library. */
export interface Reading {
  readonly environment: CaseEnvironment;
  readonly secrets: Set<string>;
  readonly budget: Budget;
  readonly bodies: Map<string, Uint8Array>;
  readonly readers: Readers;
  readonly problems: CodedProblem[];
  /** What the files hold goes into it; null when they are read again. */
  readonly hash: Hash | null;
  /** Size and time of change of the files that are read line by line. */
  readonly stamps: Map<string, string>;
}

/** Stands where the readers have to be loaded before the next case can be read. */
export const needsReaders = null;

/** The cases of one file, in its order; notes every problem. */
export function* casesIn(file: CaseFile, reading: Reading): Generator<Found | typeof needsReaders> {
  const { environment, problems, hash } = reading;
  const { root, cwd = root } = environment;
  if (extname(file.path).toLowerCase() === '.jsonl') return yield* casesInLines(file, reading);
  const source = readSource(file.path, cwd, problems);
  if (source === null) return;
  hash?.update(displayPath(file.path, root)).update('\0').update(source.text).update('\0');
  const complain = complainer(source, problems);
  if (reading.readers.loaded === null) yield needsReaders;
  const found = reading.readers.loaded!.readCaseFile(file, contextOf(file, reading, { source, complain }));
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

function* casesInLines(file: CaseFile, reading: Reading): Generator<Found | typeof needsReaders> {
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
    const found = readers.loaded!.readCaseLine(file, contextOf(file, reading, { source, complain }));
    return found.map((one) => foundIn(one, complain));
  };
  const plainLine = plainLines({
    suite: basename(file.path, extname(file.path)),
    file: displayPath(file.path, root),
    budget: reading.budget,
  });
  for (const source of lines) {
    if (source.text.trim() === '') continue;
    cases += 1;
    const testCase = plainLine(source.text, source.firstLine);
    if (testCase !== null) {
      yield { testCase, complainOfId: (complaint) => complainer(source, problems, noted)(idSpanOf(source), complaint) };
      continue;
    }
    if (readers.loaded === null) yield needsReaders;
    yield* anyLine(source);
  }
  hash?.update('\0');
  if (cases > 0) return;
  complainer(createSource(displayPath(file.path, cwd), ''), problems)(nowhere, { message: 'the file holds no case' });
}

const nowhere: Span = { start: 0, end: 0 };

function idSpanOf({ text }: Source): Span {
  return field(parseJsonTree(text, { start: 0, end: text.length }), 'id')?.span ?? nowhere;
}
