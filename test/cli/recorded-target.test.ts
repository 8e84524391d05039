import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { recordingLine } from '../../src/recorded/format.ts';
import { answering, folder, newestReport, parity } from './command.ts';

const cases = `suite: one
cases:
  - { id: a, request: { method: GET, path: /a } }
  - { id: b, request: { method: GET, path: /b } }
`;

/** A folder whose reference is a recording of `GET /a` alone. */
async function withRecording(candidate: string, texts: readonly string[]): Promise<string> {
  const header = {
    schema: 'parity-recording/1',
    recordedAt: '2026-11-24T08:00:00.000Z',
    target: candidate,
    source: 'record',
  };
  const answers = texts.map((text) => ({
    status: 200,
    statusText: 'OK',
    headers: [['Content-Type', 'application/json'] as const],
    body: { text },
  }));
  const line = {
    at: '2026-11-24T08:00:01.000Z',
    request: { method: 'GET', path: '/a', headers: [], body: null },
    answers,
  };
  return folder({
    'cases/one.yaml': cases,
    'old.recorded': recordingLine(header as Parameters<typeof recordingLine>[0]) + recordingLine(line),
    'parity.yaml': `targets:\n  old: { recorded: old.recorded }\n  new: ${candidate}\n`,
  });
}

const made = () => JSON.stringify({ id: 7, seen: randomBytes(2).readUInt16BE() });

/** A server whose answers differ each time. */
async function counting(): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'application/json');
    response.end(made());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => void server.close().closeAllConnections();
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

describe('a target that is a recording', () => {
  it('is compared with a service at the address where it was recorded, and gets no request', async () => {
    const service = await answering({ body: '{"id":7}' });
    const cwd = await withRecording(service.url, ['{"id":7}']);
    const ended = await parity(['run', 'one/a'], { cwd });
    expect(ended.stdout).toContain('against a recording of 2026-11-24');
    expect(ended.stdout).toContain('the noise of old, a recording, is known at none of its requests');
    expect(ended.exitCode).toBe(0);
    expect(service.requests.filter((one) => one !== 'GET /a')).toEqual([]);
    expect(newestReport(cwd).run.targets[0]).toMatchObject({ name: 'old', recordedAt: '2026-11-24T08:00:00.000Z' });
    await service.close();
  });

  it('diverges at what the service generates, unless it was recorded twice', async () => {
    const service = await counting();
    const [first, second] = [made(), made()];
    const once = await parity(['run', 'one/a'], { cwd: await withRecording(service.url, [first]) });
    expect(once.exitCode).toBe(1);
    const ended = await parity(['run', 'one/a'], { cwd: await withRecording(service.url, [first, second]) });
    expect(ended.exitCode).toBe(0);
    expect(ended.stdout).not.toContain('a recording, is known');
    service.close();
  });

  it('leaves a case inconclusive whose request was not recorded', async () => {
    const service = await answering({ body: '{"id":7}' });
    const cwd = await withRecording(service.url, ['{"id":7}']);
    expect((await parity(['run'], { cwd })).exitCode).toBe(3);
    expect(newestReport(cwd).cases).toContainEqual(expect.objectContaining({ id: 'one/b', reason: 'not-recorded' }));
    const checked = await parity(['doctor'], { cwd });
    expect(checked.stdout + checked.stderr).toContain('1 recorded answers of 2026-11-24; nothing is sent');
    await service.close();
  });

  it('ends with exit code 2 where the file is not a recording, before anything is sent', async () => {
    const service = await answering({ body: '{}' });
    const other = await folder({
      'parity.yaml': `targets:\n  old: { recorded: gone }\n  new: ${service.url}\n`,
      'cases/one.yaml': cases,
    });
    const refused = await parity(['run'], { cwd: other });
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('PX2014');
    await service.close();
  });
});
