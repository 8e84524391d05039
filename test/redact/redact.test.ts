import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { maskApart, maskCredentials, maskOf } from '../../src/redact/redact.ts';
import { maskBody } from '../../src/redact/redact-body.ts';
import { maskMembers, maskPlace } from '../../src/redact/redact-members.ts';

const secret = 'k3y/"ä+ &value=42';
const mask = maskOf(new Set([secret]));
const misread = Buffer.from(secret).toString('latin1');
const inBase64 = (before: string) => Buffer.from(`${before}${secret}${before}`).toString('base64');

describe('a secret is masked', () => {
  it.each([
    ['as it is', `a ${secret} b`],
    ['percent-encoded', `/x?k=${encodeURIComponent(secret)}&z`],
    ['percent-encoded in lower case', encodeURIComponent(secret).toLowerCase()],
    ['as a form has it', new URLSearchParams([['k', secret]]).toString()],
    ['with every byte percent-encoded', [...Buffer.from(secret)].map((byte) => `%${byte.toString(16)}`).join('')],
    ['escaped in JSON', JSON.stringify({ k: secret })],
    ['escaped in JSON that is a string of JSON', JSON.stringify(JSON.stringify({ k: secret }))],
    [
      'escaped in JSON beyond need',
      secret.replace(/./gu, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`),
    ],
    ['with the slash escaped', JSON.stringify(secret).replaceAll('/', '\\/')],
    [
      'in HTML',
      secret.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('ä', '&#xE4;').replaceAll('/', '&#47;'),
    ],
    [
      'in HTML by names',
      secret.replaceAll('&', '&amp;').replaceAll('"', '&QUOT;').replaceAll('ä', '&auml;').replaceAll('/', '&sol;'),
    ],
    ['in HTML by names throughout', 'k3y&sol;&quot;&auml;&plus;&nbsp;&AMP;value&equals;42'],
    ['escaped in JSON three times over', JSON.stringify(JSON.stringify(JSON.stringify({ k: secret })))],
    ['percent-encoded twice', encodeURIComponent(encodeURIComponent(secret))],
    ['in HTML twice', 'k3y&amp;#47;&amp;quot;&amp;auml;+ &amp;amp;value=42'],
    ['as a key in a JSON Pointer', `/keys/${secret.replaceAll('/', '~1')}/0`],
    ['in Base64', inBase64('')],
    ['in Base64 from the second byte on', inBase64('x')],
    ['in Base64 from the third byte on', inBase64('xy')],
    ['in Base64 for URLs', Buffer.from(`user:${secret}`).toString('base64url')],
    ['in hex', Buffer.from(secret).toString('hex')],
    ['in hex, upper case', Buffer.from(secret).toString('hex').toUpperCase()],
    [
      'in hex with spaces',
      Buffer.from(secret)
        .toString('hex')
        .replace(/..(?=.)/g, '$& '),
    ],
    ['read as ISO 8859-1', `x ${misread} y`],
    ['read as ISO 8859-1, escaped in JSON', JSON.stringify({ k: misread }).replace('Ã', '\\u00c3')],
    ['read as ISO 8859-1, percent-encoded', encodeURIComponent(misread)],
    ['read as ISO 8859-1, in Base64', Buffer.from(`x${misread}y`).toString('base64')],
    ['cut at the end of an excerpt', `at 10: ${secret.slice(0, 9)}…`],
    ['cut in Base64 at the end of an excerpt', `at 10: ${inBase64('').slice(0, 12)}…`],
    ['cut in Base64 at the start of an excerpt', `…${inBase64('').slice(10)} and more`],
    ['cut in hex', `at 10: ${Buffer.from(secret).toString('hex').slice(0, 21)}…`],
    ['cut at the start of an excerpt', `…${secret.slice(-9)} and more`],
  ])('%s', (_, text) => {
    const shown = mask(text);
    expect(shown).toContain('***');
    for (const piece of ['k3y', 'value', Buffer.from(secret).toString('base64').slice(4, 12), '76616c7565'])
      expect(shown.toLowerCase()).not.toContain(piece.toLowerCase());
  });

  it('split over two lines of a head', () => {
    const headers = [
      ['x-a', 'one'],
      ['x-b', secret.slice(0, 8)],
      ['x-c', secret.slice(8)],
      ['x-d', 'two'],
    ] as const;
    const request = { method: 'GET', path: '/', headers, body: null };
    const hidden = maskCredentials({ step: 0, request, response: null, failure: null, durationMs: 1 }, mask);
    expect(hidden.request.headers).toEqual([
      ['x-a', 'one'],
      ['x-b', '***'],
      ['x-c', '***'],
      ['x-d', 'two'],
    ]);
  });

  it('split over three lines of a head, and where these are shown as one text', () => {
    const parts = [secret.slice(0, 5), secret.slice(5, 10), secret.slice(10)];
    const headers = ['one', ...parts].map((value) => ['x-part', value] as const);
    const request = { method: 'GET', path: '/', headers, body: null };
    const hidden = maskCredentials({ step: 0, request, response: null, failure: null, durationMs: 1 }, mask);
    expect(hidden.request.headers.map(([, value]) => value)).toEqual(['one', '***', '***', '***']);
    const sides = { reference: ['one', ...parts].join(' | '), candidate: 'a | b' };
    expect(maskApart(sides, mask, (text) => text)).toEqual({ reference: 'one | *** | *** | ***', candidate: 'a | b' });
  });

  it.each([
    ['a gzip stream that is cut off', 'gzip', gzipSync(`${secret} and more`.repeat(50)).subarray(0, -12)],
    ['one that nobody announces', null, gzipSync(secret)],
    ['a Brotli stream that is cut off', 'br', brotliCompressSync(`${secret} and more`).subarray(0, -2)],
    ['UTF-16', null, Buffer.from(secret, 'utf16le')],
    ['UTF-16, turned round', null, Buffer.from(secret, 'utf16le').swap16()],
  ])('in a body of %s', (_, coding, body) => {
    const shown = Buffer.from(maskBody(body, coding === null ? [] : [['content-encoding', coding]], mask));
    const read = [shown.toString('latin1'), shown.toString('utf16le'), Buffer.from(shown).toString('hex')].join();
    expect(shown.equals(body)).toBe(false);
    expect(read).not.toContain('k3y');
    expect(shown.includes('***') || shown.toString('latin1').replaceAll('\0', '').includes('***')).toBe(true);
  });

  it('but a body without one stays as it is', () => {
    for (const body of [
      gzipSync('nothing').subarray(0, -3),
      Buffer.from([0x1f, 0x8b, 1, 2]),
      Buffer.from([0, 1, 2, 0]),
    ])
      expect(Buffer.from(maskBody(body, [['content-encoding', 'gzip']], mask)).equals(body)).toBe(true);
  });

  it('once it is known, however late', () => {
    const secrets = new Set<string>();
    const late = maskOf(secrets);
    expect(late('session-1234')).toBe('session-1234');
    secrets.add('session-1234');
    expect(late({ 'session-1234': ['session-1234'] })).toEqual({ '***': ['***'] });
  });
});

describe('masking', () => {
  it.each([
    ['a text without a secret', 'value=42 and k3y'],
    ['a piece that no cut made', `middle ${secret.slice(2, 8)} middle`],
    ['a number', 42],
    ['nothing', null],
  ])('leaves alone %s', (_, value) => {
    expect(mask(value)).toEqual(value);
  });

  it.each([
    { why: 'two secrets', sides: ['first-secret', 'other-secret'], shown: ['***', '*** (another value, masked)'] },
    { why: 'one secret', sides: ['first-secret', 'plain'], shown: ['***', 'plain'] },
    { why: 'the same secret', sides: ['first-secret', 'first-secret'], shown: ['***', '***'] },
  ])('never makes a difference look like none: $why', ({ sides: [reference, candidate], shown }) => {
    const both = maskOf(new Set(['first-secret', 'other-secret']));
    const value = { reference: reference!, candidate: candidate! };
    expect(Object.values(maskApart(value, both, (text) => text))).toEqual(shown);
  });

  it('of a long text takes linear time', () => {
    const hostile = '\\'.repeat(200_000) + '%'.repeat(200_000) + 'k3'.repeat(100_000);
    expect(mask(hostile)).toBe(hostile);
  });
});

describe('members are masked by their names', () => {
  const twice = (text: string) => JSON.stringify(JSON.stringify(text)).slice(3, -3);

  it.each([
    ['a text', '{"password":"hunter2","a":1}', '{"password":"***","a":1}'],
    ['with blanks', '{ "access_token" : "abc" }', '{ "access_token" : "***" }'],
    ['a number', '{"secret":-12.5e3,"a":1}', '{"secret":"***","a":1}'],
    ['with quotes and backslashes in it', '{"token":"a\\"b\\\\","a":"b"}', '{"token":"***","a":"b"}'],
    [
      'in camel case',
      '{"clientSecret":"x","sessionId":"y","apiKey":"z"}',
      '{"clientSecret":"***","sessionId":"***","apiKey":"***"}',
    ],
    ['cut off in the value', '{"id":1,"api_key":"abcd…', '{"id":1,"api_key":"***"'],
    [
      'JSON in a string',
      '{"log":"{\\"password\\":\\"a\\\\\\"b\\",\\"n\\":1}"}',
      '{"log":"{\\"password\\":\\"***\\",\\"n\\":1}"}',
    ],
    ['an element of XML', '<user><password>hunter2</password></user>', '<user><password>***</password></user>'],
    [
      'one with a prefix and attributes',
      '<u:Access-Token a="1" >x\ny</u:Access-Token >',
      '<u:Access-Token a="1" >***</u:Access-Token >',
    ],
    ['CDATA with markup in it', '<token>a<![CDATA[</token>b]]>c</token>d', '<token>***</token>d'],
    ['a comment in a text', '<token>a<!-- < -->b</token>d', '<token>***</token>d'],
    ['elements in a text', '<token>a<b>c</b>d</token>e', '<token>***</token>e'],
    [
      'several elements',
      '<r><jwt>a</jwt><n>1</n><secret>b</secret></r>',
      '<r><jwt>***</jwt><n>1</n><secret>***</secret></r>',
    ],
    ['an attribute of XML', "<a token=\"x\" n='1' api-key = 'y\"z'/>", "<a token=\"***\" n='1' api-key = '***'/>"],
    ['an attribute and the text of an element', '<secret token="x">y</secret>', '<secret token="***">***</secret>'],
    ['an element cut off in the text', '<u><password>hunt…', '<u><password>***'],
    ['an element cut off before the text ends', 'line 1: …ter2</password><n>1</n>', 'line 1: …***</password><n>1</n>'],
    ['an attribute cut off in the value', '<u password="hunt…', '<u password="***'],
    [
      'XML in a string of JSON',
      '{"xml":"<a token=\\"x\\"><jwt>y<\\/jwt>"}',
      '{"xml":"<a token=\\"***\\"><jwt>***<\\/jwt>"}',
    ],
    ['in words around it', '400 {"jwt":"e.y.z"} again {"jwt":"e"}', '400 {"jwt":"***"} again {"jwt":"***"}'],
  ])('%s', (_, text, shown) => {
    expect(maskMembers(text)).toBe(shown);
    expect(maskMembers(shown)).toBe(shown);
  });

  it.each([
    ['other names', '{"token_type":"bearer","max_tokens":100,"sessions":["a"],"secretary":"x"}'],
    ['what is empty, or says only whether', '{"password":"","token":null,"secret":true,"session":{"id":1}}'],
    ['other names of XML', '<tokens count="2"><token_type type="password">bearer</token_type></tokens>'],
    ['an element without a text', '<session> <id>1</id> </session><token/><secret a="1" /><jwt></jwt><a token=""/>'],
    ['the end of an element', 'a</token>b'],
    ['the name without a value', '"password" is missing'],
    ['a value', '{"type":"password"}'],
    ['other text', twice('password: hunter2')],
  ])('but not %s', (_, text) => {
    expect(maskMembers(text)).toBe(text);
  });

  it.each([
    ['body', '/user/password', '"a"', '"***"'],
    ['body', '/apiKey/0', '"a"', '"***"'],
    ['body', '/pin/token', '17', '"***"'],
    ['body', '/token', 'null', 'null'],
    ['body', '/session', '{"token":"a","n":1}', '{"token":"***","n":1}'],
    ['body', '/name', '"a"', '"a"'],
    ['body', '/user/password/#text', '"a"', '"***"'],
    ['body', '/user/@token', '"a"', '"***"'],
    ['body', '/user', '{"@token":"a","n":"1"}', '{"@token":"***","n":"1"}'],
    ['headers', '/x-api-key', 'a', '***'],
    ['headers', '/set-cookie', 'a=1; Path=/ | b=2', 'a=***; Path=/ | b=***'],
    ['headers', '/set-cookie', 'odd', '***'],
    ['headers', '/etag', '"a"', '"a"'],
  ])('at a place: %s %s %s', (facet, pointer, text, shown) => {
    expect(maskPlace({ facet, pointer }, text)).toBe(shown);
  });

  it('of a long text takes linear time', () => {
    const markup = [
      '<token>a<b>',
      '<token>a<!--',
      '<![CDATA[<jwt>',
      'token="',
      "token='",
      '<',
      '…a',
      '…a</token>',
      '</token',
    ];
    for (const part of [
      '"token":',
      '"token"',
      '\\"',
      '"token":"',
      '"token":1',
      ' ',
      'token',
      '<token>',
      '<token',
      '<token ',
      ...markup,
    ])
      expect(maskMembers(part.repeat(200_000)).length).toBeGreaterThan(0);
  });
});
