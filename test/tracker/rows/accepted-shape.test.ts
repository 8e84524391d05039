import { describe, expect, it } from 'vitest';
import { beyondPin, pinned, pinOf, shownIn, withShown } from '../../../src/tracker/rows/accepted-shape.ts';
import { finding } from '../sample.ts';

const of = (terms: Record<string, string[]>) => finding('P-00000001', { class: 'unexplained', terms });
const [word, sentence] = [of({ 'candidate:': ['a word'] }), of({ 'candidate:': ['a sentence'] })];

describe('what the row of a finding shows while it is open', () => {
  it('is the last that was seen, where all of its cases ran', () => {
    const cell = withShown(withShown('unexplained at `/a`', word, true), sentence, true);
    expect(cell).toMatch(/^unexplained at `\/a` <!-- shown: unexplained; \w{4}:\w{3} -->$/);
    expect([beyondPin(cell, sentence), beyondPin(cell, word)]).toEqual([[], ['candidate: a word']]);
  });

  it('is all that was seen, where some of them did', () => {
    const cell = withShown(withShown('unexplained at `/a`', word, true), sentence, false);
    expect([beyondPin(cell, sentence), beyondPin(cell, word)]).toEqual([[], []]);
    expect(withShown(cell, word, false)).toBe(cell);
    expect(beyondPin(cell, of({ 'candidate:': ['digits'] }))).toEqual(['candidate: digits']);
  });

  it('goes where its identity says it all', () => {
    const law = finding('P-00000001', { terms: { 'POST /a key-casing at /: key': ['camelCase'] } });
    for (const one of [law, of({})]) expect(withShown(withShown('x at `/`', word, true), one, true)).toBe('x at `/`');
  });

  it('stays where the terms are of what differs alongside', () => {
    const beside = finding('P-00000001', { terms: { 'body:': [] } });
    expect(shownIn(withShown('created at status', beside, true))).toBe(pinOf(beside));
  });

  it('takes the place of what was accepted, or goes with it where some of its cases ran', () => {
    const accepted = pinned('unexplained at `/a`', pinOf(word)!);
    expect(beyondPin(withShown(accepted, sentence, true), word)).toEqual(['candidate: a word']);
    expect(beyondPin(withShown(accepted, sentence, false), word)).toEqual([]);
  });
});

describe('what was accepted of values', () => {
  it('has no other side than those that were there', () => {
    const cased = pinned('unexplained at `/a`', pinOf(of({ 'difference:': ['upper and lower case'] }))!);
    expect(beyondPin(cased, of({ 'difference:': ['upper and lower case'] }))).toEqual([]);
    const other = of({ 'reference:': ['a word'], 'candidate:': ['an empty text'] });
    expect(beyondPin(cased, other).sort()).toEqual(['candidate: an empty text', 'reference: a word']);
  });
});
