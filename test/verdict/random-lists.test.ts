import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Answer, json, pair } from './compared.ts';

const shuffled = <T>(items: readonly T[]) =>
  items
    .map((item) => [Math.random(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
const users = ['ann', 'bob', 'cleo'].map((name, id) => ({ id, name }));
const library = 'cases: [{ id: list, request: { path: /list } }]\n';

/** The reference answers at random, the candidate always alike. */
const rows: readonly (readonly [what: string, reference: Answer, candidate: Answer])[] = [
  ['a list in random order', () => json({ items: shuffled(['a', 'b', 'c']) }), json({ items: ['a', 'b', 'c'] })],
  ['objects in random order', () => json({ users: shuffled(users) }), json({ users })],
];

it.each(rows)('One row stays open, run after run: %s', async (_, reference, candidate) => {
  const { cwd, run } = await pair(reference, candidate, library);
  const states: string[] = [];
  for (let turn = 0; turn < 6; turn += 1) {
    await run('--fail-on', 'never');
    const lines = readFileSync(join(cwd, 'T.md'), 'utf8').split('\n');
    states.push(...lines.filter((line) => line.startsWith('| P-')).map((line) => line.split(' | ').slice(0, 2).join()));
  }
  expect(states.length).toBeGreaterThanOrEqual(5);
  expect(new Set(states).size).toBe(1);
  expect(states[0]).toContain('_open_');
});
