import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trailOf, walkTrail } from '../../../src/compare/rules/pointer-matcher.ts';
import type { Trail } from '../../../src/compare/rules/trail.ts';
import { compilePointerPattern } from '../../../src/config/pointer-pattern.ts';
import { sourceText } from '../../../src/json/text.ts';
import { read } from '../../json/documents.ts';

const tokens = fc.array(fc.constantFrom('a', 'b', '0', '1', '', 'a/b', '*', '**', '__proto__'), { maxLength: 6 });
const patterns = fc.array(
  fc
    .array(fc.constantFrom('a', 'b', '0', '', 'a~1b', '*', '**', '__proto__'), { maxLength: 5 })
    .map((parts) => parts.map((part) => `/${part}`).join('')),
  { maxLength: 4 },
);

function follow<T>(trail: Trail<T>, path: readonly string[]): Trail<T> {
  return path.reduce((at, token) => at.below(token), trail);
}

function rulesFor(pointers: readonly string[]) {
  return pointers.map((pointer, rule) => ({ pointer, rule }));
}

describe('a trail', () => {
  it('has at each place the rules whose patterns match it, in their order', () => {
    fc.assert(
      fc.property(patterns, tokens, (pointers, path) => {
        const matching = rulesFor(pointers).filter(({ pointer }) => compilePointerPattern(pointer)(path));
        expect(follow(trailOf(rulesFor(pointers)), path).here).toEqual(matching.map(({ rule }) => rule));
      }),
      { numRuns: 3000 },
    );
  });

  it('ends only where nothing below can match', () => {
    fc.assert(
      fc.property(patterns, tokens, tokens, (pointers, path, more) => {
        const trail = follow(trailOf(rulesFor(pointers)), path);
        if (trail.ends && more.length > 0) expect(follow(trail, more).here).toEqual([]);
      }),
    );
  });

  it('ends as soon as all patterns are behind or beside', () => {
    const trail = trailOf(rulesFor(['/items/*/id', '']));
    const paths = [[], ['items'], ['items', '7'], ['items', '7', 'id'], ['other'], ['items', '7', 'name']];
    expect(paths.map((path) => follow(trail, path).ends)).toEqual([false, false, false, true, true, true]);
  });

  it('is one for all items of an array', () => {
    const trail = follow(trailOf(rulesFor(['/items/*/id', '/items/3/name', '/**/x'])), ['items']);
    expect(trail.below('1')).toBe(trail.below('2'));
    expect(trail.below('3')).not.toBe(trail.below('2'));
  });

  it('leads to the items of its indices', () => {
    const document = read('["a","b",{"x":["c","d"]},"e"]');
    const visited: string[] = [];
    walkTrail(document, trailOf(rulesFor(['/1', '/2/x/1', '/3'])), (node, rules) => {
      if (rules.length > 0) visited.push(sourceText(document, node));
      return true;
    });
    expect(visited.sort()).toEqual(['"b"', '"d"', '"e"']);
  });

  it('takes a pattern that begins anew at each depth', () => {
    const trail = trailOf(rulesFor([`/**${'/a/*'.repeat(10)}`]));
    const path = Array.from({ length: 20 }, () => 'a');
    expect([path, path.slice(1)].map((one) => follow(trail, one).here)).toEqual([[0], []]);
  });
});
