import { createHash, type Hash } from 'node:crypto';
import type { Environment } from '../config/environment.ts';
import {
  type CodedProblem,
  type Complain,
  complainer,
  displayPath,
  readSource,
  throwProblems,
} from '../config/source.ts';
import { type Budget, createBudget } from './budget.ts';
import type { TestCase } from './case.ts';
import type { CaseFile, FoundCase, readCaseFile } from './case-file.ts';
import { discoverCaseFiles } from './discover.ts';
import { bodyFileReader } from './jail.ts';

/** Where case files belong to. */
export interface CaseEnvironment {
  /** Absolute folder that `TestCase.location.file` is relative to. */
  readonly root: string;
  readonly env: Environment;
  /** Absolute folder that problems name files relative to; default: `root`. */
  readonly cwd?: string;
  /** Takes note of secrets as they are read, also where reading ends with an error. */
  readonly secrets?: Set<string>;
}

interface Library {
  readonly environment: CaseEnvironment;
  readonly problems: CodedProblem[];
  readonly secrets: Set<string>;
  readonly budget: Budget;
  readonly bodies: Map<string, Uint8Array>;
  readonly read: typeof readCaseFile;
  readonly hash: Hash;
  /** Where each full id was first seen, by its lower-case form. */
  readonly ids: Map<string, { readonly id: string; readonly place: string }>;
}

/** Takes absolute files and folders; returns their cases (files sorted, cases in file order) what `${NAME}` in headers stood for, and a hash of all that the files hold. Throws PX2201 with every problem of every file, PX2103 if only variables are missing, PX2202 for a path without cases. */
export async function loadCases(
  paths: readonly string[],
  environment: CaseEnvironment,
): Promise<{ cases: TestCase[]; secrets: string[]; digest: string }> {
  const files = discoverCaseFiles(paths, environment.root);
  const { readCaseFile: read } = await import('./case-file.ts');
  const { secrets = new Set<string>() } = environment;
  const problems: CodedProblem[] = [];
  const hash = createHash('sha256');
  const shared = { budget: createBudget(), bodies: new Map<string, Uint8Array>(), ids: new Map(), hash };
  const library: Library = { environment, problems, secrets, read, ...shared };
  const cases = files.flatMap((file) => readFile(file, library));
  throwProblems('PX2201', problems);
  for (const bytes of [...shared.bodies.keys()].sort().map((path) => shared.bodies.get(path)!)) hash.update(bytes);
  return { cases, secrets: [...secrets], digest: hash.digest('hex').slice(0, 16) };
}

function readFile(file: CaseFile, library: Library): TestCase[] {
  const { environment, problems, secrets, budget } = library;
  const { root, env, cwd = root } = environment;
  const source = readSource(file.path, cwd, problems);
  if (source === null) return [];
  library.hash.update(displayPath(file.path, root)).update('\0').update(source.text).update('\0');
  const complain = complainer(source, problems);
  const found = library.read(file, {
    source,
    file: displayPath(file.path, root),
    expander: { env, secrets, complain },
    budget,
    readBodyFile: bodyFileReader(file.path, library.bodies),
  });
  for (const one of found) checkId(one, library, complain);
  return found.map(({ testCase }) => testCase);
}

/** Ids that differ in case alone would be one file, one row or one word to somebody. */
function checkId({ testCase, idSpan }: FoundCase, { ids }: Library, complain: Complain): void {
  const key = testCase.id.toLowerCase();
  const first = ids.get(key);
  const { file, line, col } = testCase.location;
  if (first === undefined) {
    ids.set(key, { id: testCase.id, place: `${file}:${line}:${col}` });
    return;
  }
  const same = first.id === testCase.id ? '' : ` (as \`${first.id}\`: only upper and lower case differ)`;
  const message = `the id \`${testCase.id}\` is already used at ${first.place}${same}`;
  complain(idSpan, { message, hint: 'give one of them another id, or another suite' });
}
