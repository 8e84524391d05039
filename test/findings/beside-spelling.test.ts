import { expect, it } from 'vitest';
import { findFindings } from '../../src/findings/cluster.ts';
import { bodies } from './cases.ts';

const list = (...items: readonly string[]) => `{"items":[${items.join()}]}`;

/** What stands at one place of a list is spelled otherwise in one item, and really another thing in the next. */
it.each<readonly [string, string, string, string]>([
  ['a member is missing', '"x"', '', 'breaking'],
  ['a value has another type', '"5"', '5', 'breaking'],
  ['an empty text is missing', '""', '', 'breaking'],
  ['null is missing', 'null', '', 'risky'],
])('a spelling does not take along that %s', (_, reference, candidate, severity) => {
  const member = (value: string) => (value === '' ? '{"id":2}' : `{"id":2,"d":${value}}`);
  const spelled = (text: string) => `{"id":1,"d":"${text}"}`;
  const pairs: [string, string][] = [
    [list(spelled('a & b'), member(reference)), list(spelled('a \\u0026 b'), member(candidate))],
    [list(member(reference), spelled('stra\\u00dfe')), list(member(candidate), spelled('straße'))],
  ];
  for (const pair of pairs)
    for (const both of [pair, pair.toReversed() as [string, string]]) {
      const found = findFindings([bodies('s/a', both)], []);
      expect(found.map(({ class: name }) => name)).not.toContainEqual(expect.stringMatching(/^escape-/));
      expect(found.map((one) => [one.rung, one.severity === 'cosmetic'])).toEqual([['shape', false]]);
      if (both === pair) expect(found[0]!.severity).toBe(severity);
    }
});
