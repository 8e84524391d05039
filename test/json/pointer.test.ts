import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isDataKey,
  pointerShape,
  pointerToken,
  pointerTokens,
  resolvePointer,
  shapeToken,
} from '../../src/json/pointer.ts';
import { sourceText } from '../../src/json/text.ts';
import { read } from './documents.ts';

/** The document of RFC 6901, section 5. */
const rfc = '{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\\\j":5,"k\\"l":6," ":7,"m~n":8}';

describe('resolving a pointer', () => {
  it.each([
    ['', rfc],
    ['/foo', '["bar","baz"]'],
    ['/foo/0', '"bar"'],
    ['/', '0'],
    ['/a~1b', '1'],
    ['/c%d', '2'],
    ['/e^f', '3'],
    ['/g|h', '4'],
    ['/i\\j', '5'],
    ['/k"l', '6'],
    ['/ ', '7'],
    ['/m~0n', '8'],
  ])('finds what RFC 6901 says: %j', (pointer, source) => {
    const document = read(rfc);
    expect(sourceText(document, resolvePointer(document, pointer)!)).toBe(source);
  });

  it.each([
    ['a text that does not begin with a slash', 'foo'],
    ['a tilde alone', '/m~n'],
    ['a tilde before another digit', '/m~2n'],
    ['a tilde at the end', '/m~'],
    ['a key that is not there', '/nope'],
    ['an index beyond the end', '/foo/2'],
    ['an index far beyond the end', '/foo/9999999999'],
    ['an index of too many digits', '/foo/00000000000000'],
    ['an index with a leading zero', '/foo/01'],
    ['a negative index', '/foo/-1'],
    ['the item after the last', '/foo/-'],
    ['an index with a sign', '/foo/+1'],
    ['an index with an exponent', '/foo/1e0'],
    ['a key of an array', '/foo/length'],
    ['a key of a string', '/foo/0/length'],
    ['a key of a number', '/a~1b/x'],
    ['a key of an object that nobody wrote', '/__proto__'],
    ['another key that nobody wrote', '/constructor'],
  ])('finds nothing: %s', (_, pointer) => {
    expect(resolvePointer(read(rfc), pointer)).toBeNull();
  });

  it.each([0, 1, 9, 10, 57, 123, 199])('finds the item of index %i', (index) => {
    const document = read(JSON.stringify(Array.from({ length: 200 }, (_, i) => [`item ${i}`])));
    expect(sourceText(document, resolvePointer(document, `/${index}/0`)!)).toBe(`"item ${index}"`);
  });

  it('finds nothing below a scalar, nor below nothing', () => {
    for (const pointer of ['/foo/0/0', '/a~1b/0', '/nope/0', '/nope/0/0', '/foo/2/0'])
      expect(resolvePointer(read(rfc), pointer), pointer).toBeNull();
  });

  it('finds keys named like those of every object', () => {
    const document = read('{"__proto__":{"constructor":1}}');
    expect(sourceText(document, resolvePointer(document, '/__proto__/constructor')!)).toBe('1');
  });

  it('finds the last of a key that is there twice', () => {
    const document = read('{"a":1,"b":2,"\\u0061":3}');
    expect(sourceText(document, resolvePointer(document, '/a')!)).toBe('3');
  });

  it('finds a key that is spelled with escapes', () => {
    const document = read('{"\\u00e9":1}');
    expect(resolvePointer(document, '/é')).toBe(2);
  });
});

describe('tokens', () => {
  it('survive being written and read', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom('~', '/', '0', '1', 'a', '"', 'é') })), (tokens) => {
        const pointer = tokens.map((token) => `/${pointerToken(token)}`).join('');
        expect(pointerTokens(pointer)).toEqual(tokens);
      }),
    );
  });

  it.each(['a', '/~', '/~2', '/a~', '~0', 'a/b'])('are not to be had of %j', (text) => {
    expect(pointerTokens(text)).toBeNull();
  });

  it('of ~01 are ~1, not a slash', () => {
    expect(pointerTokens('/~01')).toEqual(['~1']);
  });
});

describe('the shape of a pointer', () => {
  it.each([
    ['', ''],
    ['/items/0/id', '/items/*/id'],
    ['/0/1/2', '/*/*/*'],
    ['/items/10', '/items/*'],
    ['/v1/x2', '/v1/x2'],
    ['/1a/a1', '/1a/a1'],
    ['/01', '/*'],
    ['/a~1b/0', '/a~1b/*'],
    ['/by/2024-02-29/n', '/by/*/n'],
    ['/by/2024-02-29T12:00:00.5Z', '/by/*'],
    ['/by/6fa459ea-ee8a-3ca4-894e-db77e160355e/01ARZ3NDEKTSV4RRFFQ69G5FAV', '/by/*/*'],
    ['/by/84d89877f0d4041e', '/by/*'],
    ['/by/ada@example.com/10.0.0.1', '/by/*/*'],
    ['/sha256/iso8601/line1', '/sha256/iso8601/line1'],
    ['/deadbeef/feedfacecafebeef', '/deadbeef/feedfacecafebeef'],
    ['/@type/$ref/a@b', '/@type/$ref/a@b'],
  ])('of %j is %j', (pointer, shape) => {
    expect(pointerShape(pointer)).toBe(shape);
  });

  it('names the keys that are data, and no others', () => {
    const data = ['2024-02-29', '10.0.0.1', '17', '84d89877f0d4041e', 'ada@example.com'];
    const names = ['', 'id', 'line1', 'a@b', 'v1.2', 'deadbeef'];
    expect([...data, ...names].filter(isDataKey)).toEqual(data);
  });

  it('is built of the shapes of its tokens', () => {
    const dataKey = fc.oneof(fc.uuid(), fc.emailAddress(), fc.ipV4(), fc.ulid());
    const token = fc.oneof(fc.nat(20), fc.string({ unit: fc.constantFrom('~', '/', '0', '7', 'a') }), dataKey);
    fc.assert(
      fc.property(fc.array(token), (tokens) => {
        const pointer = tokens.map((one) => `/${pointerToken(one)}`).join('');
        expect(pointerShape(pointer)).toBe(tokens.map((one) => `/${shapeToken(one)}`).join(''));
      }),
    );
  });
});
