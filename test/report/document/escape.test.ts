import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, test } from 'vitest';
import { terminalText } from '../../../src/json/printable.ts';
import {
  cut,
  githubMessage,
  githubProperty,
  guardLine,
  htmlText,
  markdownCode,
  markdownFence,
  markdownText,
  xmlText,
} from '../../../src/report/document/escape.ts';
import { hostileTexts } from '../records.ts';

const pieces = [
  ...hostileTexts,
  '\ud800',
  '\udc00',
  '|',
  '\\',
  '`',
  '``',
  ' ',
  '\n',
  '::',
  '##[',
  '#1',
  'www.x.example',
  'a@b.example',
  '1. ',
  '- ',
  '=',
];
const anyText = fc
  .array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...pieces)), { maxLength: 8 })
  .map((parts) => parts.join(''));
const invisible = /[\p{Cc}\p{Bidi_Control}\p{Cs}\u2028\u2029\ufeff\ufffe\uffff\u200b]/u;

const parser = new MarkdownIt({ html: true, linkify: true });
const cellTokens = (cell: string) => {
  const tokens = parser.parse(`| head |\n| --- |\n| ${cell} |\n`, {});
  const inlines = tokens.filter(({ type }) => type === 'inline');
  return { cells: inlines.length, inner: inlines[1]?.children ?? [] };
};
const unmarked = (text: string): string => text.replaceAll('\u200b', '').trim();

describe('terminalText', () => {
  test.each([
    ['a control sequence', '\u001b[31m', '\\x1b[31m'],
    ['a C1 control', '\u009b2J', '\\x9b2J'],
    ['a bidi override', 'a\u202eb', 'a\\u202eb'],
    ['line ends, which would forge a line', 'a\r\nb\tc', 'a\\r\\nb\\tc'],
    ['a lone surrogate, which is not a character', 'a\ud800b', 'a\\ud800b'],
    ['a tag character, which is invisible', '\u{e0041}', '\\u{e0041}'],
    ['what people can read, which stays', 'ünï 😀 日本', 'ünï 😀 日本'],
  ])('shows %s', (_, text, shown) => {
    expect(terminalText(text)).toBe(shown);
  });

  test('leaves nothing that a reader cannot see, and shows the same again', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = terminalText(text);
        expect(shown).not.toMatch(invisible);
        expect(terminalText(shown)).toBe(shown);
      }),
    );
  });
});

describe('guardLine', () => {
  test.each([
    ['a command at the start', '::error::x', '\\::error::x'],
    ['a command after blanks, which GitHub trims', '  ::error::x', '  \\::error::x'],
    ['an old command anywhere in a line', 'a ##[error]x', 'a #\\#[error]x'],
    ['an Azure command anywhere in a line', 'a ##VSO[task]x', 'a #\\#VSO[task]x'],
    ['a heading sign', '## x', '\\## x'],
    ['an ordinary line', 'a :: b', 'a :: b'],
  ])('defuses %s', (_, line, guarded) => {
    expect(guardLine(line)).toBe(guarded);
  });

  test('no line stays a command', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const line = guardLine(terminalText(text));
        expect(line).not.toMatch(/^\s*(?:::|##)/);
        expect(line.toLowerCase()).not.toMatch(/##(?:\[|vso\[)/);
      }),
    );
  });
});

describe('Markdown', () => {
  test('text in a table cell renders as that text and nothing else', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { cells, inner } = cellTokens(markdownText(text));
        expect(cells).toBe(2);
        expect(inner.filter(({ type }) => type !== 'text' && type !== 'text_special')).toEqual([]);
        expect(unmarked(inner.map(({ content }) => content).join(''))).toBe(unmarked(terminalText(text)));
      }),
      { numRuns: 300 },
    );
  });

  test('text at the start of a line is a paragraph', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        fc.pre(terminalText(text).trim() !== '' && !/^\s/.test(text));
        const types = parser.parse(markdownText(text), {}).map(({ type }) => type);
        expect(types).toEqual(['paragraph_open', 'inline', 'paragraph_close']);
      }),
      { numRuns: 300 },
    );
  });

  test('a code span in a table cell keeps every character', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { cells, inner } = cellTokens(markdownCode(text));
        const shown = inner.filter(({ type }) => type !== 'html_inline').map(({ content }) => content);
        expect(cells).toBe(2);
        expect(inner.some(({ type, content }) => type === 'code_inline' || content === '<code>')).toBe(true);
        expect(unmarked(shown.join(''))).toBe(unmarked(terminalText(text)));
      }),
      { numRuns: 300 },
    );
  });

  test('nobody is mentioned', () => {
    expect(markdownText('@team fixes #123')).toBe('\\@\u200bteam fixes \\#\u200b123');
  });

  test('a fence is longer than any run of backticks inside', () => {
    expect(markdownFence(['a', '````'], 'diff')).toBe('`````diff\na\n````\n`````');
  });
});

describe('markup', () => {
  test('HTML and XML text hold no markup, no quote and nothing that XML 1.0 forbids', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const escaped of [htmlText(text), xmlText(text)]) {
          expect(escaped).not.toMatch(/[<>"'`]/);
          expect(escaped).not.toMatch(/&(?!(?:amp|lt|gt|quot|#39|#96);)/);
          expect(escaped).not.toMatch(invisible);
        }
      }),
    );
  });

  test('workflow commands escape as actions/toolkit does', () => {
    expect(githubMessage('50%\r\nx')).toBe('50%25%0D%0Ax');
    expect(githubProperty('a:b,c')).toBe('a%3Ab%2Cc');
  });
});

describe('cut', () => {
  test.each([
    ['a short text stays', 'abc', 3, 'abc'],
    ['a long one ends in the mark', 'abcd', 3, 'ab…'],
    ['a pair of surrogates is not split', '😀😀😀😀', 3, '😀😀…'],
    ['characters count, not code units', '😀😀😀', 3, '😀😀😀'],
  ])('%s', (_, text, limit, expected) => {
    expect(cut(text, limit)).toBe(expected);
  });
});
