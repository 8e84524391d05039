import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { answering, type Fixed, folder, newestReport, parity } from '../command.ts';
import { certificatesIn } from './certificates.ts';
import { nginxPath, startNginx } from './nginx.ts';
import { startProxy } from './proxy-process.ts';

const missing = nginxPath === undefined ? ' (toolchain missing: nginx)' : '';
const pki = mkdtempSync(join(tmpdir(), 'parity-pki-'));
const made = certificatesIn(pki);
let nginx: Awaited<ReturnType<typeof startNginx<'mutual' | 'named' | 'expired'>>>;
let old: Fixed;

beforeAll(async () => {
  if (nginxPath === undefined) return;
  const here = 'DNS:localhost,IP:127.0.0.1';
  made.authority('ca');
  made.issue({ name: 'server', authority: 'ca', names: here });
  made.issue({ name: 'named', authority: 'ca', names: 'DNS:api.internal' });
  made.issue({ name: 'expired', authority: 'ca', names: here, days: -1 });
  made.issue({ name: 'client', authority: 'ca' });
  // What a shell would evaluate, and what curl would take for a password, in names of files.
  for (const end of ['pem', 'key']) copyFileSync(join(pki, `client.${end}`), join(pki, `it's $(touch x) a:b.${end}`));
  nginx = await startNginx(pki, {
    mutual: { cert: 'server', client: 'ca' },
    named: { cert: 'named' },
    expired: { cert: 'expired' },
  });
  old = await answering({ body: '{"client":"old"}' });
});
afterAll(async () => {
  await nginx?.stop();
  await old?.close();
});

const cases = `suite: up
cases:
  - { id: up, request: { method: POST, path: "/up?a=1", json: { it: "'s" } }, safe: true }
`;

interface Shown {
  readonly dir: string;
  /** What `parity tracker show` prints to send the request to `new`, without what is masked. */
  readonly lines: readonly string[];
}

/** Runs a case that differs, and shows its finding. */
async function shown(name: 'mutual' | 'named' | 'expired', keys: string, env: Record<string, string>): Promise<Shown> {
  const url = `https://127.0.0.1:${nginx.port(name)}/base`;
  const config = `targets:\n  old: ${old.url}\n  new: { url: "${url}", ${keys} }\n`;
  const dir = await folder({ 'parity.yaml': config, 'cases/up.yaml': cases });
  symlinkSync(pki, join(dir, 'pki'));
  const { exitCode, stdout, stderr } = await parity(['run', '--tracker', 't.md', '--noise', '0'], { cwd: dir, env });
  expect(exitCode, stdout + stderr).toBe(1);
  const id = newestReport(dir).findings[0]?.id ?? '';
  const told = await parity(['tracker', 'show', id, '--tracker', 't.md'], { cwd: dir, env });
  const lines = told.stdout.split('\n').filter((line) => line.startsWith('  new: '));
  return { dir, lines: lines.map((line) => line.slice('  new: '.length)) };
}

function inShell(shell: string, script: string, cwd: string, env: Record<string, string>) {
  return new Promise<string>((resolve, reject) => {
    const own = { PATH: process.env.PATH ?? '', HOME: cwd, ...env };
    execFile(shell, ['-c', script], { cwd, env: own, timeout: 60_000 }, (error, stdout, stderr) =>
      error === null ? resolve(stdout) : reject(new Error(`${error.message}\n${stderr}`)),
    );
  });
}

const answered = (client: string) =>
  expect.stringMatching(new RegExp(`^HTTP/1\\.1 200[\\s\\S]*\\{"client":"${client}"\\}$`));

