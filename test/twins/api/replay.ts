import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answer as RawAnswer, sendAnswer, toTwinRequest } from '../../../src/twins/answer.ts';
import type { RunningTwin } from '../../../src/twins/twin.ts';
import { type Answer, type LibraryCase, toRawRequest } from '../library.ts';
import { addressMark, catalogCases, readCatalogCapture } from './captured.ts';

/** The headers of a request that a server of the catalogue looks at. */
const telling = ['content-type', 'x-user'];
const MOST_BYTES = 1 << 20;
const DATE = 'Tue, 14 Nov 2023 22:13:20 GMT';

/** Serves on 127.0.0.1 what the server named `name` answered when it was captured; any other request ends in a closed connection. */
export async function startReplay(name: string): Promise<RunningTwin> {
  const answers = byRequest(await catalogCases(), await readCatalogCapture(name));
  const server = createServer((incoming, response) => {
    const host = incoming.headers.host ?? '';
    keyOf(incoming, response)
      .then((key) => answers.get(key))
      .then((found) =>
        found === undefined ? incoming.socket.destroy() : sendAnswer(incoming, response, toRaw(found, host)),
      )
      .catch(() => void incoming.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => stop(server) };
}

function byRequest(cases: readonly LibraryCase[], capture: Awaited<ReturnType<typeof readCatalogCapture>>) {
  const answers = new Map<string, Answer>();
  for (const { id, steps } of cases) {
    const { method, path, headers, body } = toRawRequest(steps[0]!.request, {});
    const sent = new Map(headers.map(([name, value]) => [name.toLowerCase(), value]));
    answers.set(keyFrom([method, path, ...telling.map((one) => sent.get(one) ?? null), body]), capture[id]![0]![0]!);
  }
  return answers;
}

function keyFrom(parts: readonly (string | null | Buffer)[]): string {
  return JSON.stringify(parts.map((part) => (Buffer.isBuffer(part) ? part.toString('base64') : part)));
}

async function keyOf(incoming: IncomingMessage, response: Parameters<typeof toTwinRequest>[1]): Promise<string> {
  const request = toTwinRequest(incoming, response);
  const body = await request.body(MOST_BYTES);
  return keyFrom([request.method, incoming.url ?? '', ...telling.map((one) => request.header(one)), body]);
}

function toRaw({ status, reason, headers, body }: Answer, host: string): RawAnswer {
  const fill = (name: string, value: string): readonly [string, string] =>
    name.toLowerCase() === 'date' ? [name, DATE] : [name, value.replaceAll(addressMark, host)];
  const bytes = typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.base64, 'base64');
  return { status, reason, headers: headers.map(([name, value]) => fill(name, value)), body: bytes };
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
