import { expect, it } from 'vitest';
import { findingsOf, gets, json, pair } from './compared.ts';

type Row = readonly [what: string, reference: object, candidate: object, beside: readonly string[]];

const error = (message: string, rest: object = {}, around: object = {}) => ({ error: { message, ...rest }, ...around });
const [ours, theirs] = ['key not found', 'object not found'];
const problem = (detail: string, rest: object = {}) => ({ type: 'about:blank', title: 'Not Found', detail, ...rest });

const words = 'error-text cosmetic ';

/** An error in other words, and one more difference beside them. */
const rows: readonly Row[] = [
  ['a lost code', error(ours, { code: 'NotFound' }), error(theirs), [words, 'unexplained breaking /error/code']],
  [
    'another code',
    error(ours, { code: 'E12' }),
    error(theirs, { code: 'E99' }),
    [words, 'unexplained risky /error/code'],
  ],
  [
    'another amount',
    error(ours, {}, { balance: 30 }),
    error(theirs, {}, { balance: 3000 }),
    [words, 'unexplained risky /balance'],
  ],
  [
    'a flag that is turned',
    error(ours, { retry: true }),
    error(theirs, { retry: false }),
    [words, 'unexplained risky /error/retry'],
  ],
  [
    'a list that is shorter',
    error(ours, {}, { fields: ['a', 'b'] }),
    error(theirs, {}, { fields: ['a'] }),
    [words, 'unexplained risky /fields/*'],
  ],
  [
    'a lost member of a problem document',
    problem('no such order', { instance: '/0' }),
    problem('the order is missing'),
    ['unexplained breaking /instance', 'unexplained cosmetic /detail'],
  ],
  [
    'another time to wait',
    error(ours, { retry_after: 30 }),
    error(theirs, { retry_after: 300 }),
    [words, 'unexplained risky /error/retry_after'],
  ],
];

it('An error in other words leaves what else differs to another finding', async () => {
  const answer = (side: 1 | 2) => (asked: { path: string }) => json(rows[Number(asked.path.slice(1))]![side], 404);
  const { run } = await pair(answer(1), answer(2), gets(rows.length));
  const { report } = await run('--noise', '0');
  const found = rows.map(([what], at) => [what, findingsOf(report, `s/c${at}`)]);
  expect(found).toEqual(rows.map(([what, , , beside]) => [what, beside]));
});
