import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';
import { type Service, serving } from './service.ts';

let made = 0;
const csv = (total: string) =>
  `generated,2026-11-22T21:57:${String(10 + (made++ % 50))}.430Z\nbatch,${randomUUID()}\ntotal,${total}\n`;

/** A service with a text and an array that are generated for each answer, and JSON with a time. */
function reporting(total: string): Promise<Service> {
  return serving(({ path }) => {
    if (path === '/daily') return [200, csv(total), { 'content-type': 'text/csv' }];
    if (path === '/words') return [200, `${Math.random()} of ${total}`, { 'content-type': 'text/plain' }];
    const tags = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    made += 1;
    if (path === '/tags') return [200, JSON.stringify(tags.map((_, at) => tags[(at + made) % tags.length]))];
    return [200, JSON.stringify({ id: randomUUID(), total })];
  });
}

const config = (targets: readonly Service[]) =>
  `targets: { old: '${targets[0]?.url}', new: '${targets[1]?.url}' }\ncases: [cases]\n`;
const paths = ['daily', 'words', 'tags', 'json'];
const cases = (own: Readonly<Record<string, string>>) =>
  `suite: s\ncases:\n${paths.map((id) => `  - { id: ${id}, request: { path: /${id} }, ${own[id] ?? ''} }\n`).join('')}`;

it('prints no rule for the whole bodies of all routes, but one for the case that needs it', async () => {
  const alike = await Promise.all([reporting('7'), reporting('7')]);
  const cwd = await folder({ 'parity.yaml': config(alike), 'cases/s.yaml': cases({}) });
  const { exitCode, stdout } = await parity(['noise'], { cwd });
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining('whole body')]);
  const [, block = '', own = ''] = /to parity\.yaml:\n\n([\s\S]*?)\n\n([\s\S]*)/.exec(stdout) ?? [];
  expect(block).toContain('{"pointer":"/id","keep":"type"');
  expect(block).not.toMatch(/"pointer":""|\[""/);
  const ruleOf = (id: string) =>
    new RegExp(`in the body of s/${id}, add to that case:\n\n(compare: .*)\n`).exec(own)?.[1];
  expect(ruleOf('tags')).toBe('compare: { unordered: [""] }');
  expect(own).toContain('the body of s/words is generated: a rule for all of it would hide what else is in it');
  const other = await Promise.all([reporting('7'), reporting('8')]);
  for (const [targets, outcomes] of [
    [alike, { 's/daily': 'match', 's/tags': 'match', 's/json': 'match' }],
    [other, { 's/daily': 'divergent', 's/tags': 'match', 's/json': 'divergent' }],
  ] as const) {
    const ruled = cases({ daily: ruleOf('daily') ?? '', tags: ruleOf('tags') ?? '' });
    const files = { 'parity.yaml': `${config(targets)}${block}\n`, 'cases/s.yaml': ruled };
    const at = await folder(files);
    await parity(['run', 's/daily', 's/tags', 's/json', '--noise', '0'], { cwd: at });
    expect(Object.fromEntries(newestReport(at).cases.map(({ id, outcome }) => [id, outcome]))).toEqual(outcomes);
  }
});
