import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folder, home, parity } from '../command.ts';
import { certificatesIn } from './certificates.ts';
import { nginxPath, startNginx } from './nginx.ts';
import { startProxy } from './proxy-process.ts';

const missing = nginxPath === undefined ? ' (toolchain missing: nginx)' : '';
const pki = mkdtempSync(join(tmpdir(), 'parity-pki-'));
const [ca, cert, key] = ['ca.pem', 'client.pem', 'client.key'].map((file) => join(pki, file));
const flags = ['--ca', ca!, '--cert', cert!, '--key', key!];
let nginx: Awaited<ReturnType<typeof startNginx<'plain' | 'mutual'>>>;

beforeAll(async () => {
  if (nginxPath === undefined) return;
  const made = certificatesIn(pki);
  made.authority('ca');
  made.issue({ name: 'server', authority: 'ca', names: 'DNS:localhost,IP:127.0.0.1' });
  made.issue({ name: 'client', authority: 'ca' });
  nginx = await startNginx(pki, { plain: {}, mutual: { cert: 'server', client: 'ca' } });
});
afterAll(() => nginx?.stop());

const secure = () => `https://127.0.0.1:${nginx.port('mutual')}`;

describe.skipIf(nginxPath === undefined)(`the first steps with certificates${missing}`, () => {
  it('lets init ask a server that wants one, and writes the keys for that target alone', async () => {
    const cwd = await folder();
    const plain = `http://127.0.0.1:${nginx.port('plain')}`;
    const { exitCode, stdout, stderr } = await parity(['init', plain, secure(), ...flags], { cwd });
    expect({ exitCode, stderr }, stdout).toEqual({ exitCode: 0, stderr: '' });
    const written = readFileSync(join(cwd, 'parity.yaml'), 'utf8');
    expect(written).toContain(`  old: ${plain}\n`);
    expect(written).toContain(`    tls: { ca: "${ca}", cert: "${cert}", key: "${key}" }\n`);
    expect((await parity(['doctor'], { cwd })).exitCode).toBe(0);
  });

  it('lets init ask through a proxy, and writes a variable in place of the password', async () => {
    const cwd = await folder();
    const plain = `http://127.0.0.1:${nginx.port('plain')}`;
    const proxy = await startProxy('parity:s3cr3t');
    const to = `http://parity:s3cr3t@127.0.0.1:${proxy.port}`;
    const { exitCode, stdout, stderr } = await parity(['init', plain, secure(), '--proxy', to, ...flags], { cwd });
    expect({ exitCode, stderr }, stdout).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('PROXY_PASSWORD');
    expect(proxy.lines.length).toBeGreaterThan(1);
    const written = readFileSync(join(cwd, 'parity.yaml'), 'utf8');
    expect(written).toContain(`proxy: "http://parity:\${PROXY_PASSWORD}@127.0.0.1:${proxy.port}"`);
    expect(written + stdout).not.toContain('s3cr3t');
    expect((await parity(['doctor'], { cwd, env: { PROXY_PASSWORD: 's3cr3t' } })).exitCode).toBe(0);
    await proxy.stop();
  });

  it('refuses flags of a connection where no URL is asked', async () => {
    const { exitCode, stderr } = await parity(['init', '--ca', ca!], { cwd: await folder() });
    expect(exitCode, stderr).toBe(2);
    expect(stderr).toContain('--ca');
  });

  it('lets record pass requests on to a server that wants one', async () => {
    const cwd = await folder();
    const args = ['record', '--target', secure(), '--listen', '0', '--to', 'a.yaml', ...flags];
    const child = spawn(process.execPath, [join(home, 'dist/cli/main.js'), ...args], { cwd, stdio: 'pipe' });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    let output = '';
    child.stderr.on('data', (part) => (output += part));
    const url = await new Promise<string>((resolve, reject) => {
      child.on('close', () => reject(new Error(output)));
      child.stdout.on('data', (part) => {
        output += part;
        const listening = /^listening on (http:\S+)$/m.exec(output)?.[1];
        if (listening !== undefined) resolve(listening);
      });
    });
    expect((await fetch(`${url}/up`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await ended, output).toBe(0);
    expect(readFileSync(join(cwd, 'a.yaml'), 'utf8')).toContain('/up');
  });
});
