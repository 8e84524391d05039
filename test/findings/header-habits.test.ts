import { expect, it } from 'vitest';
import { findFindings } from '../../src/findings/cluster.ts';
import { coverageIn, pinned, pinOf } from '../../src/tracker/rows/accepted-shape.ts';
import { caseOf } from './cases.ts';

type Headers = readonly (readonly [string, string])[];

const json = ['content-type', 'application/json'] as const;

/** A case of one route whose two answers differ in headers alone. */
const answered = (path: string, reference: Headers, candidate: Headers) =>
  caseOf(`s${path}`, [
    { path, reference: { headers: reference, body: '{}' }, candidate: { headers: candidate, body: '{}' } },
  ]);

it('a header that one side sends is one finding over all routes, and the same one where one route runs alone', () => {
  const cases = ['/a', '/b', '/c'].map((path) => answered(path, [json, ['deprecation', '@1']], [json]));
  const [all, ...more] = findFindings(cases, []);
  expect([all!.class, all!.route, all!.pointer, all!.routes, more]).toEqual([
    'unexplained',
    '*',
    '/deprecation',
    ['GET /a', 'GET /b', 'GET /c'],
    [],
  ]);
  for (const one of cases) expect(findFindings([one], [])[0]!.fingerprint).toBe(all!.fingerprint);
});

it('a header that is missing, and one that has another value, are two findings', () => {
  const cases = [
    answered('/a', [json, ['deprecation', '@1']], [json]),
    answered('/b', [json, ['deprecation', '@1']], [json, ['deprecation', '@2']]),
  ];
  expect(findFindings(cases, [])).toHaveLength(2);
});

it('another media type is a finding of its route', () => {
  const cases = ['/a', '/b'].map((path) =>
    answered(path, [['content-type', 'text/html']], [['content-type', 'text/plain']]),
  );
  expect(findFindings(cases, []).map((one) => one.route)).toEqual(expect.arrayContaining(['GET /a', 'GET /b']));
});

it('an acceptance covers the routes that it was given for', () => {
  const on = (...paths: readonly string[]) =>
    findFindings(
      paths.map((path) => answered(path, [json, ['deprecation', '@1']], [json])),
      [],
    )[0]!;
  const accepted = pinned('x', pinOf(on('/a', '/b')));
  const beyond = (...paths: readonly string[]) =>
    coverageIn(accepted, on(...paths), { cases: false, values: false }).cases.map((one) => one.case);
  expect([beyond('/a'), beyond('/a', '/b', '/c')]).toEqual([[], ['s/c']]);
});

it('headers of CORS are one finding, whichever of them differ, and an acceptance covers those that differed', () => {
  const origin = ['access-control-allow-origin', '*'] as const;
  const methods = ['access-control-allow-methods', 'GET'] as const;
  const [one, ...more] = findFindings(
    [answered('/a', [json, origin], [json]), answered('/b', [json, origin, methods], [json])],
    [],
  );
  expect([one!.class, one!.routes, more]).toEqual(['cors-default', ['GET /a', 'GET /b'], []]);
  const accepted = findFindings([answered('/a', [json, origin], [json])], [])[0]!;
  const now = findFindings([answered('/a', [json, origin, methods], [json])], [])[0]!;
  expect(now.id).toBe(accepted.id);
  const { words, values } = coverageIn(pinned('x', pinOf(accepted)), now, { cases: false, values: false });
  expect(words.length + values.length).toBeGreaterThan(0);
});
