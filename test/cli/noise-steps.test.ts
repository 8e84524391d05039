import { randomInt, randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';
import { type Reply, serving } from './service.ts';

type Make = () => { readonly created: Reply; readonly changed: Reply };

const precise = () => new Date().toISOString().replace('Z', `${randomInt(100, 999)}Z`);
const code = () => String(randomInt(100_000, 999_999));
const place = (id: string): Reply => [201, JSON.stringify({ id }), { location: `/things/${id}` }];
const none: Reply = [200, '{}'];

const times =
  (isChanged: boolean): Make =>
  () => {
    const at = precise();
    const changed = JSON.stringify({
      updated_at: isChanged ? new Date(Date.now() + 5).toISOString().replace('Z', '123Z') : at,
    });
    return { created: [201, JSON.stringify({ created_at: at })], changed: [200, changed] };
  };
const codes =
  (isKept: boolean): Make =>
  () => {
    const first = code();
    return {
      created: [201, JSON.stringify({ code: first })],
      changed: [200, JSON.stringify({ code: isKept ? first : code() })],
    };
  };
const located =
  (isOwn: boolean): Make =>
  () => {
    const [status, body, headers] = place(randomUUID());
    return {
      created: [status, body, isOwn ? headers : { location: `/things/${randomUUID()}` }] as Reply,
      changed: none,
    };
  };

/** Asks two services for a thing and a change of it, and says at which pointers the case diverges, and by which detector. */
async function found(a: Make, b: Make) {
  const service = (make: Make) => {
    let now = make();
    return serving(({ method }) => {
      if (method === 'POST') now = make();
      return method === 'POST' ? now.created : now.changed;
    });
  };
  const [reference, candidate] = [await service(a), await service(b)];
  const steps = ['POST', 'PUT'].map((method) => ({ request: { method, path: '/things', json: {} } }));
  const cases = [{ id: 'x', safe: true, steps }];
  const cwd = await folder({ 'cases/s.json': JSON.stringify({ suite: 's', cases }) });
  const targets = ['--target', `a=${reference.url}`, '--target', `b=${candidate.url}`];
  await parity(['run', '--no-tracker', ...targets], { cwd });
  return newestReport(cwd).cases[0]!.divergences.map(({ pointer, detector }) => [pointer, detector]);
}

it.each<readonly [string, Make, Make, string]>([
  ['a time that a change leaves as it was', times(true), times(false), '/updated_at'],
  ['a code that a later step does not keep', codes(true), codes(false), '/code'],
  ['an address that leads to another thing', located(true), located(false), '/location'],
])('%s is found by the detector agreement, on either side', async (_, right, wrong, pointer) => {
  expect(await found(right, wrong)).toEqual([[pointer, 'agreement']]);
  expect(await found(wrong, right)).toEqual([[pointer, 'agreement']]);
  expect(await found(right, right)).toEqual([]);
});
