import type { Hash } from 'node:crypto';
import { basename, extname } from 'node:path';
import type { Environment } from '../../config/environment.ts';
import { parseJsonTree } from '../../config/source/json-tree.ts';
import {
  type CodedProblem,
  type Complain,
  type Complaint,
  complainer,
  createSource,
  displayPath,
  readSource,
  type Source,
  type Span,
} from '../../config/source/source.ts';
import { field } from '../../config/source/tree-access.ts';
import type { Budget } from '../fast/budget.ts';
import { plainLines } from '../fast/jsonl-reader.ts';
import type { CaseFile, CaseFileReaders, FoundCase } from './case-file.ts';
import { type CaseContext, templateExpander } from './context.ts';
import { type TextLine, textLines } from './lines.ts';
import { bodyFileReader } from './path-guard.ts';
import type { CaseId } from './repeated-ids.ts';

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

/** Whether the cases of a file are read line by line. */
export function isOfLines({ path }: CaseFile): boolean {
  return extname(path).toLowerCase() === '.jsonl';
}

/** The cases of one file, in its order; notes every problem. Of one that is read line by line those from the line with the number `from` on. */
export function casesIn(file: CaseFile, reading: Reading, from = 1): Generator<CaseId | typeof needsReaders> {
  return isOfLines(file) ? casesInLines(file, reading, from) : casesInWhole(file, reading);
}

function* casesInWhole(file: CaseFile, reading: Reading): Generator<CaseId | typeof needsReaders> {
  const { environment, problems, hash } = reading;
  const { root, cwd = root } = environment;
  const source = readSource(file.path, cwd, problems);
  if (source === null) return;
  hash?.update(displayPath(file.path, root)).update('\0').update(source.text).update('\0');
  const complain = complainer(source, problems);
  if (reading.readers.loaded === null) yield needsReaders;
  const context = contextOf(file, reading, { source, complain });
  for (const one of reading.readers.loaded!.readCaseFile(file, context)) yield foundIn(one, complain);
}

function foundIn({ testCase, idSpan }: FoundCase, complain: Complain): CaseId {
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

function* casesInLines(file: CaseFile, reading: Reading, from: number): Generator<CaseId | typeof needsReaders> {
  const { environment, problems, hash, stamps, readers } = reading;
  const { root, cwd = root } = environment;
  const noted = { count: 0 };
  let cases = 0;
  hash?.update(displayPath(file.path, root)).update('\0');
  const isSame = (stamp: string) => {
    if (hash !== null) stamps.set(file.path, stamp);
    return stamps.get(file.path) === stamp;
  };
  const shown = displayPath(file.path, cwd);
  const lines = textLines(
    { path: file.path, file: shown, isSame },
    {
      bytes: (part) => void hash?.update(part),
      fault(source, { message, hint, at }) {
        cases += 1;
        complainer(source, problems, noted)({ start: at, end: at + 1 }, { message, hint, private: true });
      },
    },
    from,
  );
  const sourceOf = ({ text, number }: TextLine) => createSource(shown, text, number);
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
  for (const line of lines) {
    if (line.text.trim() === '') continue;
    cases += 1;
    const testCase = plainLine(line.text, line.number);
    if (testCase !== null) {
      const complainOfId = (complaint: Complaint) =>
        complainer(sourceOf(line), problems, noted)(idSpanOf(line), complaint);
      yield { testCase, complainOfId };
      continue;
    }
    if (readers.loaded === null) yield needsReaders;
    yield* anyLine(sourceOf(line));
  }
  hash?.update('\0');
  if (cases > 0 || from > 1) return;
  complainer(createSource(shown, ''), problems)(nowhere, { message: 'the file holds no case' });
}

const nowhere: Span = { start: 0, end: 0 };

function idSpanOf({ text }: TextLine): Span {
  return field(parseJsonTree(text, { start: 0, end: text.length }), 'id')?.span ?? nowhere;
}
