import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';
import { type Asked, serving } from './service.ts';

type Make = (n: number, asked: Asked) => unknown;

/** What comes of one POST to two services whose records begin at other numbers. */
async function posted(reference: Make, candidate: Make) {
  const reply = (make: Make, from: number) => {
    let made = from;
    return (asked: Asked) => {
      made += 1;
      return [201, JSON.stringify(make(made, asked))] as const;
    };
  };
  const [a, b] = [await serving(reply(reference, 40)), await serving(reply(candidate, 90_000))];
  const request = { method: 'POST', path: '/orders', json: { item: 7, tag: 'k3y-00000001' } };
  const cwd = await folder({ 'cases/s.json': JSON.stringify({ suite: 's', cases: [{ id: 'x', request }] }) });
  const args = ['run', '--no-tracker', '--target', `a=${a.url}`, '--target', `b=${b.url}`];
  const { exitCode, stdout } = await parity(args, { cwd });
  const { cases, notes } = newestReport(cwd);
  const pointers = cases.flatMap(({ divergences }) => divergences.map(({ pointer }) => pointer));
  return { exitCode, stdout: stdout.replace(/\s+/g, ' '), notes, pointers, asked: a.asked.length + b.asked.length };
}

const now = (plusMs = 0) => new Date(Date.now() + plusMs).toISOString();
const days = 24 * 3600_000;
const order: Make = (n) => {
  const key = randomUUID();
  return { href: `/orders/${n}`, id: n, key, created_at: now(), self: `/orders/${key}`, amount: 12.5 };
};
const otherwise =
  (more: Make): Make =>
  (n, asked) => ({ ...(order(n, asked) as object), ...(more(n, asked) as object) });

describe('a case that writes and is sent once', () => {
  it('matches where only current times and generated identifiers differ, and the report says so', async () => {
    const { exitCode, stdout, notes, pointers, asked } = await posted(
      order,
      otherwise(() => ({ created_at: now(5) })),
    );
    expect({ exitCode, pointers, asked }).toEqual({ exitCode: 0, pointers: [], asked: 2 });
    expect(notes).toEqual([expect.stringMatching(/^s\/x was sent once; .*\/href, .* were compared by format$/)]);
    expect(stdout).toContain('noise, suppressed like ignore /created_at (sent once; compared by format)');
  });

  it.each<readonly [string, Make, string]>([
    ['an amount', () => ({ amount: 13.5 }), '/amount'],
    ['the format of a time', () => ({ created_at: now().replace(/\.\d+Z/, 'Z') }), '/created_at'],
    ['the zone of a time', () => ({ created_at: now(2 * 3600_000).replace('Z', '+02:00') }), '/created_at'],
    ['a time of 1970', () => ({ created_at: new Date(1000).toISOString() }), '/created_at'],
    ['a time in three days', () => ({ created_at: now(3 * days) }), '/created_at'],
    ['a UUID of another version', () => ({ key: '019e0000-0000-7000-8000-000000000001', self: '' }), '/key'],
    ['a reference to another record', () => ({ self: `/orders/${randomUUID()}` }), '/self'],
    ['a number beside the identifier', (n) => ({ href: `/orders/${n + 1}` }), '/href'],
  ])('has a finding where %s differs', async (_, more, pointer) => {
    const { exitCode, pointers } = await posted(order, otherwise(more));
    expect([exitCode, pointers.includes(pointer)]).toEqual([1, true]);
  });

  it('has a finding where one side answers another value than the one it was sent', async () => {
    const echo = (item: number): Make => otherwise(() => ({ item_id: item }));
    expect((await posted(echo(7), echo(8))).pointers).toEqual(['/item_id']);
  });

  it('has a finding where a change leaves the time of the change as it was on one side', async () => {
    const serve = (changes: boolean) => {
      let at = now();
      return serving(async ({ method }) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        if (method === 'POST' || (method === 'PUT' && changes)) at = now();
        return [200, JSON.stringify({ updated_at: at })];
      });
    };
    const steps = ['POST', 'PUT', 'GET'].map((method) => ({ request: { method, path: '/o' } }));
    const cwd = await folder({ 'cases/s.json': JSON.stringify({ suite: 's', cases: [{ id: 'x', steps }] }) });
    const found: unknown[] = [];
    for (const changes of [true, false]) {
      const [a, b] = [await serve(true), await serve(changes)];
      const args = ['run', '--no-tracker', '--target', `a=${a.url}`, '--target', `b=${b.url}`];
      const { exitCode } = await parity(args, { cwd });
      found.push([exitCode, newestReport(cwd).cases[0]!.divergences.map(({ pointer }) => pointer)]);
    }
    expect(found).toEqual([
      [0, []],
      [1, ['/updated_at']],
    ]);
  });
});
