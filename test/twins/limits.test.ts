import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningTwin, startTwin } from '../../src/twins/twin.ts';

interface Listing {
  readonly objects: readonly { readonly key: string }[];
  readonly truncated: boolean;
}

describe.each(['rust', 'go'] as const)('the embedded twin %s, beyond what the library can show', (which) => {
  let twin: RunningTwin;
  beforeAll(async () => {
    twin = await startTwin(which);
  });
  afterAll(() => twin.close());

  const put = (key: string): Promise<Response> => fetch(`${twin.url}/v1/objects/${key}`, { method: 'PUT', body: 'x' });

  test('of 10,001 objects 10,000 are listed, and the listing says that it is cut', async () => {
    const { port } = new URL(twin.url);
    await putMany(Number(port), 10_001);
    const listing = (await (await fetch(`${twin.url}/v1/objects?prefix=many/`)).json()) as Listing;
    expect(listing.truncated).toBe(true);
    expect(listing.objects.length).toBe(10_000);
    expect(listing.objects.at(-1)?.key).toBe('many/09999');
  });

  test.each([
    ['of 1025 bytes is refused', 'k'.repeat(1025), 400],
    ['of 1024 bytes is taken', 'k'.repeat(1024), 201],
    ['is measured in bytes, not in characters', '%C3%A9'.repeat(513), 400],
    ['named like a property of every object is a key like others', '__proto__', 201],
  ])('a key %s: %s', async (_, key, status) => {
    expect((await put(key)).status).toBe(status);
  });

  test('an upload that does not say its length is refused once it is over 1 MiB', async () => {
    const chunk = new Uint8Array(64 * 1024);
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => (sent++ < 17 ? controller.enqueue(chunk) : controller.close()),
    });
    const init = { method: 'PUT', body: endless, duplex: 'half' } as RequestInit;
    const outcome = fetch(`${twin.url}/v1/objects/chunked`, init).then((response) => response.status);
    expect(await outcome).toBe(413);
    expect((await fetch(`${twin.url}/v1/objects/chunked`)).status).toBe(404);
  });

  test('a client that goes away in the middle of its upload gives its permit back', async () => {
    for (let client = 0; client < 5; client += 1) await abandonUpload(Number(new URL(twin.url).port));
    await expect.poll(async () => (await put('after')).status).not.toBe(503);
  });

  test('requests written at once on one connection are answered in turn', async () => {
    const put = 'PUT /v1/objects/turn HTTP/1.1\r\nHost: twin\r\nContent-Length: 1\r\n\r\nx';
    const get = 'GET /v1/objects/turn HTTP/1.1\r\nHost: twin\r\nConnection: close\r\n\r\n';
    expect(statuses(await converse(twin.url, put + get))).toEqual(['201 Created', '200 OK']);
  });

  test('a client that waits to be told to go on is told so, or is refused at once', async () => {
    const head = 'PUT /v1/objects/patient HTTP/1.1\r\nHost: twin\r\nExpect: 100-continue\r\nConnection: close\r\n';
    const small = await converse(twin.url, `${head}Content-Length: 1\r\n\r\nx`);
    expect(statuses(small)).toEqual(['100 Continue', '201 Created']);
    const large = await converse(twin.url, `${head}Content-Length: 1048577\r\n\r\n`);
    expect(statuses(large)[0]).toMatch(/^413 /);
  });

  test.each([
    [
      'an absolute URL names the same path',
      'GET http://twin/health HTTP/1.1\r\nHost: twin\r\nConnection: close\r\n\r\n',
      '200 OK',
    ],
    ['bytes that are not requests are refused', 'hello\r\n\r\n', '400 Bad Request'],
  ])('%s', async (_, sent, status) => {
    expect(statuses(await converse(twin.url, sent))).toEqual([status]);
  });
});

test('a port that is taken is an error', async () => {
  const twin = await startTwin('rust');
  await expect(startTwin('go', { port: Number(new URL(twin.url).port) })).rejects.toThrow('EADDRINUSE');
  await twin.close();
});

test('closing ends idle connections and those in the middle of a request', async () => {
  const twin = await startTwin('go');
  const socket = await openUpload(Number(new URL(twin.url).port));
  const ended = new Promise((resolve) => socket.once('close', resolve));
  await twin.close();
  await ended;
  expect(socket.destroyed).toBe(true);
});

/** Puts `count` objects below `many/` over one connection, all requests written at once. */
function putMany(port: number, count: number): Promise<void> {
  const request = (_: unknown, i: number): string =>
    `PUT /v1/objects/many/${String(i).padStart(5, '0')} HTTP/1.1\r\nHost: twin\r\nContent-Length: 1\r\n\r\nx`;
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(Array.from({ length: count }, request).join('')));
    let answers = 0;
    let tail = '';
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      const text = tail + chunk.toString('latin1');
      const heads = text.split('HTTP/1.1 201 Created');
      answers += heads.length - 1;
      tail = heads.at(-1)!.slice(-20);
      if (answers < count) return;
      socket.destroy();
      resolve();
    });
  });
}

function openUpload(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', reject);
    socket.on('close', () => undefined);
    socket.write('PUT /v1/objects/abandoned HTTP/1.1\r\nHost: twin\r\nContent-Length: 9\r\n\r\nx', () =>
      resolve(socket),
    );
  });
}

async function abandonUpload(port: number): Promise<void> {
  const socket = await openUpload(port);
  socket.removeAllListeners('error');
  socket.on('error', () => undefined);
  socket.destroy();
}

/** Writes bytes on a connection of their own and gives all that comes back until the other side ends it. */
function converse(url: string, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes));
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
    });
    socket.on('error', reject);
    socket.on('end', () => resolve(received));
  });
}

function statuses(received: string): string[] {
  return [...received.matchAll(/HTTP\/1\.1 (\d{3} [A-Za-z ]+)\r\n/g)].map((match) => match[1]!);
}
