import { describe, expect, it } from 'vitest';
import {
  documentWithoutOrigin,
  freshBudget,
  replaceAll,
  replacementOf,
  withTexts,
} from '../../../src/compare/rules/replace.ts';
import { shownText, withoutOrigin } from '../../../src/compare/values/own-origin.ts';
import { stringText } from '../../../src/json/text.ts';
import { read } from '../../json/documents.ts';

const rule = (pattern: string, by: string) => ({ pointer: '', pattern, with: by, reason: null });

/** What is left of a text and of a budget. */
function spend(text: string, rules: readonly (readonly [pattern: string, by: string])[], left: number) {
  const budget = { left };
  const made = rules.map(([pattern, by]) => replacementOf(rule(pattern, by)));
  return [replaceAll(text, made, budget), budget.left];
}

describe('the budget of replacements', () => {
  // Each search looks at the text once, and once more for each part of it that is put in; two searches find, one finds nothing more.
  it.each<readonly [string, string, readonly (readonly [string, string])[], number, readonly [string, number]]>([
    ['reaches just so', 'aab', [['a', 'xy']], 18, ['xyxyb', 0]],
    ['ends one short', 'aab', [['a', 'xy']], 17, ['aab', -1]],
    ['ends where a match is left', 'aab', [['a', 'xy']], 12, ['aab', -6]],
    ['counts what is put in more often', 'aab', [['(a)', '$1$1']], 42, ['aaaab', 0]],
    ['counts a search that finds nothing', 'b', [['a', '']], 2, ['b', 0]],
    [
      'is one for all rules',
      'aab',
      [
        ['b', ''],
        ['a', ''],
      ],
      8 + 9,
      ['', 0],
    ],
    [
      'gives back the text as it was if the second rule goes beyond it',
      'aab',
      [
        ['b', ''],
        ['a', ''],
      ],
      8 + 8,
      ['aab', -1],
    ],
    ['is not needed without rules', 'a', [], 0, ['a', 0]],
    [
      'asks no more rules once it is gone',
      'aa',
      [
        ['a', ''],
        ['b', ''],
      ],
      2,
      ['aa', -1],
    ],
    ['ends a search where it is gone', 'a'.repeat(100), [['a', '']], 150, ['a'.repeat(100), -52]],
  ])('%s', (_, text, rules, left, expected) => {
    expect(spend(text, rules, left)).toEqual(expected);
  });

  it('is enough for a body of many megabytes in which each rule finds little', () => {
    expect(freshBudget().left).toBeGreaterThan(20_000_000);
  });

  it('a pattern is compiled once for each rule', () => {
    const one = rule('a', '$1-$2');
    expect(replacementOf(one)).toBe(replacementOf(one));
    expect(replacementOf(one)).not.toBe(replacementOf({ ...one }));
  });
});

describe('a text without the origin', () => {
  const origin = 'http://a.test';

  it.each<readonly [string, string, string]>([
    ['alone', origin, '{origin}'],
    ['twice', `${origin}/x ${origin}/y`, '{origin}/x {origin}/y'],
    ['not in a longer host', `${origin}.example`, `${origin}.example`],
    ['its host behind another scheme', `x${origin}`, 'xhttp://{host}'],
    ['behind another word', `see ${origin}`, 'see {origin}'],
    ['beside NULs', `\0${origin}\0`, '\0{origin}\0'],
    ['NULs alone', '\0o', '\0o'],
    ['nothing of it', 'x', 'x'],
  ])('is shown as it was but for the origin: %s', (_, text, shown) => {
    expect(shownText(withoutOrigin(text, origin))).toBe(shown);
  });

  it.each<readonly [string, string, string]>([
    ['a NUL and none', 'x\0y', 'xy'],
    ['two NULs and one', '\0\0', '\0'],
    ['the origin and its stand-in', origin, '\0o'],
    ['the origin and what is shown for it', origin, '{origin}'],
  ])('is another one for another text: %s', (_, one, other) => {
    expect(withoutOrigin(one, origin)).not.toBe(withoutOrigin(other, origin));
  });

  it('is the text where no origin is known', () => {
    expect(withoutOrigin('?! #', '')).toBe('?! #');
  });
});

describe('a document', () => {
  it.each<readonly [string, string, string]>([
    ['with the origin in a value', '{"u":"http://a.test/x"}', '{"u":"\\u0000o/x"}'],
    ['with its slashes escaped', '["http:\\/\\/a.test\\/x"]', '["\\u0000o/x"]'],
    ['with its host escaped', '["http://\\u0061.test/x"]', '["\\u0000o/x"]'],
    ['with escapes elsewhere', '["\\n",{"u":"http://a.test"}]', '["\\n",{"u":"\\u0000o"}]'],
    [
      'keeps its keys',
      '{"http://a.test":1,"http://a.test/x":"http://a.test"}',
      '{"http://a.test":1,"http://a.test/x":"\\u0000o"}',
    ],
    [
      'keeps its keys further in',
      '[{"a":{"b":1,"http://a.test":2}},"http://a.test"]',
      '[{"a":{"b":1,"http://a.test":2}},"\\u0000o"]',
    ],
    ['keeps the spelling of what does not change', '["\\u0061","http://a.test"]', '["\\u0061","\\u0000o"]'],
    ['keeps what is not Unicode', '["\\ud800 http://a.test"]', '["\\ud800 http://a.test"]'],
    ['keeps numbers', '[1e2,"http://a.test"]', '[1e2,"\\u0000o"]'],
  ])('%s', (_, text, expected) => {
    expect(documentWithoutOrigin(read(text), 'http://a.test').bytes.toString()).toBe(expected);
  });

  it.each([
    ['neither origin nor escape', '{"http":"a.test"}'],
    ['an escape alone', '["\\n"]'],
    ['another host', '["http://b.test"]'],
  ])('is not read again where nothing changes: %s', (_, text) => {
    const document = read(text);
    expect(documentWithoutOrigin(document, 'http://a.test')).toBe(document);
  });

  it('takes texts of any script', () => {
    const document = withTexts(read('["a","b"]'), new Map([[1, 'é😀']]));
    expect([stringText(document, 1), stringText(document, 2)]).toEqual(['é😀', 'b']);
  });

  it('takes texts in any order', () => {
    const document = withTexts(
      read('["a","b","c"]'),
      new Map([
        [3, 'z'],
        [1, 'x'],
      ]),
    );
    expect(document.bytes.toString()).toBe('["x","b","z"]');
  });
});
