import { describe, expect, it } from 'vitest';
import { bodyOf } from '../../../src/compare/media/body-content.ts';
import { partsOf } from '../../../src/compare/media/multipart-parts.ts';

interface Seen {
  /** `NAME: HEADERS = BODY` of each part. */
  readonly parts: readonly string[];
  readonly around: string;
  readonly closed: boolean;
}

function seen(text: string, type = 'multipart/mixed; boundary=b'): Seen | null {
  const found = partsOf(bodyOf([['content-type', type]], Buffer.from(text, 'latin1')));
  if (found === null) return null;
  const parts = found.parts.map(({ name, headers, bytes }) =>
    JSON.stringify([name, headers.map((pair) => pair.join(': ')), bytes.toString('latin1')]),
  );
  return { parts, around: found.around.toString('latin1'), closed: found.closed };
}

const part = (name: string | null, headers: readonly string[], body: string) => JSON.stringify([name, headers, body]);
const plain = (body: string) => part(null, [], body);
const form = 'content-disposition: form-data; name=n';

describe('the parts of a multipart body', () => {
  it.each<readonly [string, string, readonly string[]]>([
    ['one', '--b\r\n\r\nx\r\n--b--', [plain('x')]],
    ['two', '--b\r\n\r\nx\r\n--b\r\n\r\ny\r\n--b--', [plain('x'), plain('y')]],
    ['none', '--b--', []],
    ['an empty one', '--b\r\n\r\n\r\n--b--', [plain('')]],
    ['one of nothing at all', '--b\r\n--b--', [plain('')]],
    ['lines that end with a line feed alone', '--b\n\nx\n--b--', [plain('x')]],
    ['a head, with line feeds alone', `--b\n${form}\nx: 1\n\ny\n--b--`, [part('n', [form, 'x: 1'], 'y')]],
    ['a head', `--b\r\n${form}\r\nx: 1\r\n\r\ny\r\n--b--`, [part('n', [form, 'x: 1'], 'y')]],
    ['a head alone', `--b\r\n${form}\r\n--b--`, [part('n', [form], '')]],
    ['a head, and two line feeds in the text', '--b\r\nx: 1\r\n\r\na\n\nb\r\n--b--', [part(null, ['x: 1'], 'a\n\nb')]],
    [
      'a head with line feeds, and CRLFs in the text',
      '--b\nx: 1\n\na\r\n\r\nb\n--b--',
      [part(null, ['x: 1'], 'a\r\n\r\nb')],
    ],
    ['no head, and a text that has an empty line', '--b\r\n\r\nx: 1\r\n\r\ny\r\n--b--', [plain('x: 1\r\n\r\ny')]],
    ['no head by line feed, and a text that has an empty line', '--b\n\nx: 1\n\ny\n--b--', [plain('x: 1\n\ny')]],
    ['a text of one character before an empty line', '--b\r\nx\n\ny\r\n--b--', [part(null, [], 'y')]],
    ['a line in a head that is not a header', '--b\r\nabc\r\nx: 1\r\n\r\ny\r\n--b--', [part(null, ['x: 1'], 'y')]],
    ['blanks behind a boundary', '--b \t \r\n\r\nx\r\n--b-- \t\r\n', [plain('x')]],
    ['blanks behind the last boundary, and no line end', '--b\r\n\r\nx\r\n--b-- ', [plain('x')]],
    ['a line end less before a boundary', '--b\r\n\r\nx\n--b--', [plain('x')]],
    ['only one line end belongs to a boundary', '--b\r\n\r\nx\r\n\r\n--b--', [plain('x\r\n')]],
    ['a CR that is not a line end', '--b\r\n\r\nx\r--b\r\n--b--', [plain('x\r--b')]],
    ['a boundary in the middle of a line', '--b\r\n\r\nx --b\r\n--b--', [plain('x --b')]],
    ['a line that goes on behind the boundary', '--b\r\n\r\nx\r\n--bc\r\n--b--', [plain('x\r\n--bc')]],
    ['a line that goes on behind the last boundary', '--b\r\n\r\nx\r\n--b--c\r\n--b--', [plain('x\r\n--b--c')]],
    ['nothing behind the last boundary counts', '--b\r\n\r\nx\r\n--b--\r\n--b\r\n\r\ny\r\n--b--', [plain('x')]],
    [
      'a name in UTF-8',
      '--b\r\ncontent-disposition: form-data; name="\xc3\xa9"\r\n\r\n--b--',
      [part('é', ['content-disposition: form-data; name="\xc3\xa9"'], '')],
    ],
    [
      'a name that is not UTF-8',
      '--b\r\ncontent-disposition: form-data; name="\xe9"\r\n\r\n--b--',
      [part('\xe9', ['content-disposition: form-data; name="\xe9"'], '')],
    ],
  ])('%s', (_, text, expected) => {
    expect(seen(text)?.parts).toEqual(expected);
    expect(seen(text)?.closed).toBe(true);
  });

  it.each<readonly [string, string, Seen]>([
    ['before and behind', 'p\r\n--b\r\n\r\nx\r\n--b--\r\ne', { parts: [plain('x')], around: 'p\r\ne', closed: true }],
    ['nothing', '--b\r\n\r\nx\r\n--b--\r\n', { parts: [plain('x')], around: '', closed: true }],
    ['no last boundary', 'p\r\n--b\r\n\r\nx', { parts: [plain('x')], around: 'p\r\n', closed: false }],
    [
      'a boundary at the very end',
      '--b\r\n\r\nx\r\n--b',
      { parts: [plain('x'), plain('')], around: '', closed: false },
    ],
  ])('and what stands around them: %s', (_, text, expected) => {
    expect(seen(text)).toEqual(expected);
  });

  it.each<readonly [string, string, string]>([
    ['no boundary is named', '--b\r\n\r\nx\r\n--b--', 'multipart/mixed'],
    ['an empty one is named', '--\r\n\r\nx\r\n----', 'multipart/mixed; boundary=""'],
    ['another parameter is named', '--b\r\n\r\nx\r\n--b--', 'multipart/mixed; start=b'],
    ['the type is another one', '--b\r\n\r\nx\r\n--b--', 'text/plain; boundary=b'],
    ['the boundary is too long', `--${'b'.repeat(71)}--`, `multipart/mixed; boundary=${'b'.repeat(71)}`],
    ['the boundary is not there', 'x', 'multipart/mixed; boundary=b'],
    ['the boundary is in the middle of a line only', 'x--b--', 'multipart/mixed; boundary=b'],
    ['there are too many', '--b\n'.repeat(10_001), 'multipart/mixed; boundary=b'],
  ])('are none where %s', (_, text, type) => {
    expect(seen(text, type)).toBeNull();
  });

  it.each<readonly [string, string, string, number]>([
    ['a boundary as long as may be', `--${'b'.repeat(70)}\n\nx\n--${'b'.repeat(70)}--`, 'b'.repeat(70), 1],
    ['a boundary that is not the first parameter', '--b\n\nx\n--b--', 'b; a=c', 1],
    ['a boundary in Latin-1', '--\xe9\n\nx\n--\xe9--', '\xe9', 1],
    ['as many as may be', '--b\n'.repeat(10_000), 'b', 10_000],
  ])('are read: %s', (_, text, boundary, count) => {
    expect(seen(text, `multipart/mixed; boundary=${boundary}`)?.parts).toHaveLength(count);
  });
});
