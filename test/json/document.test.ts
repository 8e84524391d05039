import { describe, expect, it } from 'vitest';
import { JsonSyntaxError, members } from '../../src/json/document.ts';
import { sourceText } from '../../src/json/text.ts';
import { read } from './documents.ts';

describe('the members of an object', () => {
  it.each<readonly [string, string, number, readonly (readonly [string, string])[]]>([
    ['none', '{}', 0, []],
    [
      'in their order',
      '{"b":1,"a":2}',
      0,
      [
        ['"b"', '1'],
        ['"a"', '2'],
      ],
    ],
    [
      'keys that are there twice',
      '{"a":1,"a":2}',
      0,
      [
        ['"a"', '1'],
        ['"a"', '2'],
      ],
    ],
    [
      'not those of what is in them',
      '{"a":{"b":1},"c":[2]}',
      0,
      [
        ['"a"', '{"b":1}'],
        ['"c"', '[2]'],
      ],
    ],
    ['of one in a list', '[0,{"a":1},{"b":2}]', 2, [['"a"', '1']]],
  ])('%s', (_, text, node, expected) => {
    const document = read(text);
    const found = members(document, node).map((pair) => pair.map((each) => sourceText(document, each)));
    expect(found).toEqual(expected);
  });
});

it('a text that is not JSON says so by the name of its fault', () => {
  const fault = new JsonSyntaxError('a comma too many', 3);
  expect([String(fault), fault.offset]).toEqual(['JsonSyntaxError: a comma too many', 3]);
});
