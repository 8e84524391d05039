import { describe, expect, it } from 'vitest';
import { quoted } from '../../json/documents.ts';
import { compareTexts, prototypeKeys } from '../model.ts';
import { expectBothWays, type Row, type Text } from '../rows.ts';

function inKey(...bytes: readonly number[]): Buffer {
  return Buffer.concat([Buffer.from('{"k":'), quoted(...bytes), Buffer.from('}')]);
}

describe('one place that differs', () => {
  it.each<readonly [string, Text, Text, readonly Row[]]>([
    ['a scalar', '{"a":1}', '{"a":2}', [['value', '/a', 'value']]],
    ['true and false', '[true]', '[false]', [['value', '/0', 'value']]],
    ['null and nothing', '{"a":null}', '{}', [['missing', '/a', 'shape']]],
    ['null and an empty string', '{"a":null}', '{"a":""}', [['type', '/a', 'shape']]],
    ['null and an empty array', '{"a":null}', '{"a":[]}', [['type', '/a', 'shape']]],
    ['null and false', '{"a":null}', '{"a":false}', [['type', '/a', 'shape']]],
    ['an empty string and an empty array', '{"a":""}', '{"a":[]}', [['type', '/a', 'shape']]],
    ['an empty array and an empty object', '[]', '{}', [['type', '', 'shape']]],
    ['a number and its text', '{"a":1}', '{"a":"1"}', [['type', '/a', 'shape']]],
    ['an integer and a fraction', '{"a":1}', '{"a":1.5}', [['value', '/a', 'value']]],
    ['big integers off by one', '{"a":9007199254740993}', '{"a":9007199254740992}', [['value', '/a', 'value']]],
    ['numbers beyond doubles', '[1e400]', '[1e500]', [['value', '/0', 'value']]],
    ['a digit that doubles drop', '[0.1]', '[0.10000000000000000001]', [['value', '/0', 'value']]],
    ['1.0 and 1', '{"a":1.0}', '{"a":1}', [['spelling', '/a', 'wire']]],
    ['-0 and 0', '{"a":-0}', '{"a":0}', [['spelling', '/a', 'wire']]],
    ['an escape and the letter', '{"a":"\\u0041"}', '{"a":"A"}', [['spelling', '/a', 'wire']]],
    ['an escaped slash', '{"a":"\\/"}', '{"a":"/"}', [['spelling', '/a', 'wire']]],
    ['NFC and NFD', '{"a":"é"}', '{"a":"e\u0301"}', [['value', '/a', 'value']]],
    ['key order', '{"a":1,"b":2}', '{"b":2,"a":1}', [['order', '', 'wire']]],
    ['a key that is escaped', '{"a":1}', '{"\\u0061":1}', [['spelling', '', 'wire']]],
    [
      'a key in another letter case',
      '{"Key":1}',
      '{"key":1}',
      [
        ['missing', '/Key', 'shape'],
        ['extra', '/key', 'shape'],
      ],
    ],
    ['the place is escaped', '{"a/b":{"m~n":1}}', '{"a/b":{"m~n":2}}', [['value', '/a~1b/m~0n', 'value']]],
    ['the whole document', '1', '2', [['value', '', 'value']]],
    ['the kind of the whole document', '[1]', '{"0":1}', [['type', '', 'shape']]],
    ['a byte-order mark', '\ufeff{}', '{}', [['encoding', '', 'value']]],
    ['two invalid bytes', inKey(0xff), inKey(0xfe), [['encoding', '/k', 'value']]],
    ['an invalid byte and the replacement character', inKey(0xff), '{"k":"\ufffd"}', [['encoding', '/k', 'value']]],
    [
      'a lone surrogate and the replacement character',
      '{"k":"\\ud800"}',
      '{"k":"\ufffd"}',
      [['encoding', '/k', 'value']],
    ],
    ['two lone surrogates', '{"k":"\\ud800"}', '{"k":"\\ud801"}', [['encoding', '/k', 'value']]],
    ['a surrogate escaped and raw', '{"k":"\\ud800"}', inKey(0xed, 0xa0, 0x80), [['encoding', '/k', 'value']]],
  ])('%s', (_, a, b, expected) => {
    expectBothWays(a, b, expected);
  });
});

