import { describe, expect, it } from 'vitest';
import { caseRowOf } from '../../../src/import/curl/case-row.ts';
import { hideCredentials } from '../../../src/import/curl/credentials.ts';
import { readCurlText, readCurlWords } from '../../../src/import/curl/read-curl.ts';
import type { CurlRequest } from '../../../src/import/curl/request.ts';

/** The one request of the one command of a text. */
function requestIn(text: string): CurlRequest {
  const [line, second] = readCurlText(text);
  if (line === undefined || second !== undefined || 'fault' in line.read) throw new Error(JSON.stringify(line));
  expect(line.read).toHaveLength(1);
  return line.read[0]!;
}

/** The case that comes of a text, and the variables that stand for its credentials. */
function caseIn(text: string): { request: unknown; values?: unknown; variables: Record<string, string> } {
  const { request, values } = hideCredentials(requestIn(text));
  const { id: _id, title: _title, ...row } = caseRowOf(request, { id: 'x', title: 'x' });
  return { ...row, variables: Object.fromEntries(values) };
}

function faultOf(text: string): unknown {
  const [line] = readCurlText(text);
  return line !== undefined && 'fault' in line.read ? line.read.fault : line;
}

describe('what browsers copy as cURL', () => {
  it('is read as Chrome writes it for a POSIX shell', () => {
    const text = `curl 'https://shop.example/api/items?page=1' \\
  -H 'accept: application/json, text/plain, */*' \\
  -H 'accept-language: de-CH' \\
  -H 'authorization: Bearer abc.def-123' \\
  -H 'content-type: application/json' \\
  -b 'sid=12345678; theme=dark' \\
  -H 'sec-ch-ua: "Chromium";v="141"' \\
  -H 'x-empty;' \\
  --data-raw $'{"name":"it\\'s \\u0021","tags":["\\ud83d\\ude00"]}' \\
  --compressed --insecure`;
    expect(caseIn(text)).toEqual({
      request: {
        method: 'POST',
        path: '/api/items?page=1',
        headers: {
          accept: 'application/json, text/plain, */*',
          'accept-language': 'de-CH',
          authorization: `Bearer \${BEARER_TOKEN}`,
          'x-empty': '',
          cookie: `\${COOKIE}`,
        },
        json: { name: "it's !", tags: ['😀'] },
      },
      variables: { BEARER_TOKEN: 'abc.def-123', COOKIE: 'sid=12345678; theme=dark' },
    });
  });

  it('is read as Chrome writes it for cmd.exe', () => {
    const text =
      'curl ^"https://shop.example/api/a?x=50^%^25^&y=1^" ^\r\n  -X ^"PUT^" ^\r\n  -H ^"content-type: application/json^" ^\r\n' +
      '  --data-raw ^"^{^\\^"name^\\^":^\\^"a\\\\b^\\^",^\r\n\r\n^\\^"n^\\^":1^}^"';
    expect(requestIn(text)).toMatchObject({
      method: 'PUT',
      path: '/api/a?x=50%25&y=1',
      headers: [['content-type', 'application/json']],
      body: { kind: 'text', text: '{"name":"a\\\\b",\n"n":1}' },
    });
  });

  it('is read as Firefox and Safari write it', () => {
    const firefox = `curl 'http://127.0.0.1:3100/a b/[x]' --globoff -I -X HEAD -H 'User-Agent: Mozilla/5.0' --http2`;
    expect(requestIn(firefox)).toMatchObject({
      method: 'HEAD',
      path: '/a%20b/[x]',
      headers: [['User-Agent', 'Mozilla/5.0']],
    });
    const safari = `curl 'http://127.0.0.1:3100/form' -X 'POST' -H 'Content-Type: application/x-www-form-urlencoded' --data-binary 'a=1&b=x+y' --compressed --proxy http://localhost:9090`;
    expect(caseIn(safari)).toMatchObject({ request: { method: 'POST', path: '/form', form: { a: '1', b: 'x y' } } });
  });
});

