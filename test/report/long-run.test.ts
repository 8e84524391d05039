import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readRun, readToRender } from '../../src/record/read.ts';
import type { RunRecord } from '../../src/record/run-record.ts';
import type { RecordedCase, RecordedComparison } from '../../src/record/types.ts';
import { toReportDocument } from '../../src/report/document/document.ts';
import { jsonParts } from '../../src/report/document/json-parts.ts';
import { footer, header } from './records.ts';
import { renderers } from './renderers.ts';

const root = mkdtempSync(join(tmpdir(), 'parity-long-'));
afterAll(() => rmSync(root, { recursive: true }));

const targets = [
  { name: 'rust', url: 'http://127.0.0.1:1', role: 'reference' },
  { name: 'go', url: 'http://127.0.0.1:2', role: 'candidate' },
  { name: 'zig', url: 'http://127.0.0.1:3', role: 'candidate' },
] as const;

function compared(candidate: string, over: Partial<RecordedComparison> = {}): RecordedComparison {
  const ladder = { status: true, shape: true, value: true, wire: true };
  const said = { reason: null, message: null, divergences: [], noise: [] };
  return { candidate, outcome: 'match', ladder, headers: true, ...said, ...over };
}

/** Of many suites and not in their order: most match on both candidates, some not in their bytes or headers, some say nothing. */
function caseAt(i: number): RecordedCase {
  const suite = `s${i % 3}`;
  const bytesDiffer = { ladder: { status: true, shape: true, value: true, wire: i % 2 === 0 }, headers: i % 5 !== 0 };
  const silent = { outcome: 'inconclusive', reason: 'timeout-total', message: 'zig did not answer' } as const;
  const comparisons = [compared('go', bytesDiffer), compared('zig', i % 7 === 0 ? silent : {})];
  const id = `${suite}/case-${(i * 37) % 101}`;
  return { type: 'case', id, suite, title: null, source: `cases.jsonl:${i}`, comparisons, exchanges: null };
}

function written(name: string, cases: readonly RecordedCase[]): string {
  const dir = mkdtempSync(join(root, name));
  const lines = [header({ targets, selected: 101, total: 101 }), ...cases, footer()];
  writeFileSync(join(dir, 'run.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return dir;
}

const cases = Array.from({ length: 101 }, (_, i) => caseAt(i));
/** Room for so many cases that matched, and for all others. */
const room = (matching: number) => ({ matching, bytes: 1 << 30 });
const json = (record: RunRecord): string => [...jsonParts(record)].join('');

test('the JSON parts are what JSON.stringify gives', async () => {
  const record = await readRun(written('whole', cases));
  expect(json(record)).toBe(`${JSON.stringify(toReportDocument(record), null, 2)}\n`);
  const empty = await readRun(written('empty', []));
  expect(json(empty)).toBe(`${JSON.stringify(toReportDocument(empty), null, 2)}\n`);
});

test('a long run gives the same report, though it holds nothing of what matched', async () => {
  const dir = written('long', cases);
  const [whole, long] = [await readRun(dir), await readToRender(dir, room(10))];
  expect(long.cases.length).toBe(15);
  expect(long.matching?.count).toBe(86);
  expect(json(long)).toBe(json(whole));
  expect(toReportDocument(long).suites).toEqual(toReportDocument(whole).suites);
  expect(renderers.terminal(long, { colour: false, width: 100, unicode: true })).toBe(
    renderers.terminal(whole, { colour: false, width: 100, unicode: true }),
  );
});

const options = { colour: false, width: 100, unicode: true, verbose: true };

test.each(Object.entries(renderers))('%s says the same of cases that are read one by one', async (_name, render) => {
  const divergent = { ...caseAt(3), comparisons: [compared('go', { outcome: 'divergent' }), compared('zig')] };
  const dir = written('stored', cases.with(3, divergent));
  const [held, stored] = [await readRun(dir), await readToRender(dir, { matching: 1000, bytes: 0 })];
  expect([held.stored, stored.stored === undefined, stored.matching]).toEqual([undefined, false, undefined]);
  expect(render(stored, options)).toBe(render(held, options));
  expect(stored.cases).toEqual(held.cases);
});

test('a run that is just not too long is held whole', async () => {
  const record = await readToRender(written('short', cases), room(86));
  expect([record.matching, record.cases.length]).toEqual([undefined, 101]);
});

test('formats that do not list what matched say so', async () => {
  const record = await readToRender(written('formats', cases), room(10));
  expect(renderers.terminal(record, options)).toContain('and 172 more cases that matched: see report.json');
  expect(renderers.junit(record, options)).toContain('86 cases that matched are not listed here');
  expect(renderers.md(record, options)).toContain('and 187 more cases in report.json');
});

test.each([
  ['which matched the second time', [cases[7]!, { ...cases[1]!, id: cases[7]!.id, suite: cases[7]!.suite }]],
  ['which matched the first time', [{ ...cases[1]!, id: cases[7]!.id, suite: cases[7]!.suite }, cases[7]!]],
  ['which matched both times', [cases[1]!, cases[1]!]],
])('of a case that is there twice, %s, the last counts', async (_why, twice) => {
  const dir = written('twice', [...twice, ...cases.filter(({ id }) => id !== twice[0]!.id)]);
  expect(json(await readToRender(dir, room(10)))).toBe(json(await readRun(dir)));
});

test('a record that changes under a report is found out, never reported half', async () => {
  const dir = written('changed', cases);
  const record = await readToRender(dir, room(10));
  const path = join(dir, 'run.jsonl');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"type":"case"', '"type":"cass"'));
  appendFileSync(path, 'x');
  expect(() => json(record)).toThrow('the record changed while it was read');
});
