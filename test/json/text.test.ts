import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBroken, rawString, sameKind, sameSource, sameString, sourceText, stringText } from '../../src/json/text.ts';
import { textBytes } from '../../src/json/unescape.ts';
import { quoted, read } from './documents.ts';

const guard = '\ufffe';

/** Strings of one meaning, spelled in several ways; no two rows mean the same. */
const meanings: readonly (readonly [name: string, spellings: readonly (string | Uint8Array)[]])[] = [
  ['nothing', ['""']],
  ['A', ['"A"', '"\\u0041"']],
  ['a slash', ['"/"', '"\\/"', '"\\u002f"', '"\\u002F"']],
  ['a newline', ['"\\n"', '"\\u000a"', '"\\u000A"']],
  ['the letter n after a backslash', ['"\\\\n"', '"\\u005cn"']],
  ['an escape as text', ['"\\\\u0041"', '"\\u005cu0041"']],
  ['a quote', ['"\\""', '"\\u0022"']],
  ['NUL', ['"\\u0000"']],
  ['é in one code point', ['"é"', '"\\u00e9"', quoted(0xc3, 0xa9)]],
  ['é in two code points', ['"e\u0301"', '"e\\u0301"']],
  ['a smiling face', ['"😀"', '"\\ud83d\\ude00"', '"\\uD83D\\uDE00"']],
  ['a smiling face as surrogates in UTF-8', [quoted(0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80)]],
  ['a lone high surrogate', ['"\\ud83d"', '"\\uD83D"']],
  ['a lone high surrogate in UTF-8', [quoted(0xed, 0xa0, 0xbd)]],
  ['a lone low surrogate', ['"\\ude00"']],
  ['another lone low surrogate', ['"\\ude01"']],
  ['surrogates in the wrong order', ['"\\ude00\\ud83d"']],
  ['the replacement character', ['"\ufffd"', '"\\ufffd"']],
  ['two replacement characters', ['"\ufffd\ufffd"']],
  ['the byte ff', [quoted(0xff)]],
  ['the byte fe', [quoted(0xfe)]],
  ['the byte ff twice', [quoted(0xff, 0xff)]],
  ['the byte c3 alone', [quoted(0xc3)]],
  ['the byte e9, é in latin-1', [quoted(0xe9)]],
  ['a truncated sequence', [quoted(0xf0, 0x9f, 0x98)]],
  ['an overlong slash', [quoted(0xc0, 0xaf)]],
  ['the character that a guarded byte looks like', ['"\u01ff"', '"\\u01ff"']],
  ['U+FFFE', ['"\ufffe"', '"\\ufffe"', '"\\uFFFE"']],
  ['U+FFFE twice', ['"\ufffe\ufffe"', '"\\ufffe\ufffe"', '"\ufffe\\ufffe"']],
  ['U+FFFE and the look of a guarded byte', ['"\ufffe\u01ff"', '"\\ufffe\\u01ff"', '"\\ufffe\u01ff"']],
  [
    'U+FFFE and the byte ff',
    [quoted(0xef, 0xbf, 0xbe, 0xff), Buffer.from('225c75666666 65ff22'.replace(' ', ''), 'hex')],
  ],
  ['a byte-order mark', ['"\ufeff"', '"\\ufeff"']],
  // Beside a byte that is not UTF-8 the text is decoded in another way.
  ['the text NaN and the byte ff', [quoted(...Buffer.from('NaN'), 0xff)]],
  ['a newline and the byte ff', [quoted(...Buffer.from('\\n'), 0xff), quoted(...Buffer.from('\\u000a'), 0xff)]],
  ['the letter n and the byte ff', [quoted(...Buffer.from('n'), 0xff)]],
  ['NUL and the byte ff', [quoted(...Buffer.from('\\u0000'), 0xff)]],
  ['a quote and the byte ff', [quoted(...Buffer.from('\\"'), 0xff), quoted(...Buffer.from('\\u0022'), 0xff)]],
];

const spelled = meanings.flatMap(([name, spellings]) =>
  spellings.map((spelling) => ({ name, document: read(spelling) })),
);

