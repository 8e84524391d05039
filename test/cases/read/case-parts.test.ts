import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CaseTree, readCaseTree } from '../../../src/cases/read/case-parts.ts';
import { type CodedProblem, complainer, createSource } from '../../../src/config/source/source.ts';

/** What is read of a text, with its places, and the problems that were noted. */
function read(text: string, file: number): { cases: unknown[]; root: unknown; problems: string[] } {
  const source = createSource('a.yaml', text);
  const problems: CodedProblem[] = [];
  const complain = complainer(source, problems);
  const sizes = { file, part: 40, faulty: 1 << 20 };
  const tree: CaseTree = readCaseTree({ source, expander: { env: {}, secrets: new Set(), complain } }, sizes);
  const cases = [...tree.cases()];
  return { cases, root: tree.root, problems: problems.map(({ line, col, message }) => `${line}:${col} ${message}`) };
}

const [inParts, atOnce] = [0, Number.POSITIVE_INFINITY];

const plain = (indent: string) =>
  Array.from({ length: 9 }, (_, at) =>
    [
      '- id: c',
      `  title: "of ${at}`,
      '',
      '    two lines"',
      '  request:',
      '    path: /',
      '    text: |',
      '      - id: no',
      '',
      '',
    ]
      .map((line) => (line === '' ? '' : `${indent}${line}`))
      .join('\n'),
  ).join('\n');

test.each([
  ['cases that are indented', `suite: s\ncases:\n${plain('  ')}`],
  ['cases that are not', `# first\ncases: # here\n\n# of all\n${plain('')}`],
  ['lines that end as on Windows', `cases:\n${plain('  ')}`.replaceAll('\n', '\r\n')],
])('%s are read in parts as they are at once', (_, text) => {
  const parts = read(text, inParts);
  expect(parts.cases).toHaveLength(9);
  expect(parts.cases).toEqual(read(text, atOnce).cases);
  // In parts, the tree of the file has the first case only.
  expect(JSON.stringify(parts.root).length).toBeLessThan(JSON.stringify(read(text, atOnce).root).length / 3);
});

const good = '  - id: a\n    request: { path: /a, text: "some text that makes it long" }\n';

describe('what is wrong in a part is told as it is of the whole file', () => {
  test.each([
    ['a quote that is never closed', '  - id: "a\n    request: { path: /a }\n'],
    ['a bracket that is never closed', '  - id: a\n    request: { path: /a\n'],
    ['a key that is there twice', '  - id: a\n    id: b\n'],
    ['an alias without its anchor', '  - id: *a\n'],
    ['a tab', '  - id: a\n\tb: c\n'],
    ['a tag', '  - !!binary aGk=\n'],
    ['a dash that is indented less', ' - id: a\n'],
    ['a dash that is indented more', '   - id: a\n'],
    ['a second document', '---\ncases: []\n'],
    ['a second list of cases', 'cases:\n  - id: a\n'],
    ['a key below the cases', 'safe: true\n'],
    ['an anchor and its alias', '  - id: &a b\n  - id: *a\n'],
    ['many levels', `  - id: ${'['.repeat(256)}${']'.repeat(256)}\n`],
    ['as many levels as there may be', `  - id: ${'['.repeat(253)}${']'.repeat(253)}\n`],
  ])('%s', (_, bad) => {
    for (const before of [0, 1, 5])
      for (const after of [0, 1, 5]) {
        const text = `cases:\n${good.repeat(before)}${bad}${good.repeat(after)}`;
        const [parts, whole] = [read(text, inParts), read(text, atOnce)];
        expect(parts.problems).toEqual(whole.problems);
        if (whole.problems.length === 0) expect(parts.cases).toEqual(whole.cases);
      }
  });
});

test('any lines are read in parts as they are at once', () => {
  const line = fc.constantFrom(
    ...[
      '- id: a',
      '- b',
      '-',
      '  - x: |',
      '  c: d',
      '    e: "f',
      '    g"',
      '# h',
      '  # i',
      '',
      '  - j: [',
      ']',
      '  k: >-',
      '    l',
    ],
    ...[
      "  m: 'n",
      "'",
      '  - - o',
      '  - ? p',
      '  : q',
      '---',
      '...',
      '\tr',
      '  - "s": t',
      'u: v',
      '  - *w',
      '  - &w x',
      '{',
      '  - !y z',
    ],
  );
  const text = fc.array(line, { maxLength: 14 }).map((lines) => `cases:\n  - id: a\n${lines.join('\n')}`);
  fc.assert(
    fc.property(text, (one) => {
      const [parts, whole] = [read(one, inParts), read(one, atOnce)];
      expect(parts.problems).toEqual(whole.problems);
      if (whole.problems.length === 0) expect(parts.cases).toEqual(whole.cases);
    }),
    { numRuns: 2000 },
  );
});
