import { describe, expect, it } from 'vitest';
import { compareTexts } from '../model.ts';
import { type Row, rows } from '../rows.ts';

describe('rules', () => {
  const keep = (pointer: string, what: 'type' | 'nothing') => ({ ignore: [{ pointer, keep: what, reason: null }] });

  describe('where a place is too far down to be named', () => {
    const long = (value: string) => `{"${'k'.repeat(5000)}":${value}}`;

    it.each<readonly [string, string, string, Parameters<typeof compareTexts>[2], readonly Row[]]>([
      [
        'no tolerance holds',
        '1',
        '1.1',
        { tolerance: [{ pointer: '/**', relative: 0.5, absolute: null, reason: null }] },
        [['value', '', 'value']],
      ],
      [
        'order counts',
        '[1,2]',
        '[2,1]',
        { unordered: [{ pointer: '/**', key: null, reason: null }] },
        [['order', '', 'value']],
      ],
    ])('%s', (_, a, b, options, expected) => {
      expect(rows(compareTexts(long(a), long(b), options))).toEqual(expected);
      expect(rows(compareTexts(a, b, options))).toEqual([]);
    });
  });

  it.each<readonly [string, string, string, Parameters<typeof compareTexts>[2], readonly Row[]]>([
    ['type: another value is forgiven', '{"a":1}', '{"a":2}', keep('/a', 'type'), []],
    ['type: another type is not', '{"a":1}', '{"a":"1"}', keep('/a', 'type'), [['type', '/a', 'shape']]],
    ['type: nothing there is not', '{"a":1}', '{}', keep('/a', 'type'), [['missing', '/a', 'shape']]],
    [
      'type: another type in one item is not, though another item has it',
      '[{"id":1,"v":null},{"id":2,"v":"x"}]',
      '[{"id":1,"v":"x"},{"id":2,"v":null}]',
      keep('/*/v', 'type'),
      [
        ['type', '/0/v', 'value'],
        ['type', '/1/v', 'value'],
      ],
    ],
    [
      'type: another key in one item is not, though another item has it',
      '[{"id":1,"a":{"x":1}},{"id":2,"a":{"y":1}}]',
      '[{"id":1,"a":{"y":1}},{"id":2,"a":{"x":1}}]',
      keep('/*/a', 'type'),
      [
        ['missing', '/0/a/x', 'value'],
        ['extra', '/0/a/y', 'value'],
        ['missing', '/1/a/y', 'value'],
        ['extra', '/1/a/x', 'value'],
      ],
    ],
    [
      'type: which item of what is ignored has which type is forgiven',
      '[{"id":1,"a":[1,"x"]}]',
      '[{"id":1,"a":["x",1,2]}]',
      keep('/*/a', 'type'),
      [],
    ],
    [
      'type: tells items apart where their order is nothing',
      '[{"v":null},{"v":"x"},{"v":{"k":1}},{"v":{"l":1}}]',
      '[{"v":{"l":2}},{"v":{"k":2}},{"v":"y"},{"v":null}]',
      { ...keep('/*/v', 'type'), unordered: [{ pointer: '', key: null, reason: null }] },
      [],
    ],
    ['type: holds for leaves below', '{"a":{"b":1,"c":[1]}}', '{"a":{"b":2,"c":[2,3]}}', keep('/a', 'type'), []],
    [
      'type: types of leaves below count',
      '{"a":{"b":1}}',
      '{"a":{"b":"1"}}',
      keep('/a', 'type'),
      [['type', '/a/b', 'shape']],
    ],
    [
      'type: keys below count',
      '{"a":{"b":1}}',
      '{"a":{"b":1,"c":1}}',
      keep('/a', 'type'),
      [['extra', '/a/c', 'shape']],
    ],
    ['nothing: another type is forgiven', '{"a":1}', '{"a":"1"}', keep('/a', 'nothing'), []],
    ['nothing: nothing there is forgiven', '{"a":1}', '{}', keep('/a', 'nothing'), []],
    ['nothing: how often a key is there is forgiven', '{"a":1}', '{"a":1,"a":1}', keep('/a', 'nothing'), []],
    [
      'nothing: what it holds does not count for the shape around',
      '[{"d":1,"x":{}}]',
      '[{"d":1,"x":[]},{"d":1}]',
      keep('/*/x', 'nothing'),
      [['extra', '/1', 'value']],
    ],
    [
      'another place is not forgiven',
      '{"a":1,"b":1}',
      '{"a":2,"b":2}',
      keep('/a', 'nothing'),
      [['value', '/b', 'value']],
    ],
    [
      'of several that ignore, the one that keeps least is in force, wherever it stands',
      '{"a":1,"b":1}',
      '{"b":"x"}',
      {
        ignore: [...keep('/a', 'type').ignore, ...keep('/*', 'nothing').ignore, ...keep('/b', 'type').ignore],
      },
      [],
    ],
    [
      'of several tolerances one is enough, wherever it stands',
      '{"a":1,"b":1,"c":1}',
      '{"a":1.2,"b":1.2,"c":1.7}',
      {
        tolerance: [
          { pointer: '/a', relative: 1e-9, absolute: null, reason: null },
          { pointer: '/**', relative: null, absolute: 0.5, reason: null },
          { pointer: '/b', relative: 1e-9, absolute: null, reason: null },
        ],
      },
      [['value', '/c', 'value']],
    ],
    ['a star is any segment', '{"a":{"t":1},"b":{"t":1}}', '{"a":{"t":2},"b":{"t":2}}', keep('/*/t', 'type'), []],
    ['two stars are any depth', '{"t":1,"a":[{"t":1}]}', '{"t":2,"a":[{"t":2}]}', keep('/**/t', 'type'), []],
    ['a key with a slash', '{"a/b":1}', '{"a/b":2}', keep('/a~1b', 'type'), []],
    [
      'an index means the item on either side',
      '[{"id":1,"x":1}]',
      '[{"id":0,"x":1},{"id":1,"x":2}]',
      keep('/1/x', 'type'),
      [['extra', '/0', 'value']],
    ],
    [
      'unordered: order is forgiven',
      '{"i":[1,2,3]}',
      '{"i":[3,1,2]}',
      { unordered: [{ pointer: '/i', key: null, reason: null }] },
      [],
    ],
    [
      'unordered: how often is not',
      '{"i":[1,2,2]}',
      '{"i":[2,1,1]}',
      { unordered: [{ pointer: '/i', key: null, reason: null }] },
      [['value', '/i/2', 'value']],
    ],
    [
      'unordered: another array is not forgiven',
      '{"j":[1,2]}',
      '{"j":[2,1]}',
      { unordered: [{ pointer: '/i', key: null, reason: null }] },
      [['order', '/j', 'value']],
    ],
    [
      'unordered: where items of two places meet, the rule that has a key decides',
      '[1,[{"k":1,"x":1},{"k":2,"x":2}]]',
      '[0,1,[{"k":2,"x":1},{"k":1,"x":2}]]',
      {
        unordered: [
          { pointer: '/1', key: null, reason: null },
          { pointer: '/2', key: 'k', reason: null },
        ],
      },
      [
        ['extra', '/0', 'value'],
        ['value', '/1/0/x', 'value'],
        ['value', '/1/1/x', 'value'],
      ],
    ],
    [
      'nothing: of an item by its index, which does not count for the shape around',
      '[["s",1,"s"],9]',
      '[["s",null,"s"],9,9]',
      keep('/0/1', 'nothing'),
      [['extra', '/1', 'value']],
    ],
    [
      'nothing: of one member, while another that keeps its type counts for the shape around',
      '[{"x":1,"y":1}]',
      '[{"x":1,"y":1},{"y":""}]',
      { ignore: [...keep('/*/x', 'nothing').ignore, ...keep('/*/y', 'type').ignore] },
      [['extra', '/1', 'shape']],
    ],
    [
      'nothing: of what stands in a member that keeps its type',
      '[{"a":{"b":1}}]',
      '[{"a":{"b":1}},{"a":{"b":""}}]',
      { ignore: [...keep('/*/a', 'type').ignore, ...keep('/*/a/b', 'nothing').ignore] },
      [['extra', '/1', 'value']],
    ],
    [
      'tolerance: a relative one holds',
      '[1000]',
      '[1001]',
      { tolerance: [{ pointer: '/0', relative: 0.01, absolute: null, reason: null }] },
      [],
    ],
    [
      'tolerance: a relative one ends',
      '[1000]',
      '[1011]',
      { tolerance: [{ pointer: '/0', relative: 0.01, absolute: null, reason: null }] },
      [['value', '/0', 'value']],
    ],
    [
      'tolerance: an absolute one holds',
      '[1]',
      '[1.5]',
      { tolerance: [{ pointer: '/*', relative: null, absolute: 0.5, reason: null }] },
      [],
    ],
    [
      'tolerance: an absolute one ends',
      '[1]',
      '[1.6]',
      { tolerance: [{ pointer: '/*', relative: null, absolute: 0.5, reason: null }] },
      [['value', '/0', 'value']],
    ],
    [
      'tolerance: a relative one is of the bigger number, and reaches that far',
      '[1]',
      '[2]',
      { tolerance: [{ pointer: '/0', relative: 0.5, absolute: null, reason: null }] },
      [],
    ],
    [
      'tolerance: of the whole body, not of what is in it',
      '{"a":1}',
      '{"a":1.1}',
      { tolerance: [{ pointer: '', relative: 0.5, absolute: null, reason: null }] },
      [['value', '/a', 'value']],
    ],
    [
      'tolerance: not between a number and one beyond doubles',
      '[5]',
      '[1e400]',
      { tolerance: [{ pointer: '/0', relative: 9, absolute: null, reason: null }] },
      [['value', '/0', 'value']],
    ],
    [
      'tolerance: an absolute one of less than the step between two integers that are one double',
      '[9007199254740992]',
      '[9007199254740993]',
      { tolerance: [{ pointer: '/0', relative: null, absolute: 0.5, reason: null }] },
      [['value', '/0', 'value']],
    ],
    [
      'tolerance: an absolute one between big integers',
      '[-9007199254740992]',
      '[-9007199254740993]',
      { tolerance: [{ pointer: '/0', relative: null, absolute: 1, reason: null }] },
      [],
    ],
    [
      'tolerance: a relative one of nothing',
      '[9007199254740992]',
      '[9007199254740993]',
      { tolerance: [{ pointer: '/0', relative: 0, absolute: null, reason: null }] },
      [['value', '/0', 'value']],
    ],
    [
      'tolerance: between an integer and a fraction',
      '[1]',
      '[1.5]',
      { tolerance: [{ pointer: '/0', relative: null, absolute: 0.4, reason: null }] },
      [['value', '/0', 'value']],
    ],
    [
      'tolerance: across zero',
      '[-1]',
      '[1]',
      { tolerance: [{ pointer: '/0', relative: null, absolute: 1, reason: null }] },
      [['value', '/0', 'value']],
    ],
    [
      'tolerance: beside a rule about order, as many of one as of the other',
      '{"i":[1,2],"n":1}',
      '{"i":[2,1],"n":1.5}',
      {
        tolerance: [{ pointer: '/n', relative: null, absolute: 0.5, reason: null }],
        unordered: [{ pointer: '/i', key: null, reason: null }],
      },
      [],
    ],
    [
      'tolerance: not for text',
      '["1"]',
      '["1.1"]',
      { tolerance: [{ pointer: '/0', relative: 9, absolute: 9, reason: null }] },
      [['value', '/0', 'value']],
    ],
    [
      'tolerance: not beyond doubles',
      '[1e400]',
      '[2e400]',
      { tolerance: [{ pointer: '/0', relative: 9, absolute: 9, reason: null }] },
      [['value', '/0', 'value']],
    ],
    [
      'tolerance: equal numbers are still spelled otherwise',
      '[1.0]',
      '[1]',
      { tolerance: [{ pointer: '/0', relative: 0.1, absolute: null, reason: null }] },
      [['spelling', '/0', 'wire']],
    ],
  ])('%s', (_, a, b, options, expected) => {
    expect(rows(compareTexts(a, b, options))).toEqual(expected);
    expect(compareTexts(b, a, options).lowest).toBe(compareTexts(a, b, options).lowest);
  });
});