describe('shell text', () => {
  it.each([
    ['double quotes with escapes', 'curl "http://h/a\\"b\\$c"', '/a"b$c'],
    ['a line that goes on', 'curl \\\n http://h/a', '/a'],
    ['quotes side by side', `curl http://h/a'b'"c"\\d`, '/abcd'],
    ['bytes of ANSI quotes', `curl $'http://h/\\xc3\\xa9\\303\\251\\x41'`, '/%C3%A9%C3%A9A'],
    ['a comment behind it', 'curl http://h/a # and why', '/a'],
    ['a hash inside a word', 'curl http://h/a#b', '/a'],
    ['a redirection of its output', 'curl http://h/a 2>/dev/null >out.json', '/a'],
    ['a pipe behind it', `curl -s http://h/a | jq '.x | length'`, '/a'],
    ['a pipe before it', `cat x | curl http://h/a`, '/a'],
    ['a variable set before it', 'TOKEN=abc curl http://h/a', '/a'],
    ['no scheme', 'curl h:3100/a', '/a'],
    ['a user in the address', 'curl http://u:p@h/a', '/a'],
    ['dots in the path', 'curl http://h/a/./b/../c/', '/a/c/'],
    ['dots that are meant', 'curl --path-as-is http://h/a/../c', '/a/../c'],
    ['no path', 'curl http://h?x=1', '/?x=1'],
    ['data as a query', `curl -G http://h/a -d x=1 --data-urlencode 'y=a b&c'`, '/a?x=1&y=a%20b%26c'],
    ['data behind a query', `curl -G 'http://h/a?q' -d x=1`, '/a?q&x=1'],
    ['a query as an option', `curl http://h/a --url-query 'y=a b'`, '/a?y=a%20b'],
    ['a target of its own', `curl http://h/ --request-target '/*'`, '/*'],
    ['an address as an option', 'curl -s --url http://h/a', '/a'],
  ])('with %s is divided as a shell divides it', (_, text, path) => {
    expect(requestIn(text).path).toBe(path);
  });

  it.each([
    ['GET', 'curl http://h/a'],
    ['POST', 'curl http://h/a -dx=1'],
    ['POST', 'curl http://h/a -F x=1'],
    ['PUT', 'curl http://h/a -T x.bin'],
    ['HEAD', 'curl -sSI http://h/a'],
    ['DELETE', 'curl -sXDELETE http://h/a'],
    ['PATCH', 'curl --request PATCH http://h/a --json {}'],
    ['GET', 'curl -G http://h/a -d x=1'],
  ])('sends %s for %s', (method, text) => expect(requestIn(text).method).toBe(method));

  it('gives each command of a script with its line, and why one is left out', () => {
    const lines = readCurlText(
      '# first\ncurl http://h/a\n\ncd /tmp && curl http://h/b; curl "$(cat url)"\n\ncurl http://h/c \\\n  -d @-\n',
    );
    expect(lines.map(({ line, read }) => [line, 'fault' in read ? read.fault : read.map(({ path }) => path)])).toEqual([
      [2, ['/a']],
      [4, 'it is not a curl command'],
      [4, ['/b']],
      [4, expect.stringContaining('command substitution')],
      [6, 'its body comes from standard input'],
    ]);
  });

  it.each([
    ['an option that curl does not have', 'curl --heeder x http://h/', /has no option "--heeder"/],
    ['an option without its value', 'curl http://h/ -H', /-H has no value/],
    ['no address', 'curl -s', /names no address/],
    ['another scheme', 'curl ftp://h/a', /ftp:, not http/],
    ['a range of addresses', `curl 'http://h/[1-3]'`, /several requests/],
    ['a quote that is open', `curl 'http://h/`, /quote ' is not closed/],
    ['backticks', 'curl http://h/`id`', /command substitution/],
    ['backticks in quotes', 'curl "http://h/`id`"', /command substitution/],
    ['an expansion with an operator', `curl http://h/\${X:-$(id)}`, /command substitution/],
    ['a here-document', 'curl http://h/ -d @- <<EOF\nx\nEOF', /here-document/],
    ['two bodies', 'curl http://h/ -d x -F y=1', /two bodies/],
    ['bytes that are not UTF-8', `curl http://h/ --data-raw $'\\xff'`, /not UTF-8/],
    ['headers from a file', 'curl http://h/ -H @headers.txt', /headers from a file/],
  ])('with %s says so', (_, text, fault) => expect(faultOf(text)).toMatch(fault));

  it('keeps a variable of the shell as one of the environment', () => {
    const text = `curl "$BASE/items/$ID?key=\${API_KEY}" -H "authorization: Bearer $TOKEN" -H 'x-literal: \${NOT} {{a}}' -d "{\\"id\\":\\"$ID\\"}" -H 'content-type: application/json'`;
    expect(caseIn(text)).toEqual({
      values: { id: `\${ID}`, api_key: `\${API_KEY}` },
      request: {
        method: 'POST',
        path: '/items/{{id}}?key={{api_key}}',
        headers: { authorization: `Bearer \${TOKEN}`, 'x-literal': `\${{'{'}}NOT} {{'{'}}{a}}` },
        json: { id: '{{id}}' },
      },
      variables: {},
    });
  });

  it('does not take a noncharacter of the text for a variable', () => {
    expect(faultOf('curl http://h/\ufdd0X\ufdd1')).toMatch(/noncharacter/);
  });
});

describe('credentials of a curl command', () => {
  it.each([
    ['of --user', `curl http://h/ -u me:geheim12`, { BASIC_CREDENTIALS: 'bWU6Z2VoZWltMTI=' }],
    ['of the address', `curl http://me:geheim12@h/`, { BASIC_CREDENTIALS: 'bWU6Z2VoZWltMTI=' }],
    ['of --oauth2-bearer', `curl http://h/ --oauth2-bearer abc`, { BEARER_TOKEN: 'abc' }],
    ['of a header by its name', `curl http://h/ -H 'X-Api-Key: k-1'`, { X_API_KEY: 'k-1' }],
    ['of --cookie', `curl http://h/ -b 'sid=1'`, { COOKIE: 'sid=1' }],
    ['of the query', `curl 'http://h/?access_token=a%2Bb&x=1'`, { ACCESS_TOKEN: 'a+b' }],
    [
      'of a JSON member',
      `curl http://h/ --json '{"user":"me","password":"pa\\"ss","pin_token":12}'`,
      { PASSWORD: 'pa"ss', PIN_TOKEN: '12' },
    ],
    ['of a form', `curl http://h/ -d 'user=me&password=pa%20ss'`, { PASSWORD: 'pa ss' }],
    ['of a part', `curl http://h/ -F 'clientSecret=s3'`, { CLIENT_SECRET: 's3' }],
    [
      'that looks like a token',
      `curl 'http://h/?q=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln'`,
      { JWT: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln' },
    ],
  ])('%s becomes a variable, and its value is nowhere', (_, text, variables) => {
    const { variables: found, ...row } = caseIn(text);
    expect(found).toEqual(variables);
    for (const value of Object.values(variables))
      expect(JSON.stringify(row)).not.toContain(JSON.stringify(value).slice(1, -1));
  });

  it('is one variable wherever the same value comes', () => {
    const row = caseIn(`curl 'http://h/a-long-secret/x' -H 'x-token: a-long-secret' -d 'a-long-secret'`);
    expect(row).toMatchObject({
      request: { path: '/{{x_token}}/x', headers: { 'x-token': `\${X_TOKEN}` }, raw: '{{x_token}}' },
    });
  });
});

describe('the body of a curl command', () => {
  it.each([
    ['JSON', `curl http://h/ --json '{"a": 1}'`, { json: { a: 1 }, headers: { accept: 'application/json' } }],
    ['JSON that another spelling would change', `curl http://h/ --json '{"a": 1.0}'`, { raw: '{"a": 1.0}' }],
    ['text without a type', `curl http://h/ -H 'content-type:' --data-raw @x`, { raw: '@x' }],
    ['a form that another spelling would change', `curl http://h/ -d 'a=%7e'`, { raw: 'a=%7e' }],
    ['several pieces of data', `curl http://h/ -d a=1 -d b=2`, { form: { a: '1', b: '2' } }],
    ['a file', `curl http://h/ --data-binary @body.bin`, { file: 'body.bin' }],
    ['an invalid placeholder', `curl http://h/ -H 'content-type: text/plain' -d '{{x}}'`, { raw: "{{'{'}}{x}}" }],
    [
      'parts',
      `curl http://h/ -F 'a=1;type=text/x' -F 'f=@dir/cat.png;filename="c;1.png"' -F 'g=<x.txt' --form-string 'h=@1;type=x'`,
      {
        multipart: [
          { name: 'a', value: '1', type: 'text/x' },
          { name: 'f', file: 'dir/cat.png', filename: 'c;1.png' },
          { name: 'g', file: 'x.txt' },
          { name: 'h', value: '@1;type=x' },
        ],
      },
    ],
  ])('is carried over as %s', (_, text, request) => expect(caseIn(text)).toMatchObject({ request }));
});

it('the words that a shell has divided already are taken as they are', () => {
  expect(readCurlWords(['http://h/a$b `c`', '-H', `x: \${Y}`])).toMatchObject([
    { path: '/a$b%20`c`', headers: [['x', `\${Y}`]] },
  ]);
});

it('several addresses and --next are several requests', () => {
  expect(readCurlWords(['-H', 'a: 1', 'http://h/a', 'http://h/b', '--next', '-d', 'x', 'http://h/c'])).toMatchObject([
    { method: 'GET', path: '/a' },
    { method: 'GET', path: '/b' },
    { method: 'POST', path: '/c', headers: [['content-type', 'application/x-www-form-urlencoded']] },
  ]);
});
