import { expect, it } from 'vitest';
import { gets, json, outcomes, pair } from './compared.ts';

type Row = readonly [header: string, reference: string, candidate: string | null];

const rows: readonly Row[] = [
  ['set-cookie', 'sid=1; Path=/; HttpOnly; Secure', 'sid=1; Path=/; HttpOnly'],
  ['set-cookie', 'sid=1; Path=/; HttpOnly; Secure', 'sid=1; Path=/; Secure'],
  ['vary', 'origin', null],
  ['etag', '"1"', null],
  ['access-control-allow-origin', '*', null],
  ['access-control-expose-headers', 'x-total', null],
  ['www-authenticate', 'Bearer realm="a"', null],
  ['cache-control', 'no-store', 'max-age=600'],
  ['content-language', 'de', 'en'],
];

it.each([
  ['an error', { error: { code: 'x' } }, 404],
  ['an empty object', {}, 401],
  ['a success', [{ id: 1 }], 200],
])('A header that is lost or changed diverges beside equal bodies: %s', async (_, body, status) => {
  const answer = (side: 1 | 2) => (asked: { path: string }) => {
    const [name, ...values] = rows[Number(asked.path.slice(1))]!;
    const value = values[side - 1];
    return json(body, status, value == null ? {} : { [name]: value });
  };
  const { run } = await pair(answer(1), answer(2), gets(rows.length));
  const { exitCode, report } = await run();
  expect([exitCode, outcomes(report)]).toEqual([1, rows.map(([name]) => `divergent /${name}`)]);
});
