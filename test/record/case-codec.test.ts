import fc from 'fast-check';
import { expect, test } from 'vitest';
import { caseReader, caseWriter } from '../../src/record/case-codec.ts';
import { parseLine } from '../../src/record/record-lines.ts';
import type { RecordedCase } from '../../src/record/types.ts';
import { isRecordedCase } from '../../src/record/validate.ts';

const ladder = { status: true, shape: true, value: true, wire: true };
const divergence = {
  ...{ exchange: 0, facet: 'body', pointer: '', kind: 'bytes', rung: 'wire' },
  ...{ reference: '1 bytes, at 0: a', candidate: '2 bytes, at 0: b\\n' },
};
const comparison = fc.record({
  candidate: fc.constantFrom('go', ',"comparisons":'),
  outcome: fc.constantFrom('match', 'divergent'),
  ladder: fc.constant(ladder),
  headers: fc.boolean(),
  reason: fc.constantFrom(null, 'flaky'),
  message: fc.constant(null),
  divergences: fc.constantFrom([], [divergence]),
  noise: fc.constant([]),
});
const title = fc.oneof(fc.string(), fc.constantFrom(null, ',"comparisons":', '"', '\\', '\u2028'));
const runCase = fc.record({
  type: fc.constantFrom('case'),
  ...{ id: fc.string(), suite: fc.string(), title, source: fc.string() },
  comparisons: fc.array(comparison, { maxLength: 2 }),
  exchanges: fc.constantFrom(null, null, {}),
});
const piece = fc.constantFrom(
  ...['', '"', '}', '{', ',', '"type":"header"', ',"comparisons":', ',"exchanges":null}', '[', ']', 'null', '\\', ' '],
);
const edits = fc.array(
  fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), cut: fc.nat(12), put: piece, end: fc.boolean() }),
  { maxLength: 2 },
);

test('a line is the case that it is when all of it is read', () => {
  let cases = 0;
  fc.assert(
    fc.property(fc.array(fc.tuple(runCase, edits), { minLength: 1, maxLength: 6 }), (lines) => {
      const read = caseReader();
      for (const [value, changes] of lines) {
        let text = JSON.stringify(value);
        for (const { at, cut, put, end } of changes) {
          const start = end ? text.lastIndexOf(',') : Math.floor(at * text.length);
          text = text.slice(0, start) + put + text.slice(start + cut);
        }
        const whole = parseLine(text);
        expect(read(text)).toEqual(isRecordedCase(whole) ? whole : null);
        expect(read(`${text}\n`)).toEqual(isRecordedCase(whole) ? whole : null);
        cases += Number(isRecordedCase(whole));
      }
    }),
    { numRuns: 1000 },
  );
  expect(cases).toBeGreaterThan(300);
});

test('cases that matched alike share what was compared', () => {
  const read = caseReader();
  const line = (id: string, exchanges: object | null) =>
    JSON.stringify({
      ...{ type: 'case', id, suite: 's', title: null, source: 'a:1' },
      comparisons: [
        {
          ...{ candidate: 'go', outcome: 'match', ladder, headers: true, reason: null, message: null },
          ...{ divergences: [divergence], noise: [] },
        },
      ],
      exchanges,
    });
  const [a, b, c] = [read(line('s/a', null)), read(line('s/b', null)), read(line('s/c', {}))];
  expect(a?.comparisons).toBe(b?.comparisons);
  expect([a?.id, b?.id]).toEqual(['s/a', 's/b']);
  expect(c?.comparisons).not.toBe(a?.comparisons);
});

test('a line is what JSON.stringify writes, and what is held is the case', () => {
  let shared = 0;
  fc.assert(
    fc.property(fc.array(runCase, { minLength: 1, maxLength: 6 }), (values) => {
      const written = caseWriter();
      for (const value of values as unknown as RecordedCase[]) {
        const { line, held } = written(value);
        expect(line).toBe(JSON.stringify(value));
        expect(held).toEqual(value);
        shared += Number(held !== value);
      }
    }),
    { numRuns: 500 },
  );
  expect(shared).toBeGreaterThan(100);
});

test('cases that matched alike are held with one object of what was compared', () => {
  const written = caseWriter();
  const heldAs = (id: string, divergences: readonly object[]) => {
    const compared = { candidate: 'go', outcome: 'match', ladder, headers: true, reason: null, message: null };
    const comparisons = [{ ...compared, divergences, noise: [] }];
    const value = { type: 'case', id, suite: 's', title: null, source: 'a:1', comparisons, exchanges: null };
    return written(value as unknown as RecordedCase).held.comparisons;
  };
  expect(heldAs('s/a', [divergence])).toBe(heldAs('s/b', [{ ...divergence }]));
  expect(heldAs('s/c', [])).not.toBe(heldAs('s/d', [divergence]));
});
