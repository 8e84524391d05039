import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareJson } from '../../src/compare/json.ts';
import { learn } from '../../src/drift/learn.ts';
import { planOf, rewriteBody } from '../../src/drift/rewrite.ts';
import { divide } from '../../src/drift/territory.ts';
import { JsonSyntaxError } from '../../src/json/document.ts';
import { pointerShape } from '../../src/json/pointer.ts';
import { readJson } from '../../src/json/read.ts';
import { type JsonNode, printTree, toTree } from '../../src/json/tree.ts';
import { type BodyPair, explain, sampleOf, swap } from './bodies.ts';

/** Names and values that sit close to what the rules look for, so that chance finds their edges. */
const keys = fc.constantFrom(
  'a',
  'A',
  'b',
  'user_id',
  'UserID',
  'userId',
  'kind',
  'Kind',
  'Schema',
  '__proto__',
  '0',
  '',
);
const plainLeaves = fc.constantFrom<unknown>(
  null,
  0,
  1,
  false,
  true,
  '',
  'a',
  'A',
  'schema',
  'Schema',
  '1',
  '<',
  [],
  {},
);
const tellingLeaves = fc.constantFrom<unknown>(
  ...['2023-11-14T22:13:20Z', '2023-11-14T22:13:20+00:00', '2023-11-14T22:13:20', '2023-11-14', 'true', 'True', 'NaN'],
  ...['1.5', '1.50', 'PT1.5S', '1.5s', 'AQI=', 'AQI', '0102', 'é', 'e\u0301', '\ud800', '\ufffd', 'STRASSE', 'STRAßE'],
  ...[1.5, 0.1, Math.fround(0.1), 1e21, 1e-7, 2, 3, 97, 1500, 1_700_000_000, 1_500_000_000, [1, 2], [2023, 318]],
  ...[{ secs: 1, nanos: 500_000_000 }, '::ffff:1.2.3.4', '1.2.3.4', 'http://x', 'http://x/'],
);
const leaves = fc.oneof(plainLeaves, tellingLeaves);
const value = fc.letrec((tie) => ({
  node: fc.oneof({ maxDepth: 3 }, leaves, leaves, tie('object'), tie('list')),
  object: fc
    .array(fc.tuple(keys, tie('node')), { maxLength: 4 })
    .map((entries) => Object.fromEntries(entries.filter(([key]) => key !== '__proto__'))),
  list: fc.array(tie('node'), { maxLength: 3 }),
}));
const text = fc.tuple(value.object, fc.boolean()).map(([body, floats]) => {
  const source = JSON.stringify(body);
  return floats ? source.replace(/([:[,])1(?=[,}\]])/g, '$11.0') : source;
});
const pairs = fc.array(fc.record({ reference: text, candidate: text }), { minLength: 1, maxLength: 4 });

function treeOf(source: string | Buffer): JsonNode {
  const document = readJson(Buffer.from(source));
  if (document instanceof JsonSyntaxError) throw document;
  return toTree(document)!;
}

/** What still differs once the reference is rewritten by what the bodies of the route teach. */
function leftOver(route: readonly BodyPair[], pair: BodyPair) {
  const lessons = learn(route.map((one) => ({ a: treeOf(one.reference), b: treeOf(one.candidate) })));
  const { tree, used } = rewriteBody(treeOf(pair.reference), planOf(lessons));
  const [rewritten, { waived }] = [printTree(tree), divide(used)];
  const [a, b] = [readJson(Buffer.from(rewritten, 'latin1')), readJson(Buffer.from(pair.candidate))];
  if (a instanceof JsonSyntaxError || b instanceof JsonSyntaxError) throw new Error('no JSON');
  const { divergences } = compareJson(a, b, sampleOf(pair).options);
  return { rewritten, divergences: divergences.filter((one) => !isBelow(waived, one.pointer)) };
}

/** A lossy rule can only hold the seat of what stands at these shapes or below, and says so. */
function isBelow(waived: ReadonlySet<string>, pointer: string): boolean {
  const shape = pointerShape(pointer);
  return [...waived].some((outer) => shape === outer || shape.startsWith(`${outer}/`));
}

/** A renamed place counts as the same place. */
function plain(pointer: string): string {
  return pointerShape(pointer).replaceAll('_', '').toLowerCase();
}

function touch(x: string, y: string): boolean {
  return x === y || x.startsWith(`${y}/`) || y.startsWith(`${x}/`);
}

