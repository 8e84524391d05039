import { describe, expect, it } from 'vitest';
import { maxExcerptLength } from '../../../src/compare/limits.ts';
import {
  excerptBytes,
  excerptNode,
  excerptScalars,
  firstDifference,
  fromDifference,
  shorten,
  visibleText,
} from '../../../src/compare/model/excerpt.ts';
import { read } from '../../json/documents.ts';

const bytes = (...values: readonly number[]) => Buffer.from(values);
const joined = (...parts: readonly (string | Buffer)[]) => Buffer.concat(parts.map((part) => Buffer.from(part)));

describe('visible text', () => {
  it.each([
    ['letters stay', 'aé\u0100😀', 'aé\u0100😀'],
    ['line ends and tabs have their names', '\n\r\t', '\\n\\r\\t'],
    ['a small control character has two digits', '\u0001\u001b', '\\x01\\x1b'],
    ['as the last ones of Latin-1', '\u007f\u0085\u00ad', '\\x7f\\x85\\xad'],
    ['what turns the direction of text', '\u202e\u2066', '\\u{202e}\\u{2066}'],
    ['line ends of Unicode', '\u2028\u2029', '\\u{2028}\\u{2029}'],
    ['half a pair of surrogates', '\ud800', '\\u{d800}'],
    ['private and tag characters', '\ue000\u{e0041}', '\\u{e000}\\u{e0041}'],
  ])('%s', (_, text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });
});

describe('a text is cut', () => {
  it.each([
    ['not if it is as long as it may be', 'abcde', 5, 'abcde'],
    ['at its end', 'abcdef', 5, 'abcd…'],
    ['before a pair of surrogates that would be cut in two', 'abc😀e', 5, 'abc…'],
    ['behind one that has room', 'ab😀ef', 5, 'ab😀…'],
    ['as usual where a pair stands earlier', '😀bcdef', 5, '😀bc…'],
    ['as usual where half a pair stands at the end', 'abcdef\ud83d', 5, 'abcd…'],
  ])('%s', (_, text, limit, cut) => {
    expect(shorten(text, limit)).toBe(cut);
  });

  it('to what a divergence carries unless told otherwise', () => {
    expect(shorten('x'.repeat(maxExcerptLength))).toHaveLength(maxExcerptLength);
    expect(shorten('x'.repeat(maxExcerptLength + 1))).toBe(`${'x'.repeat(maxExcerptLength - 1)}…`);
  });
});

describe('bytes that are not UTF-8 show what is text in them', () => {
  it.each<readonly [string, Buffer, string]>([
    ['a letter before a broken byte', joined('a', bytes(0xff)), 'a\\xff'],
    ['a letter after one', joined(bytes(0xff), 'a'), '\\xffa'],
    ['two bytes', joined('é', bytes(0xff)), 'é\\xff'],
    ['three bytes, the first ones of them too', joined('\u0800€', bytes(0xff)), '\u0800€\\xff'],
    ['four bytes, the first ones of them too', joined('\u{10000}😀', bytes(0xff)), '\u{10000}😀\\xff'],
    ['a character that breaks off at the end', joined('a', bytes(0xe2, 0x82)), 'a\\xe2\\x82'],
    ['one that breaks off before a letter', joined(bytes(0xe2, 0x82), 'b€'), '\\xe2\\x82b€'],
    ['a byte that continues nothing', joined(bytes(0x80), 'ab'), '\\x80ab'],
    ['a surrogate', bytes(0xed, 0xa0, 0x80), '\\xed\\xa0\\x80'],
    ['a longer spelling than there need be', bytes(0xc0, 0xaf), '\\xc0\\xaf'],
    ['what steers a terminal', joined(bytes(0x1b, 0xff)), '\\x1b\\xff'],
  ])('%s', (_, input, shown) => {
    expect(excerptBytes(input)).toBe(shown);
  });

  it('as much of them as of text', () => {
    const most = maxExcerptLength - 1;
    expect(excerptBytes(Buffer.alloc(2000, 'x'))).toBe(`${'x'.repeat(most)}…`);
    expect(excerptBytes(joined('x'.repeat(most), bytes(0xff)))).toBe(`${'x'.repeat(most)}…`);
    expect(excerptBytes(joined(bytes(0xff), 'x'.repeat(2000)))).toBe(`\\xff${'x'.repeat(most - 4)}…`);
    expect(excerptBytes(Buffer.from('😀'.repeat(400)))).toBe(`${'😀'.repeat(149)}…`);
  });
});

