import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { exerciseOf, type ValueCoverage } from '../../src/assurance/value-coverage.ts';
import type { Response } from '../../src/http/exchange.ts';
import { json, response } from '../compare/exchanges.ts';

type Answered = readonly [caseId: string, route: string, reference: Response, candidate: Response];

function coverageOf(answers: readonly Answered[]): ValueCoverage {
  const exercise = exerciseOf();
  for (const [caseId, route, reference, candidate] of answers)
    exercise.add({ case: caseId, route, reference, candidate });
  return exercise.coverage();
}

type Bodies = string | readonly [reference: string, candidate: string];

/** Coverage of one route whose bodies were these, on both sides alike or as pairs. */
function bodies(...pairs: readonly Bodies[]): ValueCoverage {
  return coverageOf(
    pairs.map((pair, i) => {
      const [a, b] = typeof pair === 'string' ? [pair, pair] : pair;
      return [`suite/${i}`, 'GET /a', json(a), json(b)];
    }),
  );
}

const pointers = ({ places }: ValueCoverage['emptyArrays']) => places.map((one) => one.pointer);

describe('routes', () => {
  it('count only what both sides answered to one request', () => {
    const text = response({ status: 404, headers: [['Content-Type', 'TEXT/plain; charset=utf-8']] });
    const found = coverageOf([
      ['s/1', 'GET /b', json('{}', 201), json('{}', 201)],
      ['s/1', 'GET /b', json('{}'), json('{}')],
      ['s/2', 'GET /b', json('{}', 500), json('{}', 400)],
      ['s/3', 'GET /a', text, text],
      ['s/4', 'GET /a', json('{}', 404), text],
      ['s/5', 'GET /a', response({ status: 204 }), response({ status: 204 })],
      ['s/6', 'GET /c', json('{}', 200), text],
    ]);
    expect(found.routes).toEqual([
      { route: 'GET /a', statuses: [204, 404], contentTypes: ['none', 'text/plain'], cases: 3 },
      { route: 'GET /b', statuses: [200, 201], contentTypes: ['application/json'], cases: 2 },
      { route: 'GET /c', statuses: [], contentTypes: [], cases: 1 },
    ]);
  });

  it('are none without answers', () => {
    const none = { count: 0, places: [] };
    expect(coverageOf([])).toEqual({ routes: [], emptyArrays: none, emptyFields: none, bodiesSkipped: 0 });
  });

  it('never show a content type as a server spelled it', () => {
    const odd = response({ headers: [['content-type', 'a\u001b[2J']] });
    expect(coverageOf([['s/1', 'GET /a', odd, odd]]).routes[0]?.contentTypes).toEqual(['unreadable']);
  });

  it('keep a bounded number of content types', () => {
    const named = (i: number) => response({ headers: [['content-type', `text/x${i}`]] });
    const found = coverageOf(Array.from({ length: 50 }, (_, i) => ['s/1', 'GET /a', named(i), named(i)]));
    expect(found.routes[0]?.contentTypes).toHaveLength(20);
  });
});

describe('places that were empty', () => {
  it.each<readonly [string, readonly Bodies[], arrays: readonly string[], fields: readonly string[]]>([
    ['an array that is empty in every body', ['{"items":[]}', '{"items":[]}'], ['/items'], []],
    ['an array that one body fills', ['{"items":[]}', '{"items":[1]}'], [], []],
    ['an array that only one side fills', [['{"items":[]}', '{"items":[1]}']], [], []],
    ['an array that only one side has', [['{"items":[]}', '{}']], [], []],
    ['an array inside items, by its shape', ['[{"tags":[]},{"tags":[]}]'], ['/*/tags'], []],
    ['an array inside items that one item fills', ['[{"tags":[]},{"tags":["a"]}]'], [], []],
    ['the whole body', ['[]'], [''], []],
    ['a member that is null in every body', ['{"next":null}', '{}'], [], ['/next']],
    ['a member that one body fills', ['{"next":null}', '{"next":0}'], [], []],
    ['a member that is null on one side only', [['{"next":null}', '{"next":1}']], [], []],
    ['items that are null are not members', ['[null]'], [], []],
    ['a member that is null or an empty array', ['{"a":null}', '{"a":[]}'], ['/a'], []],
    ['awkward keys, and keys that are numbers', ['{"a/b":{"17":null}}'], [], ['/a~1b/*']],
    ['a body that is not JSON', ['{"a":'], [], []],
  ])('%s', (_, given, arrays, fields) => {
    const found = bodies(...given);
    expect([pointers(found.emptyArrays), pointers(found.emptyFields)]).toEqual([arrays, fields]);
  });

  it('belong to their route', () => {
    const found = coverageOf([
      ['s/1', 'GET /b', json('{"items":[]}'), json('{"items":[]}')],
      ['s/2', 'GET /a', json('{"items":[1]}'), json('{"items":[1]}')],
    ]);
    expect(found.emptyArrays).toEqual({ count: 1, places: [{ route: 'GET /b', pointer: '/items' }] });
  });

  it('are found under the compression', () => {
    const packed = response({ headers: [['content-encoding', 'gzip']], body: gzipSync('{"items":[]}') });
    expect(pointers(coverageOf([['s/1', 'GET /a', packed, json('{"items":[]}')]]).emptyArrays)).toEqual(['/items']);
  });

  it('are listed up to a hundred, and all counted', () => {
    const keys = Array.from({ length: 150 }, (_, i) => `"k${i}":[]`);
    const { emptyArrays } = bodies(`{${keys.join()}}`);
    expect([emptyArrays.count, emptyArrays.places.length]).toEqual([150, 100]);
  });
});

describe('hostile bodies', () => {
  it.each([
    ['nested half a million levels', `${'['.repeat(500_000)}${']'.repeat(500_000)}`],
    ['with a key of half a megabyte', `{"${'k'.repeat(500_000)}":[]}`],
  ])('%s leave no trace', (_, body) => {
    expect(pointers(bodies(body).emptyArrays)).toEqual([]);
  });

  it('with ever new keys take a bounded place', () => {
    const keys = Array.from({ length: 20_000 }, (_, i) => `"k${i}":null`);
    expect(bodies(`{${keys.join()}}`).emptyFields.count).toBe(5000);
  });

  it('over 1 MiB, packed or not, are counted and not looked into', () => {
    const big = json(`{"a":[],"b":"${'x'.repeat(1024 * 1024)}"}`);
    const bomb = response({ headers: [['content-encoding', 'gzip']], body: gzipSync(Buffer.alloc(2_000_000, 0x20)) });
    const found = coverageOf([
      ['s/1', 'GET /a', big, json('{}')],
      ['s/2', 'GET /a', bomb, bomb],
    ]);
    expect([found.bodiesSkipped, found.emptyArrays.count, found.routes[0]?.cases]).toEqual([2, 0, 2]);
  });
});
