import type { Complaint, Source, Span } from '../../config/source/source.ts';
import type { SourceNode } from '../../config/source/source-node.ts';
import { field, itemsOf } from '../../config/source/tree-access.ts';
import { parseTree } from '../../config/source/yaml-tree.ts';
import { maxFaultyCharacters, minCutCharacters, minPartCharacters } from '../limits.ts';
import type { CaseContext } from './context.ts';

/** The tree of a case file, and its cases in file order. Of a large file the tree has only the first case. */
export interface CaseTree {
  readonly root: SourceNode | null;
  /** Notes every problem of the YAML. */
  cases(): Iterable<SourceNode>;
}

/** Characters of a file that is cut, of a part, and of what is read at once from a faulty part on. */
interface PartSizes {
  readonly file: number;
  readonly part: number;
  readonly faulty: number;
}

const usualSizes: PartSizes = { file: minCutCharacters, part: minPartCharacters, faulty: maxFaultyCharacters };

/** The list of cases is one level below the map of the file. */
const listDepth = 1;

/** Takes the context of a YAML or JSON case file; returns its tree, of which not more than a part is in memory where the file is large. Notes every problem. */
export function readCaseTree(context: Pick<CaseContext, 'source' | 'expander'>, sizes = usualSizes): CaseTree {
  const { source, expander } = context;
  const cut = cutAtCases(source, sizes);
  const faults: Complaint[] = [];
  const frame = cut && parseTree(source, cut.frame, (_, complaint) => faults.push(complaint));
  if (cut !== null && faults.length === 0 && itemsOf(field(frame, 'cases')).length === 1)
    return { root: frame, cases: () => nodesIn(cut.parts, context, sizes) };
  const root = parseTree(source, { start: 0, end: source.text.length }, expander.complain);
  return { root, cases: () => itemsOf(field(root, 'cases')) };
}

/** The cases of some parts. What is wrong in a part is complained of as it shows where what follows is read with it: a quote may be open. */
function* nodesIn(
  parts: readonly Span[],
  { source, expander }: Pick<CaseContext, 'source' | 'expander'>,
  { faulty }: PartSizes,
): Generator<SourceNode> {
  let done = 0;
  for (const { start, end } of parts) {
    if (start < done) continue;
    const faults: Complaint[] = [];
    const tree = parseTree(source, { start, end }, (_, complaint) => faults.push(complaint), listDepth);
    if (faults.length === 0) yield* itemsOf(tree);
    else {
      done = parts.find((one) => one.end - start >= faulty)?.end ?? source.text.length;
      parseTree(source, { start, end: done }, expander.complain, listDepth);
    }
  }
}

/** Where a large case file is cut between its cases. */
interface CaseParts {
  /** From the beginning of the file to the end of its first case. */
  readonly frame: Span;
  /** Whole cases each, in file order: together all cases of the file. */
  readonly parts: readonly Span[];
}

/**
 * Takes a case file; returns where it can be cut so that each part is read alone, or null for one that is read at once: a short one,
 * and one in which a part may depend on another one or on what follows the cases (anchors, keys below `cases`, a second document,
 * cases that are not a list in block style). In a list in block style nothing of an item is indented as little as its dash.
 */
function cutAtCases({ text, lineStarts }: Source, sizes: PartSizes): CaseParts | null {
  if (text.length < sizes.file || /[\s,[{]&[^\s]/.test(text)) return null;
  const head = lineStarts.findIndex((start) => text.startsWith('cases:', start));
  const first = firstDash(text, lineStarts, head);
  if (first === null) return null;
  const starts: number[] = [];
  let end = 0;
  for (let line = first.line; line < lineStarts.length; line += 1) {
    const start = lineStarts[line]!;
    const found = lineKind(text, start, first.indent);
    if (found === 'other') return null;
    if (found === 'inside') continue;
    if (starts.length === 1 && end === 0) end = start;
    if (starts.length === 0 || start - starts.at(-1)! >= sizes.part) starts.push(start);
  }
  const parts = starts.map((start, at): Span => ({ start, end: starts[at + 1] ?? text.length }));
  return { frame: { start: 0, end: end === 0 ? text.length : end }, parts };
}

/** The first item below the line of `cases:`, and how far its dash is indented. */
function firstDash(
  text: string,
  lineStarts: Source['lineStarts'],
  head: number,
): { line: number; indent: number } | null {
  if (head < 0 || !isBare(text, lineStarts[head]! + 'cases:'.length)) return null;
  for (let line = head + 1; line < lineStarts.length; line += 1) {
    const at = afterSpaces(text, lineStarts[line]!);
    if (isDash(text, at)) return { line, indent: at - lineStarts[line]! };
    if (!isBare(text, at)) return null;
  }
  return null;
}

/** Whether a line begins an item whose dash is indented so far, stands inside one, or belongs to neither. */
function lineKind(text: string, start: number, indent: number): 'item' | 'inside' | 'other' {
  const at = afterSpaces(text, start);
  const isMarker = at === start && /^(?:---|\.\.\.|%)/.test(text.slice(start, start + 3));
  if (!isMarker && (at - start > indent || isBare(text, at))) return 'inside';
  return !isMarker && at - start === indent && isDash(text, at) ? 'item' : 'other';
}

function afterSpaces(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) === 0x20) at += 1;
  return at;
}

function isDash(text: string, at: number): boolean {
  return text[at] === '-' && [' ', '\t', '\r', '\n', undefined].includes(text[at + 1]);
}

/** Nothing but a comment follows on the line. */
function isBare(text: string, at: number): boolean {
  return ['', '\n', '\r', '#'].includes(text.charAt(afterSpaces(text, at)));
}
