import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { folder, newestReport, parity } from './command.ts';

/** A target that answers with the path. One that is mortal stops listening and drops every connection at `/kill`, and listens again after so many milliseconds, or never. */
async function target(isMortal: boolean, restartMs: number | null): Promise<string> {
  let port = 0;
  let server: Server;
  const listen = (): Promise<void> => {
    server = createServer((request, response) => {
      if (!isMortal || request.url !== '/kill') return void response.end(`{"path":"${request.url}"}`);
      server.close();
      server.closeAllConnections();
      if (restartMs !== null) setTimeout(() => void listen(), restartMs);
    });
    return new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  };
  await listen();
  port = (server!.address() as AddressInfo).port;
  onTestFinished(() => void server.close().closeAllConnections());
  return `http://127.0.0.1:${port}`;
}

interface Setting {
  readonly restartMs?: number;
  readonly concurrency?: number;
  readonly method?: string;
}

async function ran({ restartMs, concurrency = 1, method = 'GET' }: Setting) {
  const [a, b] = [await target(false, null), await target(true, restartMs ?? null)];
  const cases = ['c1', 'c2', 'kill', 'c4', 'c5', 'c6'].map((id) => ({
    id,
    request: { path: `/${id}`, ...(id === 'kill' ? { method } : {}) },
  }));
  const cwd = await folder({
    'cases/s.json': JSON.stringify({ suite: 's', cases }),
    'parity.yaml': `targets:\n  a: ${a}\n  b: ${b}\nconcurrency: ${concurrency}\n`,
  });
  const { exitCode, stdout } = await parity(['run', '--no-tracker', '--noise', '0'], { cwd });
  const report = newestReport(cwd);
  const outcomes = Object.fromEntries(report.cases.map((one) => [one.id, [one.outcome, one.reason]]));
  return { exitCode, stdout, outcomes, report };
}

describe('a target that stops during a run', () => {
  it.each(['GET', 'POST'])(
    'is traced to the case that it stopped at, a %s, and the cases after it are not run.',
    async (method) => {
      const { outcomes, report, stdout } = await ran({ method });
      expect(outcomes['s/kill']![0]).toBe('inconclusive');
      for (const id of ['s/c4', 's/c5', 's/c6']) expect(outcomes[id]).toEqual(['notRun', 'target-stopped']);
      const [note = ''] = report.notes;
      expect(note).toBe('b stopped answering at s/kill, and did not come back: nothing was sent after that');
      expect(stdout).toContain('not sent: b stopped answering at s/kill');
      expect(stdout).not.toContain('start it, or check its URL');
    },
  );

  it('leads to exit code 3 where nothing diverged before.', async () => {
    const { exitCode, report } = await ran({});
    expect([exitCode, report.verdict, report.counts.match]).toEqual([3, 'inconclusive', 2]);
  });

  it('goes on where the target comes back, and names the case.', async () => {
    const { outcomes, report } = await ran({ restartMs: 2500 });
    for (const id of ['s/c4', 's/c5', 's/c6']) expect(outcomes[id]![0]).toBe('match');
    expect(outcomes['s/kill']![0]).toBe('inconclusive');
    expect(report.notes[0]).toBe('b stopped answering at s/kill, and came back: the run went on');
  });

  it('names every case that was under way where several were.', async () => {
    const { report } = await ran({ concurrency: 3 });
    expect(report.notes[0]).toMatch(/^b stopped answering at .*s\/kill/);
  });
});
