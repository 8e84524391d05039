import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../free-port.ts';
import { folder, newestReport, parity } from '../command.ts';
import { shadowing } from '../shadowing.ts';
import { certificatesIn } from './certificates.ts';
import { nginxPath, startNginx } from './nginx.ts';

const missing = nginxPath === undefined ? ' (toolchain missing: nginx)' : '';
const pki = mkdtempSync(join(tmpdir(), 'parity-pki-'));
const made = certificatesIn(pki);
type Nginx = Awaited<ReturnType<typeof startNginx<'plain' | 'mutual' | 'named' | 'expired'>>>;
let nginx: Nginx;

beforeAll(async () => {
  if (nginxPath === undefined) return;
  const here = 'DNS:localhost,IP:127.0.0.1';
  made.authority('ca');
  made.authority('other-ca');
  made.issue({ name: 'server', authority: 'ca', names: here });
  made.issue({ name: 'named', authority: 'ca', names: 'DNS:api.internal' });
  made.issue({ name: 'expired', authority: 'ca', names: here, days: -1 });
  made.issue({ name: 'client', authority: 'ca' });
  made.issue({ name: 'stranger', authority: 'other-ca' });
  made.issue({ name: 'late', authority: 'ca', days: -1 });
  made.encrypt('client');
  nginx = await startNginx(pki, {
    plain: {},
    mutual: { cert: 'server', client: 'ca' },
    named: { cert: 'named' },
    expired: { cert: 'expired' },
  });
});
afterAll(() => nginx?.stop());

const cases = `suite: up
cases:
  - { id: up, request: { method: GET, path: /up } }
  - { id: long, safe: true, request: { method: POST, path: /long, text: "${'x'.repeat(70_000)}" } }
`;

/** A folder with the certificates, cases, and a configuration of an nginx without TLS and another of its servers. */
async function against(name: 'mutual' | 'named' | 'expired', keys: string): Promise<string> {
  const url = `https://127.0.0.1:${nginx.port(name)}`;
  const config = `targets:\n  old: http://127.0.0.1:${nginx.port('plain')}\n  new: { url: "${url}", ${keys} }\n`;
  const dir = await folder({ 'parity.yaml': config, 'cases/up.yaml': cases });
  symlinkSync(pki, join(dir, 'pki'));
  return dir;
}

const mutual = 'tls: { ca: pki/ca.pem, cert: pki/client.pem, key: pki/client.key }';

