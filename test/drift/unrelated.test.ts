import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from './bodies.ts';

describe('bodies that have nothing to do with each other', () => {
  const chance = (max: number) => fc.integer({ min: 0, max });
  const time = fc.date({
    min: new Date('1995-01-01T00:00:00Z'),
    max: new Date('2090-01-01T00:00:00Z'),
    noInvalidDate: true,
  });
  const bytes = fc.uint8Array({ minLength: 4, maxLength: 12 });
  /** Every kind of value that a rule looks for. Two of them are drawn without a liking for zero and the like: those do meet. */
  const values = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => JSON.stringify(one)),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => JSON.stringify(Math.fround(one))),
    fc.bigInt({ min: 0n, max: 1n << 70n }).map(String),
    fc.bigInt({ min: 0n, max: 1n << 70n }).map((one) => `"${one}"`),
    fc.tuple(chance(99_999), chance(99_999)).map(([whole, part]) => `${whole}.${String(part).padStart(5, '0')}`),
    fc.tuple(chance(99_999), chance(99_999)).map(([whole, part]) => `"${whole}.${String(part).padStart(5, '0')}"`),
    time.map((one) => JSON.stringify(one)),
    time.map((one) => JSON.stringify(one.toISOString().replace('.000Z', '+00:00'))),
    time.map((one) => JSON.stringify(one.toUTCString())),
    time.map((one) => String(one.getTime())),
    time.map((one) => String(Math.floor(one.getTime() / 1000))),
    fc.tuple(chance(1e6), chance(999_999_999)).map(([secs, nanos]) => `{"secs":${secs},"nanos":${nanos}}`),
    fc.tuple(chance(1e6), chance(999)).map(([secs, millis]) => `"PT${secs}.${millis}1S"`),
    fc.bigInt({ min: 1n, max: 1n << 50n }).map((one) => `"${one}ns"`),
    bytes.map((one) => JSON.stringify([...one])),
    bytes.map((one) => JSON.stringify(Buffer.from(one).toString('base64'))),
    bytes.map((one) => JSON.stringify(Buffer.from(one).toString('hex'))),
    fc.uuid().map((one) => JSON.stringify(one)),
    fc.uuid().map((one) => JSON.stringify(one.toUpperCase())),
    fc.ipV6().map((one) => JSON.stringify(one)),
    fc.webUrl({ withQueryParameters: true }).map((one) => JSON.stringify(one)),
    fc.string({ unit: 'binary', minLength: 6 }).map((one) => JSON.stringify(one)),
    fc.string({ unit: 'grapheme', minLength: 6 }).map((one) => JSON.stringify(one.toUpperCase())),
  );
  const pair = fc
    .record({ a: fc.noBias(values), b: fc.noBias(values) })
    .map(({ a, b }) => ({ reference: `{"v":${a}}`, candidate: `{"v":${b}}` }));
  const route = fc.array(pair, { minLength: 1, maxLength: 6 });

  it('are never explained by a rule about values that is verified', () => {
    fc.assert(
      fc.property(route, (one) => {
        expect(explain(one).flatMap((causes) => causes.filter((cause) => !cause.hypothesis))).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  it('are not paired as variants of an enum, however many there are', () => {
    const draw = fc.tuple(fc.constantFrom('Open', 'Closed', 'Lost', 'Found', 'New', 'Old'), chance(5), fc.uuid());
    fc.assert(
      fc.property(fc.array(draw, { minLength: 2, maxLength: 12 }), (draws) => {
        const pairs = draws.map(([name, number, id]) => ({
          reference: `{"id":"${id}","v":"${name}"}`,
          candidate: `{"id":"${id}","v":${number}}`,
        }));
        const isFunction = (
          of: (one: (typeof draws)[number]) => unknown,
          to: (one: (typeof draws)[number]) => unknown,
        ) => draws.every((x) => draws.every((y) => of(x) !== of(y) || to(x) === to(y)));
        const oneToOne =
          isFunction(
            (one) => one[0],
            (one) => one[1],
          ) &&
          isFunction(
            (one) => one[1],
            (one) => one[0],
          );
        const verified = explain(pairs)
          .flat()
          .filter((cause) => !cause.hypothesis);
        if (!oneToOne) expect(verified).toEqual([]);
        else
          for (const [name] of draws)
            if (verified.length > 0) expect(draws.filter((one) => one[0] === name).length).toBeGreaterThan(1);
      }),
      { numRuns: 1000 },
    );
  });

  it('and servers that are equal, but give every answer other values, show no class at all', () => {
    fc.assert(
      fc.property(fc.array(values, { minLength: 1, maxLength: 5 }), (drawn) => {
        const bodies = drawn.map((one) => `{"v":${one}}`);
        expect(explain(bodies.map((body) => ({ reference: body, candidate: body }))).flat()).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
