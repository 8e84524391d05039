import { expect, test } from 'vitest';
import { readStatusClasses, statusClasses } from '../../src/http/status-class.ts';

type Came = readonly (readonly [step: number, status: number | null])[];

const replay = (came: Came) =>
  ({
    target: 'rust',
    captured: {},
    exchanges: came.map(([step, status]) => ({
      step,
      outcome: status === null ? { kind: 'failure' } : { kind: 'response', status },
    })),
  }) as unknown as Parameters<typeof statusClasses>[0];

const many = (count: number, status: number): Came => Array.from({ length: count }, (_, step) => [step, status]);

test.each<[string, Came, string]>([
  ['nothing', [], ''],
  ['no answer', [[0, null]], ''],
  ['one answer', [[0, 204]], '2'],
  ['several of a class', many(14, 200), '2x14'],
  [
    'several classes, in any order',
    [
      [0, 404],
      [1, 201],
      [2, 200],
    ],
    '2x2,4',
  ],
  [
    'copies of one step, each class once',
    [
      [0, 200],
      [0, 200],
      [0, 503],
      [1, 200],
    ],
    '2x2,5',
  ],
  [
    'an answer beside a failure',
    [
      [0, null],
      [1, 301],
    ],
    '3',
  ],
])('%s', (_what, came, text) => {
  expect(statusClasses(replay(came))).toBe(text);
});

test('what was written is read again', () => {
  expect([...readStatusClasses('2x14,4')]).toEqual([
    ['2', 14],
    ['4', 1],
  ]);
  expect([...readStatusClasses(''), ...readStatusClasses('x')]).toEqual([]);
});
