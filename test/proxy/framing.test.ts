import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, type Stage, setStage } from './through-proxy.ts';

const host = 'Host: a.test\r\n';
const post = `POST /x HTTP/1.1\r\n${host}`;
const chunked = `${post}Transfer-Encoding: chunked\r\n\r\n`;

/** Requests that two readers may take for different ones, in the kind of the HTTP Garden: what they are, and the bytes. */
const ambiguous: readonly (readonly [what: string, bytes: string, status?: number])[] = [
  ['content-length with transfer-encoding', `${post}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ['transfer-encoding with content-length', `${post}Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n0\r\n\r\n`],
  ['two equal lengths', `${post}Content-Length: 2\r\nContent-Length: 2\r\n\r\nab`],
  ['two different lengths', `${post}Content-Length: 2\r\ncontent-length: 3\r\n\r\nabc`],
  ['a list of lengths', `${post}Content-Length: 2, 2\r\n\r\nab`],
  ['a signed length', `${post}Content-Length: +2\r\n\r\nab`],
  ['a negative length', `${post}Content-Length: -1\r\n\r\n`],
  ['a hexadecimal length', `${post}Content-Length: 0x2\r\n\r\nab`],
  ['a length with a leading zero', `${post}Content-Length: 010\r\n\r\n0123456789`],
  ['a length with a blank in it', `${post}Content-Length: 1 0\r\n\r\na`],
  ['a length over 15 digits', `${post}Content-Length: 9999999999999999\r\n\r\n`],
  ['an empty length', `${post}Content-Length:\r\n\r\n`],
  ['a transfer-encoding other than chunked', `${post}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`],
  ['chunked twice', `${post}Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n`],
  ['two transfer-encodings', `${post}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n`],
  ['a disguised transfer-encoding', `${post}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
  ['a vertical tab before chunked', `${post}Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n`],
  ['a blank before the colon', `${post}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`],
  ['a blank before the first name', `GET / HTTP/1.1\r\n Host: a.test\r\n\r\n`],
  ['a folded field', `${post}X-A: b\r\n c\r\nContent-Length: 0\r\n\r\n`],
  ['a folded transfer-encoding', `${post}Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n`],
  ['an underscore for the dash of a length', `${post}Content_Length: 5\r\nContent-Length: 0\r\n\r\n`],
  ['a dot for the dash of a transfer-encoding', `${post}Transfer.Encoding: chunked\r\nContent-Length: 0\r\n\r\n`],
  ['a field without a colon', `GET / HTTP/1.1\r\n${host}Nothing\r\n\r\n`],
  ['a field without a name', `GET / HTTP/1.1\r\n${host}: x\r\n\r\n`],
  ['a NUL in a value', `GET / HTTP/1.1\r\n${host}X: a\0b\r\n\r\n`],
  ['a bare CR in a value', `GET / HTTP/1.1\r\n${host}X: a\rY: b\r\n\r\n`],
  ['bare line feeds', 'GET / HTTP/1.1\nHost: a.test\n\n'],
  ['one bare line feed', `GET / HTTP/1.1\r\nHost: a.test\nX: y\r\n\r\n`],
  ['a bare line feed that ends the head', `GET / HTTP/1.1\r\n${host}\n`],
  ['two host fields', `GET / HTTP/1.1\r\n${host}Host: b.test\r\n\r\n`],
  ['no host field', 'GET / HTTP/1.1\r\n\r\n'],
  ['an empty host', 'GET / HTTP/1.1\r\nHost:\r\n\r\n'],
  ['a host with a user', 'GET / HTTP/1.1\r\nHost: a@b.test\r\n\r\n'],
  ['a host with a path', 'GET / HTTP/1.1\r\nHost: a.test/x\r\n\r\n'],
  ['the absolute form of another host', `GET http://169.254.169.254/x HTTP/1.1\r\n${host}\r\n`],
  ['the absolute form with another scheme', `GET https://a.test/x HTTP/1.1\r\n${host}\r\n`],
  ['the absolute form with a user', `GET http://u@a.test/x HTTP/1.1\r\n${host}\r\n`],
  ['another scheme altogether', `GET file:///etc/passwd HTTP/1.1\r\n${host}\r\n`],
  ['the authority form', `CONNECT a.test:443 HTTP/1.1\r\n${host}\r\n`],
  ['a target without a slash', `GET x HTTP/1.1\r\n${host}\r\n`],
  ['an asterisk for GET', `GET * HTTP/1.1\r\n${host}\r\n`],
  ['a fragment', `GET /a#b HTTP/1.1\r\n${host}\r\n`],
  ['a blank in the target', `GET /a b HTTP/1.1\r\n${host}\r\n`],
  ['a tab in the target', `GET /a\tb HTTP/1.1\r\n${host}\r\n`],
  ['two blanks before the version', `GET /  HTTP/1.1\r\n${host}\r\n`],
  ['a tab for a blank', `GET\t/\tHTTP/1.1\r\n${host}\r\n`],
  ['a method with a colon', `GE:T / HTTP/1.1\r\n${host}\r\n`],
  ['no method', ` / HTTP/1.1\r\n${host}\r\n`],
  ['HTTP/0.9', 'GET /\r\n\r\n'],
  ['a version in lower case', `GET / http/1.1\r\n${host}\r\n`],
  ['HTTP/1.2', `GET / HTTP/1.2\r\n${host}\r\n`, 505],
  ['a version with a leading zero', `GET / HTTP/01.1\r\n${host}\r\n`, 505],
  ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 505],
  ['chunks in HTTP/1.0', `POST / HTTP/1.0\r\n${host}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ['a TRACE with a body', `TRACE / HTTP/1.1\r\n${host}Content-Length: 1\r\n\r\na`],
  ['a connection field that names the length', `${post}Connection: content-length\r\nContent-Length: 1\r\n\r\na`],
  ['a connection field that names the host', `GET / HTTP/1.1\r\n${host}Connection: close, Host\r\n\r\n`],
  ['an unknown expectation', `${post}Expect: 100-continue, x\r\nContent-Length: 1\r\n\r\na`, 417],
  ['a chunk size with a prefix', `${chunked}0x1\r\na\r\n0\r\n\r\n`],
  ['a chunk size with a sign', `${chunked}+1\r\na\r\n0\r\n\r\n`],
  ['a chunk size with a blank', `${chunked}1 \r\na\r\n0\r\n\r\n`],
  ['a chunk size with an underscore', `${chunked}1_0\r\na\r\n0\r\n\r\n`],
  ['a chunk size over 32 bits', `${chunked}100000001\r\na\r\n0\r\n\r\n`],
  ['an empty chunk size', `${chunked}\r\na\r\n0\r\n\r\n`],
  ['a chunk longer than its size', `${chunked}1\r\nab\r\n0\r\n\r\n`],
  ['a chunk that ends with a bare line feed', `${chunked}1\r\na\n0\r\n\r\n`],
  ['a chunk size that ends with a bare line feed', `${chunked}1\na\r\n0\r\n\r\n`],
  ['a bare CR after a chunk size', `${chunked}1\rXa\r\n0\r\n\r\n`],
  ['a line feed in a chunk extension', `${chunked}1;a=\nb\r\na\r\n0\r\n\r\n`],
  ['a chunk extension that is not a token', `${chunked}1;a b\r\na\r\n0\r\n\r\n`],
  ['a length among the trailers', `${chunked}0\r\nContent-Length: 5\r\n\r\n`],
  ['a folded trailer', `${chunked}0\r\nX: a\r\n b\r\n\r\n`],
  ['a head over 64 KiB', `GET /${'a'.repeat(66_000)} HTTP/1.1\r\n${host}\r\n`, 431],
  ['600 fields', `GET / HTTP/1.1\r\n${host}${'A: b\r\n'.repeat(600)}\r\n`, 431],
];

/** What follows a request that is refused is not a request, whatever it looks like. */
const smuggled = `GET /smuggled HTTP/1.1\r\n${host}\r\n`;

describe('a request that two readers may take for different ones', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage({ play: (_, socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n') });
  });
  afterAll(() => stage.close());

  it.each(ambiguous)('is refused, with nothing sent to the target, for %s', async (_, bytes, status = 400) => {
    const answer = await ask(stage.port, [bytes + smuggled]);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [\\s\\S]*\r\nConnection: close\r\n\r\nparity: `));
    expect(answer.match(/^HTTP\/1\.1 \d/gm)).toHaveLength(1);
    expect(stage.received).toEqual([]);
  });

  it('is counted with its reason', () => {
    expect(stage.refused).toContain('length-and-chunked');
    expect(stage.refused).toContain('other-host');
  });
});

