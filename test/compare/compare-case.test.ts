import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareCase, counts, ladderBelow } from '../../src/compare/compare-case.ts';
import type { Divergence } from '../../src/compare/model/divergence.ts';
import { defaultCompare, rungs } from '../../src/config/rules.ts';
import type { Failure, Response } from '../../src/http/exchange.ts';
import { compareOne, failure, json, response, side } from './exchanges.ts';
import { anyBody, print, prototypeKeys } from './model.ts';

const all = { status: true, shape: true, value: true, wire: true };
const none = { status: false, shape: false, value: false, wire: false };

describe('the ladder of a case', () => {
  it.each<readonly [string, Response, Response, typeof all]>([
    ['equal answers hold every rung', json('{}'), json('{}'), all],
    ['no body on both sides holds every rung', response({ status: 204 }), response({ status: 204 }), all],
    ['white space breaks wire', json('{}'), json('{ }'), { ...all, wire: false }],
    ['a value breaks value and wire', json('[1]'), json('[2]'), { ...all, value: false, wire: false }],
    ['a type breaks shape and what is above', json('[1]'), json('["1"]'), { ...none, status: true }],
    ['a status breaks all, though the bodies are equal', json('{}', 200), json('{}', 201), none],
    ['one body missing breaks shape', json('{}'), response(), { ...none, status: true }],
  ])('%s', (_, a, b, ladder) => {
    expect(compareOne(a, b).ladder).toEqual(ladder);
    expect(compareOne(b, a).ladder).toEqual(ladder);
  });

  it('never holds a rung above one that it breaks', () => {
    expect(rungs.map((rung) => Object.values(ladderBelow(rung)))).toEqual([
      [false, false, false, false],
      [true, false, false, false],
      [true, true, false, false],
      [true, true, true, false],
    ]);
    expect(ladderBelow(null)).toEqual(all);
    fc.assert(
      fc.property(anyBody, anyBody, (a, b) => {
        const { ladder } = compareOne(json(print(a)), json(print(b)));
        const held = rungs.map((rung) => ladder[rung]);
        expect(held).toEqual(held.toSorted((x, y) => Number(y) - Number(x)));
      }),
      { numRuns: 200 },
    );
  });

  it('is that of the worst step, rung by rung', () => {
    const a = side('rust', [json('[1]'), json('{}'), response()]);
    const b = side('go', [json('[2]'), json('{ }'), response()]);
    const found = compareCase(a, b, defaultCompare);
    expect(found.ladder).toEqual({ ...all, value: false, wire: false });
    expect(found.divergences.map((one) => [one.exchange, one.rung])).toEqual([
      [0, 'value'],
      [1, 'wire'],
    ]);
  });
});

describe('facets', () => {
  it('stand beside each other: status, headers, body', () => {
    const a = response({
      status: 200,
      headers: [
        ['Content-Type', 'application/json'],
        ['Allow', 'GET'],
      ],
      body: '{"a":1}',
    });
    const b = response({ status: 404, headers: [['content-type', 'application/problem+json']], body: '{"a":2}' });
    const found = compareOne(a, b);
    expect(found.divergences.map(({ facet, pointer, kind, rung }) => [facet, pointer, kind, rung])).toEqual([
      ['status', '', 'value', 'status'],
      ['headers', '/allow', 'missing', null],
      ['headers', '/content-type', 'value', null],
      ['body', '/a', 'value', 'value'],
    ]);
    expect(found).toMatchObject({ candidate: 'go', headers: false, inconclusive: null });
  });

  it('headers that are not named are not compared', () => {
    const [a, b] = [
      response({ headers: [['date', 'x']] }),
      response({
        headers: [
          ['date', 'y'],
          ['x', 'y'],
        ],
      }),
    ];
    expect(compareOne(a, b)).toMatchObject({ headers: true, divergences: [] });
    expect(compareOne(a, b, { headers: ['date', 'x'] }).divergences.map((one) => one.pointer)).toEqual(['/date', '/x']);
  });

  it('rules reach the body', () => {
    const ignore = [{ pointer: '/id', keep: 'type', reason: null }] as const;
    expect(compareOne(json('{"id":1}'), json('{"id":2}'), { ignore }).ladder).toEqual({ ...all, wire: false });
  });

  it.each<readonly [Divergence['rung'], (typeof rungs)[number], boolean]>([
    ['status', 'status', true],
    ['shape', 'status', false],
    ['shape', 'shape', true],
    ['value', 'shape', false],
    ['wire', 'value', false],
    ['wire', 'wire', true],
    [null, 'status', true],
  ])('a divergence of rung %s counts at level %s: %s', (rung, level, expected) => {
    const divergence = {
      exchange: 0,
      facet: 'body',
      pointer: '',
      kind: 'value',
      rung,
      reference: null,
      candidate: null,
    } as const;
    expect(counts(divergence, level)).toBe(expected);
  });
});

