import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPlainCase } from '../../../src/cases/fast/quick-check.ts';
import { caseLineSchema } from '../../../src/cases/read/schema.ts';
import { parseJsonTree } from '../../../src/config/source/json-tree.ts';
import { plainValue } from '../../../src/config/source/tree-access.ts';

const value = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.oneof(fc.string(), fc.integer())),
  fc.record({ path: fc.string() }),
);
const request = fc.record(
  {
    method: fc.oneof(fc.string(), value),
    path: fc.oneof({ weight: 4, arbitrary: fc.string() }, { weight: 1, arbitrary: value }),
    headers: fc.dictionary(fc.string(), fc.oneof({ weight: 4, arbitrary: fc.string() }, value)),
    json: fc.jsonValue(),
    text: fc.oneof(fc.string(), value),
  },
  { requiredKeys: ['path'] },
);
const someCase = fc.record(
  {
    id: fc.oneof({ weight: 4, arbitrary: fc.string() }, { weight: 1, arbitrary: value }),
    suite: fc.oneof({ weight: 4, arbitrary: fc.string() }, { weight: 1, arbitrary: value }),
    title: fc.string(),
    tags: fc.oneof(fc.array(fc.string()), value),
    safe: fc.oneof(fc.boolean(), value),
    request: fc.oneof({ weight: 4, arbitrary: request }, { weight: 1, arbitrary: value }),
  },
  { requiredKeys: ['id', 'request'] },
);

test('a case that is taken for plain fits the schema', () => {
  let plain = 0;
  fc.assert(
    fc.property(someCase, (one) => {
      const text = JSON.stringify(one);
      const node = parseJsonTree(text, { start: 0, end: text.length });
      if (node === null) return;
      const fits = caseLineSchema.safeParse(plainValue(node)).success;
      if (isPlainCase(node)) expect(fits).toBe(true);
      plain += Number(isPlainCase(node));
    }),
    { numRuns: 2000 },
  );
  expect(plain).toBeGreaterThan(50);
});

test.each([
  ['no path', { id: 'a', request: {} }],
  ['no id', { request: { path: '/' } }],
  ['steps', { id: 'a', steps: [{ request: { path: '/' } }] }],
  ['rows', { id: 'a', with: [{ a: 1 }], request: { path: '/' } }],
  ['headers in a list', { id: 'a', request: { path: '/', headers: [['a', 'b']] } }],
  ['an unknown key', { id: 'a', request: { path: '/' }, saef: true }],
])('a case with %s is looked at closely', (_, one) => {
  const text = JSON.stringify(one);
  expect(isPlainCase(parseJsonTree(text, { start: 0, end: text.length })!)).toBe(false);
});