describe('what the sides show', () => {
  it.each<readonly [string, Text, Text, reference: string | null, candidate: string | null]>([
    ['a byte-order mark', '\ufeff{}', '{}', 'begins with a byte-order mark', 'no byte-order mark'],
    ['a member that is missing', '{"a":[1, 2]}', '{}', '[1,2]', null],
    ['an item that is missing', '[1,{ "b": 2 }]', '[1]', '{"b":2}', null],
  ])('%s', (_, a, b, reference, candidate) => {
    expect(compareTexts(a, b).divergences).toMatchObject([{ reference, candidate }]);
    expect(compareTexts(b, a).divergences).toMatchObject([{ reference: candidate, candidate: reference }]);
  });
});

describe('keys that are there twice', () => {
  it.each<readonly [string, string, string, readonly Row[]]>([
    ['once and twice, with one last value', '{"a":1}', '{"a":2,"a":1}', [['duplicate', '/a', 'value']]],
    ['once and twice, all alike', '{"a":1}', '{"a":1,"a":1}', [['duplicate', '/a', 'value']]],
    [
      'another last value as well',
      '{"a":1}',
      '{"a":1,"a":2}',
      [
        ['duplicate', '/a', 'value'],
        ['value', '/a', 'value'],
      ],
    ],
    ['another first value', '{"a":1,"a":2}', '{"a":3,"a":2}', [['value', '/a', 'value']]],
    [
      'the values in another order',
      '{"a":1,"a":2}',
      '{"a":2,"a":1}',
      [
        ['value', '/a', 'value'],
        ['value', '/a', 'value'],
      ],
    ],
    ['under another spelling', '{"a":1}', '{"\\u0061":1,"a":1}', [['duplicate', '/a', 'value']]],
    ['among other keys in another order', '{"a":1,"b":2,"a":1}', '{"a":1,"a":1,"b":2}', [['order', '', 'wire']]],
    [
      'of the kind that objects have',
      '{"__proto__":1}',
      '{"__proto__":1,"__proto__":1}',
      [['duplicate', '/__proto__', 'value']],
    ],
    ['only on one side, with another key', '{"a":1}', '{"a":1,"b":1,"b":2}', [['extra', '/b', 'shape']]],
  ])('%s', (_, a, b, expected) => {
    expectBothWays(a, b, expected);
  });

  it('are told apart from one key by how often they are there', () => {
    const [found] = compareTexts('{"a":1}', '{"a":1,"a":1,"a":1}').divergences;
    expect(found).toMatchObject({ reference: 'once', candidate: '3 times' });
  });
});

describe('the order of keys', () => {
  it.each<readonly [string, string, string, readonly Row[]]>([
    [
      'counts among the common ones if one is missing',
      '{"a":1,"b":1,"c":1}',
      '{"b":1,"a":1}',
      [
        ['order', '', 'wire'],
        ['missing', '/c', 'shape'],
      ],
    ],
    [
      'is no matter where one is missing in between',
      '{"a":1,"b":1,"c":1}',
      '{"a":1,"c":1}',
      [['missing', '/b', 'shape']],
    ],
    ['stands at the object', '{"x":[{"a":1,"b":1}]}', '{"x":[{"b":1,"a":1}]}', [['order', '/x/0', 'wire']]],
    ['says nothing of spelling beside it', '{"a":1,"b":1}', '{"\\u0062":1,"a":1}', [['order', '', 'wire']]],
  ])('%s', (_, a, b, expected) => {
    expectBothWays(a, b, expected);
  });
});

describe('keys that every object of JavaScript has', () => {
  it.each(prototypeKeys)('are plain text: %s', (key) => {
    const place = `/${key}`;
    expectBothWays(`{"${key}":1}`, `{"${key}":1}`, []);
    expectBothWays(`{"${key}":1}`, `{"${key}":2}`, [['value', place, 'value']]);
    expectBothWays(`{"${key}":1}`, '{}', [['missing', place, 'shape']]);
    expectBothWays(`{"${key}":{"${key}":1}}`, `{"${key}":{}}`, [['missing', `${place}${place}`, 'shape']]);
    expectBothWays(`{"${key}":[]}`, `{"${key}":{}}`, [['type', place, 'shape']]);
    expectBothWays(`{"a":1,"${key}":1}`, `{"${key}":1,"a":1}`, [['order', '', 'wire']]);
    expectBothWays(`[{"id":"${key}"},1]`, `[1,{"id":"${key}"}]`, [['order', '', 'value']]);
  });
});