describe('a JSON node on one line', () => {
  it.each([
    ['white space between tokens goes', '{ "a" :\t[ 1,\r\n2 ] }', '{"a":[1,2]}'],
    ['in strings it stays', '{"a b": " c "}', '{"a b":" c "}'],
    ['an escaped quote does not end a string', '["\\" a", 1]', '["\\" a",1]'],
    ['an escaped backslash does not escape the quote behind it', '["\\\\", "b c"]', '["\\\\","b c"]'],
  ])('%s', (_, text, shown) => {
    expect(excerptNode(read(text), 0)).toBe(shown);
  });

  it('says so where it ends', () => {
    const long = JSON.stringify('x'.repeat(2000));
    expect(excerptNode(read(long), 0)).toBe(`"${'x'.repeat(maxExcerptLength - 2)}…`);
    const wide = `[1,${' '.repeat(20_000)}2]`;
    expect(excerptNode(read(wide), 0)).toBe('[1,…');
    const both = `[${long},${' '.repeat(20_000)}2]`;
    expect(excerptNode(read(both), 0)).toBe(`["${'x'.repeat(maxExcerptLength - 3)}…`);
    const full = JSON.stringify('x'.repeat(maxExcerptLength - 2));
    expect(excerptNode(read(full), 0)).toBe(full);
  });
});

describe('two long scalars show where they differ', () => {
  const shown = (a: string, b: string) =>
    excerptScalars({ document: read(JSON.stringify(a)), node: 0 }, { document: read(JSON.stringify(b)), node: 0 });

  it('from the beginning, if that is near', () => {
    // A quote comes before the text.
    const same = 'x'.repeat(maxExcerptLength / 2 - 2);
    expect(shown(`${same}a`, `${same}b`)).toEqual([`"${same}a"`, `"${same}b"`]);
  });

  it('else from a little before', () => {
    const same = 'x'.repeat(maxExcerptLength / 2 - 1);
    const before = 'x'.repeat(60);
    expect(shown(`${same}a`, `${same}b`)).toEqual([`…${before}a"`, `…${before}b"`]);
  });

  it('with the shorter one as its end', () => {
    const same = 'x'.repeat(400);
    expect(shown(same, `${same}b`)).toEqual([`…${'x'.repeat(60)}"`, `…${'x'.repeat(60)}b"`]);
  });

  it.each([
    ['two bytes', 'é', 31],
    ['three bytes', '€', 21],
    ['four bytes', '😀', 16],
  ])('never from inside a character of %s', (_, letter, most) => {
    for (let shift = 0; shift < 4; shift += 1) {
      const same = 'x'.repeat(shift) + letter.repeat(200);
      const [a] = shown(`${same}a`, `${same}b`);
      expect(a).toMatch(new RegExp(`^…(?:${letter})+a"$`, 'u'));
      expect([...a].length).toBeLessThanOrEqual(most + 3);
    }
  });

  it('not before they differ, however broken they are', () => {
    const quoted = (...end: readonly number[]) => joined('"', Buffer.alloc(400, 0x80), bytes(...end), '"');
    const leaf = (text: Buffer) => ({ document: read(text), node: 0 });
    const [a] = excerptScalars(leaf(quoted(0x81)), leaf(quoted(0x82)));
    expect(a).toBe(`…${'\\x80'.repeat(63)}\\x81"`);
  });
});

describe('the first byte that differs', () => {
  it.each([
    ['is the first', 'a', 'b', 0],
    ['is one in between', 'abc', 'axc', 1],
    ['is behind the shorter one', 'ab', 'abc', 2],
    ['is behind the shorter one, whichever that is', 'abc', 'ab', 2],
    ['is behind both where there is none', 'abc', 'abc', 3],
  ])('%s', (_, a, b, at) => {
    expect(firstDifference(Buffer.from(a), Buffer.from(b))).toBe(at);
  });
});

describe('two texts of which a part is shown', () => {
  const same = 'abcdefghij'.repeat(10);

  it.each<[string, string | null, string | null, readonly [string | null, string | null]]>([
    ['stay where they differ early', 'a1', 'a2', ['a1', 'a2']],
    ['stay where they differ within what is shown', `${same}1`, `${same}2`, [`${same}1`, `${same}2`]],
    ['stay where one is nothing', null, same.repeat(3), [null, same.repeat(3)]],
    ['stay where they are the same', same.repeat(3), same.repeat(3), [same.repeat(3), same.repeat(3)]],
    [
      'begin shortly before where they differ',
      `${same}${same}1${same}`,
      `${same}${same}2`,
      [`…${same.slice(-20)}1${same}`, `…${same.slice(-20)}2`],
    ],
    [
      'begin with a whole character',
      `${same}😀${same.slice(-19)}1`,
      `${same}😀${same.slice(-19)}2`,
      [`…${same.slice(-19)}1`, `…${same.slice(-19)}2`],
    ],
    [
      'begin before where one of them ends',
      `${same}${same}`,
      `${same}${same}1`,
      [`…${same.slice(-20)}`, `…${same.slice(-20)}1`],
    ],
  ])('%s', (_, a, b, shown) => {
    expect(fromDifference(a, b, 121)).toEqual(shown);
    expect(fromDifference(b, a, 121)).toEqual(shown.toReversed());
  });
});
