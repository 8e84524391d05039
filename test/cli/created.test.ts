import { describe, expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';
import { type Reply, serving } from './service.ts';

const uuid = (n: number) => `018f2b6c-1111-7000-8000-${String(n).padStart(12, '0')}`;

/** Two services that create a thing with each request, and say where it is; asked by one POST. */
async function created(paths: readonly [string, string], names: (n: number) => string, rest = '') {
  let made = 0;
  const reply = (path: string) => (): Reply => {
    made += 1;
    return [201, '{"made":true}', { location: `${path}/${names(made)}` }];
  };
  const [a, b] = [await serving(reply(paths[0])), await serving(reply(paths[1]))];
  const cwd = await folder({
    'cases/s.yaml': `cases: [{ id: made, ${rest}request: { method: POST, path: /things, json: {} } }]\n`,
  });
  const args = ['run', '--no-tracker', '--target', `a=${a.url}`, '--target', `b=${b.url}`];
  const { exitCode } = await parity(args, { cwd });
  const { notes, cases } = newestReport(cwd);
  return { exitCode, notes, pointers: cases[0]!.divergences.map(({ pointer }) => pointer), asked: a.asked.length };
}

describe('where a created thing is', () => {
  it.each([
    ['the same collection', ['/things', '/things'], 0, [], 2],
    // What stays the same beside noise may do so by chance: more answers uphold it.
    ['another collection', ['/things', '/items'], 1, ['/location'], 6],
  ] as const)(
    'is told by what stays the same, where the case may be sent again: %s',
    async (_, paths, code, pointers, asked) => {
      for (const names of [uuid, String])
        expect(await created(paths, names, 'safe: true, ')).toMatchObject({
          exitCode: code,
          pointers,
          asked,
          notes: [],
        });
    },
  );

  it('is said to be made anew, perhaps, where it may not', async () => {
    const found = await created(['/things', '/things'], uuid);
    expect(found).toMatchObject({ exitCode: 1, pointers: ['/location'], asked: 1 });
    expect(found.notes).toEqual([
      's/made was not sent again to tell noise at the header location, which may be made anew for each answer: say safe: true if it may be, or capture or ignore them',
    ]);
  });

  it('is another place all the same where more than an id differs', async () => {
    const found = await created(['/things', '/items'], uuid);
    expect(found).toMatchObject({ exitCode: 1, pointers: ['/location'], asked: 1, notes: [] });
  });
});

it('a number that both sides capture is no noise where one of them lacks another capture', async () => {
  const reply = (from: number, isNamed: boolean) => {
    let number = from;
    return (): Reply => {
      number += 1;
      return [201, JSON.stringify({ number }), isNamed ? { location: `/users/${number}` } : {}];
    };
  };
  const [a, b] = [await serving(reply(500, true)), await serving(reply(700, false))];
  const create = {
    request: { method: 'POST', path: '/users', json: {} },
    capture: { place: { header: 'location' }, number: { pointer: '/number' } },
  };
  const steps = [create, { request: { path: '/users/{{number}}' } }];
  const cwd = await folder({ 'cases/s.json': JSON.stringify({ suite: 's', cases: [{ id: 'x', safe: true, steps }] }) });
  const { exitCode } = await parity(['run', '--target', `a=${a.url}`, '--target', `b=${b.url}`], { cwd });
  expect(exitCode).toBe(1);
  expect(newestReport(cwd).findings.map(({ class: name }) => name)).toEqual(['created-location']);
});
