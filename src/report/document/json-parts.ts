import { visibleJson } from '../../json/printable.ts';
import type { RunRecord } from '../../record/run-record.ts';
import type { RecordedCase, RecordedComparison } from '../../record/types.ts';
import { memoizeBounded } from '../../structures/memoize-bounded.ts';
import { findingsOf, listedCases, reportFrame } from './document.ts';
import { byCandidate, reportCase } from './report-cases.ts';
import type { ReportCase, ReportFinding } from './report-model.ts';

/** Where the cases and the findings stand in a document without any. No string of JSON holds a line feed, so each is there once. */
const [noCases, noFindings] = ['\n  "cases": [],', '\n  "findings": [],'];

/** In its place in the document: two lists around it, cut off again, give it that. */
function textOf(one: ReportCase | ReportFinding): string {
  return JSON.stringify([[one]], null, 2).slice('[\n  ['.length, -'\n  ]\n]'.length);
}

type Names = Pick<RecordedCase, 'id' | 'suite' | 'title' | 'source'>;

/** The beginning of such a text. */
function namesText({ id, suite, title, source }: Names): string {
  const words = (name: string, value: string | null) => `\n      "${name}": ${JSON.stringify(value)}`;
  return `\n    {${words('id', id)},${words('suite', suite)},${words('title', title)},${words('source', source)}`;
}

const nameless = { id: '', suite: '', title: null, source: '', exchanges: null };

/** What comes after the names where there is no finding. */
function restText(comparison: RecordedComparison): string {
  return visibleJson(textOf(reportCase(nameless, comparison, () => null)).slice(namesText(nameless).length));
}

/** The texts of the cases of a report, in its order. Those that matched alike share what was compared, and so do their texts. */
function* caseTexts(record: RunRecord): Generator<string> {
  const findingOf = findingsOf(record);
  const restOf = memoizeBounded(64, restText);
  const isPlain = ({ id, exchanges }: RecordedCase, { outcome, candidate, divergences }: RecordedComparison) =>
    exchanges === null && outcome === 'match' && divergences.every((_, at) => findingOf(id, candidate, at) === null);
  for (const runCase of orderedCases(record))
    for (const one of [...runCase.comparisons].sort(byCandidate)) {
      if (isPlain(runCase, one)) yield visibleJson(namesText(runCase)) + restOf(one);
      else yield visibleJson(textOf(reportCase(runCase, one, findingOf)));
    }
}

function* orderedCases(record: RunRecord): Generator<RecordedCase> {
  if (record.stored !== undefined) return yield* record.stored.all;
  for (const { runCase } of listedCases(record)) yield runCase;
}

/**
 * The report document as indented JSON with a final line feed, in parts, each of a case or so: that of a long run is longer than a
 * string can be. Joined they are what `JSON.stringify(document, null, 2)` gives, but that what cannot be seen is escaped.
 */
export function* jsonParts(record: RunRecord): Generator<string> {
  const report = reportFrame(record);
  const frame = visibleJson(JSON.stringify({ ...report, findings: [] }, null, 2));
  const [at, then] = [frame.indexOf(noCases), frame.indexOf(noFindings)];
  yield frame.slice(0, at);
  yield* listParts('cases', caseTexts(record));
  yield frame.slice(at + noCases.length, then);
  yield* listParts('findings', findingTexts(report.findings));
  yield `${frame.slice(then + noFindings.length)}\n`;
}

function* findingTexts(findings: readonly ReportFinding[]): Generator<string> {
  for (const one of findings) yield visibleJson(textOf(one));
}

/** A list of the document with the texts of its items. */
function* listParts(name: string, texts: Iterable<string>): Generator<string> {
  yield `\n  "${name}": [`;
  let separator = '';
  for (const text of texts) {
    yield separator + text;
    separator = ',';
  }
  yield `${separator === '' ? '' : '\n  '}],`;
}
