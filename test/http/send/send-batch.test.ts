import { type AddressInfo, createServer } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { outbox } from '../../../src/http/send/send-batch.ts';
import { request, targetAt, transportTo } from '../../rig/target.ts';

function posted(log: string[], name: string) {
  return { start: () => void log.push(`start ${name}`), abort: () => void log.push(`abort ${name}`) };
}

test('what is posted in one turn of the event loop goes out at its end, in its order', async () => {
  const log: string[] = [];
  const box = outbox();
  for (const name of ['a', 'b', 'c']) box.post(posted(log, name));
  expect(log).toEqual([]);
  await turn();
  expect(log).toEqual(['start a', 'start b', 'start c']);
  box.post(posted(log, 'd'));
  await turn();
  expect(log.at(-1)).toBe('start d');
});

test('much of it does not wait for the rest, and each goes out once', async () => {
  const log: string[] = [];
  const box = outbox();
  const names = Array.from({ length: 21 }, (_, i) => String(i));
  for (const name of names) box.post(posted(log, name));
  expect(log).toEqual(names.slice(0, 16).map((name) => `start ${name}`));
  await turn();
  expect(log).toEqual(names.map((name) => `start ${name}`));
});

test('who waits for the end of a turn goes on when all of it has gone out, also when nothing was posted', async () => {
  const log: string[] = [];
  const box = outbox();
  const waiting = box.flushed().then(() => log.push('end'));
  for (const name of ['a', 'b']) box.post(posted(log, name));
  await waiting;
  expect(log).toEqual(['start a', 'start b', 'end']);
  await box.flushed();
});

test('what is posted from within goes out later', async () => {
  const log: string[] = [];
  const box = outbox();
  box.post({ start: () => box.post(posted(log, 'inner')), abort: () => {} });
  await turn();
  await turn();
  expect(log).toEqual(['start inner']);
});

test('nothing goes out after the end, and everything is told so', async () => {
  const log: string[] = [];
  const box = outbox();
  box.post(posted(log, 'before'));
  box.close();
  box.post(posted(log, 'after'));
  await turn();
  expect(log).toEqual(['abort before', 'abort after']);
});

test('a transport that is closed while requests wait to go out connects to nobody, and ends them as aborted', async () => {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const transport = transportTo(targetAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  const sent = Promise.all(['/a', '/b'].map((path) => transport.send('go', request('GET', path))));
  await transport.close();
  expect((await sent).map(({ outcome }) => outcome)).toEqual(
    Array(2).fill(expect.objectContaining({ kind: 'failure', reason: 'aborted' })),
  );
  await turn();
  await new Promise((resolve) => server.close(resolve));
  expect(connections).toBe(0);
});
