import { expect, test } from 'vitest';
import { isSession } from '../../../src/replay/middleware/session.ts';

test.each([
  ['sid', '17', true],
  ['sid 1', 'a1', true],
  ['connect.sid', 's%3A1x.b2', true],
  ['XSRF-TOKEN', 'one-1111', true],
  ['PHPSESSID', 'q8', true],
  ['session', 'premium', false],
  ['c', '6f1ed002ab5595859014ebf0951522d9', true],
  ['c', '3f2504e0-4f89-11d3-9a0c-0305e82c3301', true],
  ['c', 's%3Aq1w2e3r4t5.y6u7i8o9p0', true],
  ['c', 'abcdefghijklmnopqrst', true],
  ['c', '1795240859', true],
  ['tier', 'plan-1', false],
  ['tier', 'enterprise2024', false],
  ['author', '42', false],
  ['settings', '%7B%22theme%22%3A%22darkmode%22%2C%22n%22%3A10%7D', false],
  ['day', '2026-11-21', false],
  ['cart', '17', false],
])('%s=%s', (name, value, expected) => {
  expect(isSession([name, value])).toBe(expected);
});
