import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer as createPlainServer } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { selfSigned } from '../../rig/certificate.ts';
import { closedUrl, folder, newestReport, parity } from '../command.ts';
import { type ProxyProcess, startProxy } from './proxy-process.ts';

const cases = `suite: up
cases:
  - { id: up, request: { method: GET, path: /up } }
  - { id: long, safe: true, request: { method: POST, path: /long, text: "${'x'.repeat(70_000)}" } }
`;
const certificate = selfSigned({ names: ['service.test'] });
const authority = join(mkdtempSync(join(tmpdir(), 'parity-proxy-')), 'ca.pem');
const ports = { plain: 0, secure: 0 };
const closing: (() => void)[] = [];

beforeAll(async () => {
  writeFileSync(authority, certificate.cert);
  const plain = createPlainServer((request, response) => void request.resume().once('end', () => response.end('{}')));
  const secure = createServer(certificate, (request, response) => {
    request.resume().once('end', () => response.end('{}'));
  });
  for (const [name, server] of [
    ['plain', plain],
    ['secure', secure],
  ] as const) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ports[name] = (server.address() as AddressInfo).port;
    closing.push(() => void server.close().closeAllConnections());
  }
});
afterAll(() => {
  for (const close of closing) close();
});

/** A folder whose targets, `service.test` with TLS and without, can be reached through a proxy alone, which knows that name. */
function behind(proxy: string): Promise<string> {
  const config = `reference: old
targets:
  old: { url: "http://service.test:${ports.plain}", proxy: "${proxy}" }
  new: { url: "https://service.test:${ports.secure}", proxy: "${proxy}", tls: { ca: "${authority}" } }
`;
  return folder({ 'parity.yaml': config, 'cases/up.yaml': cases });
}

async function proxyProcess(...setting: Parameters<typeof startProxy>): Promise<ProxyProcess> {
  const proxy = await startProxy(...setting);
  onTestFinished(() => proxy.stop());
  return proxy;
}

