import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';
import { serving } from './service.ts';

/** What the reference says in a header when it is accepted, in another order, and otherwise. */
const lists: readonly (readonly [name: string, first: string, reordered: string, other: string])[] = [
  ['allow', 'GET, OPTIONS, HEAD', 'OPTIONS, GET, HEAD', 'OPTIONS, GET, POST, HEAD'],
  ['accept-patch', 'text/plain, application/json', 'Application/JSON,text/plain', 'application/json, text/html'],
  ['cache-control', 'no-store, max-age=60', 'max-age=60, no-store', 'max-age=6, no-store'],
];

it.each(lists)(
  'an accepted header %s that the candidate lacks is the same in any order of its items',
  async (...list) => {
    const [name, first, reordered, other] = list;
    let said = first;
    const [full, bare] = [
      await serving(() => [200, '[]', { 'content-type': 'application/json', [name]: said }]),
      await serving(() => [200, '[]', { 'content-type': 'application/json' }]),
    ];
    const cwd = await folder({
      'cases/a.yaml': `cases:\n  - { id: list, request: { path: /a }, compare: { headers: [${name}] } }\n`,
    });
    const targets = ['--target', `rust=${full.url}`, '--target', `go=${bare.url}`];
    const run = () => parity(['run', ...targets, '--tracker', 'T.md', '--fail-on', 'new'], { cwd });
    await run();
    const found = newestReport(cwd).findings.find(({ pointer }) => pointer === `/${name}`)!;
    await parity(['tracker', 'accept', found.id, '--reason', randomUUID(), '--tracker', 'T.md'], { cwd });
    said = reordered;
    expect([(await run()).exitCode, newestReport(cwd).findings[0]?.state]).toEqual([0, 'accepted']);
    said = other;
    expect([(await run()).exitCode, newestReport(cwd).findings[0]?.state]).toEqual([1, 'reopened']);
  },
);