describe('what is claimed', () => {
  it('is proved: whatever the rewritten reference does not reproduce is left unexplained', () => {
    fc.assert(
      fc.property(pairs, (route) => {
        explain(route).forEach((causes, i) => {
          const pair = route[i]!;
          const claimed = new Set(causes.flatMap((cause) => cause.divergences));
          const open = sampleOf(pair).divergences.filter(([index]) => !claimed.has(index));
          const shapes = open.map(([, one]) => plain(one.pointer));
          if (claimed.size === 0) return;
          const left = leftOver(route, pair).divergences;
          const spelling = sampleOf(pair).divergences.filter(
            ([index, one]) => claimed.has(index) && one.rung === 'wire',
          );
          for (const [, { pointer, kind }] of spelling)
            expect(left.filter((one) => plain(one.pointer) === plain(pointer) && one.kind === kind)).toEqual([]);
          // Where the rewriting breaks a place that was right, nothing in that sample is verified.
          const sure = causes.some((cause) => !cause.hypothesis);
          for (const one of sure ? left.filter(({ rung }) => rung !== 'wire') : [])
            expect(shapes.some((shape) => touch(shape, plain(one.pointer)))).toBe(true);
        });
      }),
      { numRuns: Number(process.env.PARITY_RUNS ?? 800) },
    );
  });

  it('is proved at the rung that it says', () => {
    fc.assert(
      fc.property(pairs, (route) => {
        explain(route).forEach((causes, i) => {
          const pair = route[i]!;
          const all = causes.flatMap((cause) => cause.divergences).length === sampleOf(pair).divergences.length;
          if (causes.length === 0 || !all) return;
          if (causes.some((cause) => cause.class === 'trailing-newline')) return;
          const { rewritten, divergences } = leftOver(route, pair);
          if (causes.every((cause) => cause.verifiedAt === 'wire') && divergences.length === 0)
            expect(Buffer.from(rewritten, 'latin1').toString()).toBe(pair.candidate);
          expect(divergences.filter((one) => one.rung !== 'wire')).toEqual([]);
        });
      }),
      { numRuns: Number(process.env.PARITY_RUNS ?? 400) },
    );
  });

  it('claims a divergence once', () => {
    fc.assert(
      fc.property(pairs, (route) => {
        for (const causes of explain(route)) {
          const indices = causes.flatMap((cause) => cause.divergences);
          expect(new Set(indices).size).toBe(indices.length);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is nothing where the bodies are equal', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 3 }), (bodies) => {
        expect(explain(bodies.map((body) => ({ reference: body, candidate: body }))).flat()).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on the order of the samples', () => {
    const marks = (route: readonly BodyPair[]) =>
      explain(route).map((causes) => causes.map((one) => `${one.class} ${one.pointer} ${one.divergences}`).sort());
    fc.assert(
      fc.property(pairs, (route) => {
        expect(marks([...route].reverse()).reverse()).toEqual(marks(route));
      }),
      { numRuns: Number(process.env.PARITY_RUNS ?? 400) },
    );
  });
});

describe('bodies that have nothing to do with each other', () => {
  const chance = (max: number) => fc.integer({ min: 0, max });
  const time = fc.date({
    min: new Date('1995-01-01T00:00:00Z'),
    max: new Date('2090-01-01T00:00:00Z'),
    noInvalidDate: true,
  });
  const bytes = fc.uint8Array({ minLength: 4, maxLength: 12 });
  /** Every kind of value that a rule looks for. Two of them are drawn without a liking for zero and the like: those do meet. */
  const values = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => JSON.stringify(one)),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => JSON.stringify(Math.fround(one))),
    fc.bigInt({ min: 0n, max: 1n << 70n }).map(String),
    fc.bigInt({ min: 0n, max: 1n << 70n }).map((one) => `"${one}"`),
    fc.tuple(chance(99_999), chance(99_999)).map(([whole, part]) => `${whole}.${String(part).padStart(5, '0')}`),
    fc.tuple(chance(99_999), chance(99_999)).map(([whole, part]) => `"${whole}.${String(part).padStart(5, '0')}"`),
    time.map((one) => JSON.stringify(one)),
    time.map((one) => JSON.stringify(one.toISOString().replace('.000Z', '+00:00'))),
    time.map((one) => JSON.stringify(one.toUTCString())),
    time.map((one) => String(one.getTime())),
    time.map((one) => String(Math.floor(one.getTime() / 1000))),
    fc.tuple(chance(1e6), chance(999_999_999)).map(([secs, nanos]) => `{"secs":${secs},"nanos":${nanos}}`),
    fc.tuple(chance(1e6), chance(999)).map(([secs, millis]) => `"PT${secs}.${millis}1S"`),
    fc.bigInt({ min: 1n, max: 1n << 50n }).map((one) => `"${one}ns"`),
    bytes.map((one) => JSON.stringify([...one])),
    bytes.map((one) => JSON.stringify(Buffer.from(one).toString('base64'))),
    bytes.map((one) => JSON.stringify(Buffer.from(one).toString('hex'))),
    fc.uuid().map((one) => JSON.stringify(one)),
    fc.uuid().map((one) => JSON.stringify(one.toUpperCase())),
    fc.ipV6().map((one) => JSON.stringify(one)),
    fc.webUrl({ withQueryParameters: true }).map((one) => JSON.stringify(one)),
    fc.string({ unit: 'binary', minLength: 6 }).map((one) => JSON.stringify(one)),
    fc.string({ unit: 'grapheme', minLength: 6 }).map((one) => JSON.stringify(one.toUpperCase())),
  );
  const pair = fc
    .record({ a: fc.noBias(values), b: fc.noBias(values) })
    .map(({ a, b }) => ({ reference: `{"v":${a}}`, candidate: `{"v":${b}}` }));
  const route = fc.array(pair, { minLength: 1, maxLength: 6 });

  it('are never explained by a rule about values that is verified', () => {
    fc.assert(
      fc.property(route, (one) => {
        expect(explain(one).flatMap((causes) => causes.filter((cause) => !cause.hypothesis))).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  it('are not paired as variants of an enum, however many there are', () => {
    const draw = fc.tuple(fc.constantFrom('Open', 'Closed', 'Lost', 'Found', 'New', 'Old'), chance(5), fc.uuid());
    fc.assert(
      fc.property(fc.array(draw, { minLength: 2, maxLength: 12 }), (draws) => {
        const pairs = draws.map(([name, number, id]) => ({
          reference: `{"id":"${id}","v":"${name}"}`,
          candidate: `{"id":"${id}","v":${number}}`,
        }));
        const isFunction = (
          of: (one: (typeof draws)[number]) => unknown,
          to: (one: (typeof draws)[number]) => unknown,
        ) => draws.every((x) => draws.every((y) => of(x) !== of(y) || to(x) === to(y)));
        const oneToOne =
          isFunction(
            (one) => one[0],
            (one) => one[1],
          ) &&
          isFunction(
            (one) => one[1],
            (one) => one[0],
          );
        const verified = explain(pairs)
          .flat()
          .filter((cause) => !cause.hypothesis);
        if (!oneToOne) expect(verified).toEqual([]);
        else
          for (const [name] of draws)
            if (verified.length > 0) expect(draws.filter((one) => one[0] === name).length).toBeGreaterThan(1);
      }),
      { numRuns: 1000 },
    );
  });

  it('and servers that are equal, but give every answer other values, show no class at all', () => {
    fc.assert(
      fc.property(fc.array(values, { minLength: 1, maxLength: 5 }), (drawn) => {
        const bodies = drawn.map((one) => `{"v":${one}}`);
        expect(explain(bodies.map((body) => ({ reference: body, candidate: body }))).flat()).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a known drift over any body', () => {
  const pascal = (key: string) => key.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const port = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.length === 0 ? null : node.map(port);
    if (node === null || typeof node !== 'object') return node;
    return Object.fromEntries(Object.entries(node).map(([key, inner]) => [pascal(key), port(inner)]));
  };
  const record = fc.record({
    user_name: fc.string(),
    is_new: fc.boolean(),
    tag_list: fc.array(fc.integer(), { maxLength: 2 }),
    inner_part: fc.record({ row_count: fc.integer(), first_row: fc.array(fc.string(), { maxLength: 1 }) }),
  });

  it('is explained whole: Go names and nil slices', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(record, { minLength: 2, maxLength: 4, selector: (one) => JSON.stringify(one) }),
        (bodies) => {
          const route = bodies.map((body) => ({
            reference: JSON.stringify(body),
            candidate: JSON.stringify(port(body)).replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`),
          }));
          for (const turned of [route, route.map(swap)])
            for (const causes of explain(turned)) {
              expect(causes.map((cause) => [cause.class, cause.verifiedAt, cause.hypothesis])).toEqual([
                ['key-casing', 'wire', false],
              ]);
            }
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('hostile bodies', () => {
  const many = (length: number, item: (n: number) => string) => Array.from({ length }, (_, n) => item(n)).join();
  const bytes = (...parts: (string | number)[]) =>
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part]))));

  const rows: readonly (readonly [why: string, pairs: readonly BodyPair[]])[] = [
    ['keys that are there twice', [{ reference: '{"a":1,"a":2,"b":[]}', candidate: '{"A":1,"A":2,"b":null}' }]],
    [
      '__proto__ and constructor as keys and as values',
      [
        {
          reference: '{"__proto__":{"x":[]},"constructor":"__proto__"}',
          candidate: '{"__proto__":{"x":null},"constructor":"__PROTO__"}',
        },
        {
          reference: '{"__proto__":{"x":[]},"hasOwnProperty":1}',
          candidate: '{"__proto__":{"x":null},"HasOwnProperty":1}',
        },
      ],
    ],
    [
      'nesting far beyond the call stack',
      [
        {
          reference: `${'['.repeat(30_000)}${']'.repeat(30_000)}`,
          candidate: `${'['.repeat(29_999)}${']'.repeat(29_999)}`,
        },
      ],
    ],
    [
      'nesting as deep as trees go',
      [
        {
          reference: `${'{"a":'.repeat(199)}[]${'}'.repeat(199)}`,
          candidate: `${'{"A":'.repeat(199)}null${'}'.repeat(199)}`,
        },
      ],
    ],
    [
      'bytes that are no UTF-8, in keys and in values',
      [
        { reference: bytes('{"user_', 0xff, '":"', 0xfe, '"}'), candidate: bytes('{"User', 0xff, '":"', 0xfd, '"}') },
        { reference: bytes('{"kind":"', 0xc3, '<"}'), candidate: bytes('{"kind":"', 0xc3, '\\u003c"}') },
      ],
    ],
    ['lone surrogates', [{ reference: '{"a_b":"\\ud800"}', candidate: '{"AB":"\\ud800"}' }]],
    ['a byte-order mark on one side', [{ reference: '{"a_b":1}', candidate: '\ufeff{"AB":1}' }]],
    [
      'no JSON at all',
      [
        { reference: '<html>', candidate: '{"a":1}' },
        { reference: '', candidate: 'null' },
      ],
    ],
    [
      'lists of ten thousand items',
      [
        {
          reference: `[${many(10_000, (n) => `{"user_id":${n},"tags":[],"n":0}`)}]`,
          candidate: `[${many(10_000, (n) => `{"UserID":${n},"Tags":null}`)}]`,
        },
        { reference: `[${many(10_000, (n) => `${n}`)}]`, candidate: `[${many(10_000, (n) => `"${n}"`)}]` },
      ],
    ],
    [
      'lists of ten thousand items, turned around',
      [
        {
          reference: `[${many(10_000, (n) => `{"user_id":${n}}`)}]`,
          candidate: `[${many(10_000, (n) => `{"UserID":${10_000 - n}}`)}]`,
        },
      ],
    ],
    [
      'ten thousand keys under other names',
      [
        {
          reference: `{${many(10_000, (n) => `"user_${n}x":1`)}}`,
          candidate: `{${many(10_000, (n) => `"User${n}X":1`)}}`,
        },
      ],
    ],
    [
      'ten thousand keys in another order',
      [
        {
          reference: `{${many(10_000, (n) => `"k${n}":1`)}}`,
          candidate: `{${many(10_000, (n) => `"k${9_999 - n}":1`)}}`,
        },
      ],
    ],
    [
      'ten thousand members left out',
      [
        { reference: `{${many(10_000, (n) => `"k${n}":null`)}}`, candidate: '{}' },
        { reference: '{}', candidate: `{${many(10_000, (n) => `"z${n}":0`)}}` },
      ],
    ],
    [
      'ten thousand keys with something below each',
      [
        {
          reference: `{${many(10_000, (n) => `"k${n}x":{"a":[],"s":"<"}`)}}`,
          candidate: `{${many(10_000, (n) => `"k${n}x":{"a":null,"s":"\\u003c"}`)}}`,
        },
      ],
    ],
    [
      'a text of a million characters',
      [{ reference: `{"a_b":"${'A_'.repeat(500_000)}"}`, candidate: `{"AB":"${'a_'.repeat(500_000)}"}` }],
    ],
    [
      'a number of a hundred thousand digits',
      [{ reference: `[${'9'.repeat(100_000)}.0]`, candidate: `[${'9'.repeat(100_000)}]` }],
    ],
  ];

  it.each(rows)('are judged without a throw, and no divergence is claimed twice: %s', (_, route) => {
    for (const turned of [route, route.map(swap)]) {
      const found = explain(turned);
      expect(found.length).toBe(route.length);
      for (const causes of found) {
        const indices = causes.flatMap((cause) => cause.divergences);
        expect(new Set(indices).size).toBe(indices.length);
        for (const fix of causes.flatMap((cause) => cause.fixes)) {
          expect(fix.text.length).toBeLessThan(1000);
          expect(fix.text).not.toMatch(/[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]/);
        }
      }
    }
  });

  it('do not hide a byte-order mark behind a renamed key', () => {
    const pair = (n: number) => ({ reference: `{"a_b":${n}}`, candidate: `\ufeff{"AB":${n}}` });
    for (const route of [[pair(1), pair(2)], [pair(1), pair(2)].map(swap)])
      for (const [i, causes] of explain(route).entries()) {
        const claimed = new Set(causes.flatMap((cause) => cause.divergences));
        const marks = sampleOf(route[i]!).divergences.filter(([, one]) => one.kind === 'encoding');
        expect(marks.length).toBe(1);
        expect(marks.some(([index]) => claimed.has(index))).toBe(false);
      }
  });
});
