import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SelfCheckInput, selfCheck } from '../../src/assurance/self-check.ts';
import { compareCase } from '../../src/compare/compare-case.ts';
import type { CaseComparison, Divergence } from '../../src/compare/model/divergence.ts';
import type { CompareOptions } from '../../src/config/rules.ts';
import { json, response } from '../compare/exchanges.ts';
import { anyModel, print } from '../compare/model.ts';
import { sample } from '../run/samples.ts';

const body = '{"id":9007199254740993,"request_id":"r1","score":0.5,"on":true,"items":[{"n":1},{"n":2},{"n":3}]}';
const plain = json(body);

/** Forty samples of one response under these rules. */
function forty(options: Partial<CompareOptions> = {}, from = plain) {
  return Array.from({ length: 40 }, (_, i) => sample(from, options, `suite/${String(i).padStart(2, '0')}`));
}

function typed(type: string, content: string) {
  return response({ headers: [['content-type', type]], body: content });
}

/** A comparison that does not report what `isBlind` says. */
function blindTo(isBlind: (divergence: Divergence) => boolean): typeof compareCase {
  return (a, b, options): CaseComparison => {
    const found = compareCase(a, b, options);
    return { ...found, divergences: found.divergences.filter((one) => !isBlind(one)) };
  };
}

function check(matched: SelfCheckInput['matched'], compare = compareCase) {
  return selfCheck({ matched, seed: 42, compare });
}

describe('a run without rules', () => {
  it('sees all forty of forty mutations, of every kind', () => {
    const blind = check(
      forty(),
      blindTo(() => true),
    );
    expect(check(forty())).toEqual({ seeded: 40, seen: 40, hidden: [], missed: [] });
    expect(new Set(blind.missed.map((one) => one.mutation))).toEqual(
      new Set([
        'status',
        'header-changed',
        'header-removed',
        'key-dropped',
        'key-added',
        'type',
        'value',
        'big-integer',
        'last-digit',
        'item-moved',
        'item-lost',
      ]),
    );
  });

  it('seeds forty also where one sample is all there is', () => {
    const rich = json(
      JSON.stringify(Array.from({ length: 50 }, (_, n) => ({ n, name: `item ${n}`, tags: ['a', 'b'] }))),
    );
    expect(check([sample(rich)])).toEqual({ seeded: 40, seen: 40, hidden: [], missed: [] });
  });

  it('seeds what there is a place for, and nothing without samples', () => {
    expect(check([sample(response({ status: 204 }))])).toMatchObject({ seeded: 1, seen: 1 });
    expect(check([])).toEqual({ seeded: 0, seen: 0, hidden: [], missed: [] });
  });

  it('leaves the share of a poor sample to the rich ones', () => {
    const poor = forty({}, response({ status: 204 })).slice(0, 20);
    const alone = check([sample(plain, {}, 'suite/rich')]);
    expect(alone.seeded).toBeGreaterThan(15);
    const most = Math.min(40, 20 + alone.seeded);
    expect(check([...poor, sample(plain, {}, 'suite/rich')])).toMatchObject({ seeded: most, seen: most });
  });

  it.each([
    ['text', response({ headers: [['content-type', 'text/plain']], body: 'hello' })],
    ['binary', response({ headers: [['content-type', 'image/png']], body: Buffer.from([0, 255, 1]) })],
    [
      'text in a charset with many spellings',
      response({ headers: [['content-type', 'text/plain; charset=iso-2022-jp']], body: 'hello' }),
    ],
    ['XML, where white space may mean nothing', typed('application/xml', '<a b="1">\n  <!-- c -->\n</a>')],
    [
      'XML with comments, CDATA and repeated elements',
      typed(
        'application/xml',
        '<?xml version="1.0"?>\n<r xmlns:p="urn:p"><!-- <n>1</n> --><i><n>1</n></i>\n  <i><n>2</n></i><p:t><![CDATA[<b>x</b>]]></p:t><t>x</t></r>',
      ),
    ],
    ['an image that is XML', typed('image/svg+xml', '<svg  a="{"/>')],
    ['a form, where order may mean nothing', typed('application/x-www-form-urlencoded', 'b=%20&a=+')],
    ['JSON, one value a line', typed('application/x-ndjson', '{"a":1}\n[2]\n')],
    ['one line of such JSON by a name that ends in +json', typed('application/stream+json', '{"a":1}')],
    ['server-sent events', typed('text/event-stream', ': comment\nid: 1\ndata: {"a":1}\n\n')],
    ['parts', typed('multipart/mixed; boundary=b', '--b\r\nX: y\r\n\r\n{"a":1}\r\n--b--\r\n')],
    ['JSON by a type that is never JSON', typed('text/html', '{"a":1}')],
    ['no JSON by the type of JSON', typed('application/json', '{"a":')],
    ['JSON by its look alone', response({ body })],
    ['a scalar that is JSON by its type alone', json('5')],
    ['a scalar that is not JSON by its type', response({ headers: [['content-type', 'text/plain']], body: '5' })],
  ])('misses nothing in %s', (_, from) => {
    for (const level of ['status', 'shape', 'value', 'wire'] as const) {
      const found = check(forty({ level }, from));
      expect([level, found.missed]).toEqual([level, []]);
    }
  });
});