describe.skipIf(nginxPath === undefined)(`the curl lines for a target behind a real nginx${missing}`, () => {
  it.each([
    [
      'client certificate and authority',
      'mutual',
      'tls: { ca: pki/ca.pem, cert: pki/client.pem, key: pki/client.key }',
      ['--cacert', '--cert', '--key'],
    ],
    [
      'certificate files with hostile names',
      'mutual',
      `tls: { ca: pki/ca.pem, cert: "pki/it's $(touch x) a:b.pem", key: "pki/it's $(touch x) a:b.key" }`,
      ['--cert'],
    ],
    [
      'paths in variables',
      'mutual',
      `tls: { ca: "\${PKI:-none}/ca.pem", cert: "\${PKI}/client.pem", key: "\${KEY_FILE}" }`,
      ['"$KEY_FILE"'],
    ],
    ['another name', 'named', 'tls: { ca: pki/ca.pem, serverName: api.internal }', ['--connect-to']],
    ['a certificate that is not checked', 'expired', 'tls: { insecure: true }', ['--insecure']],
  ] as const)('work in bash and dash: %s', async (_, name, keys, options) => {
    const env = { PKI: 'pki', KEY_FILE: 'pki/client.key' };
    const { dir, lines } = await shown(name, keys, env);
    const line = lines.at(-1)!;
    expect(options.filter((option) => !line.includes(option))).toEqual([]);
    for (const shell of ['bash', 'dash']) expect(await inShell(shell, line, dir, env)).toEqual(answered('SUCCESS'));
    expect(nginx.requests().at(-1)).toContain('POST /base/up');
    // The page has the same line.
    const page = readFileSync(join(dir, 'reports/latest/report.html'), 'utf8');
    const plain = page
      .replaceAll('&#39;', "'")
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&')
      .replaceAll('&lt;', '<');
    expect(plain).toContain(line);
  });

  it('work in bash with the texts of certificates in variables, which no report holds', async () => {
    const env = { CERT: made.text('client.pem'), KEY: made.text('client.key') };
    const { dir, lines } = await shown('mutual', `tls: { ca: pki/ca.pem, cert: "\${CERT}", key: "\${KEY}" }`, env);
    expect(lines.at(-1)).toContain(`--key <(printf '%s\\n' "$KEY")`);
    expect(await inShell('bash', lines.at(-1)!, dir, env)).toEqual(answered('SUCCESS'));
    expect(readFileSync(join(dir, 'reports/latest/report.html'), 'utf8')).not.toContain(env.KEY.split('\n')[1]);
  });

  it('lead through the proxy, whose credentials are masked', async () => {
    const proxy = await startProxy('user:secret-of-proxy');
    onTestFinished(() => proxy.stop());
    const env = { PROXY_PASSWORD: 'secret-of-proxy' };
    const way = `proxy: "http://user:\${PROXY_PASSWORD}@127.0.0.1:${proxy.port}"`;
    const { dir, lines } = await shown('named', `tls: { ca: pki/ca.pem, serverName: api.internal }, ${way}`, env);
    const line = lines.at(-1)!;
    expect(line).toContain("--proxy-user '***:***'");
    const asked = proxy.lines.length;
    const filled = line.replace("'***:***'", "'user:secret-of-proxy'");
    expect(await inShell('dash', filled, dir, env)).toMatch(/^HTTP\/1\.1 200[\s\S]*\{"client":"SUCCESS"\}$/);
    expect(proxy.lines.slice(asked)).toEqual([`CONNECT 127.0.0.1:${nginx.port('named')}`]);
  });

  it('say where they are to be run, where certificates are named from there', async () => {
    const { lines } = await shown('mutual', 'tls: { ca: pki/ca.pem, cert: pki/client.pem, key: pki/client.key }', {});
    expect(lines[0]).toBe('# in the folder of the configuration: certificates are named from there');
    const absolute = ['ca.pem', 'client.pem', 'client.key'].map((file) => join(pki, file));
    const [ca, cert, key] = absolute;
    const other = await shown('mutual', `tls: { ca: "${ca}", cert: "${cert}", key: "${key}" }`, {});
    expect(other.lines).toHaveLength(1);
  });
});