describe('the text of a string', () => {
  it.each(meanings)('is one for all spellings: %s', (name, spellings) => {
    const texts = spellings.map((spelling) => stringText(read(spelling), 0));
    expect(new Set(texts).size, name).toBe(1);
  });

  it('is another one for another meaning', () => {
    const texts = meanings.map(([, spellings]) => stringText(read(spellings[0]!), 0));
    expect(new Set(texts).size).toBe(meanings.length);
  });

  it('is what sameString asks about', () => {
    for (const a of spelled)
      for (const b of spelled)
        expect(sameString(a.document, 0, b.document, 0), `${a.name}, ${b.name}`).toBe(a.name === b.name);
  });

  it('tells any two byte strings apart, and gives the bytes back', () => {
    const byte = fc.constantFrom(
      0x41,
      0x80,
      0xbe,
      0xbf,
      0xc3,
      0xc7,
      0xa9,
      0xe2,
      0x82,
      0xac,
      0xef,
      0xf0,
      0x9f,
      0xfe,
      0xff,
    );
    const token = fc.array(byte, { maxLength: 6 }).map((list) => quoted(...list));
    fc.assert(
      fc.property(token, token, (a, b) => {
        const [x, y] = [read(a), read(b)];
        expect(stringText(x, 0) === stringText(y, 0)).toBe(a.equals(b));
        expect(Buffer.from(rawString(stringText(x, 0)), 'latin1')).toEqual(a);
      }),
      { numRuns: 3000 },
    );
  });

  it('is what JSON.parse gives for every UTF-8 text without U+FFFE', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const plain = text.replaceAll(guard, '');
        const json = JSON.stringify(plain);
        expect(stringText(read(json), 0)).toBe(plain);
        expect(stringText(read(rawString(plain)), 0).length).toBeGreaterThanOrEqual(plain.length);
        expect(Buffer.from(rawString(plain), 'latin1').toString()).toBe(json);
      }),
      { numRuns: 500 },
    );
  });
});

/** The first and the last code points of as many bytes each, and those around the surrogates. */
const edges = [
  0x0, 0x1f, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xfffd, 0xffff, 0x10000, 0x103ff, 0x10400, 0x10fc00, 0x10ffff,
];

const escaped = (text: string) =>
  `"${Array.from({ length: text.length }, (_, i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')}"`;

describe('at the edges of UTF-8', () => {
  it.each(edges.map((point) => [point.toString(16), String.fromCodePoint(point)] as const))(
    'U+%s is the same escaped and raw, beside what is broken too',
    (_, text) => {
      const [spelled, other] = [read(escaped(text)), read(escaped(`${text}a`))];
      expect(stringText(spelled, 0)).toBe(text);
      expect(textBytes(spelled, 0)).toEqual(Buffer.from(text));
      expect(textBytes(other, 0)).toEqual(Buffer.from(`${text}a`));
      if (text < ' ') return;
      const raw = quoted(...Buffer.from(text));
      expect(sameString(spelled, 0, read(raw), 0)).toBe(true);
      expect(sameString(read(raw), 0, spelled, 0)).toBe(true);
      expect(sameString(other, 0, read(raw), 0)).toBe(false);
      expect(stringText(read(quoted(0xff, ...Buffer.from(text), 0x7a)), 0)).toBe(`${guard}\u01ff${text}z`);
      expect(stringText(read(quoted(...Buffer.from(text), 0xff)), 0)).toBe(`${text}${guard}\u01ff`);
    },
  );

  it('no two of them are the same text', () => {
    const spelled = edges.map((point) => read(escaped(String.fromCodePoint(point))));
    for (const [i, a] of spelled.entries())
      for (const [j, b] of spelled.entries()) expect(sameString(a, 0, b, 0), `${i}, ${j}`).toBe(i === j);
  });

  it.each<readonly [string, readonly number[]]>([
    ['two bytes for the first code point', [0xc0, 0x80]],
    ['two bytes for what one holds', [0xc1, 0xbf]],
    ['three bytes for what two hold', [0xe0, 0x9f, 0xbf]],
    ['four bytes for what three hold', [0xf0, 0x8f, 0xbf, 0xbf]],
    ['the first surrogate', [0xed, 0xa0, 0x80]],
    ['the last surrogate', [0xed, 0xbf, 0xbf]],
    ['the first one beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
    ['a lead of five bytes', [0xf8, 0x88, 0x80, 0x80]],
    ['a byte that continues nothing', [0xbf]],
    ['a sequence that a letter breaks off', [0xe2, 0x82]],
  ])('%s is broken, byte by byte', (_, bytes) => {
    const marks = bytes.map((byte) => guard + String.fromCharCode(0x100 + byte)).join('');
    expect(stringText(read(quoted(...bytes, 0x7a)), 0)).toBe(`${marks}z`);
    expect(isBroken(read(quoted(...bytes, 0x7a)), 0)).toBe(true);
  });

  it.each([
    ['a letter before a low surrogate', '\\u0041\\ude00', 'A\ude00'],
    ['the first above the surrogates, before a low one', '\\ue000\\udc00', '\ue000\udc00'],
    ['a high one before letters that read like an escape', '\\ud83dxude00', '\ud83dxude00'],
    ['before an escape of another kind, and such letters', '\\ud83d\\nude00', '\ud83d\nude00'],
    ['a high surrogate before an invalid escape', '\\ud83da', '\ud83da'],
    ['before another escape', '\\ud83d\\n', '\ud83d\n'],
    ['before a letter', '\\ud83d\\u0061', '\ud83da'],
    ['before another high one', '\\ud83d\\ud83d', '\ud83d\ud83d'],
    ['before the last below the low ones', '\\ud83d\\udbff', '\ud83d\udbff'],
    ['before the first above them', '\\ud83d\\ue000', '\ud83d\ue000'],
    ['a low one before a low one', '\\ude00\\ude00', '\ude00\ude00'],
    ['the last below the high ones, before a low one', '\\ud7ff\\udc00', '\ud7ff\udc00'],
    ['the first pair', '\\ud800\\udc00', '\u{10000}'],
    ['the last pair', '\\udbff\\udfff', '\u{10ffff}'],
  ])('%s is what JSON says', (_, source, text) => {
    expect(stringText(read(`"${source}"`), 0)).toBe(text);
    expect(sameString(read(`"${source}"`), 0, read(escaped(text)), 0)).toBe(true);
    expect(textBytes(read(`"${source}"`), 0).toString('hex')).toBe(surrogateBytes(text).toString('hex'));
    expect(sameString(read(`"${source}"`), 0, read(escaped(`${text}a`)), 0)).toBe(false);
  });
});

/** UTF-8, a lone surrogate as the three bytes that its number gives. */
function surrogateBytes(text: string): Buffer {
  const points = Array.from(text, (character) => character.codePointAt(0)!);
  const bytes = (point: number) =>
    point >= 0xd800 && point <= 0xdfff
      ? Buffer.from([0xed, 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f)])
      : Buffer.from(String.fromCodePoint(point));
  return Buffer.concat(points.map(bytes));
}

