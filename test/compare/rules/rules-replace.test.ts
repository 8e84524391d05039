import { describe, expect, it } from 'vitest';
import type { CompareOptions } from '../../../src/config/rules.ts';
import { compareOne, json, response } from '../exchanges.ts';
import { compareTexts } from '../model.ts';
import { type Row, rows } from '../rows.ts';

function replace(pointer: string, pattern: string, by: string): Partial<CompareOptions> {
  return { replace: [{ pointer, pattern, with: by, reason: 'a build number' }] };
}

const builds = replace('/v', 'build-[0-9]+', 'build');

describe('replace', () => {
  it.each<readonly [string, string, string, Partial<CompareOptions>, readonly Row[]]>([
    ['what the pattern finds is forgiven', '{"v":"a build-1 z"}', '{"v":"a build-22 z"}', builds, []],
    ['what is beside it is not', '{"v":"a build-1"}', '{"v":"b build-2"}', builds, [['value', '/v', 'value']]],
    ['every match counts', '{"v":"build-1 build-2"}', '{"v":"build-3 build-4"}', builds, []],
    ['at any depth', '{"v":["build-1"]}', '{"v":["build-2"]}', replace('/**', 'build-[0-9]+', 'build'), []],
    ['of a text as it reads, not as it is spelled', '{"v":"a\\/build-1"}', '{"v":"a/build-2"}', builds, []],
    ['another place is not touched', '{"w":"build-1"}', '{"w":"build-2"}', builds, [['value', '/w', 'value']]],
    [
      'a key is not a value',
      '{"build-1":1}',
      '{"build-2":1}',
      replace('/**', '[0-9]', ''),
      [
        ['missing', '/build-1', 'shape'],
        ['extra', '/build-2', 'shape'],
      ],
    ],
    ['a number is not text', '{"v":1}', '{"v":2}', replace('/v', '[0-9]', ''), [['value', '/v', 'value']]],
    ['another type is not forgiven', '{"v":"1"}', '{"v":1}', replace('/v', '[0-9]', ''), [['type', '/v', 'shape']]],
    ['groups are kept', '{"v":"k=1;x"}', '{"v":"k=2;x"}', replace('/v', '(k)=[0-9]', '$1'), []],
    ['escapes mean what they say', '{"v":"\\u0062uild-1"}', '{"v":"build-2"}', builds, []],
    [
      'what is not a UTF-16 text stays',
      '{"v":"\\ud800build-1"}',
      '{"v":"\\ud800build-2"}',
      builds,
      [['encoding', '/v', 'value']],
    ],
    [
      'the same text in another spelling still counts at wire',
      '{"v":"\\u0041"}',
      '{"v":"A"}',
      builds,
      [['spelling', '/v', 'wire']],
    ],
    [
      'items of a shuffled array are lined up as they are compared',
      '["a build-1","b build-2"]',
      '["b build-3","a build-4"]',
      { ...replace('/*', 'build-[0-9]+', ''), unordered: [{ pointer: '', key: null, reason: null }] },
      [],
    ],
  ])('%s', (_, a, b, options, expected) => {
    expect(rows(compareTexts(a, b, options))).toEqual(expected);
    expect(compareTexts(b, a, options).divergences).toHaveLength(expected.length);
  });

  it('applies several rules in their order', () => {
    const rule = (pattern: string, by: string) => ({ pointer: '/v', pattern, with: by, reason: null });
    const options = { replace: [rule('[0-9]', 'n'), rule('n+', 'N')] };
    expect(rows(compareTexts('{"v":"x12"}', '{"v":"x345"}', options))).toEqual([]);
  });

  it('leaves a text as it is where its matches would cost too much, which hides nothing', () => {
    const [a, b] = ['a', 'aa'].map((end) => JSON.stringify({ v: `${'a'.repeat(200_000)}${end}` }));
    expect(rows(compareTexts(a!, b!, replace('/v', 'a.*b|a', '')))).toEqual([['value', '/v', 'value']]);
  });

  it('never reads a document wrongly, whatever stands in its place', () => {
    const hostile = replace('/v', 'x', '"\\\u0000\uFFFE');
    expect(rows(compareTexts('{"v":"x1","w":1}', '{"v":"x1 ","w":2}', hostile))).toEqual([
      ['value', '/v', 'value'],
      ['value', '/w', 'value'],
    ]);
  });
});

