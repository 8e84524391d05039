import type { Fault } from '../fault.ts';
import { answer, down, fin, rst, stall, wait, write } from '../scenario.ts';

const dayMs = 86_400_000;
const many = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ suite: 's', id: `case-${i}`, request: { path: `/${i}` } }));
const body = '{"id":1}';
const local = (rig: { readonly url: string }) => rig.url.replace('127.0.0.1', 'localhost');

/** What is between a target and its first answer, and what happens to it in the midst of a run. */
export const connectingFaults: readonly Fault[] = [
  { name: 'A01-candidate-closed', candidate: 'closed', posts: [0, 0] },
  { name: 'A01-reference-closed', reference: 'closed', posts: [0, 0] },
  { name: 'A02-both-closed', reference: 'closed', candidate: 'closed', posts: [0, 0] },
  {
    name: 'A03-name-that-does-not-exist',
    candidate: { url: () => 'http://no-such-host.invalid:81' },
    cases: [{ suite: 's', id: 'asked', request: { path: '/' } }],
    // Which of the two a resolver says depends on whether it can be asked at all.
    moving: [[/ENOTFOUND|EAI_AGAIN/g, 'NO-SUCH-NAME']],
    posts: [0, 0],
  },
  { name: 'A04-ipv6', candidate: { host: '::1' } },
  { name: 'A04-localhost-on-ipv4-alone', candidate: { url: local } },
  {
    name: 'A04-localhost-nowhere',
    candidate: { others: [], url: (rig) => `http://localhost:${rig.port}`, start: 'connect', gone: true },
    moving: [[/ECONNREFUSED at [^)]+/g, 'ECONNREFUSED at ADDRESSES']],
    posts: [0, 0],
  },
  { name: 'A05-no-room-for-a-connection', candidate: 'full', posts: [0, 0] },
  { name: 'A06-never-answers', candidate: { faulty: [[stall]] } },
  { name: 'A06-neither-answers', reference: { faulty: [[stall]] }, candidate: { faulty: [[stall]] } },
  { name: 'A07-self-signed', candidate: { tls: {}, url: local }, posts: [0, 0] },
  {
    name: 'A07-expired',
    candidate: {
      tls: { notBefore: new Date(Date.now() - 3 * dayMs), notAfter: new Date(Date.now() - dayMs) },
      ...{ trusted: true, url: local },
    },
    posts: [0, 0],
  },
  { name: 'A07-other-name', candidate: { tls: { names: ['other.test'] }, trusted: true, url: local }, posts: [0, 0] },
  { name: 'A07-unknown-authority', candidate: { tls: { issuer: 'nobody' }, url: local }, posts: [0, 0] },
  {
    name: 'A07-client-certificate-wanted',
    candidate: { tls: {}, trusted: true, url: local, wantsCertificate: true },
    posts: [1, 0],
  },
  { name: 'A07-trusted', candidate: { tls: {}, trusted: true, url: local } },
  {
    name: 'A08-https-to-a-plain-port',
    candidate: { faulty: [[answer(400)]], start: 'connect', url: (rig) => rig.url.replace('http:', 'https:') },
    posts: [0, 0],
  },
  {
    name: 'A08-http-to-a-tls-port',
    candidate: { tls: {}, url: (rig) => rig.url.replace('https:', 'http:') },
    posts: [1, 0],
  },
  {
    name: 'A08-http2-without-tls',
    candidate: { faulty: [[write('\0\0\0\x04\0\0\0\0\0'), fin]], others: [[write('\0\0\0\x04\0\0\0\0\0'), fin]] },
  },
  {
    name: 'A10-restarted-in-mid-run',
    candidate: { others: [...Array(19).fill([answer(200, body)]), [down(300)], [answer(200, body)]] },
    reference: { others: [[answer(200, body)]] },
    cases: many(60),
    args: ['--concurrency', '1'],
    posts: [0, 0],
  },
  {
    name: 'A11-dies-in-mid-run',
    candidate: { others: [...Array(19).fill([answer(200, body)]), [down(null)]] },
    reference: { others: [[answer(200, body)]] },
    cases: many(60),
    args: ['--concurrency', '1'],
    posts: [0, 0],
  },
  {
    name: 'A12-idle-connections-reset',
    args: ['--timeout', '10s'],
    candidate: { others: [[answer(200, body), wait(2), rst]] },
    reference: { others: [[answer(200, body), fin]] },
    cases: many(200),
    posts: [0, 0],
  },
  {
    name: 'A13-reset-once-the-request-is-there',
    candidate: { faulty: [[rst]] },
    cases: Array.from({ length: 20 }, (_, i) => ({
      ...{ suite: 's', id: `case-${i}` },
      request: { method: 'POST', path: '/faulty', text: `${i}` },
    })),
    posts: [20, 20],
  },
  {
    name: 'A14-proxy-of-the-environment',
    env: { HTTP_PROXY: 'http://127.0.0.1:1', http_proxy: 'http://127.0.0.1:1', ALL_PROXY: 'http://127.0.0.1:1' },
  },
  {
    name: 'A15-answers-everything-alike',
    candidate: { others: [[answer(200, '<h1>Sign in</h1>', 'content-type: text/html\r\n')]] },
    cases: Array.from('abcdefghijklmnopqrst', (letter) => ({
      ...{ suite: 's', id: letter },
      request: { path: `/${letter.repeat(3)}` },
    })),
    args: ['--noise', '0'],
    posts: [0, 0],
  },
  {
    name: 'A16-same-address-twice',
    args: ['--target', 'again=http://127.0.0.1:4110', '--target', 'same=http://localhost:4110'],
    posts: [0, 0],
  },
];
