import { fromDifference } from '../../compare/model/excerpt.ts';
import type { TrackedColumn } from '../../config/tracking.ts';
import type { Finding, FindingState, TrackedFinding } from '../../findings/finding.ts';
import { pointerToken } from '../../json/pointer.ts';
import { encodeCell, encodeCode } from './cell.ts';
import { visible } from './escape.ts';
import { withoutMark } from './hidden-comment.ts';
import { casesCell, type OwnCases, ownCases } from './row-cases.ts';

/** What a row says of its finding; `new` is a finding that has no row. */
export type RowState = Exclude<FindingState, 'new'>;

/** Offsets into the text, in UTF-16 code units, `end` exclusive. */
export interface CellSpan {
  readonly start: number;
  readonly end: number;
}

/** One row as a reader sees it. A cell that the table or the row does not have is null. */
export interface TrackerRow {
  /** Counts from 1. */
  readonly line: number;
  /** `P-` and hex digits in upper case; null if the row names no finding. */
  readonly id: string | null;
  /** The status as written, without its markup. */
  readonly status: string;
  /** Null if the status is none of ours. */
  readonly state: RowState | null;
  /** How many runs in a row, the last ones, were clean; more than 0 only while a row waits to be closed. */
  readonly clean: number;
  /** The class and the place, without the sentence behind them. */
  readonly divergence: string | null;
  /** What differs, in words; null where the row does not say it. */
  readonly sentence: string | null;
  readonly route: string | null;
  readonly reference: string | null;
  readonly candidate: string | null;
  readonly cases: string | null;
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  readonly decision: string | null;
  /** The same without what is struck out. */
  readonly standing: string | null;
  readonly owner: string | null;
  readonly until: string | null;
  /** Divergence, Cases and Last seen as they are written, without the white space around them. */
  readonly divergenceSource: string | null;
  readonly casesSource: string | null;
  readonly lastSeenSource: string | null;
  /** What the Cases cell holds of them beside their number; null if nothing. */
  readonly own: OwnCases | null;
  /** Everything between the pipes of each cell of ours. */
  readonly cells: Readonly<Partial<Record<TrackedColumn, CellSpan>>>;
}

/** A row for programs: what it says, without where it stands in the text. */
export function plainRow({
  cells: _,
  divergenceSource: __,
  casesSource: ___,
  own: ____,
  lastSeenSource: _____,
  standing: ______,
  ...row
}: TrackerRow): object {
  return row;
}

/** A row to be: cells as Markdown source. */
export interface NewRow {
  readonly id: string;
  readonly cells: Readonly<Partial<Record<TrackedColumn, string>>>;
}

/** A day in the columns First seen and Last seen: the cell of each, as Markdown source. */
export interface SeenCells {
  readonly first: string;
  readonly last: string;
}

const excerptLength = 80;
const sentenceLength = 240;

/** A finding, the reference's name and the day it was seen in, its first row out. */
export function newRow(
  finding: Finding & Partial<Pick<TrackedFinding, 'statuses' | 'within' | 'keys'>>,
  reference: string,
  seen: SeenCells,
): NewRow {
  const { example } = finding;
  const [here, there] = fromDifference(example.reference, example.candidate, excerptLength);
  return {
    id: finding.id,
    cells: {
      ID: /^P-[0-9A-F]+$/.test(finding.id) ? finding.id : encodeCell(finding.id),
      Status: '_open_',
      Divergence: withSentence(nameSource(finding), finding),
      Route: encodeCell(finding.route),
      Reference: `${encodeCell(reference)}: ${excerpt(here)}`,
      Candidate: `${encodeCell(finding.candidate)}: ${excerpt(there)}`,
      Cases: casesCell(ownCases(finding)),
      'First seen': seen.first,
      'Last seen': seen.last,
      Decision: '',
    },
  };
}

/** The place of a finding as a row names it, in two parts: a word, and what is written as code. */
function placeParts({ facet, pointer }: Finding): readonly [word: string, code: string] {
  if (facet === 'body') return ['', pointer === '' ? '/' : pointer];
  if (facet !== 'headers') return [facet, ''];
  return pointer === '' ? ['headers', ''] : ['header ', unescaped(pointer.slice(1))];
}

/** The class and the place of a finding, as its row names them. */
function nameSource(finding: Finding): string {
  const [word, code] = placeParts(finding);
  return `${encodeCell(finding.class)} at ${word}${encodeCode(code)}`;
}

/** The source of a Divergence cell in, the same with the sentence of its finding out; as it is where people wrote it, or it has one. */
export function withSentence(source: string, finding: Finding): string {
  const bare = withoutMark(source);
  const sentence = encodeCell(cut(visible(finding.title).trim(), sentenceLength));
  if (bare !== nameSource(finding) || sentence === '') return source;
  return `${bare}: ${sentence}${source.trim().slice(bare.length)}`;
}

/** The source of a Divergence cell in, where its sentence begins out: behind the place, which is a word or a code span. */
export function sentenceAt(source: string): number | null {
  const [head] = /^\S+ at (?:status|transport|headers|(?:header )?)/.exec(source) ?? [];
  if (head === undefined) return null;
  const [fence = ''] = /^`+/.exec(source.slice(head.length)) ?? [];
  const close = fence === '' ? head.length : closingFence(source, head.length, fence.length);
  return close !== null && source.startsWith(': ', close) ? close + 2 : null;
}

/** Behind the run of backticks that closes a code span; null if none does. */
function closingFence(source: string, start: number, length: number): number | null {
  const runs = [...source.slice(start + length).matchAll(/`+/g)];
  const close = runs.find(([run]) => run.length === length);
  return close === undefined ? null : start + length + close.index + length;
}

/** The place of a finding as its row shows it behind the drift class. */
export function placeText(finding: Finding): string {
  return visible(placeParts(finding).join(''));
}

/** What a row shows behind the drift class, as `placeText` writes it, in; the place of its finding out. */
export function parsePlace(text: string): Pick<Finding, 'facet' | 'pointer'> {
  if (text === 'status' || text === 'transport' || text === 'headers') return { facet: text, pointer: '' };
  if (text.startsWith('header '))
    return { facet: 'headers', pointer: `/${pointerToken(text.slice('header '.length))}` };
  return { facet: 'body', pointer: text === '/' ? '' : text };
}

/** One segment of a JSON Pointer, RFC 6901 section 4. */
function unescaped(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~');
}

function excerpt(source: string | null): string {
  if (source === null) return 'absent';
  return source === '' ? 'empty' : encodeCode(cut(visible(source), excerptLength));
}

function cut(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}