describe.skipIf(nginxPath === undefined)(`targets behind TLS${missing}`, () => {
  it('gives a client certificate to a real nginx that wants one, also with requests that the HTTP client sends', async () => {
    const dir = await against('mutual', mutual);
    const { exitCode, stdout, stderr } = await parity(['run', '--no-tracker'], { cwd: dir });
    expect({ exitCode, stderr }, stdout).toEqual({ exitCode: 0, stderr: '' });
    expect(newestReport(dir).counts).toMatchObject({ selected: 2, match: 2 });
    expect(nginx.requests()).toContain('POST /long SUCCESS');
  });

  it('takes the key from a variable, as a path or as its text, and writes it nowhere', async () => {
    const keys = `tls: { ca: pki/ca.pem, cert: pki/client.pem, key: "\${CLIENT_KEY}" }`;
    for (const CLIENT_KEY of ['pki/client.key', made.text('client.key')]) {
      const dir = await against('mutual', keys);
      const { exitCode, stdout, stderr } = await parity(['run', '--no-tracker'], { cwd: dir, env: { CLIENT_KEY } });
      expect({ exitCode, stderr }, stdout).toEqual({ exitCode: 0, stderr: '' });
      const body = made.text('client.key').split('\n')[1]!;
      const written = readdirSync(join(dir, 'reports/latest')).map((file) =>
        readFileSync(join(dir, 'reports/latest', file), 'utf8'),
      );
      expect(written.length).toBeGreaterThan(3);
      expect([...written, stdout].filter((text) => text.includes(body))).toEqual([]);
    }
  });

  it.each([
    [
      'without a certificate',
      'tls: { ca: pki/ca.pem }',
      'new wants a certificate of its client: set tls: { cert: FILE, key: FILE }',
    ],
    [
      'with one of an authority that nginx does not know',
      'tls: { ca: pki/ca.pem, cert: pki/stranger.pem, key: pki/stranger.key }',
      'new does not accept the certificate of its client',
    ],
  ])('says in the notes of a run why nginx answers 400 %s', async (_, keys, note) => {
    const dir = await against('mutual', keys);
    const { exitCode, stdout } = await parity(['run', '--no-tracker'], { cwd: dir });
    expect(exitCode).toBe(1);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(note);
  });

  it.each([
    [
      'an authority that nobody named',
      'mutual',
      'connection: fresh',
      'is signed by an authority that is not trusted here',
      'set tls: { ca: FILE }',
    ],
    [
      'another authority',
      'mutual',
      'tls: { ca: pki/other-ca.pem }',
      'is signed by an authority that is not trusted here',
      'is not in `tls: { ca }`',
    ],
    ['a certificate whose time is over', 'expired', 'tls: { ca: pki/ca.pem }', 'has expired', 'renew the certificate'],
    [
      'a certificate of another name',
      'named',
      'tls: { ca: pki/ca.pem }',
      'is made out to another name',
      'tls: { serverName: NAME }',
    ],
  ] as const)('cannot reach a target with %s, and says what to do', async (_, name, keys, message, hint) => {
    const dir = await against(name, keys);
    const { exitCode, stdout } = await parity(['run', '--no-tracker'], { cwd: dir });
    expect(exitCode).toBe(3);
    expect(stdout).toContain(message);
    expect(stdout).toContain(hint);
    const doctor = await parity(['doctor'], { cwd: dir });
    expect(doctor.exitCode).toBe(3);
    expect(doctor.stdout).toContain(message);
    expect(doctor.stdout).toContain(hint);
  });

  it('asks for the name that serverName says, and checks that', async () => {
    const dir = await against('named', 'tls: { ca: pki/ca.pem, serverName: api.internal }');
    const { exitCode, stderr } = await parity(['run', '--no-tracker'], { cwd: dir });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  it('checks no certificate with insecure, and says so on the terminal and in the notes of every report', async () => {
    const dir = await against('expired', 'tls: { insecure: true }');
    const { exitCode, stdout, stderr } = await parity(['run', '--no-tracker'], { cwd: dir });
    expect(exitCode).toBe(0);
    expect(stderr).toBe(
      'warning: the certificate of target new is not checked (tls: { insecure: true }): anybody on the way can answer in its place\n',
    );
    const note = 'the certificate of new was not checked (tls: { insecure: true })';
    expect(stdout).toContain(note);
    for (const file of ['report.md', 'report.json'])
      expect(readFileSync(join(dir, 'reports/latest', file), 'utf8'), file).toContain(note.slice(0, 38));
  });

  it('doctor says how each target is reached and until when a client certificate is valid', async () => {
    const { exitCode, stdout } = await parity(['doctor'], { cwd: await against('mutual', mutual) });
    expect(exitCode, stdout).toBe(0);
    expect(stdout).toMatch(/^ok {4}certificate for new: valid until \d{4}-\d\d-\d\d$/m);
    const late = await against('mutual', 'tls: { insecure: true, cert: pki/late.pem, key: pki/late.key }');
    const failed = await parity(['doctor'], { cwd: late });
    expect(failed.exitCode).toBe(2);
    expect(failed.stdout).toContain('(its certificate is not checked)');
    expect(failed.stdout).toMatch(/^FAIL {2}certificate for new: its time was over on .*\n {6}try: renew it$/m);
  });

  it('parity shadow gives the certificate too, to the reference and to the candidate', async () => {
    const dir = await against('mutual', mutual);
    const named = (reference: string) => ['--config', 'parity.yaml', '--reference', reference];
    for (const reference of ['old', 'new']) {
      const running = await shadowing(dir, [...named(reference), '--no-tracker', '--out', `reports-${reference}`]);
      expect(await (await fetch(`${running.url}/up`)).json()).toEqual({ client: 'SUCCESS' });
      expect(await running.settled()).toMatchObject({ requests: 1, copied: 1, matched: 1 });
      expect((await running.end()).exitCode).toBe(0);
    }
  });

  it('names the alert of a server that wants a certificate and has got none', async () => {
    const port = await freePort();
    const args = ['s_server', '-accept', `127.0.0.1:${port}`, '-cert', 'server.pem', '-key', 'server.key'];
    const child = spawn('openssl', [...args, '-CAfile', 'ca.pem', '-Verify', '1', '-verify_return_error', '-www'], {
      cwd: pki,
      stdio: 'ignore',
    });
    const dir = await against('mutual', 'tls: { ca: pki/ca.pem }');
    const target = ['--target', `new=https://127.0.0.1:${port}`];
    for (;;) {
      const { exitCode, stdout } = await parity(['run', '--no-tracker', ...target], { cwd: dir });
      if (stdout.includes('ECONNREFUSED')) {
        await sleep(50);
        continue;
      }
      expect(exitCode).toBe(3);
      expect(stdout).toContain('new wants a certificate of its client');
      break;
    }
    child.kill('SIGTERM');
  });
});

describe.skipIf(nginxPath === undefined)(`what is wrong with tls in parity.yaml${missing}`, () => {
  it.each([
    ['a file that is not there', 'tls: { ca: pki/none.pem }', 'the file "pki/none.pem" of `ca` cannot be read: ENOENT'],
    ['a folder', 'tls: { ca: pki }', 'the file "pki" of `ca` cannot be read: it is not a regular file'],
    [
      'a file without a certificate',
      'tls: { ca: cases/up.yaml }',
      'the file "cases/up.yaml" of `ca` has no certificate (PEM)',
    ],
    ['a certificate without its key', 'tls: { cert: pki/client.pem }', '`cert` stands without `key`'],
    [
      'a key of another certificate',
      'tls: { cert: pki/client.pem, key: pki/server.key }',
      'the file "pki/server.key" of `key` is not the private key of the file "pki/client.pem" of `cert`',
    ],
    ['an encrypted key', 'tls: { cert: pki/client.pem, key: pki/client.locked.key }', 'is encrypted with a passphrase'],
    ['a key that is none', 'tls: { cert: pki/client.pem, key: pki/client.pem }', 'has no private key that can be read'],
    ['a name that is an address', 'tls: { serverName: "https://api.internal" }', 'must be a host name'],
    ['a key that nobody knows', 'tls: { cacert: pki/ca.pem }', 'cacert'],
  ])('%s ends with exit code 2, its line and a hint, and nothing is sent', async (_, keys, message) => {
    const before = nginx.requests().length;
    const { exitCode, stdout, stderr } = await parity(['run'], { cwd: await against('mutual', keys) });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/error\[PX2101\] parity\.yaml:3:\d+ .*\n.*\n.*\^/);
    expect(nginx.requests().length).toBe(before);
  });

  it('a target without TLS has no use for certificates', async () => {
    const config = 'targets:\n  a: { url: "http://127.0.0.1:1", tls: { insecure: true } }\n  b: http://127.0.0.1:2\n';
    const { exitCode, stderr } = await parity(['run'], {
      cwd: await folder({ 'parity.yaml': config, 'cases/up.yaml': cases }),
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('`tls` has no meaning for a target whose url begins with http://');
  });
});

describe.skipIf(nginxPath === undefined)(`parity compare with certificates${missing}`, () => {
  const urls = () => [`http://127.0.0.1:${nginx.port('plain')}`, `https://127.0.0.1:${nginx.port('mutual')}`];
  const files = ['ca.pem', 'client.pem', 'client.key'].map((file) => join(pki, file));

  it('takes them as flags', async () => {
    const [ca, cert, key] = files;
    const flags = ['--ca', ca!, '--cert', cert!, '--key', key!];
    const { exitCode, stdout, stderr } = await parity(['compare', ...urls(), '/up', ...flags], { cwd: await folder() });
    expect({ exitCode, stderr }, stdout).toEqual({ exitCode: 0, stderr: '' });
  });

  it('takes them as a curl command has them', async () => {
    const [, cert, key] = files;
    const words = ['--', 'curl', '-k', '--cert', cert!, '--key', key!, 'https://anything.example/up'];
    const { exitCode, stderr } = await parity(['compare', ...urls(), ...words], { cwd: await folder() });
    expect(exitCode).toBe(0);
    expect(stderr).toContain('warning: the certificate of target new is not checked');
  });

  it.each([
    [
      'a file that cannot be read',
      () => [...urls(), '--ca', 'none.pem'],
      'the file "none.pem" of `ca` cannot be read: ENOENT',
    ],
    [
      'two URLs without TLS',
      () => ['http://127.0.0.1:1', 'http://127.0.0.1:2', '--insecure'],
      '--insecure has no meaning',
    ],
  ])('%s ends with exit code 2', async (_, words, message) => {
    const { exitCode, stderr } = await parity(['compare', ...words()], { cwd: await folder() });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });
});

it('parity add names for each option of curl about connections the key of parity.yaml that has it', async () => {
  const options = ['-k', '--cacert', 'ca.pem', '-E', 'c.pem', '--key', 'c.key', '-x', 'http://127.0.0.1:3128'];
  const { exitCode, stdout } = await parity(['add', '--', 'curl', ...options, 'https://h/up'], { cwd: await folder() });
  expect(exitCode).toBe(0);
  const named = Array.from(stdout.matchAll(/^note: .* target of parity\.yaml, (.+)$/gm), ([, keys]) => keys!);
  expect(named).toEqual([
    'tls: { insecure: true }',
    'tls: { ca: FILE }',
    'tls: { cert: FILE, key: FILE }',
    'tls: { cert: FILE, key: FILE }',
    'proxy: http://HOST:PORT',
  ]);
  // Each of them is a key that parity.yaml has: what is wrong with it is that there is no such file, or port.
  for (const keys of named) {
    const target = `{ url: "https://127.0.0.1:1", ${keys.replace('proxy: http://HOST:PORT', 'proxy: "http://h:1"')} }`;
    const config = `targets: { a: ${target}, b: "http://127.0.0.1:2" }`;
    const { stderr } = await parity(['run'], { cwd: await folder({ 'parity.yaml': config, 'cases/up.yaml': cases }) });
    expect(stderr).not.toMatch(/is not a key|did you mean|unknown/);
  }
});
