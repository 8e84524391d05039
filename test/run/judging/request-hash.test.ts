import { expect, test } from 'vitest';
import type { FixtureStep, RequestTemplate, Step, TestCase } from '../../../src/cases/case.ts';
import { askedBy } from '../../../src/run/judging/request-hash.ts';

const request: RequestTemplate = {
  method: 'POST',
  path: '/a?x=1',
  headers: [['x-k', 'secret-1']],
  body: { kind: 'json', text: '{"k":"secret-1"}' },
  holdMs: 0,
  chunkBytes: null,
};

const stepOf = (changed: Partial<RequestTemplate> = {}): FixtureStep => ({
  request: { ...request, ...changed },
  capture: {},
  parallel: 1,
  expect: null,
  target: null,
});

function caseOf(steps: readonly Step[], others: Partial<TestCase> = {}): TestCase {
  const said = { title: null, tags: [], safe: true, compare: {}, routes: [] };
  return { id: 's/a', suite: 's', ...said, location: { file: 'a.yaml', line: 1, col: 1 }, steps, ...others };
}

const one = caseOf([stepOf()]);
const bytes = (...all: number[]) => ({ kind: 'bytes', bytes: Uint8Array.from(all), mediaType: null }) as const;

test.each<[string, TestCase]>([
  ['method', caseOf([stepOf({ method: 'PUT' })])],
  ['query', caseOf([stepOf({ path: '/a?x=2' })])],
  ['value of a header', caseOf([stepOf({ headers: [['x-k', '1']] })])],
  ['number of headers', caseOf([stepOf({ headers: [] })])],
  ['body', caseOf([stepOf({ body: { kind: 'json', text: '{"k":2}' } })])],
  ['bytes', caseOf([stepOf({ body: bytes(1) })])],
  ['other bytes', caseOf([stepOf({ body: bytes(2) })])],
  ['absence of a body', caseOf([stepOf({ body: null })])],
  ['credentials', caseOf([stepOf({ withoutAuth: true })])],
  ['number of steps', caseOf([stepOf(), stepOf()])],
  ['step before it', caseOf([stepOf()], { before: [stepOf({ path: '/on' })] })],
  ['other step before it', caseOf([stepOf()], { before: [stepOf({ path: '/off' })] })],
  ['target of a step before it', caseOf([stepOf()], { before: [{ ...stepOf({ path: '/on' }), target: 'go' }] })],
  ['number of copies', caseOf([{ ...stepOf(), parallel: 2 }])],
])('another %s asks otherwise', (_what, other) => {
  const asked = askedBy([]);
  expect(asked(other)).toMatch(/^[0-9a-z]{4}$/);
  expect(asked(other)).not.toBe(asked(one));
  expect(asked(structuredClone(other))).toBe(asked(other));
});

test('cases that ask for different things are told apart', () => {
  const asked = askedBy([]);
  const all = Array.from({ length: 500 }, (_, at) => asked(caseOf([stepOf({ path: `/a?x=${at}` })])));
  expect(new Set(all).size).toBeGreaterThan(495);
});

test('what a case is called, what it expects, captures and does afterwards is no part of it', () => {
  const step: Step = { ...stepOf(), capture: { id: { from: 'status' } }, expect: { status: 200 } };
  const other = caseOf([step], { id: 's/b', title: 'b', tags: ['b'], after: [stepOf()] });
  expect(askedBy([])(other)).toBe(askedBy([])(one));
});

test('a secret is no part of it, however it is written', () => {
  const other = (secret: string) => {
    const text = JSON.stringify({ k: secret });
    const path = `/a?x=${encodeURIComponent(secret)}`;
    return askedBy([secret])(caseOf([stepOf({ path, headers: [['x-k', secret]], body: { kind: 'json', text } })]));
  };
  expect(other('another "one"')).toBe(other('secret-1'));
  expect(askedBy(['secret-1'])(one)).not.toBe(askedBy([])(one));
});
