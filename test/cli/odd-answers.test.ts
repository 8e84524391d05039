import { describe, expect, it } from 'vitest';
import { startRig } from '../rig/rig.ts';
import { rst, type Scenario, wait, write } from '../rig/scenario.ts';
import { folder, newestReport, parity } from './command.ts';

/** What becomes of so many requests to two targets that answer like this, each on a connection of its own. */
async function ran(count: number, answers: readonly Scenario[]) {
  const [a, b] = [await startRig({ answers }), await startRig({ answers })];
  const target = (url: string) => `{ url: "${url}", connection: fresh }`;
  const cases = Array.from({ length: count }, (_, at) => `  - { id: c${at}, request: { path: /c${at} } }\n`);
  const cwd = await folder({
    'cases/s.yaml': `suite: s\ncases:\n${cases.join('')}`,
    'parity.yaml': `targets:\n  a: ${target(a.url)}\n  b: ${target(b.url)}\n`,
  });
  const { exitCode } = await parity(['run', '--no-tracker', '--concurrency', '1'], { cwd });
  const reasons = newestReport(cwd).cases.flatMap(({ message }) => message ?? []);
  await Promise.all([a.close(), b.close()]);
  return { exitCode, reasons };
}

/** An empty header is nothing special to HTTP; the HTTP client is to say so. */
const odd = 'x-empty:\r\n';

describe('an answer of which the HTTP client has to say what it is', () => {
  it('and that ends early leaves nothing behind for the next request', async () => {
    const answers = [[write('HTTP/1.1 304 Not Modified\r\ncontent-length: 5\r\n\r\n')]];
    expect(await ran(60, answers)).toEqual({ exitCode: 0, reasons: [] });
  });

  it.each([
    ['with its length', `HTTP/1.1 200 OK\r\n${odd}content-length: 2\r\n\r\nhi`],
    ['in chunks', `HTTP/1.1 200 OK\r\n${odd}transfer-encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n`],
    ['without a body', `HTTP/1.1 204 No Content\r\n${odd}\r\n`],
  ])('and that is whole stays so where the connection is reset behind it: %s', async (_, answer) => {
    const answers = [1, 2, 3, 4].map((ms) => [write(answer), wait(ms), rst]);
    expect(await ran(12, answers)).toEqual({ exitCode: 0, reasons: [] });
  });
});
