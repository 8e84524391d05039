import { describe, expect, it } from 'vitest';
import { folder, parity } from './command.ts';
import { serving } from './service.ts';

/** Two services that answer alike but for one header, and cases that compare the headers named. */
async function comparing(names: string, others = 'etag'): Promise<string> {
  const answer = (value: string) => serving(() => [200, '{}', { 'X-Frame-Options': value }]);
  const [a, b] = [await answer('DENY'), await answer('SAMEORIGIN')];
  return folder({
    'parity.yaml': `targets: { a: "${a.url}", b: "${b.url}" }\n`,
    'cases/s.yaml': `compare: { headers: [${names}] }\ncases:\n  - { id: x, request: { path: / } }\n  - { id: y, compare: { headers: [${others}] }, request: { path: / } }\n`,
  });
}

describe('a header of `compare` that no answer has', () => {
  it('is noted where one of nearly that name came and is not compared, and fails under --strict', async () => {
    const cwd = await comparing('content-type, x-frame-optons');
    const note = 'no answer has the header x-frame-optons that `compare.headers` names; did you mean x-frame-options,';
    const run = await parity(['run', '--json'], { cwd });
    expect([run.exitCode, JSON.parse(run.stdout).notes]).toEqual([0, [expect.stringContaining(note)]]);
    expect((await parity(['run', '--strict'], { cwd })).exitCode).toBe(1);
  });

  it.each([
    ['is far from all that came', 'x-trace, etag', 'etag', 0],
    ['is compared by default', 'location, allow', 'etag', 0],
    ['came, and differs', 'X-Frame-Options', 'etag', 1],
  ])('is not noted where it %s', async (_, names, others, exit) => {
    const run = await parity(['run', '--json', '--strict'], { cwd: await comparing(names, others) });
    expect([run.exitCode, JSON.parse(run.stdout).notes]).toEqual([exit, []]);
  });
});
