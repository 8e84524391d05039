import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../free-port.ts';

/** Where nginx is, or undefined. */
export const nginxPath = ['/usr/sbin/nginx', '/usr/bin/nginx', '/usr/local/bin/nginx'].find((path) => existsSync(path));

/** A server of nginx: its certificate, or none for plain HTTP; with `client` it wants one of an authority. */
interface Server {
  readonly cert?: string;
  readonly client?: string;
}

/** Starts a real nginx with these servers; each answers every request with JSON that says whether a client certificate was verified. */
export async function startNginx<Name extends string>(dir: string, servers: Readonly<Record<Name, Server>>) {
  const names = Object.keys(servers) as Name[];
  const ports = new Map<Name, number>();
  for (const name of names) ports.set(name, await freePort());
  mkdirSync(join(dir, 'tmp'), { recursive: true });
  const blocks = names.map((name) => serverBlock(servers[name], ports.get(name)!));
  writeFileSync(join(dir, 'nginx.conf'), configuration(dir, blocks));
  const child = spawn(nginxPath!, ['-p', dir, '-c', join(dir, 'nginx.conf')], { stdio: 'ignore' });
  for (const port of ports.values()) await untilUp(port, child);
  return {
    port: (name: Name) => ports.get(name)!,
    /** The requests that got an answer, a line each. */
    requests: () => readFileSync(join(dir, 'access.log'), 'utf8').split('\n').filter(Boolean),
    stop: () =>
      new Promise<void>((ended) => {
        child.once('close', () => ended());
        child.kill('SIGTERM');
      }),
  };
}

function configuration(dir: string, blocks: readonly string[]): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `daemon off;
pid ${dir}/nginx.pid;
error_log ${dir}/error.log;
events {}
http {
  log_format plain '$request_method $uri $ssl_client_verify';
  access_log ${dir}/access.log plain;
  ${temporary.map((name) => `${name}_temp_path ${dir}/tmp/${name};`).join(' ')}
  default_type application/json;
  client_max_body_size 10m;
  ${blocks.join('\n  ')}
}
`;
}

function serverBlock({ cert, client }: Server, port: number): string {
  const secure = cert === undefined ? '' : ` ssl; ssl_certificate ${cert}.pem; ssl_certificate_key ${cert}.key`;
  const wanted = client === undefined ? '' : ` ssl_verify_client on; ssl_client_certificate ${client}.pem;`;
  const verified = client === undefined ? 'SUCCESS' : '$ssl_client_verify';
  return `server { listen 127.0.0.1:${port}${secure};${wanted} location / { return 200 '{"client":"${verified}"}'; } }`;
}

async function untilUp(port: number, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`nginx ended with ${child.exitCode}`);
    const isUp = await new Promise<boolean>((settle) => {
      const socket = connect({ port, host: '127.0.0.1' }, () => settle(true)).once('error', () => settle(false));
      socket.once('connect', () => socket.destroy());
    });
    if (isUp) return;
    await sleep(20);
  }
}
