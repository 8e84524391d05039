import type { Behaviour, Fault } from '../fault.ts';
import { answer, repeat, type Scenario, stall, wait, write } from '../scenario.ts';

const json = (body: string, head = ''): Scenario => [answer(200, body, `content-type: application/json\r\n${head}`)];
const one = '{"id":1,"name":"x"}';
const serves = (...faulty: readonly Scenario[]): Behaviour => ({ faulty });
const get = (id: string, path: string, more: object = {}) => ({ suite: 's', id, request: { path, ...more } });
const posted = (id: string, headers: object) => ({
  ...{ suite: 's', id },
  request: { method: 'POST', path: '/faulty', headers, text: 'x' },
});
const redirect = (location: string): Scenario => [answer(302, '', `location: ${location}\r\n`)];
const compareAll = (...names: string[]) => `compare: { headers: [${names.join(', ')}] }\n`;

/** Answers that are valid HTTP and still lead astray: headers, redirects, odd paths, streams. */
export const semanticFaults: readonly Fault[] = [
  {
    name: 'B12-order-casing-and-number-of-headers',
    config: compareAll('set-cookie', 'x-list'),
    reference: serves(json(one, 'X-List: a\r\nx-list: b\r\nset-cookie: a=1\r\nset-cookie: b=2\r\ndate: x\r\n')),
    candidate: serves(json(one, 'set-cookie: a=1\r\nx-list: b\r\nX-LIST: a\r\n')),
  },
  {
    name: 'B13-latin1-against-utf-8',
    config: compareAll('x-name'),
    reference: serves(json(one, 'x-name: caf\xe9\r\n')),
    candidate: serves(json(one, 'x-name: caf\xc3\xa9\r\n')),
  },
  {
    name: 'B13-two-invalid-bytes',
    config: compareAll('x-name'),
    reference: serves(json(one, 'x-name: \xff\r\n')),
    candidate: serves(json(one, 'x-name: \xfe\r\n')),
  },
  {
    name: 'B14-names-of-the-object-prototype',
    config: compareAll('__proto__', 'constructor', 'tostring'),
    reference: serves(json(one, '__proto__: a\r\nconstructor: b\r\ntoString: c\r\n')),
    candidate: serves(json(one, '__proto__: a\r\nconstructor: x\r\n')),
  },
  {
    name: 'B15-204-and-304-with-a-body',
    reference: serves([write('HTTP/1.1 204 N\r\n\r\n')]),
    candidate: serves([write('HTTP/1.1 204 N\r\ncontent-length: 5\r\n\r\nhello')]),
  },
  {
    name: 'B15-head-with-a-body',
    candidate: serves([answer(200, one)]),
    reference: serves([write(`HTTP/1.1 200 OK\r\ncontent-length: ${one.length}\r\n\r\n`)]),
    cases: [get('head', '/faulty', { method: 'HEAD' }), get('fine', '/fine')],
    posts: [0, 0],
  },
  {
    name: 'B16-redirect-to-itself',
    reference: serves(redirect('/faulty')),
    candidate: serves(redirect('/faulty')),
  },
  {
    name: 'B16-location-that-is-a-script',
    reference: serves(redirect('/next')),
    candidate: serves(redirect('javascript:alert(1)')),
  },
  {
    name: 'B17-redirect-to-another-origin',
    reference: serves(redirect('/next')),
    candidate: serves(redirect('http://127.0.0.1:1/steal')),
    cases: [get('secret', '/faulty', { headers: { authorization: 'Bearer abcdefgh', 'x-api-key': 'ijklmnop' } })],
    posts: [0, 0],
  },
  {
    name: 'B19-headers-that-cannot-be-sent',
    cases: [
      posted('expect', { expect: '100-continue' }),
      posted('chunked', { 'transfer-encoding': 'gzip' }),
      posted('upgrade', { upgrade: 'x', connection: 'upgrade' }),
      posted('injected', { 'x-a': 'b\r\nx-c: d' }),
      posted('too-long', { 'content-length': '99' }),
      get('connect', '/x', { method: 'CONNECT' }),
    ],
    posts: [0, 0],
  },
  {
    name: 'B20-paths-as-they-are-written',
    cases: ['/a/../../b', '/%2e%2e/x', '//x', '/a%2Fb', '/?q=a+b&q=%00'].map((path, i) => get(`path-${i}`, path)),
    posts: [0, 0],
  },
  {
    name: 'B20-paths-that-cannot-be-sent',
    cases: ['no-slash', '/caf\u00e9', '/a b', '/a#b', '/a\0b', '/a\nb'].map((path, i) => get(`path-${i}`, path)),
    posts: [0, 0],
  },
  {
    name: 'B21-prefix-of-a-target',
    reference: { url: (rig) => `${rig.url}/api/v1` },
    cases: [get('up', '/../../admin'), get('plain', '/x')],
    posts: [0, 0],
  },
  {
    name: 'B22-events-that-never-end',
    candidate: serves([
      write('HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n'),
      repeat(9999, write('data: 1\n\n'), wait(20)),
    ]),
    moving: [[/\d+ bytes of body/g, 'N bytes of body']],
  },
  {
    name: 'B22-events-that-stop',
    reference: serves([write('HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\ndata: 1\n\n'), stall]),
    candidate: serves([write('HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\ndata: 1\n\n'), stall]),
  },
  { name: 'B23-http-2-only', candidate: { tls: {}, speaks: ['h2'], trusted: true }, posts: [0, 0] },
];
