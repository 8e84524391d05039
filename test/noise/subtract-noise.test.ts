import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { compareCase } from '../../src/compare/compare-case.ts';
import { formatOf, isName, type ValueFormat } from '../../src/compare/values/value-format.ts';
import { type CompareOptions, defaultCompare } from '../../src/config/rules.ts';
import type { Failure, Response } from '../../src/http/exchange.ts';
import type { Sampled } from '../../src/noise/evidence/self-diff.ts';
import { rulesFor, withRules } from '../../src/noise/evidence/suppressions.ts';
import { noisyPlaces, settle } from '../../src/noise/subtract-noise.ts';
import { failure, json, response, side } from '../compare/exchanges.ts';

type Outcomes = readonly (Response | Failure)[];

const sampled = (name: string, ...answers: readonly Outcomes[]): Sampled => {
  const [first, ...more] = answers.map((outcomes) => side(name, outcomes));
  return { first: first!, more };
};

/** What each target answered to one request, again and again. */
const bodies = (reference: readonly string[], candidate: readonly string[], options: Partial<CompareOptions> = {}) =>
  settle(
    sampled('rust', ...reference.map((text) => [json(text)])),
    sampled('go', ...candidate.map((text) => [json(text)])),
    { ...defaultCompare, ...options },
  );

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const id = (n: number) => `{"id":"${uuid(n)}"}`;

type Left = readonly [kind: string, pointer: string, noisy?: 'reference' | 'candidate'];

it('counts what differs in a body with more long texts than can be looked into', () => {
  const body = (seed: string, more: number) => {
    const text = Array.from({ length: 800 + more }, (_, word) => `${seed}${word}`).join(' ');
    return JSON.stringify(Array.from({ length: 40 }, () => text));
  };
  const { comparison } = bodies([body('a', 0), body('b', 1)], [body('c', 0), body('d', 1)]);
  const counting = comparison.divergences.map(({ kind, pointer }) => `${kind} ${pointer}`);
  expect(counting[0]).toBe('value /12');
  expect(counting).toHaveLength(28);
});

