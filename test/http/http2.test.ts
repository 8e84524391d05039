import { createSecureServer, createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { expect, test } from 'vitest';
import { selfSigned } from '../rig/certificate.ts';
import { request, targetAt, transportTo } from '../rig/target.ts';
import { trusting } from './trusting.ts';

test.each([
  ['that also speaks HTTP/1.1 is spoken to in that', true, { kind: 'response', status: 200 }],
  [
    'alone is refused with a sentence',
    false,
    { family: 'down', reason: 'tls', message: expect.stringMatching(/does not speak HTTP\/1\.1 over TLS/) },
  ],
])('a server of HTTP/2 %s', async (_, allowHTTP1, outcome) => {
  const tls = selfSigned({ names: ['localhost'] });
  const server = createSecureServer({ ...tls, allowHTTP1 }, (__, response) => response.end('x'));
  server.on('sessionError', () => {}).on('unknownProtocol', (socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const [answered] = await trusting(tls.cert, [`https://localhost:${port}`]);
  expect(answered).toMatchObject(outcome);
  await new Promise((resolve) => server.close(resolve));
});

test('a server of HTTP/2 without TLS is refused with a sentence and a next step', async () => {
  const server = createServer((_, response) => response.end('x')).on('sessionError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const transport = transportTo(targetAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  const { outcome } = await transport.send('go', request('GET', '/'));
  expect(outcome).toMatchObject({
    family: 'down',
    reason: 'http2-only',
    message: expect.stringMatching(/^go speaks HTTP\/2 in clear text \(h2c\)/),
    hint: expect.stringMatching(/https:\/\/.*ALPN.*HTTP\/1\.1/),
  });
  await transport.close();
  await new Promise((resolve) => server.close(resolve));
});

test('a server that speaks HTTP/2 over TLS whatever it was asked in is refused with a sentence and a next step', async () => {
  const tls = selfSigned({ names: ['localhost'] });
  const settings = Buffer.from('000000040000000000', 'hex');
  const server = createTlsServer(tls, (socket) => socket.once('data', () => socket.write(settings)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const [outcome] = await trusting(tls.cert, [`https://localhost:${(server.address() as AddressInfo).port}`]);
  expect(outcome).toMatchObject({
    reason: 'http2-only',
    message: 'go speaks HTTP/2 over TLS where it was asked in HTTP/1.1 (ALPN), and only HTTP/1.1 is sent',
    hint: expect.stringMatching(/http\/1\.1 beside h2.*proxy in front of it/),
  });
  await new Promise((resolve) => server.close(resolve));
});
