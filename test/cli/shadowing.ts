import { type ChildProcess, spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { LiveStatus } from '../../src/live/page/status.ts';
import { home } from './command.ts';

/** A shadow that runs as a child process. */
export interface Running {
  readonly child: ChildProcess;
  /** Where clients connect. */
  readonly url: string;
  readonly page: string;
  /** The status, once nothing is pending. */
  settled(): Promise<LiveStatus>;
  /** Sends a signal, and gives the exit code and what it printed. */
  end(signal?: NodeJS.Signals): Promise<{ exitCode: number | null; stdout: string; stderr: string }>;
}

/** Starts `parity shadow` with a page, and waits until it listens. */
export async function shadowing(cwd: string, args: readonly string[]): Promise<Running> {
  const line = [join(home, 'dist/cli/main.js'), 'shadow', '--listen', '0', '--page', '0', ...args];
  const child = spawn(process.execPath, line, { cwd, env: { PATH: process.env.PATH ?? '', HOME: cwd } });
  onTestFinished(() => void child.kill('SIGKILL'));
  const read = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (read.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (read.stderr += text));
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  const addresses = await waitFor(async () => {
    if (child.exitCode !== null) throw new Error(`it ended: ${read.stderr}`);
    return /listening on (\S+)\npage on (\S+)\n/.exec(read.stdout);
  });
  const [, url = '', page = ''] = addresses;
  return {
    ...{ child, url, page },
    settled: () =>
      waitFor(async () => {
        const status = (await (await fetch(`${page}/status`)).json()) as LiveStatus;
        return status.pending === 0 ? status : null;
      }),
    async end(signal = 'SIGTERM') {
      child.kill(signal);
      return { exitCode: await exited, ...read };
    },
  };
}

/** Asks again and again until there is something. */
export async function waitFor<T>(ask: () => Promise<T | null>): Promise<T> {
  for (;;) {
    const found = await ask();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

/** A server that does with each connection what it is given, until the test ends. */
export async function rawServer(serve: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}).on('close', () => sockets.delete(socket)));
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Everything that a server sends for these bytes, until it closes the connection. */
export function rawAnswer(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const parts: Buffer[] = [];
  socket.on('data', (part) => parts.push(part)).end(bytes, 'latin1');
  return new Promise((resolve, reject) => {
    socket.on('error', reject).on('close', () => resolve(Buffer.concat(parts).toString('latin1')));
  });
}
