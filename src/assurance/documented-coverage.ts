import type { DocumentedOperation } from '../import/documented.ts';
import type { RecordedDocumented } from '../record/evidence.ts';
import { maxBeyond, maxGaps } from './limits.ts';

/** Counts which documented operations and answers a run exercised on both sides. */
export interface DocumentedObserver {
  /** Takes a request that both sides answered, and the status of each. */
  add(request: { readonly method: string; readonly path: string }, statuses: readonly [number, number]): void;
  coverage(): RecordedDocumented | null;
}

interface Counted {
  readonly operation: DocumentedOperation;
  isExercised: boolean;
  readonly answered: Set<string>;
}

/** Segments of a path, with what is known of the operations that begin so: `{name}` stands for any one segment. */
interface Branch {
  readonly named: Map<string, Branch>;
  any: Branch | null;
  readonly here: Map<string, Counted>;
}

/** An observer of these operations; none are counted, and nothing is said, where there are none. */
export function documentedCoverage(operations: readonly DocumentedOperation[]): DocumentedObserver {
  const root = newBranch();
  const all = operations.map((operation) => insert(root, operation));
  const beyond = new Set<string>();
  return {
    add({ method, path }, [a, b]) {
      if (all.length === 0) return;
      const found = lookUp(root, segmentsOf(path.split('?', 1)[0]!), method);
      if (found === null) {
        if (beyond.size < maxBeyond) beyond.add(`${method} ${path.split('?', 1)[0]}`);
        return;
      }
      found.isExercised = true;
      const status = a === b ? documentedStatus(found.operation.statuses, a) : null;
      if (status !== null) found.answered.add(status);
    },
    coverage: () => (all.length === 0 ? null : summed(all, beyond)),
  };
}

function newBranch(): Branch {
  return { named: new Map(), any: null, here: new Map() };
}

function segmentsOf(path: string): string[] {
  return path.split('/').slice(1);
}

/** Puts an operation where its path leads, with and without the path of its server: a target's URL may have that already. */
function insert(root: Branch, operation: DocumentedOperation): Counted {
  const counted: Counted = { operation, isExercised: false, answered: new Set() };
  for (const path of new Set([operation.path, operation.base + operation.path])) {
    const branch = segmentsOf(path).reduce(branchFor, root);
    if (!branch.here.has(operation.method)) branch.here.set(operation.method, counted);
  }
  return counted;
}

function branchFor(branch: Branch, segment: string): Branch {
  if (/[{}]/.test(segment)) {
    branch.any ??= newBranch();
    return branch.any;
  }
  const found = branch.named.get(segment) ?? newBranch();
  branch.named.set(segment, found);
  return found;
}

/** The operation of a path: a segment that is written out counts before one that is a parameter. */
function lookUp(branch: Branch, segments: readonly string[], method: string, at = 0): Counted | null {
  if (at === segments.length) return branch.here.get(method) ?? null;
  const segment = segments[at]!;
  const named = branch.named.get(segment);
  const found = named === undefined ? null : lookUp(named, segments, method, at + 1);
  if (found !== null || branch.any === null || segment === '') return found;
  return lookUp(branch.any, segments, method, at + 1);
}

/** The documented answer that a status is one of: the code before its range, and that before `default`. */
function documentedStatus(statuses: readonly string[], status: number): string | null {
  const names = [String(status), `${Math.floor(status / 100)}XX`, 'default'];
  return names.find((name) => statuses.includes(name)) ?? null;
}

function summed(all: readonly Counted[], beyond: ReadonlySet<string>): RecordedDocumented {
  const gaps = all.flatMap(({ operation, isExercised, answered }) => {
    const missing = operation.statuses.filter((status) => !answered.has(status));
    const name = `${operation.method} ${operation.base}${operation.path}`;
    return missing.length === 0 && isExercised ? [] : [{ operation: name, isExercised, statuses: missing }];
  });
  const sorted = gaps.sort(
    (x, y) =>
      Number(x.isExercised) - Number(y.isExercised) ||
      y.statuses.length - x.statuses.length ||
      (x.operation < y.operation ? -1 : 1),
  );
  return {
    operations: all.length,
    exercised: all.filter(({ isExercised }) => isExercised).length,
    answers: all.reduce((sum, { operation }) => sum + operation.statuses.length, 0),
    answered: all.reduce((sum, { answered }) => sum + answered.size, 0),
    gaps: sorted.slice(0, maxGaps),
    furtherGaps: Math.max(0, sorted.length - maxGaps),
    beyond: [...beyond].sort(),
  };
}