describe('what both sides make anew', () => {
  it.each<readonly [string, readonly string[], readonly string[], readonly Left[], readonly string[]]>([
    ['an id is noise', [id(1), id(2)], [id(3), id(4)], [], ['value /id']],
    [
      'whole numbers against fractions are not',
      ['{"ms":31}', '{"ms":32}'],
      ['{"ms":31.5}', '{"ms":32.25}'],
      [['format', '/ms']],
      ['value /ms'],
    ],
    [
      'identifiers that went through a double are not',
      ['{"n":7531042312461058881}', '{"n":6531042312461058883}'],
      ['{"n":7531042312454735000}', '{"n":6531042312461058048}'],
      [['format', '/n']],
      ['value /n'],
    ],
    [
      'fractions that are whole at times are',
      ['{"ms":31}', '{"ms":32.5}'],
      ['{"ms":31.5}', '{"ms":32.25}'],
      [],
      ['value /ms'],
    ],
    [
      'a member that one side lacks is steady, whatever the other says there',
      ['{}', '{}'],
      ['{"n":1}', '{"n":2}'],
      [['extra', '/n']],
      [],
    ],
    ['so is another type', ['{"n":null}', '{"n":null}'], ['{"n":1}', '{"n":2}'], [['type', '/n']], []],
    ['but not a member that comes and goes', ['{}', '{}'], ['{"n":1}', '{}'], [['extra', '/n', 'candidate']], []],
    ['a counter is noise', ['{"n":1}', '{"n":2}'], ['{"n":7}', '{"n":8}'], [], ['value /n']],
    [
      'an id against another kind of id is not',
      [id(1), id(2)],
      ['{"id":"01ARZ3NDEKTSV4RRFFQ69G5FAV"}', '{"id":"01BX5ZZKBKACTAV9WEVGEMMVRZ"}'],
      [['format', '/id']],
      ['value /id'],
    ],
    [
      'a time of another precision and zone, and a longer hash, are not',
      [1, 2].map((n) => `{"id":"${uuid(n)}","at":"2026-11-21T06:00:0${n}.123456${n}Z","h":"${String(n).repeat(32)}"}`),
      [3, 4].map((n) => `{"id":"${uuid(n)}","at":"2026-11-21T06:00:0${n}+0200","h":"${String(n).repeat(64)}"}`),
      [
        ['format', '/at'],
        ['format', '/h'],
      ],
      ['value /id', 'value /at', 'value /h'],
    ],
    [
      'nor is a token of other characters',
      ['{"t":"k3x9qz7wmv2p"}', '{"t":"zq8ty4hw6n1r"}'],
      ['{"t":"K3bQ9zXw7LmV"}', '{"t":"zQ8Yt4HwN6rD"}'],
      [['format', '/t']],
      ['value /t'],
    ],
    [
      'digits that look like a time by chance are',
      ['{"t":"4ca6171fa4360"}', '{"t":"9f20f5145bb59"}', '{"t":"39462fad1e2f8"}'],
      ['{"t":"2706492532995"}', '{"t":"95349add84b2a"}', '{"t":"66acb7238eb31"}'],
      [],
      ['value /t'],
    ],
    [
      'a time without the zeros at its end is',
      ['{"t":"2026-11-21T06:00:00.12Z"}', '{"t":"2026-11-21T06:00:01.1234Z"}'],
      ['{"t":"2026-11-21T06:00:00.12345Z"}', '{"t":"2026-11-21T06:00:01.1239Z"}'],
      [],
      ['value /t'],
    ],
    [
      'a word in place of an id is not, now and then',
      [id(1), id(2)],
      ['{"id":"none"}', id(3)],
      [['format', '/id']],
      ['value /id'],
    ],
    ['another type is not', [id(1), id(2)], ['{"id":1}', '{"id":2}'], [['type', '/id']], ['value /id']],
    ['a missing member is not', [id(1), id(2)], ['{}', '{}'], [['missing', '/id']], []],
    ['a type that changes is not', ['{"v":1}', '{"v":"x"}'], ['{"v":2}', '{"v":"y"}'], [['value', '/v']], []],
    [
      'nor is a value on one side that comes and goes on the other',
      ['{"v":1}', '{"v":2}'],
      ['{"v":3}', '{}'],
      [['value', '/v']],
      [],
    ],
    ['nor is a member that comes and goes', ['{"v":1}', '{}'], ['{"v":2}', '{}'], [['value', '/v']], []],
    [
      'nor a last item that goes',
      ['[1,2]', '[1]'],
      ['[3,4]', '[3]'],
      [
        ['value', '/0'],
        ['value', '/1'],
      ],
      [],
    ],
    ['nor one that comes', ['[1]', '[1,2]'], ['[3]', '[3,4]'], [['value', '/0']], []],
    [
      'what differs beside it is not',
      ['{"id":1,"v":"a"}', '{"id":2,"v":"a"}'],
      ['{"id":3,"v":"b"}', '{"id":4,"v":"b"}'],
      [['value', '/v']],
      ['value /id'],
    ],
    [
      'an index is no place of its own',
      ['[{"n":1},{"n":5}]', '[{"n":2},{"n":6}]'],
      ['[{"n":3},{"n":7}]', '[{"n":4},{"n":8}]'],
      [],
      ['value /*/n'],
    ],
    ['the order of a set is noise', ['[1,2,3]', '[3,1,2]'], ['[2,1,3]', '[3,2,1]'], [], ['order ']],
    [
      'a member of the set that one side lacks is not',
      ['[1,2,3]', '[3,1,2]'],
      ['[2,1]', '[1,2]'],
      [['missing', '/2']],
      ['order '],
    ],
    [
      'nor is a set of records with ids',
      [
        `[{"id":"${uuid(1)}","n":"a"},{"id":"${uuid(2)}","n":"b"}]`,
        `[{"id":"${uuid(3)}","n":"b"},{"id":"${uuid(4)}","n":"a"}]`,
      ],
      [
        `[{"id":"${uuid(5)}","n":"b"},{"id":"${uuid(6)}","n":"a"}]`,
        `[{"id":"${uuid(7)}","n":"a"},{"id":"${uuid(8)}","n":"b"}]`,
      ],
      [],
      ['order ', 'value /*/id'],
    ],
    [
      'nor are shuffled sets in a shuffled set',
      ['[[1,2],[3,4]]', '[[2,1],[4,3]]', '[[3,4],[1,2]]'],
      ['[[4,3],[1,2]]', '[[3,4],[2,1]]', '[[1,2],[4,3]]'],
      [],
      ['order /*', 'order '],
    ],
    [
      'nor are those in records with ids',
      [
        `[{"id":"${uuid(1)}","n":[1,2]},{"id":"${uuid(2)}","n":[3,4]}]`,
        `[{"id":"${uuid(3)}","n":[2,1]},{"id":"${uuid(4)}","n":[4,3]}]`,
        `[{"id":"${uuid(5)}","n":[3,4]},{"id":"${uuid(6)}","n":[1,2]}]`,
      ],
      [
        `[{"id":"${uuid(7)}","n":[4,3]},{"id":"${uuid(8)}","n":[1,2]}]`,
        `[{"id":"${uuid(9)}","n":[3,4]},{"id":"${uuid(10)}","n":[2,1]}]`,
        `[{"id":"${uuid(11)}","n":[1,2]},{"id":"${uuid(12)}","n":[4,3]}]`,
      ],
      [],
      ['order /*/n', 'order ', 'value /*/id'],
    ],
    [
      'but other items in them are none',
      ['[[1,2],[3,4]]', '[[2,1],[4,3]]', '[[3,4],[1,2]]'],
      ['[[5,3],[1,2]]', '[[3,5],[2,1]]', '[[1,2],[5,3]]'],
      [['value', '/1/1']],
      ['order /*', 'order '],
    ],
    [
      'a difference in spelling is none',
      ['{"a":1,"b":2}', '{"b":2,"a":1}'],
      ['{"a":1,"b":3}', '{"b":3,"a":1}'],
      [['value', '/b']],
      [],
    ],
  ])('%s', (_, reference, candidate, left, noise) => {
    const settled = bodies(reference, candidate);
    const kept = settled.comparison.divergences.filter(({ rung }) => rung !== 'wire');
    expect(kept.map((one) => [one.kind, one.pointer, ...(one.noisy === undefined ? [] : [one.noisy])])).toEqual(left);
    expect(settled.noise.map(({ what, pointer }) => `${what} ${pointer}`)).toEqual(noise);
  });

  it('raises the ladder to what is left', () => {
    expect(bodies([id(1), id(2)], [id(3), id(4)]).comparison.ladder).toEqual({
      status: true,
      shape: true,
      value: true,
      wire: false,
    });
    expect(bodies(['{"a":1,"b":1}', '{"a":2,"b":1}'], ['{"a":3,"b":2}', '{"a":4,"b":2}']).comparison).toMatchObject({
      headers: true,
      ladder: { status: true, shape: true, value: false, wire: false },
    });
    expect(bodies(['{"a":1,"b":1}', '{"a":2,"b":1}'], ['{"a":3}', '{"a":4}']).comparison.ladder.shape).toBe(false);
  });

  it('forgives more values than are listed, and nothing beside them', () => {
    const many = (from: number, total: number) =>
      JSON.stringify({ ids: Array.from({ length: 1001 }, (_, i) => from * 10_000 + i), total });
    const left = (total: number) => bodies([many(1, 5), many(2, 5)], [many(3, total), many(4, total)]).comparison;
    expect(left(5)).toMatchObject({ divergences: [], ladder: { shape: true, value: true } });
    expect(left(7)).toMatchObject({
      divergences: [{ pointer: '/total', reference: '5', candidate: '7' }],
      ladder: { shape: true, value: false },
    });
  });
});

