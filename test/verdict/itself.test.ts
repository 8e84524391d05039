import { createHmac, randomBytes, randomInt, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Reply } from '../cli/service.ts';
import { json, outcomes, pair } from './compared.ts';

const shuffled = <T>(items: readonly T[]) =>
  items
    .map((item) => [Math.random(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const seconds = () => Math.floor(Date.now() / 1000);

/** What a service with a state of its own makes anew for each answer. */
function making(begin: number): Readonly<Record<string, () => unknown>> {
  const key = randomBytes(16);
  const since = Date.now() - begin * 1000;
  let count = begin;
  const next = () => {
    count += 1;
    return count;
  };
  const signature = (text: string) => createHmac('sha256', key).update(text).digest('base64url');
  return {
    clocks: () => ({ at: new Date().toISOString(), ms: Date.now(), s: seconds(), float: Date.now() / 1000 }),
    counter: () => ({ count: next() }),
    uptime: () => ({ up: Math.floor((Date.now() - since) / 1000) }),
    cursor: () => ({ next: base64({ at: Date.now(), id: next() }) }),
    signed: () => ({ next: `${part({ from: 5, n: randomUUID() })}.${signature(randomUUID())}` }),
    token: () => {
      const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: 1, iat: seconds(), exp: seconds() + 3600 })}`;
      return { token: `${text}.${signature(text)}`, expires_in: 3600 };
    },
    reference: () => ({ ref: `ORD-${randomBytes(4).toString('hex').toUpperCase()}` }),
    list: () => ({ items: shuffled([1, 2, 3, 4].map((id) => ({ id, name: `n${id}` }))), total: 4 }),
    ids: () => ({ id: randomUUID(), trace_id: randomBytes(16).toString('hex'), n: randomInt(1e9) }),
    mixed: () => ({ took: `${(Math.random() * 20).toFixed(2)}ms`, load: [Math.random(), Math.random()] }),
  };
}

const names = Object.keys(making(0));
const library = `cases:\n${names
  .flatMap((name) => [
    `  - { id: ${name}, request: { path: /${name} } }\n`,
    ...(['token', 'reference', 'ids'].includes(name)
      ? [`  - { id: once-${name}, request: { method: POST, path: /${name}, json: {} } }\n`]
      : []),
  ])
  .join('')}`;

it('A service has parity with itself, run after run, and its tracker stays empty', async () => {
  const service = (begin: number) => {
    const made = making(begin);
    return ({ path, method }: { path: string; method: string }): Reply => {
      const value = made[path.slice(1)]!();
      // What is sent once is compared by format: a number that is drawn has none.
      return json(method === 'POST' ? { ...(value as object), n: 0 } : value);
    };
  };
  const { cwd, run } = await pair(service(980), service(7), library);
  for (let turn = 0; turn < 2; turn += 1) {
    const { exitCode, report } = await run();
    expect([exitCode, outcomes(report).filter((one) => !one.startsWith('match'))]).toEqual([0, []]);
  }
  expect(readFileSync(join(cwd, 'T.md'), 'utf8')).not.toContain('| P-');
});
