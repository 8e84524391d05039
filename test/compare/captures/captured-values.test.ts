import { describe, expect, it } from 'vitest';
import { capturedOf } from '../../../src/compare/captures/captured-values.ts';
import { compareCase } from '../../../src/compare/compare-case.ts';
import { defaultCompare } from '../../../src/config/rules.ts';
import { response, side } from '../exchanges.ts';

describe('a captured value in a body', () => {
  it.each<readonly [string, string, string, boolean]>([
    ['is a whole string, however short', '{"id":"a"}', '{"id":"b"}', true],
    ['and a segment of a path', '{"id":"/x/a"}', '{"id":"/x/b"}', true],
    ['however it is spelled', '{"id":"\\u0061"}', '{"id":"b"}', true],
    ['but no part of a longer one', '{"id":"xa"}', '{"id":"xb"}', false],
  ])('%s', (_, a, b, same) => {
    const [x, y] = [a, b].map((body) => response({ headers: [['content-type', 'application/json']], body }));
    const found = compareCase(side('rust', [x!], { id: 'a' }), side('go', [y!], { id: 'b' }), defaultCompare);
    expect(found.ladder.value).toBe(same);
  });
});

it.each<readonly [string, captured: readonly [string, string], bodies: readonly [string, string], boolean]>([
  ['a whole number', ['100001', '100002'], ['{"id":100001}', '{"id":100002}'], true],
  ['a whole number at a place of another name', ['100001', '100002'], ['{"n":100001}', '{"n":100002}'], false],
  ['a list of them', ['101', '202'], ['{"ids":[101]}', '{"ids":[202]}'], true],
  ['a name that ends so', ['101', '202'], ['{"orderId":101}', '{"orderId":202}'], true],
  [
    'a number that nobody has by chance, anywhere',
    ['175000000001', '175000000002'],
    ['{"n":175000000001}', '{"n":175000000002}'],
    true,
  ],
  ['the value of the reference on both sides', ['aaaaaa1', 'bbbbbb2'], ['{"x":"aaaaaa1"}', '{"x":"aaaaaa1"}'], false],
  ['the value of the candidate on both sides', ['aaaaaa1', 'bbbbbb2'], ['{"x":"bbbbbb2"}', '{"x":"bbbbbb2"}'], false],
  ['in a reference on both sides', ['aaaaaa1', 'bbbbbb2'], ['{"x":"/a/aaaaaa1"}', '{"x":"/a/aaaaaa1"}'], false],
  ['inside a text on both sides', ['aaaaaa1', 'bbbbbb2'], ['{"x":"no aaaaaa1"}', '{"x":"no aaaaaa1"}'], false],
  ['both values on both sides', ['aaaaaa1', 'bbbbbb2'], ['["aaaaaa1","bbbbbb2"]', '["aaaaaa1","bbbbbb2"]'], true],
  ['a number on both sides that a request does not carry', ['1', '2'], ['{"id":1}', '{"id":1}'], true],
  ['digits in another number', ['100001', '100002'], ['{"n":1000010}', '{"n":1000020}'], false],
  ['digits in a text', ['100001', '100002'], ['{"n":"no 1000010"}', '{"n":"no 1000020"}'], false],
  ['a number as a word of a text', ['100001', '100002'], ['{"n":"no 100001"}', '{"n":"no 100002"}'], true],
  ['true and false', ['true', 'false'], ['{"n":true}', '{"n":false}'], false],
  ['as texts', ['true', 'false'], ['{"id":"true"}', '{"id":"false"}'], true],
])('a captured value in a body of other kinds: %s', (_, [a, b], bodies, same) => {
  const [x, y] = bodies.map((body) => response({ headers: [['content-type', 'application/json']], body }));
  const found = compareCase(side('rust', [x!], { id: a }), side('go', [y!], { id: b }), defaultCompare);
  expect(found.ladder.value).toBe(same);
});

it.each<readonly [string, captured: readonly [string, string], boolean]>([
  ['of another length', ['4f1ae99c77bd0b3e', '4f1ae99c77bd0b3e77aaf20b'], false],
  ['of digits on one side', ['4f1ae99c77bd0b3e', '7003'], false],
  ['on another route', ['/orders/7003', '/order/7004'], false],
  ['deeper', ['/orders/7003', '/v2/orders/7004'], false],
  ['on one route', ['/orders/7003', '/orders/7004'], true],
  ['by their names', ['/posts/quick', '/posts/lazy'], true],
])('a captured value that was made otherwise stands for none: %s', (_, [a, b], same) => {
  const [x, y] = [a, b].map((id) =>
    response({ headers: [['content-type', 'application/json']], body: `{"id":"${id}"}` }),
  );
  const found = compareCase(side('rust', [x!], { id: a }), side('go', [y!], { id: b }), defaultCompare);
  expect(found.ladder.value).toBe(same);
});

