import { describe, expect, it } from 'vitest';
import { type BodyPair, explain, sampleOf, swap } from './bodies.ts';

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
      'bytes that are not UTF-8, in keys and in values',
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