describe('origins', () => {
  const body = (url: string) => json(JSON.stringify({ url }));

  it.each<readonly [string, reference: string, candidate: string, equal: boolean]>([
    ['each its own', 'http://rust.test/a', 'http://go.test/a', true],
    [
      'inside a text, more than once',
      'see http://rust.test, http://rust.test/b',
      'see http://go.test, http://go.test/b',
      true,
    ],
    ['another path', 'http://rust.test/a', 'http://go.test/b', false],
    ['the reference has the one of the candidate', 'http://go.test/a', 'http://rust.test/a', false],
    ['a longer host', 'http://rust.test.example/', 'http://go.test.example/', false],
    ['another port', 'http://rust.test:81/', 'http://go.test:81/', false],
    ['a user name', 'http://rust.test@evil/', 'http://go.test@evil/', false],
    ['behind a scheme of their own', 'xhttp://rust.test/', 'xhttp://go.test/', true],
    ['the name that stands for it', 'http://rust.test/', '\u0000o/', false],
    ['NULs beside it', '\u0000http://rust.test/', '\u0000http://go.test/', true],
  ])('%s', (_, reference, candidate, equal) => {
    const found = compareOne(body(reference), body(candidate), { origins: true });
    expect(found.ladder.value).toBe(equal);
    expect(compareOne(body(reference), body(candidate)).ladder.value).toBe(false);
  });

  it.each<readonly [string, reference: string, candidate: string, equal: boolean]>([
    ['each its own', 's=1; Domain=rust.test', 's=2; Domain=.go.test', true],
    ['both the reference', 's=1; Domain=rust.test', 's=2; Domain=rust.test', false],
    ['both the candidate', 's=1; Domain=go.test', 's=2; Domain=go.test', false],
    ['both a third one', 's=1; Domain=x.test', 's=2; Domain=x.test', true],
    ['a longer host', 's=1; Domain=a.rust.test', 's=2; Domain=a.go.test', false],
  ])('the host that a cookie is for: %s', (_, reference, candidate, equal) => {
    const [a, b] = [reference, candidate].map((cookie) => response({ headers: [['set-cookie', cookie]] }));
    expect(compareOne(a!, b!, { origins: true }).headers).toBe(equal);
  });

  it.each<readonly [string, reference: string, candidate: string, equal: boolean]>([
    ['escaped slashes', '{"u":"http:\\/\\/rust.test\\/a"}', '{"u":"http://go.test/a"}', true],
    ['an escaped host', '{"u":"http://rust.test/a"}', '{"u":"http://\\u0067o.test/a"}', true],
    ['keys', '{"http://rust.test/":1}', '{"http://go.test/":1}', true],
    ['one side without', '{"u":"http://rust.test/a"}', '{"u":"/a"}', false],
    ['neither side with, and an escape', '{"u":"\\u0061"}', '{"u":"b"}', false],
  ])('spelled in the body: %s', (_, reference, candidate, equal) => {
    const found = compareOne(json(reference), json(candidate), { origins: true });
    expect(found.ladder.value).toBe(equal);
  });

  it('lines up shuffled items as they are compared', () => {
    const list = (host: string, paths: string) =>
      json(JSON.stringify([...paths].map((path) => `http://${host}/${path}`)));
    const unordered = [{ pointer: '', key: null, reason: null }];
    const found = compareOne(list('rust.test', 'abc'), list('go.test', 'cab'), { origins: true, unordered });
    expect(found.ladder.value).toBe(true);
  });
});