describe('items that come in another order each time', () => {
  const anew = () => `r${randomBytes(6).toString('hex')}`;
  const rolled = <T>(list: readonly T[], by: number): T[] => [...list.slice(by), ...list.slice(0, by)];
  const answers = (make: () => readonly unknown[]) => [1, 2, 3].map((by) => JSON.stringify(rolled(make(), by)));

  it.each<readonly [string, () => readonly unknown[], () => readonly unknown[], string[]]>([
    [
      'say the same beside what is anew',
      () => [{ v: anew() }, { v: 'ok' }, { v: 'ok' }, { v: 'no' }],
      () => [{ v: 'ok' }, { v: anew() }, { v: 'no' }, { v: 'ok' }],
      [],
    ],
    [
      'say something else each time',
      () => [{ v: anew() }, { v: 'ok' }, { v: 'ok' }, { v: 'ok' }],
      () => [{ v: anew() }, { v: 'bad' }, { v: 'bad' }, { v: 'bad' }],
      ['/*/v'],
    ],
    [
      'say it with another word',
      () => [1, 2, 3].map((id) => ({ id, n: `allow ${anew()}` })),
      () => [1, 2, 3].map((id) => ({ id, n: `deny ${anew()}` })),
      ['/*/n'],
    ],
    [
      'have no names, and a number that is anew',
      () => ['GET', 'PUT', 'POST'].map((method) => ({ method, ms: Math.random() })),
      () => ['POST', 'GET', 'PUT'].map((method) => ({ method, ms: Math.random() })),
      [],
    ],
    [
      'have no names, and say something else',
      () => ['GET', 'PUT', 'POST'].map((method) => ({ method, ms: Math.random() })),
      () => ['PATCH', 'GET', 'PUT'].map((method) => ({ method, ms: Math.random() })),
      ['/*/method'],
    ],
    [
      'are rows with a cell that is anew',
      () => ['ann', 'bob', 'eve'].map((name) => [name, anew(), 'user']),
      () => ['bob', 'ann', 'eve'].map((name) => [name, anew(), 'user']),
      [],
    ],
    [
      'are rows, and another cell is another',
      () => ['ann', 'bob', 'eve'].map((name, at) => [name, anew(), at === 2 ? 'owner' : 'user']),
      () => ['bob', 'ann', 'eve'].map((name, at) => [name, anew(), at === 2 ? 'guest' : 'user']),
      ['/*/2'],
    ],
    [
      'are texts beside one that is anew, and one is another',
      () => [anew(), 'read', 'write', 'delete'],
      () => ['write', anew(), 'admin', 'read'],
      ['/*'],
    ],
    [
      'say it with the same words',
      () => [1, 2, 3].map((id) => ({ id, n: `allow ${anew()}` })),
      () => [1, 2, 3].map((id) => ({ id, n: `allow ${anew()}` })),
      [],
    ],
  ])('%s', (_, a, b, expected) => {
    const { comparison } = bodies(answers(a), answers(b));
    const places = new Set(comparison.divergences.map(({ pointer }) => pointer.replace(/\d+/, '*')));
    expect([...places]).toEqual(expected);
    const back = bodies(answers(b), answers(a)).comparison.divergences;
    expect(back.length > 0).toBe(expected.length > 0);
  });
});

