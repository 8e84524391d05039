import { expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';
import { started } from './service.ts';

it.each<readonly [string, later: (id: number) => readonly [object, object], exitCode: number]>([
  [
    'another style at the same place',
    (n) => [
      { a_b: n, c_d: n, e_f: n },
      { aB: n, cD: n, ef: n },
    ],
    1,
  ],
  [
    'another style at a new place',
    (n) => [
      { a_b: n, c_d: n, of: { e_f: n } },
      { aB: n, cD: n, of: { ef: n } },
    ],
    1,
  ],
  [
    'another style with other separators',
    (n) => [
      { a_b: n, c_d: n, e_f: n },
      { aB: n, cD: n, 'e-f': n },
    ],
    1,
  ],
  [
    'the same style',
    (n) => [
      { a_b: n, c_d: n, e_f: n },
      { aB: n, cD: n, eF: n },
    ],
    0,
  ],
  [
    'the same style, but for an acronym',
    (n) => [
      { a_b: n, photo_url: n },
      { aB: n, photoURL: n },
    ],
    0,
  ],
  [
    'one word',
    (n) => [
      { a_b: n, Name: n },
      { aB: n, name: n },
    ],
    0,
  ],
])('an accepted casing of keys meets a new key of %s', async (_, later, exitCode) => {
  let shows: typeof later = (n) => [
    { a_b: n, c_d: n },
    { aB: n, cD: n },
  ];
  const side = (at: 0 | 1) => started(({ path }) => [200, JSON.stringify(shows(Number(path.slice(3)))[at])]);
  const [a, b] = [await side(0), await side(1)];
  const cases = [1, 2].map((n) => ({ id: `c${n}`, safe: true, request: { path: `/x/${n}` } }));
  const cwd = await folder({ 'cases/s.json': JSON.stringify({ suite: 's', cases }) });
  const tracker = ['--tracker', 'T.md'];
  const run = ['run', '--target', `a=${a.url}`, '--target', `b=${b.url}`, '--noise', '0', ...tracker];
  await parity(run, { cwd });
  expect(newestReport(cwd).findings.map((found) => [found.class, found.verified])).toEqual([['key-casing', true]]);
  await parity(['tracker', 'accept', newestReport(cwd).findings[0]!.id, '--reason', 'agreed', ...tracker], { cwd });
  expect((await parity(run, { cwd })).exitCode).toBe(0);
  shows = later;
  expect((await parity(run, { cwd })).exitCode).toBe(exitCode);
  for (const { close } of [a, b]) close();
});
