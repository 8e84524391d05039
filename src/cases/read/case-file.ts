import { basename, dirname, extname } from 'node:path';
import { readCompare } from '../../config/compare.ts';
import { expandEnvironment } from '../../config/environment.ts';
import { namePattern } from '../../config/names.ts';
import { quoteForMessage } from '../../config/source/did-you-mean.ts';
import type { Complain, Span } from '../../config/source/source.ts';
import type { Entry, SourceNode } from '../../config/source/source-node.ts';
import { entriesOf, entryOf, field, textOf } from '../../config/source/tree-access.ts';
import { parseTree } from '../../config/source/yaml-tree.ts';
import { conforms } from '../../config/source/zod-issues.ts';
import type { TestCase } from '../case.ts';
import { isPlainCase } from '../fast/quick-check.ts';
import { readCaseTree } from './case-parts.ts';
import { checkParts } from './check-parts.ts';
import type { CaseContext } from './context.ts';
import { outline } from './outline.ts';
import { readCase, type SuiteDefaults, texts } from './read-case.ts';
import { readRows } from './row-files.ts';
import { expandRows, type RowCase } from './rows.ts';
import { caseFileFrameSchema, caseLineSchema, caseSchema, rowsSchema } from './schema.ts';

/** A case, and where its id stands: only asked where something is wrong with it. */
export interface FoundCase {
  readonly testCase: TestCase;
  readonly idSpan: () => Span;
}

/** A case file to read: its absolute path, and whether it lies at the top of the library. */
export interface CaseFile {
  readonly path: string;
  readonly top: boolean;
}

/** What reads case files; all that is heavy comes with it. */
export interface CaseFileReaders {
  readonly readCaseFile: typeof readCaseFile;
  readonly readCaseLine: typeof readCaseLine;
}

/** Takes a YAML or JSON case file and its context; returns the cases in file order; notes every problem. */
export function* readCaseFile(file: CaseFile, context: CaseContext): Generator<FoundCase> {
  const { complain } = context.expander;
  const { root, cases } = readCaseTree(context);
  if (root === null) return;
  if (root.kind !== 'map') {
    const message = root.kind === 'null' ? 'the file is empty' : 'a case file must be a map';
    complain(root.span, { message, hint: 'begin with `cases:`' });
    return;
  }
  if (entryOf(root, 'cases') === null) {
    const hint = 'a file that is not a case file goes into a folder whose name begins with `_`';
    complain(root.span, { message: 'a case file needs the key `cases`', hint });
    return;
  }
  if (!conforms(root, caseFileFrameSchema, complain)) {
    // Its values might stand for anything in the cases.
    if (entryOf(root, 'values') === null) for (const node of cases()) checkCases(node, { context, schema: caseSchema });
    return;
  }
  const name = file.top ? nameOf(file.path) : basename(dirname(file.path));
  const defaults = readDefaults(root, name, context);
  const inherited = entriesOf(root).filter(({ key }) => shared.has(key));
  for (const node of cases()) yield* readRowCases(inherit(node, inherited), defaults, { context, schema: caseSchema });
}

const shared = new Set(['before', 'after', 'cookies', 'connection', 'serial', 'values']);

/** A case without a key of these has that of its file; values are joined. */
function inherit(node: SourceNode, inherited: readonly Entry[]): SourceNode {
  if (node.kind !== 'map' || inherited.length === 0) return node;
  const own = node.entries.map((entry) => {
    const ofFile =
      entry.key === 'values' ? entriesOf(inherited.find(({ key }) => key === 'values')?.value ?? null) : [];
    if (ofFile.length === 0 || entry.value.kind !== 'map') return entry;
    return { ...entry, value: { ...entry.value, entries: [...ofFile, ...entry.value.entries] } };
  });
  const more = inherited.filter(({ key }) => !node.entries.some((entry) => entry.key === key));
  return { ...node, entries: [...own, ...more] };
}

