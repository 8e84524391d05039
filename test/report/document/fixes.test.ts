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
      { target: 'rust', label: 'fix in rust', text: 'a' },
      { target: 'go', label: 'fix in go', text: 'b' },
    ],
  ],
  [
    'a note is no fix',
    [{ target: 'go', text: 'note: only one side shows it' }],
    [{ target: 'note', label: 'note', text: 'only one side shows it' }],
  ],
  [
    'one for both, and one more',
    [
      { target: 'rust', text: 'a' },
      { target: 'go', text: 'a' },
      { target: 'go', text: 'b' },
    ],
    [
      { target: 'rust or go', label: 'fix in rust or go', text: 'a' },
      { target: 'go', label: 'fix in go', text: 'b' },
    ],
  ],
])('a fix that is the same for several targets is listed once: %s', (_, fixes, expected) => {
  expect(sharedFixes({ fixes })).toEqual(expected);
});
