import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folder, home, newestReport, parity } from './command.ts';

const secrets = [
  'tok-9f8e7d6c5b4a',
  'hunter2hunter2',
  'k3y-of-the-query',
  'eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.c2lnbmF0dXJl',
];
let service: Server;
let url: string;

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += String(part);
  return text;
}

/** A shop: orders get ids that differ each time it starts. */
beforeAll(async () => {
  const orders = new Map<string, object>();
  let next = 0;
  service = createServer(async (request, response) => {
    const text = await bodyOf(request);
    const path = (request.url ?? '').split('?')[0]!;
    const id = path.split('/')[2] ?? '';
    const say = (status: number, body: object) => {
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    if (path === '/login') return say(200, { access_token: secrets[0], seen: secrets[3] });
    if (request.method === 'POST') {
      next += 1;
      const made = { id: `ord-${process.pid}-${next}`, ...JSON.parse(text) };
      orders.set(made.id, made);
      return say(201, made);
    }
    if (path === '/orders') return say(200, { open: true });
    const found = orders.get(id);
    if (request.method === 'DELETE') orders.delete(id);
    return found === undefined ? say(404, { error: 'no such order' }) : say(200, found);
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
});

afterAll(() => void service.close().closeAllConnections());

interface Recording {
  readonly child: ChildProcess;
  readonly url: string;
  /** Ends it, and gives its exit code and what it printed. */
  end(): Promise<{ readonly code: number | null; readonly output: string }>;
}

function record(cwd: string, args: readonly string[]): Promise<Recording> {
  const line = [join(home, 'dist/cli/main.js'), 'record', '--target', url, '--listen', '0', ...args];
  const child = spawn(process.execPath, line, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stderr.on('data', (part) => (output += part));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return new Promise((resolve) => {
    child.stdout.on('data', (part) => {
      output += part;
      const listening = /^listening on (http:\S+)$/m.exec(output)?.[1];
      if (listening === undefined) return;
      const end = async () => {
        child.kill('SIGTERM');
        return { code: await ended, output };
      };
      resolve({ child, url: listening, end });
    });
  });
}

async function shop(base: string): Promise<void> {
  const ask = (path: string, init: RequestInit = {}) => fetch(base + path, init).then((answer) => answer.text());
  const json = { 'content-type': 'application/json' };
  const login = JSON.stringify({ user: 'a', password: secrets[1] });
  const { access_token } = JSON.parse(await ask('/login', { method: 'POST', headers: json, body: login }));
  const headers = { ...json, authorization: `Bearer ${access_token}` };
  const { id } = JSON.parse(await ask('/orders', { method: 'POST', headers, body: '{"item":"tea"}' }));
  await ask(`/orders/${id}`, { headers });
  await ask(`/orders/${id}`, { method: 'DELETE', headers });
  await ask(`/orders/${id}`, { headers });
  await ask(`/orders?api_key=${secrets[2]}`);
  await ask(`/orders?api_key=${secrets[2]}`);
}

describe('parity record', () => {
  it('makes cases with linked ids and without credentials, which replay on the service and on what was recorded', async () => {
    const cwd = await folder();
    const recording = await record(cwd, ['--to', 'cases/shop.yaml', '--twice']);
    await shop(recording.url);
    const { code, output } = await recording.end();
    expect(output).toMatch(/^recorded 7 answers, \d of them twice, in cases\/shop\.yaml\.recorded$/m);
    expect(output).toMatch(/^wrote 2 cases, merged 1, left out 0 of 7, in cases\/shop\.yaml$/m);
    expect(code).toBe(0);
    const files = readdirSync(join(cwd, 'cases')).map((name) => readFileSync(join(cwd, 'cases', name), 'utf8'));
    for (const secret of secrets) expect(files.filter((text) => text.includes(secret))).toEqual([]);
    expect(files[0]).toContain('/orders/{{id}}');
    const env = Object.fromEntries(
      Array.from(files[0]!.matchAll(/\$\{(\w+)\}/g), ([, name]) => [name!, secretNamed(name!)]),
    );
    const live = ['--target', `a=${url}`, '--target', `b=${url}`, '--self-check'];
    expect((await parity(['run', ...live, '--cases', 'cases'], { cwd, env })).exitCode).toBe(0);
    const config = await folder({
      'parity.yaml': `targets:\n  old: { recorded: ${cwd}/cases/shop.yaml }\n  new: ${url}\ncases: ["${cwd}/cases"]\n`,
    });
    const replayed = await parity(['run'], { cwd: config, env });
    expect(newestReport(config).cases.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['match', null],
      ['match', null],
    ]);
    expect(replayed.exitCode).toBe(0);
  });

  it('ends with 3 where nothing came, and with 2 for a file that is there and a wrong flag', async () => {
    const cwd = await folder({ 'there.yaml': 'cases: []\n' });
    expect((await (await record(cwd, ['--to', 'a.yaml'])).end()).code).toBe(3);
    for (const args of [
      ['--to', 'there.yaml'],
      ['--to', 'a.txt'],
      ['--to', 'b.yaml', '--cert', 'x'],
      ['--to', 'b.yaml', '--listen-cert', 'x'],
    ]) {
      const ended = await parity(['record', '--target', url, '--listen', '0', ...args], { cwd });
      expect(ended.exitCode, args.join(' ')).toBe(2);
    }
    expect((await parity(['record', '--target', url, '--listen', 'x', '--to', 'c.yaml'], { cwd })).exitCode).toBe(2);
  });
});

/** What a variable of the recording stood for. */
function secretNamed(name: string): string {
  return { PASSWORD: secrets[1], API_KEY: secrets[2], ACCESS_TOKEN: secrets[0] }[name] ?? secrets[3]!;
}