describe('no response', () => {
  it('that is broken on one side is a divergence of transport', () => {
    const broken = failure('broken', 'not-http', 'it sent \u001b[31m garbage');
    const good = response({ statusText: 'O\u0007K', headers: [['allow', 'GET']] });
    const found = compareOne(good, broken);
    expect(found).toMatchObject({ ladder: none, headers: false, inconclusive: null });
    expect(found.divergences).toEqual([
      {
        exchange: 0,
        facet: 'transport',
        pointer: '/not-http',
        kind: 'type',
        rung: null,
        reference: '200 O\\x07K',
        candidate: 'it sent \\x1b[31m garbage',
      },
    ]);
    const back = compareOne(broken, good);
    expect(back.divergences).toMatchObject([
      { facet: 'transport', reference: 'it sent \\x1b[31m garbage', candidate: '200 O\\x07K' },
    ]);
  });

  it('shows a status without words as it is', () => {
    const [found] = compareOne(response(), failure('broken', 'not-http')).divergences;
    expect(found!.reference).toBe('200');
  });

  const good = json('{}');
  it.each<readonly [string, Response | Failure, Response | Failure, string]>([
    ['down', good, failure('down', 'connection-refused'), 'connection-refused'],
    ['lost', good, failure('lost', 'timeout-total'), 'timeout-total'],
    ['never sent', good, failure('request', 'capture-missing'), 'capture-missing'],
    ['down on both sides', failure('down', 'dns'), failure('down', 'dns'), 'dns'],
    ['broken on both sides', failure('broken', 'not-http'), failure('broken', 'not-http'), 'not-http'],
    ['broken against down', failure('broken', 'not-http'), failure('down', 'dns'), 'not-http'],
    ['lost against broken', failure('lost', 'reset'), failure('broken', 'not-http'), 'reset'],
  ])('is inconclusive: %s', (_, a, b, reason) => {
    for (const found of [compareOne(a, b), compareOne(b, a)])
      expect(found).toMatchObject({
        ladder: none,
        headers: false,
        divergences: [],
        inconclusive: { reason: expect.any(String) },
      });
    expect(compareOne(a, b).inconclusive).toMatchObject({ reason, message: expect.stringMatching(`it is ${reason}`) });
  });

  it('in a later step keeps the divergences of earlier ones', () => {
    const a = side('rust', [json('1'), json('1')]);
    const b = side('go', [json('2'), failure('lost', 'reset')]);
    const found = compareCase(a, b, defaultCompare);
    expect(found.divergences).toHaveLength(1);
    expect(found.inconclusive).toMatchObject({ reason: 'reset' });
    expect(found.ladder).toEqual(none);
  });

  it.each([
    ['fewer steps on one side', 2, 1],
    ['no steps at all', 0, 0],
  ])('%s are inconclusive', (_, x, y) => {
    const steps = (count: number) => Array.from({ length: count }, () => good);
    const found = compareCase(side('rust', steps(x)), side('go', steps(y)), defaultCompare);
    expect(found).toMatchObject({ ladder: none, inconclusive: { reason: 'incomplete' } });
    expect(found.inconclusive!.message).toBe(`${x} steps ran on rust, ${y} on go`);
  });
});

