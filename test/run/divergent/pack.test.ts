import { expect, test } from 'vitest';
import type { Exchange, TargetReplay } from '../../../src/http/exchange.ts';
import { lost } from '../../../src/http/failure.ts';
import { type Answers, pack, unpack } from '../../../src/run/divergent/pack.ts';

const request = {
  method: 'GET',
  path: '/caf\u00e9?q=\ud83d\ude00',
  headers: [['x-latin', '\u00ff']],
  body: null,
} as const;
const every = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

function answered(body: Uint8Array, more: Partial<Exchange> = {}): Exchange {
  const headers = [
    ['Set-Cookie', 'a=1'],
    ['set-cookie', 'b=\u0080'],
  ] as const;
  const outcome = { kind: 'response', status: 200, statusText: '', headers, body } as const;
  return { target: 'rust', step: 0, request, outcome, durationMs: 0.1 + 0.2, ...more };
}

const replays: readonly (readonly [string, TargetReplay])[] = [
  ['no exchange', { target: 'rust', exchanges: [], captured: {} }],
  [
    'bodies of all bytes, and of none',
    { target: 'rust', exchanges: [every, Buffer.alloc(0)].map((one) => answered(one)), captured: {} },
  ],
  [
    'a body that was sent',
    { target: 'rust', exchanges: [answered(every, { request: { ...request, body: every } })], captured: {} },
  ],
  [
    'a body of none that was sent',
    { target: 'rust', exchanges: [answered(every, { request: { ...request, body: Buffer.alloc(0) } })], captured: {} },
  ],
  [
    'a failure between answers',
    {
      target: 'rust',
      exchanges: [
        answered(every),
        { ...answered(every), outcome: lost('reset', 'it was "reset"\u2028', null) },
        answered(every, { step: 2, attempts: 3 }),
      ],
      captured: {},
    },
  ],
  [
    'names that every object has',
    { target: 'rust', exchanges: [], captured: JSON.parse('{"__proto__":"x","constructor":"y"}') },
  ],
  [
    'text that no UTF-8 can hold',
    { target: 'rust', exchanges: [], captured: { token: 'a\ud800b' }, left: '\udfff', secrets: ['\u0000', 's'] },
  ],
];

const comparison: Answers['comparison'] = {
  candidate: 'go',
  ladder: { status: true, shape: true, value: false, wire: false },
  headers: true,
  divergences: [
    {
      exchange: 0,
      facet: 'body',
      pointer: '/a~1b',
      kind: 'value',
      rung: 'value',
      reference: '"\ud800"',
      candidate: null,
    },
  ],
  inconclusive: null,
};

test.each(replays)('answers with %s come back as they were', (_why, replay) => {
  const other = { target: 'go', exchanges: [answered(Buffer.from('x'), { target: 'go' })], captured: {} };
  for (const [reference, candidate] of [
    [replay, other],
    [other, replay],
  ] as const) {
    const back = unpack(pack({ reference, candidate, comparison }));
    expect(back).toEqual({ reference, candidate, comparison });
    expect(Object.entries(back.reference.captured)).toEqual(Object.entries(reference.captured));
    expect(Object.getPrototypeOf(back.candidate.captured)).toBe(null);
  }
});
