import { expect, it } from 'vitest';
import { sharedFixes } from '../../../src/report/document/fixes.ts';

it.each([
  ['none', [], []],
  [
    'two that differ',
    [
      { target: 'rust', text: 'a' },
      { target: 'go', text: 'b' },
    ],
    [
      { target: 'rust', text: 'a' },
      { target: 'go', text: 'b' },
    ],
  ],
  [
    'one for both, and one more',
    [
      { target: 'rust', text: 'a' },
      { target: 'go', text: 'a' },
      { target: 'go', text: 'b' },
    ],
    [
      { target: 'rust or go', text: 'a' },
      { target: 'go', text: 'b' },
    ],
  ],
])('a fix that is the same for several targets stands there once: %s', (_, fixes, expected) => {
  expect(sharedFixes({ fixes })).toEqual(expected);
});
