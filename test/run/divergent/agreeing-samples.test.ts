import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { FoundFinding } from '../../../src/findings/gather.ts';
import type { ComparedCase } from '../../../src/findings/kept-case.ts';
import { lost } from '../../../src/http/failure.ts';
import { agreeing } from '../../../src/run/divergent/agreeing-samples.ts';
import { findDivergent } from '../../../src/run/divergent/divergent-cases.ts';
import { bodies, caseOf, type Setting } from '../../findings/cases.ts';

const root = mkdtempSync(join(tmpdir(), 'parity-agreeing-'));
afterAll(() => rmSync(root, { recursive: true }));

/** What a run finds in its cases: what diverges, and what does not. */
async function found(cases: readonly ComparedCase[]): Promise<readonly FoundFinding[]> {
  const all = await findDivergent({ dir: root, routes: [] }, async (divergent, agreed) => {
    for (const one of cases) if (!one.comparison.ladder.value) divergent.add(one);
    for (const one of cases) agreed.add(one);
  });
  expect(all.unexplained).toEqual([]);
  return all.found;
}

const fixOf = ({ fixes }: FoundFinding) => fixes.find(({ text }) => text.startsWith('note: it predicts'));

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
      text: 'note: it predicts a difference in s/b, s/d, but both sides agree there',
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
    const ordered = [1, 3, 5].map((n) =>
      bodies(`s/${n}`, [`{"b":${n},"a":"${n}"}`, `{"a":"${n}","b":${n}}`], { level: 'wire' }),
    );
    const verified = async (...others: readonly ComparedCase[]) => {
      const all = await findDivergent({ dir: root, routes: [] }, async (divergent, agreed) => {
        for (const one of ordered) divergent.add(one);
        for (const one of others) agreed.add(one);
      });
      return all.found.map((one) => [one.class, one.verified]);
    };
    const alike = bodies('s/x', ['{"b":1.0,"a":"7"}', '{"b":1,"a":"7"}'], { level: 'wire' });
    expect(await verified()).toEqual([['key-order', true]]);
    expect(await verified(alike)).toEqual([['key-order', true]]);
    expect(await verified(same('s/x', '{"b":1,"a":"7"}'))).toEqual([['key-order', false]]);
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
    ['a body is not JSON', caseOf('s/a', [{ reference: { body: 'hello' }, candidate: { body: 'hello' } }])],
    [
      'one side answers with another status',
      caseOf('s/a', [{ reference: { body: '[1]' }, candidate: { status: 201, body: '[1]' } }], { level: 'wire' }),
    ],
    [
      'one side does not answer',
      caseOf('s/a', [
        { reference: { body: '[1]' }, candidate: lost('reset', 'the connection was reset', 'look there') },
      ]),
    ],
    ['there are no bodies', caseOf('s/a', [{ reference: {}, candidate: {} }])],
    ['they are too long', bodies('s/a', [`["${'x'.repeat(9000)}"]`, `["${'x'.repeat(9000)}"]`])],
    ['the values differ', bodies('s/a', ['{"n":1}', '{"n":2}'])],
  ])('none is kept where %s', (_why, one) => {
    expect(agreeingWith(one)).toEqual([]);
  });

  it('none is kept of more than five hundred routes', () => {
    const at = (i: number) => bodies(`s/${i}`, ['[1]', '[1]'], { path: `/path-${i}x` });
    const many = Array.from({ length: 510 }, (_, i) => at(i));
    expect(agreeingWith(...many, many[0]!, many[505]!)).toHaveLength(501);
  });

  it('each has its own exchange of a case, and no other', () => {
    const step = (body: string) => ({ reference: { body }, candidate: { body } });
    const kept = agreeingWith(caseOf('s/a', [step('[1]'), step('no'), step('[3]')]));
    const steps = kept.map(({ compared }) => compared.candidate.exchanges.map(({ step: at }) => at));
    expect(steps.sort()).toEqual([[0], [2]]);
  });
});
