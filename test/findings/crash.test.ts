import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { folder, newestReport, parity } from '../cli/command.ts';

const library = `suite: one
cases:
  - id: a
    safe: true
    request: { method: GET, path: /a }
`;

const open: (() => void)[] = [];
afterAll(() => {
  for (const close of open) close();
});

async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const answers = (status: number): RequestListener => {
  return (_, response) => response.writeHead(status, { 'content-type': 'text/plain' }).end('Internal Server Error');
};
/** What a panic does to the connection in net/http and in hyper. */
const panics: RequestListener = (request) => request.socket.end();

async function probed(reference: RequestListener, candidate: RequestListener) {
  const cwd = await folder({ 'cases/one.yaml': library });
  const [a, b] = [await serving(reference), await serving(candidate)];
  const { exitCode } = await parity(['run', '--target', `a=${a}`, '--target', `b=${b}`], { cwd });
  const { findings, cases } = newestReport(cwd);
  return { exitCode, findings, outcome: cases[0]!.outcome };
}

describe('a connection that is closed without an answer', () => {
  it.each([
    ['candidate', answers(500), panics],
    ['reference', panics, answers(502)],
  ])('is a divergence where the other side says 5xx: %s', async (side, reference, candidate) => {
    const { exitCode, outcome, findings } = await probed(reference, candidate);
    expect([exitCode, outcome]).toEqual([1, 'divergent']);
    const [finding, ...more] = findings;
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ class: 'panic-500-vs-closed', facet: 'transport', severity: 'breaking' });
    expect(finding!.recognised).toBe(true);
    const closed = side === 'candidate' ? finding!.example.candidate : finding!.example.reference;
    expect(closed).toMatch(/closed the connection before sending anything/);
    expect(finding!.fixes.map((fix) => fix.target)).toEqual(['b', 'a']);
  });

  it.each([
    ['the other side is fine', answers(200), panics],
    ['the other side blames the request', answers(422), panics],
    ['both do it', panics, panics],
  ])('says nothing where %s', async (_, reference, candidate) => {
    const { exitCode, outcome, findings } = await probed(reference, candidate);
    expect([exitCode, outcome, findings]).toEqual([3, 'inconclusive', []]);
  });
});