describe('items that stay where they are', () => {
  const seats = (...who: string[]) => JSON.stringify(who.map((name, id) => ({ id, who: name })));
  const table = (...who: string[]) =>
    JSON.stringify({ seats: Object.fromEntries(who.map((name, at) => [at, { who: name }])) });

  it.each([
    ['items', seats, ['/2/who', '/3/who']],
    ['members of an object', table, ['/seats/2/who', '/seats/3/who']],
  ])('are not shuffled where values move among them: %s', (_, said, expected) => {
    const { comparison } = bodies(
      [said('A', 'B', 'C', 'D'), said('B', 'A', 'C', 'D')],
      [said('A', 'B', 'D', 'C'), said('B', 'A', 'D', 'C')],
    );
    expect(comparison.divergences.map(({ pointer }) => pointer)).toEqual(expected);
  });
});

describe('what one side alone makes anew', () => {
  it.each<readonly [string, readonly string[], readonly string[], readonly Left[]]>([
    ['the reference', [id(1), id(2)], [id(3), id(3)], [['value', '/id', 'reference']]],
    ['the candidate', [id(1), id(1)], [id(3), id(4)], [['value', '/id', 'candidate']]],
    [
      'a member of each item',
      ['[{"n":1},{"n":5}]', '[{"n":2},{"n":6}]'],
      ['[{"n":3},{"n":7}]', '[{"n":3},{"n":7}]'],
      [
        ['value', '/0/n', 'reference'],
        ['value', '/1/n', 'reference'],
      ],
    ],
    ['an order', ['[1,2,3]', '[1,2,3]'], ['[2,1,3]', '[3,2,1]'], [['order', '', 'candidate']]],
  ])('stays, and says whose it is: %s', (_, reference, candidate, left) => {
    const { comparison, noise } = bodies(reference, candidate);
    expect(comparison.divergences.map((one) => [one.kind, one.pointer, one.noisy])).toEqual(left);
    expect(noise).toEqual([]);
  });
});