describe('the source of a node', () => {
  it('of a byte that is not UTF-8 is that byte', () => {
    expect(rawString(stringText(read(quoted(0x41, 0xff)), 0))).toBe('"A\xff"');
  });

  it('is its bytes, one character for each', () => {
    const document = read(Buffer.concat([Buffer.from('{"k":['), quoted(0xff, 0xc3, 0xa9), Buffer.from(', 1.50 ]}')]));
    expect(Array.from({ length: document.size }, (_, node) => sourceText(document, node))).toEqual([
      '{"k":["\xff\xc3\xa9", 1.50 ]}',
      '"k"',
      '["\xff\xc3\xa9", 1.50 ]',
      '"\xff\xc3\xa9"',
      '1.50',
    ]);
  });

  it.each([
    ['short and equal', '[12]', '[12]', true],
    ['short and other', '[12]', '[13]', false],
    ['of another length', '[12]', '[123]', false],
    ['long and equal', `["${'x'.repeat(50)}"]`, `["${'x'.repeat(50)}"]`, true],
    ['long and other at the end', `["${'x'.repeat(50)}"]`, `["${'x'.repeat(49)}y"]`, false],
  ])('is compared as bytes: %s', (_, a, b, same) => {
    expect(sameSource(read(a), 1, read(b), 1)).toBe(same);
  });
});

describe('kinds and broken text', () => {
  it('holds true and false to be of one kind, null and false not', () => {
    const document = read('[null,false,true,0,"",[],{}]');
    const kinds = [1, 2, 3, 4, 5, 6, 7].map((node) => document.kind[node]!);
    const same = kinds.map((a) => kinds.filter((b) => sameKind(a, b)).length);
    expect(same).toEqual([1, 2, 2, 1, 1, 1, 1]);
  });

  it.each<readonly [string, string | Uint8Array, boolean]>([
    ['plain text', '"a"', false],
    ['non-ASCII', '"é"', false],
    ['a pair of surrogates', '"\\ud83d\\ude00"', false],
    ['a lone surrogate', '"\\ud83d"', true],
    ['an invalid byte', quoted(0xff), true],
    ['a surrogate in UTF-8', quoted(0xed, 0xa0, 0x80), true],
    ['a backslash before u', '"\\\\ud83d"', false],
  ])('knows text that is not Unicode: %s', (_, text, broken) => {
    expect(isBroken(read(text), 0)).toBe(broken);
  });
});
