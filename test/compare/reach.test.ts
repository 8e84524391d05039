import { describe, expect, it } from 'vitest';
import { ownersUnder, reachesOf } from '../../src/compare/rules/compiled-rules.ts';
import { type CompareOptions, defaultCompare } from '../../src/config/rules.ts';
import { read } from '../json/documents.ts';

/** For each node of a text its owner under the only rule of the options; a dot for none. */
function owners(text: string, options: Partial<CompareOptions>): string {
  const [reach] = reachesOf({ ...defaultCompare, ...options });
  const found = ownersUnder(reach!, read(text), 'http://a.test');
  return [...found].map((owner) => (owner === -1 ? '.' : owner)).join(' ');
}

const reason = null;
const ignore = (pointer: string) => ({ ignore: [{ pointer, keep: 'type' as const, reason }] });
const unordered = (pointer: string) => ({ unordered: [{ pointer, key: null, reason }] });
const tolerance = (pointer: string) => ({ tolerance: [{ pointer, relative: null, absolute: 1, reason }] });
const replace = (pointer: string) => ({ replace: [{ pointer, pattern: '[0-9]', with: '', reason }] });

describe('the values that stand under a rule, by the nearest place that it names', () => {
  it.each<readonly [string, string, Partial<CompareOptions>, string]>([
    ['ignore: what is below, too', '[[1,{"k":2}],3]', ignore('/0'), '. 1 1 1 1 1 .'],
    ['ignore: once a place is forgiven, all in it is', '[[1,[2]],3]', ignore('/**'), '0 0 0 0 0 0'],
    ['unordered: the innermost array', '[[1,"1"],2]', unordered('/**'), '0 1 1 1 0'],
    ['unordered: no object', '{"a":[1]}', unordered('/**'), '. . 2 2'],
    ['tolerance: numbers alone', '[1,"1",null,[2]]', tolerance('/**'), '. 1 . . . 5'],
    ['replace: strings that it changes', '["1","a",1,{"1":"b2"}]', replace('/**'), '. 1 . . . . 6'],
    ['replace: no string that is not Unicode', '["\\ud8001","1"]', replace('/**'), '. . 2'],
    [
      'origins: strings that hold the own one',
      '["http://a.test/","http://b.test/",["http:\\/\\/a.test"]]',
      { origins: true },
      '. 1 . . 4',
    ],
    ['origins: no string for its NULs', '["\\u0000","x"]', { origins: true }, '. . .'],
    ['origins: no key', '{"http://a.test":1}', { origins: true }, '. . .'],
  ])('%s', (_, text, options, expected) => {
    expect(owners(text, options)).toBe(expected);
  });
});