describe('names', () => {
  const two = (a: number, b: number) => `{"id":"${uuid(a)}","self":"${uuid(b)}"}`;
  it.each<readonly [string, readonly string[], readonly string[], readonly Left[]]>([
    ['that agree with each other are not divergences', [two(1, 1), two(2, 2)], [two(3, 3), two(4, 4)], []],
    ['that do not on the candidate are one', [two(1, 1), two(2, 2)], [two(3, 5), two(4, 6)], [['value', '/self']]],
    ['that do not on the reference are one', [two(1, 5), two(2, 6)], [two(3, 3), two(4, 4)], [['value', '/self']]],
  ])('%s', (_, reference, candidate, left) => {
    const { divergences } = bodies(reference, candidate).comparison;
    expect(divergences.map((one) => [one.kind, one.pointer])).toEqual(left);
  });

  it('do not include clocks, which meet by chance', () => {
    const at = (a: number, b: number) => `{"a":179000000${a},"b":179000000${b}}`;
    expect(bodies([at(1, 1), at(2, 3)], [at(4, 5), at(6, 6)]).comparison.divergences).toEqual([]);
  });

  it('count from step to step', () => {
    const run = (name: string, ...ids: readonly (readonly number[])[]) =>
      sampled(name, ...ids.map((steps) => steps.map((n) => json(id(n)))));
    const same = settle(run('rust', [1, 1], [2, 2]), run('go', [3, 3], [4, 4]), defaultCompare);
    expect(same.comparison.divergences).toEqual([]);
    expect(same.noise.map(({ exchange }) => exchange)).toEqual([0, 1]);
    const other = settle(run('rust', [1, 1], [2, 2]), run('go', [3, 5], [4, 6]), defaultCompare);
    expect(other.comparison.divergences.map(({ exchange, pointer }) => [exchange, pointer])).toEqual([[1, '/id']]);
  });
});

describe('answers', () => {
  it('without further samples are compared as they are', () => {
    const [a, b] = [sampled('rust', [json(id(1))]), sampled('go', [json(id(2))])];
    const comparison = compareCase(a.first, b.first, defaultCompare);
    const open = comparison.divergences.map((at) => ({ at, moves: false, waits: true, most: 4 }));
    expect(open).toHaveLength(1);
    expect(settle(a, b, defaultCompare)).toEqual({ comparison, noise: [], open });
  });

  it('that hold a member named like a status still say what differs', () => {
    const { comparison } = bodies(['{"1 status b":1,"v":1}', '{"1 status b":2,"v":1}'], ['{"1 status b":3,"v":2}']);
    expect(comparison.inconclusive).toBeNull();
    expect(comparison.divergences.map(({ pointer }) => pointer)).toEqual(['/1 status b', '/v']);
  });

  it('of another status each time say nothing about parity', () => {
    const flaky = settle(
      sampled('rust', [json('{}')], [json('{}', 503)]),
      sampled('go', [json('{"a":1}')], [json('{"a":1}')]),
      defaultCompare,
    );
    expect(flaky.comparison).toMatchObject({ divergences: [] });
    expect(flaky.comparison.inconclusive).toEqual({
      reason: 'flaky',
      message: 'the same request was answered with different status codes by the same target',
      hint: 'find out what it depends on there',
    });
    const both = settle(
      sampled('rust', [json('{}')], [json('{}', 503)]),
      sampled('go', [json('{}', 503)], [json('{}')]),
      defaultCompare,
    );
    expect(both.comparison).toMatchObject({ divergences: [], inconclusive: { reason: 'flaky' } });
    const steady = settle(
      sampled('rust', [json('{}')], [json('{}')]),
      sampled('go', [json('{}', 503)], [json('{}', 503)]),
      defaultCompare,
    );
    expect(steady.comparison).toMatchObject({
      divergences: [{ facet: 'status', reference: '200', candidate: '503' }],
      inconclusive: null,
    });
  });

  it('that break off each time are a divergence, and no noise', () => {
    const broken = failure('broken', 'no-http');
    const found = settle(
      sampled('rust', [json('{}')], [json('{}')]),
      sampled('go', [broken], [broken]),
      defaultCompare,
    );
    expect(found.comparison).toMatchObject({ divergences: [{ facet: 'transport' }], headers: false });
  });

  it('that break off now and then say nothing about parity', () => {
    const broken = failure('broken', 'no-http');
    const found = settle(
      sampled('rust', [json('{}')], [json('{}')]),
      sampled('go', [json('{"a":1}')], [broken]),
      defaultCompare,
    );
    expect(found.comparison).toMatchObject({ divergences: [], inconclusive: { reason: 'flaky' } });
  });

  it('lose the noise in their headers, and keep what is none', () => {
    const at = (path: string) => [
      response({
        headers: [
          ['location', path],
          ['allow', 'GET'],
        ],
      }),
    ];
    const left = (candidate: readonly Outcomes[]) =>
      settle(sampled('rust', at('/a/1'), at('/a/2')), sampled('go', ...candidate), defaultCompare).comparison;
    expect(left([at('/a/3'), at('/a/4')])).toMatchObject({ divergences: [], headers: true });
    expect(left([at('/a/3'), at('/a/3')])).toMatchObject({
      divergences: [{ pointer: '/location', noisy: 'reference' }],
      headers: false,
    });
  });
});

