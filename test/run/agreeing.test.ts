import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ComparedCase, FoundFinding } from '../../src/findings/cluster.ts';
import { agreeing } from '../../src/run/agreeing.ts';
import { findDivergent } from '../../src/run/divergent.ts';
import { bodies, caseOf, type Setting } from '../findings/cases.ts';

const root = mkdtempSync(join(tmpdir(), 'parity-agreeing-'));
afterAll(() => rmSync(root, { recursive: true }));

/** What a run finds in its cases: what diverges, and what does not. */
function found(cases: readonly ComparedCase[]): Promise<FoundFinding[]> {
  return findDivergent(root, [], async (divergent, agreed) => {
    for (const one of cases) if (!one.comparison.ladder.value) divergent.add(one);
    for (const one of cases) agreed.add(one);
  });
}

const fixOf = ({ fixes }: FoundFinding) => fixes.find(({ text }) => text.startsWith('look further'));

describe('an explanation that answers in which both sides agree speak against', () => {
  const empty = bodies('s/a', ['{"id":1,"tags":[]}', '{"id":1,"tags":null}']);
  const same = (id: string, body: string, setting: Setting & { path?: string } = {}) =>
    bodies(id, [body, body], setting);

  it('is not verified, and says where', async () => {
    const [finding, ...more] = await found([
      empty,
      same('s/d', '{"id":4,"tags":[]}'),
      same('s/b', '{"id":2,"tags":[]}'),
      same('s/c', '{"id":3,"tags":["x"]}'),
    ]);
    expect(more).toEqual([]);
    expect([finding!.class, finding!.verified]).toEqual(['nil-slice-null', false]);
    expect(fixOf(finding!)).toEqual({
      target: 'go',
      text: 'look further: it does not do so in s/b, s/d, where both sides agree',
    });
    const [alone] = await found([empty]);
    expect([alone!.id, alone!.verified]).toEqual([finding!.id, true]);
  });

  it.each([
    ['the list is not empty there', same('s/b', '{"id":2,"tags":["x"]}')],
    ['they are of another route', same('s/b', '{"id":2,"tags":[]}', { path: '/other' })],
    ['they are of another candidate', same('s/b', '{"id":2,"tags":[]}', { candidate: 'zig' })],
    ['it is another member', same('s/b', '{"id":2,"labels":[]}')],
    [
      'they have another status',
      caseOf('s/b', [
        { reference: { status: 201, body: '{"tags":[]}' }, candidate: { status: 201, body: '{"tags":[]}' } },
      ]),
    ],
    ['their values are not compared', bodies('s/b', ['{"tags":[]}', '{"tags":[]}'], { level: 'status' })],
  ])('is verified where %s', async (why, other) => {
    const isBlind = why.includes('not compared');
    const blind = {
      ...other,
      comparison: { ...other.comparison, ladder: { ...other.comparison.ladder, value: false } },
    };
    const [finding] = await found([empty]);
    const [beside] = (await found(isBlind ? [empty] : [empty, other])).filter(({ candidate }) => candidate === 'go');
    expect(beside).toEqual(finding);
    expect(agreeingWith(isBlind ? blind : other)).toHaveLength(isBlind ? 0 : 1);
  });

  it('is one about spelling only where the very bytes are the same', async () => {
    const ordered = [
      bodies('s/a', ['{"b":1,"a":2,"n":1}', '{"a":2,"b":1,"n":2}']),
      bodies('s/b', ['{"b":3,"a":4,"n":1}', '{"a":4,"b":3,"n":2}']),
    ];
    const orderOf = async (other: readonly [string, string]) => {
      const all = await found([...ordered, bodies('s/c', other)]);
      return all.filter((one) => one.class === 'key-order').map(({ verified }) => verified);
    };
    const plain = (await found(ordered)).filter((one) => one.class === 'key-order').map(({ verified }) => verified);
    expect(await orderOf(['{"b":5,"a":6,"n":1}', '{"a":6,"b":5,"n":1}'])).toEqual(plain);
    expect((await orderOf(['{"b":5,"a":6,"n":1}', '{"b":5,"a":6,"n":1}'])).filter(Boolean)).toEqual([]);
  });

  it('is not confirmed by the case of keys on other routes', async () => {
    const users = bodies('s/a', ['{"user_id":1,"first_name":"a"}', '{"UserId":1,"FirstName":"a"}'], { path: '/users' });
    const things = bodies('s/b', ['[{"thing_id":1}]', '[{"ThingId":1}]'], { path: '/things' });
    const orders = bodies('s/c', ['{"unit_price":2}', '{"UnitPrice":2}'], { path: '/orders' });
    const three = [users, things, orders];
    expect((await found(three)).map((one) => [one.class, one.verified])).toEqual([['key-casing', true]]);
    const against = same('s/d', '{"user_id":2,"first_name":"b"}', { path: '/users' });
    expect((await found([...three, against])).map((one) => [one.class, one.verified])).toEqual([['key-casing', false]]);
  });
});

function agreeingWith(...cases: readonly ComparedCase[]) {
  const agreed = agreeing([]);
  for (const one of cases) agreed.add(one);
  return agreed.all();
}

describe('of the answers in which both sides agree', () => {
  const answers = Array.from({ length: 100 }, (_, i) => bodies(`s/${i}`, [`{"n":${i}}`, `{"n":${i}}`]));
  const ids = (...cases: readonly ComparedCase[]) =>
    agreeingWith(...cases)
      .map((one) => one.case)
      .sort();

  it('eight are kept of each route, the same ones in whatever order they come', () => {
    expect(ids(...answers)).toHaveLength(8);
    expect(ids(...answers.toReversed())).toEqual(ids(...answers));
    expect(
      ids(...answers, ...answers.map((one) => ({ ...one, testCase: { ...one.testCase, routes: ['/v1/{x}'] } }))),
    ).toHaveLength(16);
  });

  it.each([
    ['a body is no JSON', caseOf('s/a', [{ reference: { body: 'hello' }, candidate: { body: 'hello' } }])],
    ['there are no bodies', caseOf('s/a', [{ reference: {}, candidate: {} }])],
    ['they are too long', bodies('s/a', [`["${'x'.repeat(9000)}"]`, `["${'x'.repeat(9000)}"]`])],
    ['the values differ', bodies('s/a', ['{"n":1}', '{"n":2}'])],
  ])('none is kept where %s', (_why, one) => {
    expect(agreeingWith(one)).toEqual([]);
  });

  it('each has its own exchange of a case, and no other', () => {
    const step = (body: string) => ({ reference: { body }, candidate: { body } });
    const kept = agreeingWith(caseOf('s/a', [step('[1]'), step('no'), step('[3]')]));
    const steps = kept.map(({ compared }) => compared.candidate.exchanges.map(({ step: at }) => at));
    expect(steps.sort()).toEqual([[0], [2]]);
  });
});
