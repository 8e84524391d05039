import { describe, expect, it } from 'vitest';
import { compareHeaders, headerValue, headerValues } from '../../../src/compare/headers/compare-headers.ts';
import { mediaType, splitUnquoted } from '../../../src/compare/headers/media-type.ts';
import { prototypeKeys } from '../model.ts';

type Pairs = readonly (readonly [string, string])[];

const swapped: Readonly<Record<string, string>> = { missing: 'extra', extra: 'missing' };

/** The kind of the divergence of one header, both ways, or null. */
function kindOf(name: string, a: readonly string[], b: readonly string[]): string | null {
  const pairs = (values: readonly string[]): Pairs => values.map((value) => [name.toUpperCase(), value]);
  const [one, two] = [
    { headers: pairs(a), origin: 'http://one.test:1' },
    { headers: pairs(b), origin: 'http://two.test:2' },
  ];
  const options = { names: [name], sameCapture: (x: string, y: string) => x === y };
  const there = compareHeaders(one, two, options);
  const back = compareHeaders(two, one, options);
  expect(back).toEqual(
    there.map((one) => ({
      ...one,
      kind: swapped[one.kind] ?? one.kind,
      reference: one.candidate,
      candidate: one.reference,
    })),
  );
  expect(there.length).toBeLessThanOrEqual(1);
  return there[0]?.kind ?? null;
}

describe('headers are compared by their grammar', () => {
  it.each<readonly [string, string, readonly string[], readonly string[], string | null]>([
    ['nothing on both sides', 'allow', [], [], null],
    ['only the reference has it', 'allow', ['GET'], [], 'missing'],
    ['only the candidate has it', 'allow', [], ['GET'], 'extra'],
    ['an empty value is not nothing', 'allow', [''], [], 'missing'],
    ['allow: the order means nothing', 'allow', ['GET, HEAD'], ['HEAD,GET'], null],
    ['allow: nor do lines', 'allow', ['GET', 'HEAD'], ['HEAD, GET'], null],
    ['allow: nor repetition', 'allow', ['GET, GET'], ['GET'], null],
    ['allow: letter case does', 'allow', ['GET'], ['get'], 'value'],
    ['allow: members do', 'allow', ['GET, HEAD'], ['GET'], 'value'],
    ['allow: empty members mean nothing', 'allow', ['GET,, HEAD,'], ['GET, HEAD'], null],
    ['vary: letter case means nothing', 'vary', ['Accept, Origin'], ['origin, accept'], null],
    [
      'cache-control: order and case mean nothing',
      'cache-control',
      ['No-Store, max-age=0'],
      ['max-age=0,no-store'],
      null,
    ],
    ['cache-control: values do', 'cache-control', ['max-age=0'], ['max-age=1'], 'value'],
    [
      'cache-control: a comma in quotes does not split',
      'cache-control',
      ['private="a, b", c'],
      ['private="a, c", b'],
      'value',
    ],
    ['content-type: case of the type means nothing', 'content-type', ['Application/JSON'], ['application/json'], null],
    [
      'content-type: case of the charset neither',
      'content-type',
      ['text/html; charset=UTF-8'],
      ['text/html;charset=utf-8'],
      null,
    ],
    ['content-type: nor quotes', 'content-type', ['text/html; charset="utf-8"'], ['text/html; charset=utf-8'], null],
    ['content-type: nor the order of parameters', 'content-type', ['a/b; x=1; y=2'], ['a/b; y=2; x=1'], null],
    [
      'content-type: a charset that is not there does',
      'content-type',
      ['text/html'],
      ['text/html; charset=utf-8'],
      'value',
    ],
    ['content-type: the value of another parameter does', 'content-type', ['a/b; x=A'], ['a/b; x=a'], 'value'],
    ['content-type: the type does', 'content-type', ['text/plain'], ['application/json'], 'value'],
    ['content-type: what cannot be read is compared as text', 'content-type', ['json'], ['JSON'], 'value'],
    ['content-type: twice is not once', 'content-type', ['a/b', 'a/b'], ['a/b'], 'duplicate'],
    [
      'location: the own origin means nothing',
      'location',
      ['http://one.test:1/a?b#c'],
      ['http://two.test:2/a?b#c'],
      null,
    ],
    ['location: it says the same as its path', 'location', ['/a'], ['http://two.test:2/a'], null],
    ['location: the bare origin is its root', 'location', ['http://one.test:1'], ['/'], null],
    ['location: and so with a query', 'location', ['http://one.test:1?q=1'], ['/?q=1'], null],
    ['location: an empty query does', 'location', ['/a?'], ['/a'], 'value'],
    ['location: with an origin too', 'location', ['http://one.test:1/a?'], ['/a?'], null],
    ['location: the path does', 'location', ['http://one.test:1/a'], ['http://two.test:2/b'], 'value'],
    [
      'location: the origin of the other side does',
      'location',
      ['http://two.test:2/a'],
      ['http://two.test:2/a'],
      'value',
    ],
    [
      'content-location: so does it there',
      'content-location',
      ['http://two.test:2/a'],
      ['http://two.test:2/a'],
      'value',
    ],
    ['link: and there', 'link', ['<http://two.test:2/a>; rel=up'], ['<http://two.test:2/a>; rel=up'], 'value'],
    [
      'location: an origin that only begins alike does',
      'location',
      ['http://one.test:10/a'],
      ['http://two.test:20/a'],
      'value',
    ],
    [
      'location: user information does',
      'location',
      ['http://one.test:1@evil.test/'],
      ['http://two.test:2@evil.test/'],
      'value',
    ],
    ['others: as text', 'x-other', ['1'], ['1'], null],
    ['others: every character', 'x-other', ['1'], ['01'], 'value'],
    ['others: the number of lines', 'x-other', ['Basic', 'Bearer'], ['Basic, Bearer'], 'duplicate'],
    ['others: the order of lines', 'x-other', ['Basic', 'Bearer'], ['Bearer', 'Basic'], 'value'],
  ])('%s', (_, name, a, b, kind) => {
    expect(kindOf(name, a, b)).toBe(kind);
  });

  it.each(prototypeKeys.map((key) => key.toLowerCase()))('a name that every object has is plain text: %s', (name) => {
    expect(kindOf(name, ['a'], ['a'])).toBeNull();
    expect(kindOf(name, ['a'], ['b'])).toBe('value');
    expect(kindOf(name, ['a'], [])).toBe('missing');
    expect(kindOf(name, [], [])).toBeNull();
  });

  it('a captured value is equal where each side shows its own', () => {
    const sides = [
      { headers: [['etag', '"v1"']] as Pairs, origin: '' },
      { headers: [['ETag', '"v2"']] as Pairs, origin: '' },
    ] as const;
    const sameCapture = (x: string, y: string) => x === '"v1"' && y === '"v2"';
    expect(compareHeaders(sides[0], sides[1], { names: ['etag'], sameCapture })).toEqual([]);
  });

  it('values that mean the same are equal, whatever was captured', () => {
    const [a, b] = ['Accept', 'accept'].map((value) => ({ headers: [['Vary', value]] as Pairs, origin: '' }));
    expect(compareHeaders(a!, b!, { names: ['vary'], sameCapture: () => false })).toEqual([]);
  });

  it('one name that is alike hides none that is not', () => {
    const [a, b] = ['1', '2'].map((value) => ({
      headers: [
        ['x-a', 'same'],
        ['x-b', value],
      ] as Pairs,
      origin: '',
    }));
    const found = compareHeaders(a!, b!, { names: ['x-a', 'x-b'], sameCapture: () => false });
    expect(found.map(({ name, kind }) => [name, kind])).toEqual([['x-b', 'value']]);
  });

  it('references of a target whose origin nobody knows stay text', () => {
    const [a, b] = ['http://one.test/a', '/a'].map((value) => ({
      headers: [['location', value]] as Pairs,
      origin: '',
      path: '/x',
    }));
    const options = { names: ['location'], sameCapture: () => false };
    expect(compareHeaders(a!, b!, options).map(({ kind }) => kind)).toEqual(['value']);
    expect(compareHeaders(a!, a!, options)).toEqual([]);
  });

  it('each name is told once, in order, its values visible', () => {
    const a = {
      headers: [
        ['b', 'x\u0007\u001b[31m'],
        ['a', '1'],
        ['a', '2'],
      ] as Pairs,
      origin: '',
    };
    const b = { headers: [] as Pairs, origin: '' };
    const found = compareHeaders(a, b, { names: ['b', 'a', 'b'], sameCapture: (x, y) => x === y });
    expect(found).toEqual([
      { name: 'a', kind: 'missing', reference: '1 | 2', candidate: null },
      { name: 'b', kind: 'missing', reference: 'x\\x07\\x1b[31m', candidate: null },
    ]);
  });

  it('values are looked up whatever the case of the name', () => {
    const headers: Pairs = [
      ['X-A', '1'],
      ['x-a', '2'],
      ['x-b', '3'],
    ];
    expect(headerValues(headers, 'x-a')).toEqual(['1', '2']);
    expect(headerValue(headers, 'x-a')).toBe('1');
    expect(headerValue(headers, 'constructor')).toBeNull();
  });
});