describe('what no blank line ends in a stream of events', () => {
  const streams = (target: string, texts: readonly string[]) =>
    sampled(
      target,
      ...texts.map((text) => [
        response({ headers: [['content-type', 'text/event-stream']], body: `data: a\n\n${text}` }),
      ]),
    );

  it.each<readonly [string, readonly string[], readonly string[], readonly Left[]]>([
    ['is forgiven where it varies on both sides', ['data: at 1', 'data: at 2'], ['data: at 3', 'data: at 4'], []],
    [
      'but not what stays the same',
      ['data: at 1', 'data: at 2'],
      ['data: on 3', 'data: on 4'],
      [['value', '/unfinished']],
    ],
    ['nor what varies on one side', ['data: 1', 'data: 2'], ['data: 3'], [['value', '/unfinished', 'reference']]],
  ])('%s', (_, reference, candidate, left) => {
    const [rust, go] = [streams('rust', reference), streams('go', [...candidate, ...candidate].slice(0, 2))];
    const { comparison } = settle(rust, go, defaultCompare);
    const kept = comparison.divergences.filter(({ rung }) => rung !== 'wire');
    expect(kept.map((one) => [one.kind, one.pointer, ...(one.noisy === undefined ? [] : [one.noisy])])).toEqual(left);
  });
});

describe.each(['location', 'content-location'])('%s of what is generated', (name) => {
  const named = (target: string, paths: readonly string[]) =>
    sampled(target, ...paths.map((path) => [response({ headers: [[name, path]] })]));
  const options = { ...defaultCompare, headers: [name] };
  const [one, two, three, four] = [1, 2, 3, 4].map(uuid);

  it.each<readonly [string, readonly string[], readonly string[], boolean]>([
    ['an id', [`/a/${one}`, `/a/${two}`], [`/a/${three}`, `/a/${four}`], true],
    ['a number', ['/a/1', '/a/2'], ['/a/17', '/a/18'], true],
    ['an id inside the path', ['/a/1/b', '/a/2/b'], ['/a/3/b', '/a/4/b'], true],
    ['an id in the query', ['/a?id=1&v=2', '/a?id=2&v=2'], ['/a?id=3&v=2', '/a?id=4&v=2'], true],
    ['the own origin on one side', ['http://rust.test/a/1', 'http://rust.test/a/2'], ['/a/3', '/a/4'], true],
    ['two ids', ['/a/1/2', '/a/3/4'], ['/a/5/6', '/a/7/8'], true],
    ['another collection', ['/a/1', '/a/2'], ['/b/3', '/b/4'], false],
    ['one more piece', ['/a/1', '/a/2'], ['/v1/a/3', '/v1/a/4'], false],
    ['a slash at the end', ['/a/1', '/a/2'], ['/a/3/', '/a/4/'], false],
    ['another host', ['/a/1', '/a/2'], ['http://other.test/a/3', 'http://other.test/a/4'], false],
    ['another query', ['/a/1?v=1', '/a/2?v=1'], ['/a/3?v=2', '/a/4?v=2'], false],
    ['what does not change on one side', ['/a/1', '/a/2'], ['/a/3', '/a/3'], false],
    ['two ids of which one stays on one side', ['/a/1/2', '/a/3/4'], ['/a/5/6', '/a/7/6'], false],
  ])('%s', (_, reference, candidate, isNoise) => {
    const settled = settle(named('rust', reference), named('go', candidate), options);
    const turned = settle(named('rust', candidate.map(elsewhere)), named('go', reference.map(elsewhere)), options);
    for (const { comparison } of [settled, turned])
      expect([comparison.divergences.map(({ pointer }) => pointer), comparison.headers]).toEqual([
        isNoise ? [] : [`/${name}`],
        isNoise,
      ]);
  });
});