describe('XML', () => {
  const xml = typed('application/xml', '<r><!-- <n>1</n> --><id>7</id><i><n>1</n></i><i><n>2</n></i></r>');

  it('has texts of its elements changed, and elements taken out', () => {
    const blind = check(
      forty({}, xml),
      blindTo(({ facet }) => facet === 'body'),
    );
    expect(new Set(blind.missed.map((one) => one.mutation))).toEqual(new Set(['value', 'key-dropped']));
  });

  it('says which rule hides a place', () => {
    const ignore = [{ pointer: '/r/id', keep: 'nothing' as const, reason: null }];
    const { hidden, missed } = check(forty({ ignore }, xml));
    expect([hidden.map(({ rule }) => rule), missed]).toEqual([['ignore /r/id'], []]);
  });
});

describe('rules', () => {
  it.each<readonly [string, Partial<CompareOptions>, rules: readonly string[]]>([
    ['a level of shape hides values', { level: 'shape' }, ['level shape']],
    ['a level of status hides bodies', { level: 'status' }, ['level status']],
    ['a header that is not compared', { headers: [] }, ['header content-type not compared']],
    [
      'an ignore rule hides its place and no other',
      {
        ignore: [
          { pointer: '/items/**', keep: 'type', reason: null },
          { pointer: '/other', keep: 'nothing', reason: null },
        ],
      },
      ['ignore /items/**'],
    ],
    [
      'an ignore rule of the whole body',
      { ignore: [{ pointer: '', keep: 'nothing', reason: null }] },
      ['ignore (the whole body)'],
    ],
    [
      'an unordered array hides moves',
      { unordered: [{ pointer: '/items', key: null, reason: null }] },
      ['unordered /items'],
    ],
    [
      'a tolerance hides small steps',
      { tolerance: [{ pointer: '/**', relative: null, absolute: 0.2, reason: null }] },
      ['tolerance /**'],
    ],
    [
      'two rules that hide only together are named together',
      {
        ignore: [
          { pointer: '/**', keep: 'nothing', reason: null },
          { pointer: '', keep: 'nothing', reason: null },
        ],
      },
      ['ignore /** + ignore (the whole body)'],
    ],
  ])('%s', (_, options, rules) => {
    const found = check(forty(options));
    const hidden = found.hidden.reduce((sum, one) => sum + one.count, 0);
    expect(found.hidden.map((one) => one.rule)).toEqual(rules);
    expect(found.missed).toEqual([]);
    expect(found.seen + hidden).toBe(found.seeded);
    expect(found.seen).toBeGreaterThan(0);
  });

  it('that keep the type still let a dropped key be seen', () => {
    const only = json('{"request_id":"r1"}');
    const ignore = [{ pointer: '/request_id', keep: 'type', reason: null }] as const;
    const found = check([sample(only, { ignore })]);
    expect(found.hidden).toEqual([{ rule: 'ignore /request_id', count: 1 }]);
    expect(found.seen).toBe(found.seeded - 1);
  });

  it('do not excuse a blindness beside them', () => {
    const ignore = [{ pointer: '/request_id', keep: 'type', reason: null }] as const;
    const found = check(
      forty({ ignore }),
      blindTo((one) => one.pointer === '/id'),
    );
    expect(new Set(found.missed.map((one) => one.pointer))).toEqual(new Set(['/id']));
  });
});

