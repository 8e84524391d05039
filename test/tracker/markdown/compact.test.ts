import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { condense } from '../../../src/tracker/markdown/compact.ts';

const markdown = new MarkdownIt({ html: true });
markdown.core.ruler.disable('inline');

/** Every block with its first and last line; with rows, and without the cells in them. */
function blocks(source: readonly string[], origin: readonly number[]): string[] {
  const kept = markdown.parse(source.join('\n'), {}).filter(({ type, map }) => map !== null && type !== 'inline');
  return kept.flatMap(({ type, map, level, markup }) => {
    const [start, end] = [origin[map![0]]!, origin[map![1]]!];
    if (type !== 'tr_open') return `${type} ${level} ${markup} ${start}-${end}`;
    return Array.from({ length: origin[map![0] + 1]! - start }, (_, index) => `row ${level} ${start + index}`);
  });
}

const lines = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.constantFrom(
        '| a | b |',
        '| P-1 | _open_ | x \\| y |',
        '|',
        '| |',
        '||||||| base',
        '|`c`|d|',
        '| c',
        '| 2 <!-- cases: a --> | d |',
        '| 2 <!-- cases: a --> | d |',
        '| x <!-- open | d |',
      ),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        '|---|---|',
        '|-|',
        '| :-: | -: |',
        '---',
        '|--',
        '|:',
        '| x --> |',
        '| </script> | ?> |',
      ),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        '',
        '',
        'text',
        '# Heading',
        '- item',
        '  | in | list |',
        '> | q | q |',
        '> text',
        '    | code |',
      ),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '```',
        '~~~',
        '<!--',
        '<!DOCTYPE',
        '<![CDATA[',
        '-->',
        '<div>',
        '</div>',
        '<script>',
        '<?php',
        '1. one',
        '\t| tab |',
        '[a]: b',
      ),
    },
  ),
  { maxLength: 40 },
);

describe('a text without the inner lines of its tables', () => {
  it('has the same blocks at the same lines, and every row', () => {
    fc.assert(
      fc.property(lines, (text) => {
        const { source, origin } = condense(text);
        const all = text.map((_, index) => index);
        expect(blocks(source, origin)).toEqual(blocks(text, [...all, text.length]));
      }),
      { numRuns: 3000 },
    );
  });

  it('is short where each row of a long table has comments', () => {
    const rows = Array.from({ length: 1000 }, (_, index) => `| ${index} <!-- cases: a --> | x |`);
    expect(condense(['| a | b |', '|---|---|', ...rows, '']).source.length).toBeLessThan(10);
  });

  it('is short where a table is long', () => {
    const rows = Array.from({ length: 1000 }, (_, index) => `| ${index} | x |`);
    expect(condense(['| a | b |', '|---|---|', ...rows, '', 'End.']).source).toEqual([
      ...['| a | b |', '|---|---|', '| 0 | x |', '| 999 | x |', '', 'End.'],
    ]);
  });
});