/** Each side's own origin, turned with the sides. */
function elsewhere(path: string): string {
  return path.replace('http://rust.test', 'http://go.test');
}

describe('headers', () => {
  const answers = (name: string, ...values: readonly (readonly [string, string])[]) =>
    sampled(
      name,
      ...values.map(([one, two]) => [
        response({
          headers: [
            ['1', one],
            ['2', two],
          ],
        }),
      ]),
    );
  const options = { ...defaultCompare, headers: ['1', '2'] };

  it('that are named like an index are told apart', () => {
    const { comparison } = settle(
      answers('rust', ['a', 'x'], ['b', 'x']),
      answers('go', ['c', 'y'], ['d', 'y']),
      options,
    );
    expect(comparison.divergences.map(({ pointer }) => pointer)).toEqual(['/2']);
    const oneSided = settle(
      answers('rust', ['a', 'x'], ['b', 'x']),
      answers('go', ['c', 'y'], ['c', 'y']),
      options,
    ).comparison;
    expect(oneSided.divergences.map(({ pointer, noisy }) => [pointer, noisy])).toEqual([
      ['/1', 'reference'],
      ['/2', undefined],
    ]);
  });

  it('have no formats, and leave the ladder as it is', () => {
    const { comparison } = settle(
      answers('rust', ['1790000000', 'x'], ['1790000001', 'x']),
      answers('go', ['1790000000000', 'x'], ['1790000001000', 'x']),
      options,
    );
    expect(comparison).toMatchObject({
      divergences: [],
      headers: true,
      ladder: { status: true, shape: true, value: true, wire: true },
    });
  });
});

describe('the places where a target differs from itself', () => {
  it.each<readonly [string, readonly string[], readonly (readonly [string, string, string | null])[]]>([
    ['a value', ['{"v":1}', '{"v":2}'], [['value', '/v', '1']]],
    ['a member that goes', ['{"v":1}', '{}'], [['shape', '/v', '1']]],
    ['a member that comes', ['{}', '{"v":1}'], [['shape', '/v', null]]],
    ['another type', ['{"v":1}', '{"v":"1"}'], [['shape', '/v', '1']]],
    ['an order', ['[1,2,3]', '[3,1,2]'], [['order', '', null]]],
    ['nothing but the spelling', ['{"v":1}', '{"v":1.0}'], []],
  ])('are named by what differs there: %s', (_, texts, expected) => {
    const found = noisyPlaces(sampled('rust', ...texts.map((text) => [json(text)])), defaultCompare);
    expect(found.map(({ what, pointer }) => [what, pointer])).toEqual(
      expected.map(([what, pointer]) => [what, pointer]),
    );
    for (const [i, [, , shown]] of expected.entries()) if (shown !== null) expect(found[i]!.example[0]).toBe(shown);
  });

  it('show what they were seen by first', () => {
    const found = noisyPlaces(sampled('rust', ...[1, 2, 3].map((v) => [json(`{"v":${v}}`)])), defaultCompare);
    expect(found.map(({ example }) => example)).toEqual([['1', '2']]);
  });

  it('are an order wherever one changes, whatever else does there', () => {
    const places = (...texts: readonly string[]) =>
      noisyPlaces(sampled('rust', ...texts.map((text) => [json(text)])), defaultCompare).map(
        ({ what, pointer }) => `${what} ${pointer}`,
      );
    expect(places('[5,[1,2,3]]', '[6,[2,1,3]]')).toEqual(['order /*']);
    expect(places('[[1,2,3],5]', '[[2,1,3],6]')).toEqual(['order /*']);
  });
});