describe('a comparison that is blind', () => {
  it.each<readonly [string, (divergence: Divergence) => boolean, kinds: readonly string[]]>([
    ['to the status', (one) => one.facet === 'status', ['status']],
    ['to headers', (one) => one.facet === 'headers', ['header-changed', 'header-removed']],
    ['to what the candidate has alone', (one) => one.facet === 'body' && one.kind === 'extra', ['key-added']],
    ['to order', (one) => one.kind === 'order', ['item-moved']],
    ['to big integers', (one) => /\d{16}/.test(one.reference ?? '') && one.kind === 'value', ['big-integer', 'value']],
  ])('%s is caught', (_, isBlind, kinds) => {
    const found = check([sample(plain)], blindTo(isBlind));
    expect([...new Set(found.missed.map((one) => one.mutation))].sort()).toEqual(kinds);
    expect(found.seen + found.missed.length).toBe(found.seeded);
    expect(found.missed[0]?.case).toBe('suite/one');
  });

  it('is caught where it takes another value for another spelling', () => {
    const asDoubles: typeof compareCase = (a, b, options) => {
      const found = compareCase(a, b, options);
      const weaken = (one: Divergence): Divergence =>
        one.facet === 'body' && Number(one.reference) === Number(one.candidate) ? { ...one, rung: 'wire' } : one;
      return { ...found, divergences: found.divergences.map(weaken) };
    };
    expect(new Set(check(forty(), asDoubles).missed.map((one) => one.mutation))).toEqual(new Set(['big-integer']));
  });

  it('is caught at level shape where it takes a missing member for a value', () => {
    const weaken = (one: Divergence): Divergence =>
      one.facet === 'body' && one.kind === 'missing' ? { ...one, rung: 'value' } : one;
    const weak: typeof compareCase = (a, b, options) => {
      const found = compareCase(a, b, options);
      return { ...found, divergences: found.divergences.map(weaken) };
    };
    const found = check(forty({ level: 'shape' }, json('{"a":"b"}')), weak);
    expect(new Set(found.missed.map((one) => one.mutation))).toEqual(new Set(['key-dropped']));
  });
});

describe('the result', () => {
  it('depends on the seed and the samples, not on their order', () => {
    const options = { ignore: [{ pointer: '/items', keep: 'nothing', reason: null }] } as const;
    const first = check(forty(options));
    expect(check(forty(options).reverse())).toEqual(first);
    expect(first.hidden).not.toEqual([]);
  });

  it('is not a failure for big bodies: too big is left out, big ends early', () => {
    const big = json(`[${'1,'.repeat(400_000)}2]`);
    expect(check([sample(json(`"${'x'.repeat(1024 * 1024)}"`))])).toMatchObject({ seeded: 0, missed: [] });
    const found = check(forty({}, big));
    expect(found.missed).toEqual([]);
    expect(found.seen).toBeGreaterThan(0);
    expect(found.seen).toBeLessThan(40);
  });

  it('says so where it ends before the rules are told apart', () => {
    const dear = json(`{${'"a":1,'.repeat(170_000)}"a":2}`);
    const ignore = Array.from({ length: 40 }, (_, i) => ({
      pointer: i === 20 ? '' : `/x${i}`,
      keep: 'nothing' as const,
      reason: null,
    }));
    const found = check(forty({ ignore }, dear));
    expect(found.missed).toEqual([]);
    expect(found.hidden.map((one) => one.rule)).toContain('several rules, not told apart');
  });

  it('never accuses the comparison, whatever the bodies, levels and rules', () => {
    const pointer = fc.constantFrom('', '/a', '/*', '/**', '/a/**', '/0', '/*/id', '/name');
    const options = fc.record({
      level: fc.constantFrom('status', 'shape', 'value', 'wire'),
      ignore: fc.array(fc.record({ pointer, keep: fc.constantFrom('type', 'nothing'), reason: fc.constant(null) }), {
        maxLength: 2,
      }),
      unordered: fc.array(fc.record({ pointer, key: fc.constantFrom(null, 'id'), reason: fc.constant(null) }), {
        maxLength: 2,
      }),
      tolerance: fc.array(
        fc.record({ pointer, relative: fc.constant(1), absolute: fc.constant(null), reason: fc.constant(null) }),
        {
          maxLength: 1,
        },
      ),
    });
    fc.assert(
      fc.property(anyModel, options, fc.nat(), (model, rules, seed) => {
        const found = selfCheck({ matched: [sample(json(print(model)), rules)], seed });
        expect(found.missed).toEqual([]);
        expect(found.seeded).toBe(found.seen + found.hidden.reduce((sum, one) => sum + one.count, 0));
      }),
      { numRuns: 300 },
    );
  });
});
