import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { mutationsOf } from '../../src/assurance/mutate.ts';
import { defaultCompare } from '../../src/config/rules.ts';
import { compareOne, json, response } from '../compare/exchanges.ts';

const headers = ['content-type', 'location'];

/** What a mutation of each kind makes of a response, as text. */
function mutated(from: ReturnType<typeof response>, seed = 1): Record<string, string> {
  const found = mutationsOf(from, { seed, headers });
  return Object.fromEntries(found.map((one) => [one.kind, Buffer.from(one.response.body).toString('latin1')]));
}

/** Where the comparison sees the change of a header. */
function changedPlaces(name: string, value: string): string[] {
  const from = response({ headers: [[name, value]] });
  const found = mutationsOf(from, { seed: 1, headers: [name] }).find((one) => one.kind === 'header-changed')!;
  return compareOne(from, found.response, { headers: [name] }).divergences.map((one) => one.pointer);
}

/** The one mutation of this kind, as text. */
function only(from: ReturnType<typeof response>, kind: string): string | undefined {
  return mutated(from)[kind];
}

const rich = json('{"id":9007199254740993,"name":"a","on":true,"none":null,"items":[{"n":1.5},{"n":2}]}');

describe('a mutation of a JSON body', () => {
  it.each<readonly [kind: string, body: string, becomes: string, why: string]>([
    ['key-dropped', '{"a":1}', '{}', 'the only member takes no comma with it'],
    ['key-added', '{}', '{"added":null}', 'no comma before nothing'],
    ['key-added', '{ "added":1}', '{"added-1":null, "added":1}', 'the name is not taken yet'],
    ['type', 'null', '"x"', 'null becomes text'],
    ['type', '[]', 'null', 'everything else becomes null'],
    ['value', '"\\u00e9"', '"\\u00e9x"', 'text grows by one letter'],
    ['value', 'true', 'false', 'booleans turn'],
    ['value', '-0.0e5', '1', 'zero has no other sign'],
    ['value', '7', '-7', 'numbers change their sign'],
    ['value', '-7', '7', 'and lose it'],
    ['big-integer', '9007199254740993', '9007199254740992', 'the neighbour that is the same double'],
    ['big-integer', '9007199254740999', '9007199254740998', 'a nine goes down'],
    ['last-digit', '0', '1', 'a zero goes up'],
    ['last-digit', '1.25e-3', '1.26e-3', 'the last digit before the exponent'],
    ['item-moved', '[1, 2]', '[2, 1]', 'what is between stays'],
    ['item-moved', '[1,1.0,2]', '[1,2,1.0]', 'items that mean the same do not trade places'],
    ['item-lost', '[7]', '[]', 'the only item takes no comma with it'],
  ])('%s of %s gives %s: %s', (kind, body, becomes) => {
    expect(only(json(body), kind)).toBe(becomes);
  });

  it.each<readonly [kind: string, body: string, why: string]>([
    ['key-dropped', '{}', 'no member to drop'],
    ['key-added', '[1]', 'no object to add to'],
    ['value', '{"a":null}', 'null has no other value; a key is not a value'],
    ['big-integer', '{"9007199254740993":1}', 'a key is not a number'],
    ['last-digit', '[9007199254740993]', 'left to the kind for big integers'],
    ['item-moved', '[1,1.0,1e0]', 'all items mean the same'],
    ['item-moved', '[{"a":1,"b":2},{"b":2,"a":1}]', 'members in another order mean the same'],
    ['item-lost', '{"a":[]}', 'nothing to lose'],
  ])('has no place for %s in %s: %s', (kind, body) => {
    expect(mutated(json(body))).not.toHaveProperty([kind]);
  });

  it.each([
    ['{"a":1,"b":2}', ['{"a":1}', '{"b":2}']],
    ['{ "a" : 1 , "b" : 2 , "c" : 3 }', ['{ "a" : 1 , "b" : 2 }', '{ "a" : 1 , "c" : 3 }', '{ "b" : 2 , "c" : 3 }']],
  ])('drops any member of %s and leaves JSON', (body, becomes) => {
    const found = new Set(Array.from({ length: 40 }, (_, seed) => mutated(json(body), seed)['key-dropped']));
    expect([...found].sort()).toEqual(becomes);
  });

  it('names the place by its pointer, awkward keys escaped', () => {
    const found = mutationsOf(json('{"a/b":[[],{"m~n":9007199254740993}]}'), { seed: 1, headers });
    expect(found.find((one) => one.kind === 'big-integer')?.pointer).toBe('/a~1b/1/m~0n');
  });

  it('promises the shape only where no array and no repeated key is on the way', () => {
    const rungOf = (body: string, kind: string) =>
      mutationsOf(json(body), { seed: 1, headers }).find((one) => one.kind === kind)?.rung;
    expect(rungOf('{"a":1}', 'key-dropped')).toBe('shape');
    expect(rungOf('{"a":1,"a":2}', 'key-dropped')).toBe('value');
    expect(rungOf('[{"a":1}]', 'key-dropped')).toBe('value');
    expect(rungOf('[1]', 'item-lost')).toBe('value');
  });
});

