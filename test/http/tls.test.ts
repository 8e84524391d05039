import { expect, test } from 'vitest';
import { selfSigned } from '../rig/certificate.ts';
import { startRig } from '../rig/rig.ts';
import { answer } from '../rig/scenario.ts';
import { request, targetAt, transportTo } from '../rig/target.ts';
import { trusting } from './trusting.ts';

const dayMs = 86_400_000;
test('a certificate that is trusted is checked against the host of the URL', async () => {
  const tls = selfSigned({ names: ['localhost'] });
  const rig = await startRig({ answers: [[answer(200, 'x')]], tls });
  const [right, wrong] = await trusting(tls.cert, [`https://localhost:${rig.port}`, rig.url]);
  expect(right).toMatchObject({ kind: 'response', status: 200 });
  expect(wrong).toMatchObject({
    family: 'down',
    reason: 'tls',
    message: `go: the certificate of 127.0.0.1:${rig.port} is made out to another name (ERR_TLS_CERT_ALTNAME_INVALID)`,
  });
  await rig.close();
});

test('a trusted certificate whose time is over is refused', async () => {
  const tls = selfSigned({ notBefore: new Date(Date.now() - 3 * dayMs), notAfter: new Date(Date.now() - dayMs) });
  const rig = await startRig({ answers: [[answer(200)]], tls });
  const [outcome] = await trusting(tls.cert, [`https://localhost:${rig.port}`]);
  expect(outcome).toMatchObject({ reason: 'tls', message: expect.stringMatching(/has expired/) });
  await rig.close();
});

test('a self-signed certificate is refused, with the way to trust it and not the way around', async () => {
  const rig = await startRig({ answers: [[answer(200)]], tls: selfSigned() });
  const transport = transportTo(targetAt(rig.url));
  const { outcome } = await transport.send('go', request('GET', '/'));
  expect(outcome).toMatchObject({
    family: 'down',
    reason: 'tls',
    message: expect.stringMatching(/is self-signed/),
    hint: expect.stringMatching(/^set tls: \{ ca: FILE \} .*NODE_EXTRA_CA_CERTS/),
  });
  await transport.close();
  await rig.close();
});

test('plain HTTP to a TLS port is not taken for an answer', async () => {
  const rig = await startRig({ answers: [[answer(200)]], tls: selfSigned() });
  const transport = transportTo(targetAt(rig.url.replace('https:', 'http:')));
  const { outcome } = await transport.send('go', request('GET', '/'));
  expect(outcome.kind).toBe('failure');
  expect(rig.requests).toEqual([]);
  await transport.close();
  await rig.close();
});
