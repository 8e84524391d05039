import { describe, expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';
import { type Reply, serving } from './service.ts';

const none = () => new Promise<Reply>(() => {});

describe('a target that never answers a request', () => {
  it.each<[against: string, replies: (all: number) => Reply | Promise<Reply>, exitCode: number, outcome: string]>([
    ['diverges from one that reports a fault of its own', () => [500, '{"error":"thrown"}'], 1, 'divergent'],
    ['says nothing beside one that answers', () => [200, '{"ok":true}'], 3, 'inconclusive'],
    ['says nothing beside one that does not answer either', none, 3, 'inconclusive'],
    ['says nothing beside one that reports a fault once', (all) => [all > 1 ? 200 : 500, '{}'], 3, 'flaky'],
  ])('%s', async (_, reply, exitCode, outcome) => {
    const silent = await serving(none);
    const other = await serving((_asked, all) => reply(all.length));
    for (const [a, b] of [
      [silent, other],
      [other, silent],
    ] as const) {
      other.asked.length = 0;
      const cwd = await folder({ 'cases/s.yaml': 'cases: [{ id: x, request: { path: /x } }]\n' });
      const targets = ['--target', `a=${a.url}`, '--target', `b=${b.url}`, '--timeout', '300ms'];
      const ended = await parity(['run', ...targets, '--no-tracker'], { cwd });
      const { cases, findings } = newestReport(cwd);
      expect([ended.exitCode, cases[0]!.outcome]).toEqual([exitCode, outcome]);
      expect(findings.map((one) => [one.facet, one.class, one.severity])).toEqual(
        outcome === 'divergent' ? [['transport', 'unexplained', 'breaking']] : [],
      );
    }
  });
});
