import { describe, expect, it } from 'vitest';
import { compareHeaders, type HeaderPairs, headerGroups } from '../../../src/compare/headers/compare-headers.ts';

const swapped: Readonly<Record<string, string>> = { missing: 'extra', extra: 'missing' };

/** When both answers were made, as they say. */
const answered = ['Date', 'Tue, 20 Oct 2026 07:28:00 GMT'] as const;

function side(name: string, values: readonly string[], host: string, path?: string) {
  const headers: HeaderPairs = [
    ...values.map((value) => [name, value] as const),
    ...(name === 'date' ? [] : [answered]),
  ];
  return { headers, origin: `http://${host}.test:1`, ...(path === undefined ? {} : { path }) };
}

/** The kind of the divergence of one header, or null; the same, mirrored, the other way round. */
function kindOf(name: string, a: readonly string[], b: readonly string[], path?: string): string | null {
  const options = { names: [name], sameCapture: (x: string, y: string) => x === y };
  const [one, two] = [side(name, a, 'one', path), side(name, b, 'two', path)];
  const [found] = compareHeaders(one, two, options);
  const [back] = compareHeaders(two, one, options);
  expect(back?.kind).toBe(found === undefined ? undefined : (swapped[found.kind] ?? found.kind));
  expect([back?.reference, back?.candidate]).toEqual([found?.candidate, found?.reference]);
  return found?.kind ?? null;
}

type Values = string | readonly string[];
type Row = readonly [why: string, a: Values, b: Values, kind: string | null];

function check(name: string, rows: readonly Row[]): void {
  const listOf = (values: Values) => (typeof values === 'string' ? [values] : values);
  it.each(rows)(`${name}: %s`, (_, a, b, kind) => {
    expect(kindOf(name, listOf(a), listOf(b))).toBe(kind);
  });
}

const day = 'Wed, 21 Oct 2026 07:28:00 GMT';
const later = 'Thu, 22 Oct 2026 09:00:01 GMT';

