import { expect, it } from 'vitest';
import { type CompareOptions, defaultCompare } from '../../src/config/rules.ts';
import type { Response } from '../../src/http/exchange.ts';
import type { Sampled } from '../../src/noise/evidence/self-diff.ts';
import { settle } from '../../src/noise/subtract-noise.ts';
import { json, response, side } from '../compare/exchanges.ts';

type Answers = (n: number) => Response;

const sampled = (name: string, answers: Answers, count: number): Sampled => {
  const [first, ...more] = Array.from({ length: count }, (_, n) => side(name, [answers(n)]));
  return { first: first!, more };
};

function settled(reference: Answers, candidate: Answers, count: number, options: Partial<CompareOptions> = {}) {
  const sides = [sampled('rust', reference, count), sampled('go', candidate, count)] as const;
  const { comparison, open } = settle(...sides, { ...defaultCompare, ...options });
  const counting = comparison.divergences.map(({ kind, pointer, noisy }) => `${kind} ${pointer} ${noisy ?? ''}`);
  return { counting, comparison, open: open.map(({ at }) => at.pointer) };
}

let made = 0;
/** An id that is generated each time, and more. */
const withId = (more: object) => {
  made += 1;
  return json(JSON.stringify({ id: `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`, ...more }));
};
const always = (more: object) => () => withId(more);
/** At first this, and from then on that. */
const then = (first: object, later: object) => (n: number) => withId(n === 0 ? first : later);

it.each<readonly [string, object, object, string]>([
  ['a list that grows from call to call', { errors: ['name'] }, { errors: ['name', 'name'] }, 'extra /errors/1'],
  ['a member that is left out', { note: 'x' }, {}, 'missing /note'],
  ['another value', { status: 'ok' }, { status: 'error' }, 'value /status'],
  ['another type', { qty: 5 }, { qty: '5' }, 'type /qty'],
  ['an empty list', { items: [{ a: 1 }] }, { items: [] }, 'missing /items/0'],
])('what the candidate says from the second answer on counts: %s', (_, first, later, expected) => {
  expect(settled(always(first), then(first, later), 6).counting).toEqual([`${expected} candidate`]);
  const mirrored = expected.startsWith('extra') ? 'missing' : expected.startsWith('missing') ? 'extra' : null;
  const turned = mirrored === null ? expected : expected.replace(/^\w+/, mirrored);
  expect(settled(then(first, later), always(first), 6).counting).toEqual([`${turned} reference`]);
});

it('says which rungs break', () => {
  const { comparison } = settled(always({ qty: 5 }), then({ qty: 5 }, { qty: '5' }), 6);
  expect(comparison.ladder).toEqual({ status: true, shape: false, value: false, wire: false });
  expect(comparison.divergences[0]).toMatchObject({ reference: '5', candidate: '"5"', answers: 6 });
});

it('a body that is not JSON any more counts, and so does a header that is gone', () => {
  const broken: Answers = (n) => (n === 0 ? withId({}) : json('{"id":"x",}'));
  expect(settled(always({}), broken, 6).counting).toContain('type  candidate');
  const body = (n: number) => `{"id":"00000000-0000-4000-8000-00000000000${n}"}`;
  const stored = (n: number, header: boolean) =>
    response({
      headers: [['content-type', 'application/json'], ...(header ? ([['cache-control', 'no-store']] as const) : [])],
      body: body(n),
    });
  const { counting } = settled(
    (n) => stored(n, true),
    (n) => stored(n, n === 0),
    6,
  );
  expect(counting).toEqual(['missing /cache-control candidate']);
});

it('is asked for where it came too seldom to tell, and counts for nothing', () => {
  const { counting, open } = settled(always({ slow: false }), then({ slow: false }, { slow: true }), 3);
  expect([counting, open]).toEqual([[], ['/slow', '/id']]);
});

it('is no matter where both sides say otherwise at times, or the level does not ask', () => {
  const rarely: Answers = (n) => withId({ slow: n === 3 });
  expect(settled(rarely, then({ slow: false }, { slow: true }), 8)).toMatchObject({ counting: [], open: [] });
  const other = then({ status: 'ok' }, { status: 'error' });
  expect(settled(always({ status: 'ok' }), other, 8, { level: 'shape' })).toMatchObject({ counting: [], open: [] });
});
