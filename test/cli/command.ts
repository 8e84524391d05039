import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ReportDocument } from '../../src/report/document/document.ts';

/** The folder of this project. */
export const home = join(import.meta.dirname, '..', '..');

/** What a finished command line left behind. */
export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Setting {
  readonly cwd: string;
  readonly env?: Record<string, string>;
  readonly input?: string;
  readonly timeout?: number;
  /** Another entry of the command line than the bundled one. */
  readonly entry?: string;
}

/** Runs the built command line as a child process, outside CI unless `env` says otherwise; killed after 150 s or `timeout` ms, which only what hangs takes. */
export function parity(args: readonly string[], setting: Setting): Promise<Ended> {
  const { cwd, env = {}, input, timeout = 150_000, entry = 'dist/cli/main.js' } = setting;
  const child = spawn(process.execPath, [join(home, entry), ...args], {
    cwd,
    env: { PATH: process.env.PATH ?? '', HOME: cwd, LANG: 'C.UTF-8', ...env },
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    timeout,
  });
  child.stdin?.end(input);
  const read = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (read.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (read.stderr += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ ...read, exitCode: code ?? (signal === null ? -1 : 128) }));
  });
}

/** A new folder with these files in it. */
export async function folder(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'parity-cli-'));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
  return dir;
}

/** The report document of the newest run in a folder. */
export function newestReport(dir: string): ReportDocument {
  return JSON.parse(readFileSync(join(dir, 'reports/latest/report.json'), 'utf8')) as ReportDocument;
}

/** A server that answers every request with these bytes and headers. */
export interface Fixed {
  readonly url: string;
  readonly requests: string[];
  close(): Promise<void>;
}

/** Starts a server on 127.0.0.1 with one answer for everything. */
export async function answering(answer: {
  status?: number;
  headers?: readonly (readonly [string, string])[];
  body: string | Buffer;
}): Promise<Fixed> {
  const requests: string[] = [];
  const server: Server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    request.resume();
    const headers = answer.headers ?? [['Content-Type', 'application/json']];
    response.writeHead(answer.status ?? 200, headers.flat());
    response.end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, requests, close };
}

/** A URL on which nothing listens. */
export async function closedUrl(): Promise<string> {
  const server = await answering({ body: '' });
  await server.close();
  return server.url;
}