describe('each header by its own grammar', () => {
  check('content-type', [
    ['a boundary means nothing', 'multipart/mixed; boundary=a', 'multipart/mixed; boundary="b c"', null],
    ['that there is one does', 'multipart/mixed; boundary=a', 'multipart/mixed', 'value'],
    ['other parameters do', 'multipart/mixed; boundary=a; x=1', 'multipart/mixed; boundary=a; x=2', 'value'],
    ['elsewhere it is a parameter', 'text/plain; boundary=a', 'text/plain; boundary=b', 'value'],
    ['A malformed value never means a sound one.', 'application/json', '["application/json"]', 'value'],
    ['not even as this tool spells that', 'text/plain; x=1', '[["text/plain",null,["x","1"]]]', 'value'],
  ]);

  check('cache-control', [
    ['quotes mean nothing', 'max-age="0"', 'max-age=0', null],
    ['a directive more', 'no-store', 'no-store, private', 'value'],
    ['lines are one list', ['no-store', 'private'], 'private, no-store', null],
  ]);

  check('link', [
    ['order means nothing', '</a>; rel=next, </b>; rel=last', '</b>;rel=last,</a>;rel=next', null],
    ['nor do lines', ['</a>; rel=next', '</b>; rel=last'], '</b>; rel=last, </a>; rel=next', null],
    ['nor quotes, nor the order of parameters', '</a>; rel="next"; title="x"', '</a>; title=x; rel=next', null],
    ['nor the case and the order of relations', '</a>; rel="Next  last"', '</a>; rel="last next"', null],
    ['nor the own origin', '<http://one.test:1/a>; rel=next', '<http://two.test:1/a>; rel=next', null],
    ['another target', '</a>; rel=next', '</b>; rel=next', 'value'],
    ['another relation', '</a>; rel=next', '</a>; rel=last', 'value'],
    ['a link more', '</a>; rel=next', '</a>; rel=next, </b>; rel=last', 'value'],
    ['a comma in a target does not split', '</a,b>; rel=next', '</a>; rel=next, <b>', 'value'],
    ['nor one in quotes', '</a>; title="x, y"', '</a>; title=x, y', 'value'],
    ['what is not a link is text', 'nonsense', 'other nonsense', 'value'],
    ['a quote in a target quotes nothing', '</a"b>; rel=x, </c>; rel=y', '</c>; rel=y, </a"b>; rel=x', null],
    ['a comma in a quoted text does not split', '</a>; t="x, </b>"; rel=x', '</a>; rel=x; t="x, </b>"', null],
    ['nor one behind an escaped quote', '</a>; t="x\\", y"; rel=x', '</a>; rel=x; t="x\\", y"', null],
    ['a backslash outside quotes is one', '</a>; x=\\, </b>; y=z', '</b>; y=z, </a>; x=\\', null],
    ['a comma in a target, with links in another order', '</a,b>; rel=x, </c>', '</c>, </a,b>; rel=x', null],
    ['an angle in quotes is none', '</a>; t="<", </b>', '</b>, </a>; t="<"', null],
    ['places with nothing in them mean nothing', ', </a>,, </b>,', '</b>, </a>', null],
    ['the words of a title have an order', '</a>; title="x y"', '</a>; title="y x"', 'value'],
    ['and a case', '</a>; title=X', '</a>; title=x', 'value'],
    ['the way back is a relation too', '</a>; rev="b A"', '</a>; rev="a b"', null],
    ['no relation is not an empty one', '</a>; rel', '</a>; rel=""', 'value'],
    ['relations are not run together', '</a>; rel="a b"', '</a>; rel="ab"', 'value'],
    ['what comes before a target makes it text', 'x</a>; rel=x', '</a>; rel=x', 'value'],
    ['whatever it is', '[/a>; rel=x', '</a>; rel=x', 'value'],
    ['so does a target without an end', '</a; rel=x', '</a; rel=x; y', 'value'],
    ['the end of another place is none of its own', '</a', '</>;</a', 'value'],
    ['empty parameters mean nothing', '</a>; ;; rel=x; ', '</a>; rel=x', null],
    ['nor do blanks in a target', '< /a >; rel=x', '</a>; rel=x', null],
    ['a parameter by another name', '</a>; x=1', '</a>; y=1', 'value'],
    ['and stays beside a link', '</a>; rel=next', '</a>; rel=next, changed', 'value'],
  ]);

  check('set-cookie', [
    ['the order of attributes means nothing', 'a=1; Path=/; HttpOnly', 'a=1; HttpOnly; Path=/', null],
    ['nor the case of their names', 'a=1; path=/; httponly', 'a=1; Path=/; HttpOnly', null],
    ['nor of SameSite', 'a=1; SameSite=Lax', 'a=1; samesite=lax', null],
    ['nor the dot of a domain', 'a=1; Domain=.X.test', 'a=1; domain=x.test', null],
    ['nor when it ends', `a=1; Expires=${day}; Max-Age=60`, `a=1; Expires=${later}; Max-Age=61`, null],
    [
      'Max-Age alone says when it ends',
      'a=1; Max-Age=3600',
      'a=1; Max-Age=3600; Expires=Tue, 20 Oct 2026 08:28:00 GMT',
      null,
    ],
    ['whatever Expires says beside it', 'a=1; Max-Age=3600', `a=1; Max-Age=3600; Expires=${later}`, null],
    [
      'the date that follows from it says the same',
      'a=1; Max-Age=3600',
      'a=1; Expires=Tue, 20 Oct 2026 08:28:00 GMT',
      null,
    ],
    ['another date does not', 'a=1; Max-Age=3600', 'a=1; Expires=Tue, 20 Oct 2026 09:28:00 GMT', 'value'],
    ['how long it lasts does', 'a=1; Max-Age=3600', 'a=1; Max-Age=86400', 'value'],
    ['by its date too', `a=1; Expires=${day}`, `a=1; Expires=${later}`, 'value'],
    ['give or take five seconds', 'a=1; Max-Age=60', 'a=1; Max-Age=65', null],
    ['six are more', 'a=1; Max-Age=60', 'a=1; Max-Age=66', 'value'],
    ['nor the order of cookies', ['a=1', 'b=2'], ['b=2', 'a=1'], null],
    ['nor of those with a comma in their names', ['a,b=1', 'a,c=2'], ['a,c=2', 'a,b=1'], null],
    ['that it ends at all does', `a=1; Expires=${day}`, 'a=1', 'value'],
    ['and that it ends at once', 'a=1; Max-Age=60', 'a=1; Max-Age=0', 'value'],
    ['in either way', `a=1; Expires=${day}`, 'a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'value'],
    ['an end that is not a date is text', `a=1; Expires=${day}`, `a=1; Expires=${day}, changed`, 'value'],
    ['another value says the same', 'a=1', 'a=2', null],
    ['quotes of a value mean nothing', 'a="1"', 'a=1', null],
    ['an empty value is another than one', 'a=1', 'a=', 'value'],
    ['HttpOnly lost', 'a=1; Secure; HttpOnly', 'a=2; Secure', 'value'],
    ['Secure lost', 'a=1; Secure; HttpOnly', 'a=2; HttpOnly', 'value'],
    ['the case of a name', 'a=1', 'A=1', 'value'],
    ['another path', 'a=1; Path=/', 'a=1; Path=/x', 'value'],
    ['an attribute missing', 'a=1; Secure', 'a=1', 'value'],
    ['a cookie more', ['a=1', 'b=2'], ['a=1'], 'duplicate'],
    ['one cookie twice, with other attributes', ['a=1', 'a=2; Path=/'], ['a=2; Path=/', 'a=1'], 'value'],
    ['lines are not lists', ['a=1', 'b=2'], 'a=1, b=2', 'duplicate'],
    ['zero in any spelling ends it at once', 'a=1; Max-Age=0', 'a=1; Max-Age=00', null],
    ['a zero in front does not', 'a=1; Max-Age=060', 'a=1; Max-Age=60', null],
    ['an age below zero does', 'a=1; Max-Age=-1', 'a=1; Max-Age=0', null],
    ['an age that is not a number is text', 'a=1; Max-Age=x60', 'a=1; Max-Age=60', 'value'],
    ['whatever comes after it', 'a=1; Max-Age=60x', 'a=1; Max-Age=60', 'value'],
    ['no age is another than one that ends at once', 'a=1; Max-Age=0', 'a=1; Max-Age', 'value'],
    ['and than another', 'a=1; Max-Age=60', 'a=1; Max-Age', 'value'],
    ['than one long ago too', 'a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'a=1; Expires', 'value'],
    ['no date is another than one', `a=1; Expires=${day}`, 'a=1; Expires', 'value'],
    [
      'a date far from 1970 does not end it',
      `a=1; Expires=${day.replace('2026', '2070')}`,
      `a=1; Expires=${day.replace('2026', '2070').replace(':00 GMT', ':05 GMT')}`,
      null,
    ],
    ['a date in the past does', `a=1; Expires=${day}`, 'a=1; Expires=Tue, 12 Oct 1999 00:00:00 GMT', 'value'],
    ['and one of the very second', `a=1; Expires=${day}`, `a=1; Expires=${answered[1]}`, 'value'],
    ['however long ago', 'a=1; Expires=Tuesday, 12-Oct-99 00:00:00 GMT', `a=1; Expires=${answered[1]}`, null],
    ['a number by another name is one', 'a=1; Version=1', 'a=1; Version=2', 'value'],
    ['a date by another name is one', `a=1; Made=${day}`, `a=1; Made=${later}`, 'value'],
    ['another domain', 'a=1; Domain=x.test', 'a=1; Domain=y.test', 'value'],
    ['no domain at all', 'a=1; Domain=x.test', 'a=1', 'value'],
    ['another SameSite', 'a=1; SameSite=Lax', 'a=1; SameSite=Strict', 'value'],
    ['an attribute without a value has an empty one', 'a=1; Secure', 'a=1; Secure=', null],
    ['a value may have no name', 'a=1; =x', 'a=1; =y', 'value'],
    ['spaces around a value mean nothing', 'a = 1 ; Path= / ', 'a=1;Path=/', null],
    ['nor places with nothing in them', 'a=1;; Secure; ', 'a=1; Secure', null],
    ['a cookie without a name', 'abc', '=abc', null],
    ['is not one without a value', 'abc', 'abc=', 'value'],
    ['name and value are not run together', 'a=1; x=yz', 'a=1; xy=z', 'value'],
  ]);

  check('etag', [
    ['the same', 'W/"x"', 'W/"x"', null],
    ['weak is not strong', 'W/"x"', '"x"', 'type'],
    ['another strong tag says the same', '"x"', '"y"', null],
    ['another weak tag says the same', 'W/"x"', 'W/"y"', null],
    ['a tag without quotes is not a tag', '"x"', 'x', 'type'],
    ['a lost tag', '"x"', [], 'missing'],
  ]);

  check('www-authenticate', [
    ['the case of the scheme means nothing', 'bearer realm="x"', 'Bearer realm="x"', null],
    ['nor quotes', 'Basic realm=x', 'Basic realm="x"', null],
    ['nor the order of parameters', 'Bearer realm="x", error="y"', 'Bearer error="y",realm="x"', null],
    ['nor lines and their order', ['Basic realm="x"', 'Bearer'], 'Bearer, Basic realm="x"', null],
    ['nor a nonce', 'Digest realm="x", nonce="1"', 'Digest realm="x", nonce="2"', null],
    ['that there is one does', 'Digest realm="x", nonce="1"', 'Digest realm="x"', 'value'],
    ['the realm', 'Basic realm="x"', 'Basic realm="y"', 'value'],
    ['a parameter missing', 'Basic realm="x"', 'Basic', 'value'],
    ['a comma in quotes does not split', 'Basic realm="x, Bearer"', 'Basic realm=x, Bearer', 'value'],
    ['a parameter belongs to its own scheme', 'Basic realm="x", Bearer', 'Basic, Bearer realm="x"', 'value'],
    ['a token', 'Negotiate YWJj==', 'Negotiate YWJk==', 'value'],
    ['the case of a token', 'Negotiate YWJj==', 'Negotiate ywjj==', 'value'],
    ['a nonce is not an opaque', 'Digest realm="x", nonce="1"', 'Digest realm="x", opaque="1"', 'value'],
    ['an empty place in the list means nothing', 'Basic realm="x", , Bearer', ', Basic realm="x",Bearer,', null],
    ['a scheme that reads like no challenge', 'Basic, realm="x"', 'realm="x"', 'value'],
    ['one challenge twice', ['Basic', 'Basic'], 'Basic', 'value'],
    ['what is not a challenge is text', '="', '==', 'value'],
  ]);

  check('retry-after', [
    ['seconds', '120', '60', 'value'],
    ['seconds, with a zero before them', '060', '60', null],
    ['seconds and a date', '120', day, 'type'],
    ['two zeros before them', '0060', '60', null],
    ['a zero inside counts', '1001', '11', 'value'],
    ['a unit behind them makes text of it', '60s', '60', 'type'],
    ['so does a sign before them', '+60', '60', 'type'],
    ['no seconds at all', '0', '00', null],
    ['two dates', day, later, 'value'],
    ['dates some seconds apart, by two clocks', day, 'Wed, 21 Oct 2026 07:28:04 GMT', null],
    ['seconds twice, and seconds and a date', ['60', '60'], ['60', day], 'type'],
    ['a date and what is none', day, `${day}, changed`, 'type'],
  ]);

  check('content-disposition', [
    ['quotes, order and case mean nothing', 'Attachment; filename="x"; a=1', 'attachment; a=1; FILENAME=x', null],
    ['nor do blanks', ' attachment ; filename=x', 'attachment;filename=x', null],
    ['the name does', 'attachment; filename=x', 'attachment; filename=y', 'value'],
    ['a semicolon in quotes does not split', 'attachment; filename="a;b=c"', 'attachment; filename="a"; b=c', 'value'],
    ['nor does a comma join a name and a value', 'attachment; "a,b"', 'attachment; "a=b"', 'value'],
    ['a parameter without a value is not one with an empty value', 'attachment; a', 'attachment; a=', 'value'],
  ]);

  check('x-other', [
    ['blanks around a value mean nothing', ' a ', 'a', null],
    ['the second line counts too', ['a', 'b'], ['a', 'c'], 'value'],
  ]);

  // Letter case is forgiven, but "ß" and "ss" are two texts: they only have the same capitals.
  check('vary', [['letters with the same capitals', 'ß', 'ss', 'value']]);
  check('cache-control', [['letters with the same capitals', 'a=ß', 'a=ss', 'value']]);
  check('content-type', [['letters with the same capitals', 'a/b; charset=ß', 'a/b; charset=ss', 'value']]);
  check('content-disposition', [['letters with the same capitals', 'ß', 'ss', 'value']]);
  check('content-encoding', [['letters with the same capitals', 'ß', 'ss', 'value']]);
  check('link', [['letters with the same capitals', '</a>; rel=ß', '</a>; rel=ss', 'value']]);

  check('access-control-allow-headers', [['a set in any case', 'X-A, x-b', 'X-B,x-a', null]]);
  check('access-control-allow-methods', [['a set, case counts', 'GET', 'get', 'value']]);
  check('access-control-expose-headers', [['a set in any case', 'ETag, Link', 'link,etag', null]]);
  check('access-control-max-age', [
    ['a zero in front means nothing', '060', '60', null],
    ['other seconds', '600', '60', 'value'],
  ]);
  check('content-encoding', [['order counts', 'gzip, br', 'br, gzip', 'value']]);
  check('content-range', [
    ['the case of the unit means nothing', 'Bytes 0-1/2', 'bytes 0-1/2', null],
    ['the range does', 'bytes 0-1/2', 'bytes 0-0/2', 'value'],
  ]);

  check('strict-transport-security', [
    ['order, case, quotes and zeros mean nothing', 'max-age=60; preload', 'Preload;MAX-AGE="060";', null],
    ['another age', 'max-age=60', 'max-age=61', 'value'],
    ['a directive lost', 'max-age=60; includeSubDomains', 'max-age=60', 'value'],
    ['an age that is not a number', 'max-age=60', 'max-age=60s', 'value'],
  ]);

  check('sunset', [
    ['another form of the same date', day, 'Wed Oct 21 07:28:00 2026', null],
    ['another date', day, later, 'value'],
    ['a few seconds by two clocks', day, 'Wed, 21 Oct 2026 07:28:04 GMT', null],
    ['what is not a date', day, 'soon', 'type'],
  ]);

  check('deprecation', [
    ['another moment', '@1688169599', '@1688169600', 'value'],
    ['a zero in front means nothing', '@1688169599', '@01688169599', null],
    ['the date of a draft and a moment', '@1688169599', day, 'type'],
    ['two dates of a draft', day, later, 'value'],
    ['a word of a draft', 'true', 'true', null],
  ]);
});

describe('a location is resolved', () => {
  it.each<readonly [string, string, string, string | undefined, string | null]>([
    ['relative to the path of the request', 'x', '/a/x', '/a/b?q', null],
    ['a step up', '../x', '/x', '/a/b', null],
    ['a query alone', '?q=1', '/a/b?q=1', '/a/b', null],
    ['without a path relative ones stay text', 'x', '/x', undefined, 'value'],
    ['dot segments', '/a/../x', '/x', undefined, null],
    ['the case and the port of an origin', 'HTTP://ONE.test:1/a', '/a', undefined, null],
    ['another host', '//evil.test/a', '/a', undefined, 'value'],
    ['the same other host', 'https://x.test/a', 'https://X.test:443/a', undefined, null],
    ['another scheme', 'https://one.test:1/a', '/a', undefined, 'value'],
    ['a user on the own origin', 'http://u@one.test:1/a', '/a', undefined, 'value'],
    ['a password on it', 'http://:p@one.test:1/a', '/a', undefined, 'value'],
    ['user information on the own origin', 'http://u:p@one.test:1/a', '/a', undefined, 'value'],
    ['a backslash is not a slash', '/\\evil.test', '//evil.test', undefined, 'value'],
    ['a space is not its escape', '/a b', '/a%20b', undefined, 'value'],
    ['the case of hex digits in escapes does not count', '/%2f', '/%2F', undefined, null],
    ['what is not a URI is text', 'http://[', 'http://[', undefined, null],
  ])('%s', (_, a, b, path, kind) => {
    expect(kindOf('location', [a], [b], path)).toBe(kind);
  });
});

describe('volatile headers forgive the value', () => {
  const names = ['x-request-id', 'x-correlation-id', 'traceparent', 'server-timing', 'cf-ray'];

  it.each(names)('%s: presence and number count', (name) => {
    expect(kindOf(name, ['a'], ['b'])).toBeNull();
    expect(kindOf(name, ['a'], [])).toBe('missing');
    expect(kindOf(name, ['a', 'b'], ['a'])).toBe('duplicate');
  });

  it.each(['date', 'expires', 'last-modified'])(
    '%s: one date is as good as another, what is not a date is not',
    (name) => {
      expect(kindOf(name, [day], [later])).toBeNull();
      expect(kindOf(name, [day], ['Wed Oct 21 07:28:00 2026'])).toBeNull();
      expect(kindOf(name, [day], ['0'])).toBe('type');
      expect(kindOf(name, ['0'], ['-1'])).toBe('value');
      expect(kindOf(name, [day], [])).toBe('missing');
    },
  );

  it('age: a number of seconds is as good as another', () => {
    expect(kindOf('age', ['1'], ['2000'])).toBeNull();
    expect(kindOf('age', ['1'], ['x'])).toBe('type');
  });
});

describe('headers fall into groups', () => {
  it('each into one, in the order received', () => {
    const headers: HeaderPairs = [
      ['Content-Type', 'text/plain'],
      ['DATE', day],
      ['Connection', 'close'],
      ['Proxy-Status', 'x'],
      ['X-Request-Id', '1'],
      ['__proto__', '1'],
      ['content-type', 'text/html'],
      ['Content-Length', '1'],
    ];
    const pick = (...at: number[]) => at.map((i) => headers[i]);
    expect(headerGroups(headers, ['content-type', 'x-request-id'])).toEqual({
      compared: pick(0, 6),
      volatile: pick(4),
      framing: pick(2, 3, 7),
      notCompared: pick(1, 5),
    });
  });

  it('what is asked for is compared, framing too', () => {
    expect(headerGroups([['Content-Length', '1']], ['content-length'])).toMatchObject({
      compared: [['Content-Length', '1']],
      framing: [],
    });
    expect(kindOf('content-length', ['1'], ['2'])).toBe('value');
  });
});

describe('hostile values', () => {
  it.each([
    'link',
    'set-cookie',
    'www-authenticate',
    'cache-control',
    'location',
    'content-disposition',
    'retry-after',
  ])('%s: long and crooked ones are read in no time', (name) => {
    for (const piece of ['"', '<', ',', ';', '=', ' ', '\\"', '<a>;', 'a ', 'a=', '/..', '%'])
      expect(kindOf(name, [piece.repeat(20_000)], [`${piece.repeat(20_000)}x`])).not.toBe('type');
  });
});

describe('whether a cookie has ended', () => {
  const kind = (date: string | null, expires: readonly [string, string]) => {
    const head = (value: string): HeaderPairs => [['Set-Cookie', `a=1; Expires=${value}`]];
    const answer = (value: string) => ({
      headers: date === null ? head(value) : [...head(value), ['Date', date] as const],
    });
    const sides = expires.map((value) => ({ ...answer(value), origin: '' }));
    return compareHeaders(sides[0]!, sides[1]!, { names: ['set-cookie'], sameCapture: () => false })[0]?.kind ?? null;
  };
  const [past, future] = ['Tue, 12 Oct 1999 00:00:00 GMT', 'Fri, 12 Oct 2096 00:00:00 GMT'];

  it.each([
    ['by the date of the answer', 'Tue, 12 Oct 1999 00:00:02 GMT', 'value'],
    ['by the date of the answer, before both', 'Mon, 11 Oct 1999 23:59:59 GMT', null],
    ['by the date of the answer, whenever that is', 'Fri, 12 Oct 2098 00:00:00 GMT', null],
    ['by the clock, where the answer has no date', null, null],
  ])('is known %s', (_, date, expected) => {
    expect(kind(date, [past, past.replace(':00 GMT', ':05 GMT')])).toBe(expected);
  });

  it('lasts to the same day, whenever each answer was made', () => {
    const side = (seconds: string, cookie: string) => ({
      headers: [
        ['Set-Cookie', cookie],
        ['Date', `Tue, 20 Oct 2026 07:28:${seconds} GMT`],
      ] as const,
      origin: '',
    });
    const [a, b] = [side('00', `a=1; Path=/; Expires=${day}`), side('30', `a=1; Expires=${day}; Path=/`)];
    expect(compareHeaders(a, b, { names: ['set-cookie'], sameCapture: () => false })).toEqual([]);
  });

  it.each([
    ['by the date of the answer, whenever that is', 'Fri, 12 Oct 2098 00:00:00 GMT', null],
    ['by the clock, where the answer has no date', null, 'value'],
    ['by the clock, where that is none', 'yesterday', 'value'],
  ])('is known where one ended long ago %s', (_, date, expected) => {
    expect(kind(date, [past, future])).toBe(expected);
  });
});
