import fc from 'fast-check';
import MarkdownIt, { type Token } from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { decodeCell, encodeCell, encodeCode } from '../../../src/tracker/rows/cell.ts';
import { visible } from '../../../src/tracker/rows/escape.ts';

const markdown = new MarkdownIt({ html: true, linkify: true });

/** What a Markdown parser sees in the middle cell of a row. */
function readBack(cell: string): { cells: number; rows: number; kinds: string[]; text: string } {
  const tokens = markdown.parse(`| a | b | c |\n|---|---|---|\n| x | ${cell} | z |\n\nafter\n`, {});
  const inline = tokens.filter(({ type }, index) => type === 'inline' && tokens[index - 1]?.type === 'td_open');
  const children: readonly Token[] = inline[1]?.children ?? [];
  return {
    cells: inline.length,
    rows: tokens.filter(({ type }) => type === 'tr_open').length,
    kinds: [...new Set(children.map(({ type }) => type))],
    text: children.map(({ content }) => content).join(''),
  };
}

const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '|',
      '`',
      '``',
      '\\',
      '\n',
      '\r\n',
      '\t',
      ' ',
      '  ',
      '*',
      '_',
      '[',
      ']',
      '(',
      ')',
      '!',
      '@team',
      '#1',
    ),
    fc.constantFrom(
      '<!--',
      '-->',
      '<img src=x>',
      '&amp;',
      '![](http://a.test/)',
      'https://a.test',
      '\u202e',
      '\u200b',
      '\0',
      '\x1b[',
    ),
    fc.constantFrom(
      '\ud800',
      '\udc00',
      '\ufeff',
      '\u2028',
      '\u00a0',
      '~~',
      '$',
      'é',
      '漢',
      '👍',
      ':',
      '-',
      '{{',
      'www.a.test',
      ':+1:',
    ),
    fc.string({ unit: 'binary', maxLength: 3 }),
    fc.string({ maxLength: 4 }),
  ),
  maxLength: 14,
});

describe('a cell', () => {
  it.each([
    ['a route is plain', 'POST /v1/validate', 'POST /v1/validate'],
    ['a template is plain', 'GET /v1/items/{item_id}', 'GET /v1/items/{item_id}'],
    ['a pipe is escaped even in code', 'a|b', '`a\\|b`'],
    ['a backslash before a pipe stays', 'a\\|b', '`a\\\\|b`'],
    ['a newline is spelled out', 'a\nb', '`a\\nb`'],
    ['backticks get a longer fence', 'a``b`c', '```a``b`c```'],
    ['a backtick at the edge gets room', '`', '`` ` ``'],
    ['a comment is code', '<!-- x -->', '`<!-- x -->`'],
    ['HTML is code', '<img src=x onerror=y>', '`<img src=x onerror=y>`'],
    ['a mention is code', '@team', '`@team`'],
    ['an issue number is code', '#12', '`#12`'],
    ['an address is code', 'http://evil.test', '`http://evil.test`'],
    ['an image is code', '![](http://beacon.test)', '`![](http://beacon.test)`'],
    ['a link is code', '[a](b)', '`[a](b)`'],
    ['an entity is code', 'a &lt; b', '`a &lt; b`'],
    ['emphasis is code', 'a *b* c', '`a *b* c`'],
    ['a loose underscore is code', '_open_', '`_open_`'],
    ['an emoji name is code', 'x :tada: y', '`x :tada: y`'],
    ['a commit is code', 'see deadbeef', '`see deadbeef`'],
    ['a terminal sequence is shown', '\x1b[31m', '`\\x1b[31m`'],
    ['a bidi mark is shown', 'a\u202eb', '`a\\u202eb`'],
    ['a lone surrogate is shown', 'a\ud800b', '`a\\ud800b`'],
    ['a tag character is shown', 'a\u{e0041}b', '`a\\u{e0041}b`'],
    ['a space at the edge is kept', ' a', '` a`'],
    ['nothing stays nothing', '', ''],
  ])('%s', (_why, text, cell) => {
    expect(encodeCell(text)).toBe(cell);
    expect(decodeCell(cell)).toBe(visible(text));
  });

  it('parsed back is one inert cell of one row, with the same text', () => {
    fc.assert(
      fc.property(hostile, fc.constantFrom(encodeCell, encodeCode), (text, encode) => {
        const cell = encode(text);
        const { cells, rows, kinds, text: seen } = readBack(cell);
        expect({ cells, rows }).toEqual({ cells: 3, rows: 2 });
        expect(['code_inline', 'text', undefined]).toContain(kinds[0]);
        expect(kinds.length).toBeLessThanOrEqual(1);
        expect(seen).toBe(visible(text));
        expect(decodeCell(cell)).toBe(seen);
        expect(cell).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      }),
      { numRuns: 2000 },
    );
  });

  it('is read as a reader sees it, also where it takes the short way', () => {
    const words = fc.string({
      unit: fc.constantFrom('a', '_', ' ', '`', '``', '|', '\\', ':', '*', '1', '<b>'),
      maxLength: 10,
    });
    fc.assert(
      fc.property(words, (source) => {
        const cell = source.replaceAll('|', '\\|').trim();
        const parsed = new MarkdownIt({ html: true }).parseInline(cell.replaceAll('\\|', '|'), {})[0]?.children ?? [];
        const seen = parsed.filter(({ type }) => type !== 'html_inline').map(({ content }) => content);
        expect(decodeCell(cell)).toBe(seen.join(''));
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['bold', '**accepted**', 'accepted'],
    ['a link', '[P-3F2A9C1D](https://a.test/x)', 'P-3F2A9C1D'],
    ['a comment beside it', '_open_ <!-- ask first -->', 'open '],
    ['an image', '![alt *text*](x.png)', 'alt text'],
    ['struck out', '~~open~~ fixed', 'open fixed'],
    ['escapes', 'a \\* b \\| c', 'a * b | c'],
  ])('written by a person with %s is read without its markup', (_why, cell, text) => {
    expect(decodeCell(cell)).toBe(text);
  });
});
