import { allCases, reportFrame } from './document.ts';
import type { RunRecord } from './record.ts';

/** Where the cases stand in a document without any. No string of JSON holds a line feed, so it stands there once. */
const noCases = '\n  "cases": [],';

/**
 * The report document as indented JSON with a final line feed, in parts, each of a case or so: that of a long run is longer than a
 * string can be. Joined they are what `JSON.stringify(document, null, 2)` gives.
 */
export function* jsonParts(record: RunRecord): Generator<string> {
  const frame = JSON.stringify(reportFrame(record), null, 2);
  const at = frame.indexOf(noCases);
  yield `${frame.slice(0, at)}\n  "cases": [`;
  let separator = '';
  for (const each of allCases(record)) {
    // Two lists around it, cut off again, give it its place.
    yield separator + JSON.stringify([[each]], null, 2).slice('[\n  ['.length, -'\n  ]\n]'.length);
    separator = ',';
  }
  yield `${separator === '' ? '' : '\n  '}],${frame.slice(at + noCases.length)}\n`;
}
