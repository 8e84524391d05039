import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** A proxy in a process of its own. */
export interface ProxyProcess {
  readonly port: number;
  /** What it was asked for, a line each. */
  readonly lines: readonly string[];
  stop(): Promise<void>;
}

/** Starts the proxy of `connect-proxy.mjs`; `user` is the `USER:PASSWORD` that it wants, `status` what it refuses all tunnels with, `tls` what it speaks TLS with. */
export async function startProxy(
  user = '-',
  status?: number,
  tls?: { cert: string; key: string },
): Promise<ProxyProcess> {
  const args = [
    join(import.meta.dirname, 'connect-proxy.mjs'),
    user,
    ...(status === undefined ? [] : [String(status)]),
  ];
  const env = { ...process.env, ...(tls === undefined ? {} : { PROXY_CERT: tls.cert, PROXY_KEY: tls.key }) };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  let rest = '';
  const port = await new Promise<number>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const parts = (rest + text).split('\n');
      rest = parts.pop()!;
      lines.push(...parts);
      if (lines.length > 0) resolve(Number(lines[0]));
    });
  });
  const stop = () =>
    new Promise<void>((ended) => {
      child.once('close', () => ended());
      child.kill('SIGTERM');
    });
  return { port, lines, stop };
}