/** Requests with one meaning: what they are, the bytes, and what the target gets. */
const clear: readonly (readonly [what: string, bytes: string, received: string])[] = [
  [
    'keeps target, order, case and bytes of the fields',
    `GET /A%2f//b?x=[1]&y=\xe9 HTTP/1.1\r\nX-b: 1\r\n${host}x-A:  two  \r\nCookie: a\r\nCookie: b\r\n\r\n`,
    'GET /base/A%2f//b?x=[1]&y=\xe9 HTTP/1.1\r\nX-b: 1\r\nHost: TARGET\r\nx-A:  two  \r\nCookie: a\r\nCookie: b\r\n\r\n',
  ],
  ['keeps an unusual method', `PURGE / HTTP/1.1\r\n${host}\r\n`, 'PURGE /base/ HTTP/1.1\r\nHost: TARGET\r\n\r\n'],
  [
    'turns the absolute form of its own host into the origin form',
    'GET http://A.test?x HTTP/1.1\r\nHost: a.test\r\n\r\n',
    'GET /base/?x HTTP/1.1\r\nHost: TARGET\r\n\r\n',
  ],
  ['skips one empty line', `\r\nGET / HTTP/1.1\r\n${host}\r\n`, 'GET /base/ HTTP/1.1\r\nHost: TARGET\r\n\r\n'],
  [
    'passes OPTIONS of the whole server on',
    `OPTIONS * HTTP/1.1\r\n${host}\r\n`,
    'OPTIONS * HTTP/1.1\r\nHost: TARGET\r\n\r\n',
  ],
  [
    'drops fields that are for this connection, and those that the connection field names',
    `GET / HTTP/1.1\r\n${host}Connection: X-Hop, keep-alive\r\nX-Hop: 1\r\nKeep-Alive: 5\r\nTE: trailers\r\nUpgrade: h2c\r\nProxy-Connection: x\r\nX-End: 2\r\n\r\n`,
    'GET /base/ HTTP/1.1\r\nHost: TARGET\r\nX-End: 2\r\n\r\n',
  ],
  [
    'sends chunks again without their extensions, with their trailers',
    `${chunked}2;a="b"\r\nab\r\n0\r\nX-Sum: 1\r\n\r\n`,
    'POST /base/x HTTP/1.1\r\nHost: TARGET\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\nX-Sum: 1\r\n\r\n',
  ],
  [
    'asks for an end of the connection where the client speaks HTTP/1.0',
    'GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n',
    'GET /base/ HTTP/1.1\r\nHost: TARGET\r\nConnection: close\r\n\r\n',
  ],
];

describe('a request with one meaning', () => {
  it.each(clear)('%s', async (_, bytes, received) => {
    const stage = await setStage({
      path: '/base/',
      play: (text, socket) => {
        if (text.endsWith('\r\n\r\n') && (!text.includes('chunked') || text.includes('\r\n0\r\n')))
          socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
      },
    });
    try {
      expect(await ask(stage.port, [bytes], (text) => text.endsWith('ok'))).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
      expect(stage.received).toEqual([received.replace('TARGET', `127.0.0.1:${stage.targetPort}`)]);
    } finally {
      await stage.close();
    }
  });
});