describe('captured values', () => {
  const captured = (a: Record<string, string>, b: Record<string, string>) =>
    capturedOf(side('rust', [], a).replay, side('go', [], b).replay).sameCapture;

  it.each<readonly [string, Record<string, string>, Record<string, string>, string, string, boolean]>([
    [
      'each its own, in another format',
      { id: '0b2e4c5e-6a7d-4f2b-8f8f-7a3f2f0f9a10' },
      { id: '01HV3Z8W9X7Y6T5R4Q3P2N1M0K' },
      '0b2e4c5e-6a7d-4f2b-8f8f-7a3f2f0f9a10',
      '01HV3Z8W9X7Y6T5R4Q3P2N1M0K',
      false,
    ],
    [
      'encoded in a reference',
      { c: 'ab cd/ef+==' },
      { c: 'uv wx/yz&==' },
      '/p?after=ab%20cd%2Fef%2B%3D%3D',
      '/p?after=uv%20wx%2Fyz%26%3D%3D',
      true,
    ],
    [
      'another one encoded',
      { c: 'ab cd/ef+==' },
      { c: 'uv wx/yz&==' },
      '/p?after=ab%20cd%2Fef%2B%3D%3D',
      '/p?after=uv%20wx%2Fyz%25%3D%3D',
      false,
    ],
    ['each its own', { id: 'a' }, { id: 'b' }, 'a', 'b', true],
    ['the other one', { id: 'a' }, { id: 'b' }, 'b', 'a', false],
    ['that of the reference on both sides is plain text', { id: 'a' }, { id: 'b' }, 'a', 'a', true],
    ['inside text', { id: 'aaaaaa' }, { id: 'bbbbbb' }, '/x/aaaaaa/y', '/x/bbbbbb/y', true],
    ['inside other text', { id: 'aaaaaa' }, { id: 'bbbbbb' }, '/x/aaaaaa/y', '/z/bbbbbb/y', false],
    ['one of several', { u: 'a', v: 'c' }, { u: 'b', v: 'd' }, 'a', 'b', true],
    ['one against the other one', { u: 'a', v: 'c' }, { u: 'b', v: 'd' }, 'a', 'd', false],
    ['inside text, too short on one side', { id: 'aaaaaa' }, { id: 'b' }, 'x aaaaaa', 'x b', false],
    ['a segment, short on one side', { id: 'aaaaaa' }, { id: 'b' }, '/x/aaaaaa', '/x/b', true],
    ['twice on end is not once', { id: 'aaaaaa' }, { id: 'bbbbbb' }, 'aaaaaa', 'bbbbbbbbbbbb', false],
    [
      'the same on both sides',
      { u: 'aaaaaa', v: 'cccccc' },
      { u: 'aaaaaa', v: 'dddddd' },
      'aaaaaa cccccc',
      'aaaaaa dddddd',
      true,
    ],
    [
      'inside text, the longer one of two that begin alike',
      { u: 'aaaaaa', v: 'aaaaaabb' },
      { u: 'xxxxxx', v: 'yyyyyy' },
      '(aaaaaabb)',
      '(yyyyyy)',
      true,
    ],
    [
      'whichever comes first',
      { u: 'aaaaaabb', v: 'aaaaaa' },
      { u: 'yyyyyy', v: 'xxxxxx' },
      '(aaaaaabb)',
      '(yyyyyy)',
      true,
    ],
    [
      'and not the shorter one',
      { u: 'aaaaaabb', v: 'aaaaaa' },
      { u: 'yyyyyy', v: 'xxxxxx' },
      '(aaaaaabb)',
      '(xxxxxxbb)',
      false,
    ],
    [
      'inside text, the one that comes first though another is longer',
      { u: 'aaaaaa', v: 'cccccccc' },
      { u: 'bbbbbb', v: 'dddddddd' },
      'aaaaaa cccccccc',
      'bbbbbb dddddddd',
      true,
    ],
    ['more than once', { id: 'aaaaaa' }, { id: 'bbbbbb' }, 'aaaaaa aaaaaa', 'bbbbbb bbbbbb', true],
    ['not as often', { id: 'aaaaaa' }, { id: 'bbbbbb' }, 'aaaaaa aaaaaa', 'bbbbbb', false],
    ['a segment', { id: '101' }, { id: '501' }, '/orders/101', '/orders/501', true],
    ['a segment in the midst, and a value', { id: '1', p: 'x' }, { id: '2', p: 'y' }, '/a/1/b?n=x', '/a/2/b?n=y', true],
    ['a segment of a URL', { id: '1' }, { id: '2' }, 'http://a.test/1#top', 'http://a.test/2#top', true],
    ['a segment of another length', { id: '9' }, { id: '10' }, '/a/9/', '/a/10/', true],
    ['beside a long one', { id: '1', u: 'aaaaaa' }, { id: '2', u: 'bbbbbb' }, '/1/aaaaaa.png', '/2/bbbbbb.png', true],
    ['a segment of another path', { id: '101' }, { id: '501' }, '/orders/101', '/carts/501', false],
    ['a segment of a longer path', { id: '101' }, { id: '501' }, '/orders/101', '/orders/501/', false],
    ['a segment against the other side’s', { id: '101' }, { id: '501' }, '/orders/501', '/orders/101', false],
    ['a segment against no captured one', { id: '101' }, { id: '501' }, '/orders/101', '/orders/502', false],
    ['one name against another', { u: '1', v: '2' }, { u: '3', v: '4' }, '/a/1', '/a/4', false],
    ['a part of a segment', { id: '1' }, { id: '2' }, '/a/x1', '/a/x2', false],
    ['a value of another name', { id: '1' }, { id: '2' }, '/a?m=1', '/a?n=2', false],
    ['a part of a value', { id: '1' }, { id: '2' }, '/a?m=1=1', '/a?m=2=2', false],
    ['a name of a query', { id: '1' }, { id: '2' }, '/a?1=x', '/a?2=x', false],
    ['a query without a value', { id: '1' }, { id: '2' }, '/a?1', '/a?2', false],
    ['a fragment', { id: '1' }, { id: '2' }, '/a#1', '/a#2', false],
    ['beside a difference', { id: '1' }, { id: '2' }, '/v1/1', '/v2/2', false],
    ['a text that only begins as a path', { id: '1' }, { id: '2' }, '/a/1 or /b', '/a/2 or /b', false],
    ['a text with strokes', { id: '1' }, { id: '2' }, 'a/1', 'a/2', false],
    ['too short to be found inside', { id: 'a' }, { id: 'b' }, 'xa', 'xb', false],
    [
      'two, in one text',
      { u: 'aaaaaa', v: 'cccccc' },
      { u: 'bbbbbb', v: 'dddddd' },
      'aaaaaa-cccccc',
      'bbbbbb-dddddd',
      true,
    ],
    [
      'two, swapped',
      { u: 'aaaaaa', v: 'cccccc' },
      { u: 'bbbbbb', v: 'dddddd' },
      'aaaaaa-cccccc',
      'dddddd-bbbbbb',
      false,
    ],
    [
      'one that begins like another',
      { u: 'aaaaaa', v: 'aaaaaabb' },
      { u: 'xxxxxx', v: 'yyyyyy' },
      'aaaaaabb',
      'yyyyyy',
      true,
    ],
    [
      'one that holds the other side’s',
      { u: 'aaaaaa', v: 'bbbbbb' },
      { u: 'bbbbbb', v: 'cccccc' },
      '(aaaaaa)(bbbbbb)',
      '(bbbbbb)(cccccc)',
      true,
    ],
    ['with signs of a pattern', { u: '$&.*+?' }, { u: '$1($`)' }, 'x$&.*+?y', 'x$1($`)y', true],
    ['on one side only', { u: 'aaaaaa' }, {}, 'aaaaaa', 'bbbbbb', false],
    ['by no name of every object', { constructor: 'aaaaaa', toString: 'bbbbbb' }, {}, 'aaaaaa', 'x', false],
  ])('count as equal or not: %s', (_, a, b, x, y, expected) => {
    expect(captured(a, b)(x, y)).toBe(expected);
    expect(captured(b, a)(y, x)).toBe(expected);
  });

  it('are found in linear time, one often and one never', () => {
    const same = captured({ u: 'aaaaaa', v: 'cccccc' }, { u: 'bbbbbb', v: 'dddddd' });
    expect(same('aaaaaa '.repeat(200_000), 'bbbbbb '.repeat(200_000))).toBe(true);
    expect(same('aaaaaa'.repeat(200_000), 'bbbbbb'.repeat(200_000))).toBe(false);
  });

  it('reach bodies and headers of every step', () => {
    const answer = (id: string) =>
      response({
        status: 201,
        headers: [['Location', `/objects/${id}`]],
        body: `{"id":"${id}","self":"/objects/${id}","n":1}`,
      });
    const a = side('rust', [answer('id-aaaa')], { id: 'id-aaaa' });
    const b = side('go', [answer('id-bbbb')], { id: 'id-bbbb' });
    const found = compareCase(a, b, defaultCompare);
    expect(found.divergences.filter((one) => one.rung !== 'wire')).toEqual([]);
    expect(found.ladder).toEqual({ status: true, shape: true, value: true, wire: false });
    expect(found.headers).toBe(true);
  });
});