/** Takes a JSON Lines file, and a line of it that is not blank as the source of the context; returns its cases; notes every problem. */
export function readCaseLine(file: CaseFile, context: CaseContext): FoundCase[] {
  const { source, expander } = context;
  const start = source.text.search(/\S/);
  if (source.text[start] !== '{') {
    expander.complain({ start: 0, end: 1 }, { message: 'a line of a JSON Lines file is one JSON object' });
    return [];
  }
  const node = parseTree(source, { start: 0, end: source.text.length }, expander.complain);
  return node === null ? [] : readLine(node, nameOf(file.path), context);
}

const lineFrameSchema = caseLineSchema.pick({ suite: true, routes: true });

function readLine(node: SourceNode, name: string, context: CaseContext): FoundCase[] {
  const own = entriesOf(node).filter(({ key }) => key === 'suite' || key === 'routes');
  const frame: SourceNode = { kind: 'map', span: node.span, entries: own };
  const fits = isPlainCase(node) || conforms(frame, lineFrameSchema, context.expander.complain);
  return fits ? readRowCases(node, readDefaults(frame, name, context), { context, schema: caseLineSchema }) : [];
}

function readDefaults(root: SourceNode, name: string, context: CaseContext): SuiteDefaults {
  const { complain } = context.expander;
  const suite = textOf(field(root, 'suite')) ?? name;
  if (!namePattern.test(suite)) {
    const hint = 'set `suite:` to letters, digits, `.`, `_` and `-`';
    complain((field(root, 'suite') ?? root).span, { message: `${quoteForMessage(suite)} cannot name a suite`, hint });
  }
  const safe = field(root, 'safe');
  return {
    suite,
    routes: texts(field(root, 'routes')),
    tags: texts(field(root, 'tags')),
    safe: safe?.kind === 'boolean' && safe.value,
    compare: readCompare(field(root, 'compare'), complain),
  };
}

interface CaseReading {
  readonly context: CaseContext;
  readonly schema: typeof caseSchema | typeof caseLineSchema;
}

function readRowCases(node: SourceNode, defaults: SuiteDefaults, { context, schema }: CaseReading): FoundCase[] {
  return rowCases(node, context).flatMap((row) => {
    if (!fitsSchema(row.node, schema, context.expander.complain)) {
      checkParts(row.node, context);
      return [];
    }
    const testCase = readCase(row, defaults, context);
    return [{ testCase, idSpan: () => field(row.node, 'id')?.span ?? row.node.span }];
  });
}

/** Notes what is wrong with the cases of a file that says nothing for them. */
function checkCases(node: SourceNode, { context, schema }: CaseReading): void {
  for (const row of rowCases(node, context)) {
    fitsSchema(row.node, schema, context.expander.complain);
    checkParts(row.node, context);
  }
}

/** The case of a file has no suite of its own, so a plain one with a suite fits a line only. */
function fitsSchema(node: SourceNode, schema: CaseReading['schema'], complain: Complain): boolean {
  const surely = isPlainCase(node) && (schema === caseLineSchema || entryOf(node, 'suite') === null);
  return surely || conforms(outline(node), schema, complain);
}

function rowCases(node: SourceNode, context: CaseContext): RowCase[] {
  const fillings = entriesOf(node).filter(({ key }) => key === 'with' || key === 'values');
  if (fillings.length === 0) return [{ suffix: '', node }];
  const frame: SourceNode = { kind: 'map', span: node.span, entries: fillings };
  const { complain } = context.expander;
  if (!conforms(frame, rowsSchema, complain)) return [];
  const [rows, values] = [field(frame, 'with'), field(frame, 'values')];
  const list = rows === null ? null : readRows(rows, context);
  return expandRows(node, { rows: list, values: values && expandValues(values, context) }, { ...context, complain });
}

/** `${NAME}` in a value is the environment variable of that name. */
function expandValues(values: SourceNode, { expander }: CaseContext): SourceNode {
  const entries = entriesOf(values).flatMap((entry) => {
    if (entry.value.kind !== 'text') return [entry];
    const value = expandEnvironment(entry.value, expander);
    return value === null ? [] : [{ ...entry, value: { ...entry.value, value } }];
  });
  return { kind: 'map', span: values.span, entries };
}

function nameOf(path: string): string {
  return basename(path, extname(path));
}
