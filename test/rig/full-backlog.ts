import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';

/** Listens, says where, and accepts nobody any more: its only thread sleeps. */
const sleeper = `
  const server = require('node:net').createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    require('node:fs').writeSync(1, String(server.address().port));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30000);
  });`;

/** A place on 127.0.0.1 whose queue of connections is full: further ones are neither taken nor refused. */
export async function fullBacklog(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const child = spawn(process.execPath, ['-e', sleeper], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  const sockets = Array.from({ length: 4 }, () => connect(Number(port.toString()), '127.0.0.1').on('error', () => {}));
  await Promise.all(sockets.slice(0, 2).map((socket) => once(socket, 'connect')));
  return {
    url: `http://127.0.0.1:${port.toString()}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      child.kill('SIGKILL');
      await once(child, 'close');
    },
  };
}