describe('reading a content-type', () => {
  it.each<readonly [string | null, string, readonly (readonly [string, string])[]]>([
    [null, '', []],
    ['', '', []],
    ['Text/HTML', 'text/html', []],
    [' text/html ; Charset = "UTF-8" ', 'text/html', [['charset', 'UTF-8']]],
    [
      'a/b; x="1;2"; y=3',
      'a/b',
      [
        ['x', '1;2'],
        ['y', '3'],
      ],
    ],
    ['a/b; x="q\\"q"', 'a/b', [['x', 'q"q']]],
    ['a/b; x="open; y=1', 'a/b', [['x', '"open; y=1']]],
    ['a/b; nothing; x=1', 'a/b', [['x', '1']]],
    ['text', '', []],
    ['a/b/c', '', []],
    ['a b/c', '', []],
    ['application/vnd.api+json', 'application/vnd.api+json', []],
  ])('%j', (value, essence, parameters) => {
    expect(mediaType(value)).toEqual({ essence, parameters });
  });

  it('splits outside quotes, and gives every character back', () => {
    const hostile = `a/b;${'"\\'.repeat(50_000)}`;
    expect(splitUnquoted('a;"b;c";d\\;e', ';')).toEqual(['a', '"b;c"', 'd\\', 'e']);
    expect(splitUnquoted(hostile, ';').join(';')).toBe(hostile);
  });
});