describe('a mutation of what is not JSON', () => {
  it('flips one bit of one byte of a text', () => {
    const [before, after] = ['hello', only(response({ body: 'hello' }), 'byte')!];
    expect([...after].filter((letter, at) => letter !== before[at])).toHaveLength(1);
  });

  it('is found under the compression', () => {
    const packed = response({
      headers: [
        ['Content-Type', 'application/json'],
        ['Content-Encoding', 'gzip'],
      ],
      body: gzipSync('{"a":true}'),
    });
    expect(only(packed, 'value')).toBe('{"a":false}');
  });

  it.each([
    ['an empty body', response()],
    ['a compression that cannot be undone', response({ headers: [['content-encoding', 'gzip']], body: 'no gzip' })],
    ['a body nested half a million levels', json('['.repeat(500_000) + ']'.repeat(500_000))],
    ['a body over 1 MiB', response({ body: Buffer.alloc(1024 * 1024 + 1) })],
    [
      'a body that unpacks to more',
      response({ headers: [['content-encoding', 'gzip']], body: gzipSync(Buffer.alloc(2e6)) }),
    ],
  ])('leaves %s alone', (_, from) => {
    expect(mutationsOf(from, { seed: 1, headers: [] }).map((one) => one.kind)).toEqual(['status']);
  });
});

describe('a mutation of a header', () => {
  it('changes or removes one that is there, and no other', () => {
    const from = response({
      headers: [
        ['Content-Type', 'text/plain'],
        ['X-Changed', '1'],
        ['content-type', 'b'],
      ],
    });
    const found = mutationsOf(from, { seed: 1, headers });
    expect(found.map((one) => [one.kind, one.pointer, one.response.headers])).toEqual([
      ['status', '', from.headers],
      [
        'header-changed',
        '/content-type',
        [
          ['Content-Type', 'text/plain; changed=1'],
          ['X-Changed', '1'],
          ['content-type', 'b'],
        ],
      ],
      ['header-removed', '/content-type', [['X-Changed', '1']]],
    ]);
  });

  it('is another meaning in the grammar of every compared header', () => {
    const values = [
      ['allow', 'GET, changed'],
      ['cache-control', 'no-store'],
      ['content-type', 'text/html;charset="'],
      ['etag', '"a"'],
      ['etag', 'W/"a"'],
      ['etag', 'a'],
      ['etag', 'W/a'],
      ['location', 'http://rust.test/a'],
      ['retry-after', '5'],
      ['vary', 'Accept, CHANGED'],
      ['www-authenticate', 'Basic realm="a'],
    ] as const;
    for (const [name, value] of values) expect(changedPlaces(name, value)).toEqual([`/${name}`]);
  });

  it('is another meaning however malformed the value of a compared header is', () => {
    const values = [
      ...['', ' ', '[', '["a",1]', '{', '"', '""', '"a', '"\\', '\\', '=', '==', '=a', 'a=', 'a="', 'a="b', '='],
      ...[',', ',,', ', ,', ';', ';;', '; ;', 'a;', 'a;b', 'a;=', ';a=b', '<', '<>', '<a', '<a>; rel', '<a>; rel="'],
      ...[
        '/',
        '//',
        'a/',
        '*',
        '*/*',
        'W/',
        'W/"',
        'w/"a"',
        '-1',
        '1e9',
        'NaN',
        '%zz',
        '%00',
        '__proto__',
        '\u00ff',
        '?',
      ],
      ...[
        'a\tb',
        'bytes */',
        "UTF-8''%",
        "a; filename*=UTF-8''%E4",
        '(a',
        'max-age',
        'max-age=',
        'max-age="x"',
        'http://[',
      ],
    ];
    const names = defaultCompare.headers.map((name) => name.replace('*', 'allow-origin'));
    const unseen = names.flatMap((name) =>
      values.filter((value) => !changedPlaces(name, value).includes(`/${name}`)).map((value) => [name, value]),
    );
    expect(unseen).toEqual([]);
  });
});

describe('the choice of places', () => {
  it('is the same for the same seed', () => {
    expect(mutationsOf(rich, { seed: 7, headers })).toEqual(mutationsOf(rich, { seed: 7, headers }));
  });

  it('reaches every scalar of a body over the seeds', () => {
    const seeds = Array.from({ length: 60 }, (_, seed) => seed);
    const found = seeds.map(
      (seed) => mutationsOf(rich, { seed, headers }).find((one) => one.kind === 'value')!.pointer,
    );
    expect([...new Set(found)].sort()).toEqual(['/id', '/items/0/n', '/items/1/n', '/name', '/on']);
  });

  it('bounds the pointer, however long the way', () => {
    const found = mutationsOf(json(`${'[{"key":'.repeat(200)}1${'}]'.repeat(200)}`), { seed: 1, headers });
    expect(found.map((one) => one.kind)).toContain('last-digit');
    for (const one of found) expect(one.pointer.length).toBeLessThanOrEqual(310);
  });
});