describe('targets behind a proxy', () => {
  it('reaches targets with TLS and without, names being resolved by the proxy, and uses a tunnel for many requests', async () => {
    const proxy = await proxyProcess();
    const dir = await behind(`http://127.0.0.1:${proxy.port}`);
    const { exitCode, stdout, stderr } = await parity(['run', '--no-tracker', '--concurrency', '1'], { cwd: dir });
    expect({ exitCode, stderr }, stdout).toEqual({ exitCode: 0, stderr: '' });
    expect(newestReport(dir).counts).toMatchObject({ selected: 2, match: 2 });
    const asked = proxy.lines.slice(1);
    for (const port of [ports.plain, ports.secure]) expect(asked).toContain(`CONNECT service.test:${port}`);
    // One each for the look whether the target is there, the quick path and the HTTP client.
    expect(asked.length).toBeLessThanOrEqual(6);
    const doctor = await parity(['doctor'], { cwd: dir });
    expect(doctor.exitCode, doctor.stdout).toBe(0);
    expect(doctor.stdout).toContain(`answers through the proxy 127.0.0.1:${proxy.port}`);
  });

  it.each([
    ['in the URL', `http://me:\${PROXY_PASSWORD}@`, 'ge@heim/:%1'],
    ['as a whole URL', `\${PROXY_URL}`, 'ge@heim/:%1'],
  ])('gives the proxy a user and a password %s, and writes neither anywhere', async (_, written, password) => {
    const proxy = await proxyProcess(`me:${password}`);
    const address = `127.0.0.1:${proxy.port}`;
    const dir = await behind(written.endsWith('@') ? `${written}${address}` : written);
    const env = { PROXY_PASSWORD: password, PROXY_URL: `http://me:${encodeURIComponent(password)}@${address}` };
    const { exitCode, stdout, stderr } = await parity(['run', '--no-tracker'], { cwd: dir, env });
    expect({ exitCode, stderr }, stdout).toEqual({ exitCode: 0, stderr: '' });
    const secrets = [password, encodeURIComponent(password), Buffer.from(`me:${password}`).toString('base64')];
    const reports = readdirSync(join(dir, 'reports/latest')).map((file) =>
      readFileSync(join(dir, 'reports/latest', file), 'utf8'),
    );
    for (const secret of secrets) expect([stdout, ...reports].filter((text) => text.includes(secret))).toEqual([]);
  });

  it.each([
    [
      'that wants credentials',
      'me:geheim',
      undefined,
      '',
      'wants a user and a password (407)',
      `http://USER:\${PASSWORD}@`,
    ],
    [
      'that wants others',
      'me:geheim',
      undefined,
      `you:\${OTHER}@`,
      'does not accept the user and the password (407)',
      'check both',
    ],
    ['that forbids the host', '-', 403, '', 'does not allow a tunnel to service.test:', 'let it allow CONNECT'],
    ['that cannot reach the target', '-', 502, '', 'could not connect to service.test:', 'see that the target is up'],
    ['that answers otherwise', '-', 418, '', 'made no tunnel to service.test:', 'look in its log'],
  ])('a proxy %s is inconclusive, with exit code 3 and a next step', async (_, user, status, own, message, hint) => {
    const proxy = await proxyProcess(user, status);
    const dir = await behind(`http://${own}127.0.0.1:${proxy.port}`);
    const setting = { cwd: dir, env: { OTHER: 'falsch-1' } };
    const { exitCode, stdout } = await parity(['run', '--no-tracker'], setting);
    expect(exitCode).toBe(3);
    expect(stdout).toContain(`the proxy 127.0.0.1:${proxy.port} ${message}`);
    expect(stdout).toContain(hint);
    const doctor = await parity(['doctor'], setting);
    expect(doctor.exitCode).toBe(3);
    expect(doctor.stdout).toContain(message);
    expect(doctor.stdout + stdout).not.toContain('falsch-1');
  });

  it('a proxy that is not there, and one that speaks no HTTP, are named', async () => {
    const gone = await closedUrl();
    const { exitCode, stdout } = await parity(['run', '--no-tracker'], { cwd: await behind(gone) });
    expect(exitCode).toBe(3);
    expect(stdout).toContain(`the proxy cannot be reached: nothing listens on ${gone.replace('http://', '')}`);
    const secure = await parity(['run', '--no-tracker'], { cwd: await behind(`http://127.0.0.1:${ports.secure}`) });
    expect(secure.exitCode).toBe(3);
    expect(secure.stdout).toMatch(/the proxy 127\.0\.0\.1:\d+ .* when it was asked for a tunnel/);
  });

  it('a proxy that never answers ends with the deadline', async () => {
    const silent = createTcpServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void silent.close());
    const { port } = silent.address() as AddressInfo;
    const dir = await behind(`http://127.0.0.1:${port}`);
    const { exitCode, stdout } = await parity(['run', '--no-tracker', '--timeout', '300ms'], { cwd: dir });
    expect(exitCode).toBe(3);
    expect(stdout).toContain(`through the proxy 127.0.0.1:${port} within 300 ms`);
  });

  it.each([
    ['a SOCKS proxy', 'socks5://127.0.0.1:1080', 'the proxy is a SOCKS proxy'],
    ['no address', '127.0.0.1:3128', 'the proxy is not an http:// or https:// address'],
    ['a path', 'http://127.0.0.1:3128/x', 'the proxy has a path, query or fragment'],
  ])('%s ends with exit code 2, and nothing is sent', async (_, proxy, message) => {
    const { exitCode, stdout, stderr } = await parity(['run'], { cwd: await behind(proxy) });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(`error[PX2101] parity.yaml:3:`);
    expect(stderr).toContain(message);
  });

  it('what a proxy elsewhere calls 127.0.0.1 is not this machine: it gets no writes', async () => {
    const proxy = 'http://proxy.example:3128';
    const config = `targets:\n  a: { url: "http://127.0.0.1:1", proxy: "${proxy}" }\n  b: { url: "http://127.0.0.1:2", proxy: "${proxy}" }\n`;
    const files = { 'parity.yaml': config, 'cases/up.yaml': cases.replace('safe: true, ', '') };
    const { exitCode, stderr } = await parity(['run'], { cwd: await folder(files) });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('PX2405');
  });

  it('speaks TLS to a proxy whose URL says so, and checks its certificate', async () => {
    const own = selfSigned({ names: ['localhost'] });
    const trusted = join(mkdtempSync(join(tmpdir(), 'parity-proxy-')), 'proxy-ca.pem');
    writeFileSync(trusted, own.cert);
    const proxy = await proxyProcess('-', undefined, own);
    const dir = await behind(`https://localhost:${proxy.port}`);
    const env = { NODE_EXTRA_CA_CERTS: trusted };
    expect(await parity(['run', '--no-tracker'], { cwd: dir, env })).toMatchObject({ exitCode: 0, stderr: '' });
    const refused = await parity(['run', '--no-tracker'], { cwd: dir });
    expect(refused.exitCode).toBe(3);
    expect(refused.stdout).toContain('the proxy cannot be reached: the certificate of localhost:');
  });

  it('one address behind two proxies is two targets', async () => {
    const [one, two] = [await proxyProcess(), await proxyProcess()];
    const url = `http://service.test:${ports.plain}`;
    const config = `targets:\n  a: { url: "${url}", proxy: "http://127.0.0.1:${one.port}" }\n  b: { url: "${url}", proxy: "http://127.0.0.1:${two.port}" }\n`;
    const dir = await folder({ 'parity.yaml': config, 'cases/up.yaml': cases });
    expect(await parity(['run', '--no-tracker'], { cwd: dir })).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('parity compare takes a proxy as a flag, and as a curl command has it', async () => {
    const proxy = await proxyProcess('me:geheim-1');
    const urls = [`http://service.test:${ports.plain}`, `https://service.test:${ports.secure}`];
    const flags = ['--ca', authority, '--proxy', `http://me:geheim-1@127.0.0.1:${proxy.port}`];
    const flagged = await parity(['compare', ...urls, ...flags], { cwd: await folder() });
    expect(flagged, flagged.stdout).toMatchObject({ exitCode: 0, stderr: '' });
    const curl = [
      '--',
      'curl',
      '-x',
      `127.0.0.1:${proxy.port}`,
      '-U',
      'me:geheim-1',
      '--cacert',
      authority,
      `${urls[0]}/up`,
    ];
    const copied = await parity(['compare', ...urls, ...curl], { cwd: await folder() });
    expect(copied, copied.stdout).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('variables of other programs are not used, and a note says so', async () => {
    const proxy = await proxyProcess();
    const env = { HTTP_PROXY: `http://127.0.0.1:${proxy.port}` };
    const urls = ['http://service.invalid:1', 'http://service.invalid:2'];
    const { exitCode, stderr } = await parity(['compare', ...urls], { cwd: await folder(), env });
    expect(exitCode).toBe(3);
    expect(stderr).toContain(
      `note: HTTP_PROXY is set and not used; for a target behind a proxy: proxy: \${HTTP_PROXY} in parity.yaml`,
    );
    expect(proxy.lines.slice(1)).toEqual([]);
  });
});