describe('a connection that closes without a word', () => {
  const closed = failure('lost', 'closed-early');
  it.each<readonly [string, Response | Failure, Response | Failure, boolean]>([
    ['against a fault that is owned up to', closed, json('{}', 500), true],
    ['against any other such fault', closed, json('{}', 503), true],
    ['against a refusal', closed, json('{}', 499), false],
    ['against an answer', closed, json('{}'), false],
    ['against one that does so too', closed, closed, false],
    [
      'that stays without an answer, against a fault that is reported',
      failure('lost', 'timeout-headers'),
      json('{}', 500),
      true,
    ],
    ['that stays without an answer, against an answer', failure('lost', 'timeout-headers'), json('{}'), false],
    ['that was reset is none', failure('lost', 'reset'), json('{}', 503), false],
  ])('%s', (_, a, b, differs) => {
    for (const found of [compareOne(a, b), compareOne(b, a)]) {
      expect(found.divergences.map(({ facet }) => facet)).toEqual(differs ? ['transport'] : []);
      expect(found.inconclusive === null).toBe(differs);
    }
  });

  it('and another failure on the other side are both told', () => {
    const found = compareOne(failure('down', 'dns'), closed);
    expect(found.inconclusive).toMatchObject({ message: 'it is dns; it is closed-early' });
  });
});

describe('a step that one side alone came to', () => {
  it('and that failed there says why', () => {
    const [good, lost] = [json('{}'), failure('lost', 'reset')];
    const further = side('rust', [good, lost]);
    const expected = { reason: 'reset', message: 'it is reset', hint: null };
    expect(compareCase(further, side('go', [good]), defaultCompare).inconclusive).toEqual(expected);
    expect(compareCase(side('go', [good]), further, defaultCompare).inconclusive).toEqual(expected);
  });

  it('behind one that was broken on the other is incomplete, and the divergence stays', () => {
    const [good, broken] = [json('{}'), failure('broken', 'not-http')];
    const [further, stopped] = [side('rust', [good, good]), side('go', [broken])];
    for (const found of [compareCase(further, stopped, defaultCompare), compareCase(stopped, further, defaultCompare)])
      expect(found).toMatchObject({ divergences: [{ facet: 'transport' }], inconclusive: { reason: 'incomplete' } });
  });

  it('and that was answered there is no failure', () => {
    const found = compareCase(side('rust', [json('1'), json('1')]), side('go', [json('1')]), defaultCompare);
    expect(found.inconclusive).toMatchObject({ reason: 'incomplete' });
  });
});

const mirrorKinds: Readonly<Record<string, string>> = { missing: 'extra', extra: 'missing' };

describe('swapped sides', () => {
  it('give the mirrored case, whatever is answered', () => {
    const header = fc.tuple(
      fc.constantFrom('Allow', 'content-type', 'location', ...prototypeKeys),
      fc.constantFrom('a', 'b', 'A, b'),
    );
    const outcome = fc.oneof(
      { arbitrary: fc.tuple(fc.constantFrom(200, 404), fc.array(header, { maxLength: 3 }), anyBody), weight: 4 },
      { arbitrary: fc.constantFrom('down', 'lost', 'broken'), weight: 1 },
    );
    const made = fc
      .array(outcome, { minLength: 1, maxLength: 3 })
      .map((list) =>
        list.map((one) =>
          typeof one === 'string'
            ? failure(one as Failure['family'], one)
            : response({ status: one[0], headers: one[1], body: print(one[2]) }),
        ),
      );
    const options = {
      ...defaultCompare,
      headers: [...defaultCompare.headers, ...prototypeKeys.map((key) => key.toLowerCase())],
    };
    const shown = (found: Divergence) =>
      [found.exchange, found.facet, found.kind, found.rung, found.reference, found.candidate].join(' ');
    const turned = (found: Divergence): Divergence => ({
      ...found,
      kind: (mirrorKinds[found.kind] ?? found.kind) as Divergence['kind'],
      reference: found.candidate,
      candidate: found.reference,
    });
    fc.assert(
      fc.property(made, made, (x, y) => {
        const there = compareCase(side('x', x), side('y', y), options);
        const back = compareCase(side('y', y), side('x', x), options);
        expect(back.divergences.map((one) => shown(turned(one))).sort()).toEqual(there.divergences.map(shown).sort());
        expect([back.ladder, back.headers]).toEqual([there.ladder, there.headers]);
        expect(back.inconclusive === null).toBe(there.inconclusive === null);
      }),
      { numRuns: 500 },
    );
  });
});