describe('the rules for noise', () => {
  it('forgive values and orders in bodies, each place once', () => {
    const side = sampled(
      'rust',
      [json('{"id":1,"at":1,"set":[1,2,3],"tags":[4,5,6]}')],
      [json('{"id":2,"at":2,"set":[2,3,1],"tags":[5,6,4]}')],
      [json('{"id":3,"at":3,"set":[3,1,2],"tags":[6,4,5]}')],
    );
    const rules = rulesFor(noisyPlaces(side, defaultCompare));
    const [value, order] = ['differs each time on both sides', 'another order each time on both sides'];
    expect(rules.ignore).toEqual([
      { pointer: '/id', keep: 'type', reason: value, isInferred: true },
      { pointer: '/at', keep: 'type', reason: value, isInferred: true },
    ]);
    expect(rules.unordered).toEqual([
      { pointer: '/set', key: null, reason: order, isInferred: true },
      { pointer: '/tags', key: null, reason: order, isInferred: true },
    ]);
    expect(rulesFor([{ exchange: 0, facet: 'headers', pointer: '/x', what: 'value', example: [null, null] }])).toEqual({
      ignore: [],
      unordered: [],
    });
  });

  it('are added to those that are there', () => {
    const mine = { pointer: '/mine', keep: 'type', reason: null } as const;
    const order = { pointer: '/set', key: null, reason: null };
    const options = { ...defaultCompare, ignore: [mine], unordered: [order] };
    expect(withRules(options, { ignore: [], unordered: [] })).toBe(options);
    expect(withRules(options, { ignore: [{ ...mine, pointer: '/x' }], unordered: [order] })).toMatchObject({
      ignore: [{ pointer: '/mine' }, { pointer: '/x' }],
      unordered: [order, order],
    });
  });
});

describe('formats', () => {
  const hex = (length: number) => '0123456789abcdef'.repeat(8).slice(0, length);
  it.each<readonly [ValueFormat | null, string]>([
    ['uuid', `"${uuid(1)}"`],
    ['uuid-upper', '"F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6"'],
    [null, uuid(1)],
    ['uuid-mixed', '"F81d4FAE-7DEC-11D0-A765-00A0C91E6BF6"'],
    [null, `"x${uuid(1)}"`],
    [null, `"${uuid(1)}0"`],
    ['ulid', '"01ARZ3NDEKTSV4RRFFQ69G5FAV"'],
    [null, '"01ARZ3NDEKTSV4RRFFQ69G5FAI"'],
    [null, '"81ARZ3NDEKTSV4RRFFQ69G5FAV"'],
    ['jwt-none-unsigned-fioc4', '"eyJhbGciOiJub25lIn0.eyJhIjoxfQ."'],
    [null, '"eyJhbGciOiJub25lIn0"'],
    ...[32, 40, 64, 96, 128].map((length): [ValueFormat, string] => [`hash-${length}`, `"${hex(length)}"`]),
    ['hash-32-upper', `"${hex(32).toUpperCase()}"`],
    ...[31, 33, 41, 65, 97, 127].map((length): [null, string] => [null, `"${hex(length)}"`]),
    ['rfc3339', '"2026-11-21T06:00:00Z"'],
    ['rfc3339-ns-offset-space', '"2026-11-21 06:00:00.123456789+01:00"'],
    ['rfc3339-short-offset-t', '"2026-11-21t06:00:00-0100"'],
    ['rfc3339-ms', '"2026-11-21T06:00:00.123Z"'],
    ['rfc3339-ms', '"2026-11-21T06:00:00.1Z"'],
    ['rfc3339-us-lower', '"2026-11-21T06:00:00.1234z"'],
    ['rfc3339-finer', '"2026-11-21T06:00:00.1234567890Z"'],
    [null, '"2026-11-21T06:00:00"'],
    [null, '"2026-11-21"'],
    ['http-date', '"Sat, 21 Nov 2026 06:00:00 GMT"'],
    [null, '"Sat, 21 Nov 2026 06:00:00 CET"'],
    [null, '"Xat, 21 Nov 2026 06:00:00 GMT"'],
    ['epoch-s', '1790000000'],
    ['epoch-s', '"1790000000"'],
    ['epoch-ms', '1790000000000'],
    ['epoch-us', '1790000000000000'],
    ['epoch-ns', '1790000000000000000'],
    [null, '790000000'],
    [null, '5790000000'],
    [null, '17900000000'],
    [null, '17900000000000000000'],
    [null, '""'],
    [null, '"'],
    [null, ''],
    [null, '"'],
    [null, '"17000000001'],
    [null, '11700000000"'],
    [null, uuid(1)],
    [null, '{"a":1}'],
  ])('%s: %s', (format, source) => {
    expect(formatOf(source)).toBe(format);
  });

  it('are names where two that are equal are one thing', () => {
    const all = ['uuid', 'ulid', 'jwt', 'hash', 'rfc3339', 'http-date', 'epoch-s', null] as const;
    expect(all.filter(isName)).toEqual(['uuid', 'ulid', 'jwt', 'hash']);
  });
});
