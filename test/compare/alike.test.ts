import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareCase } from '../../src/compare/compare-case.ts';
import { defaultCompare } from '../../src/config/rules.ts';
import type { Response } from '../../src/http/exchange.ts';
import { json, response, side } from './exchanges.ts';

const value = fc.constantFrom('a', 'b', 'application/json', 'application/json; charset=utf-8', '/here', 'gzip', '1');
const name = fc.constantFrom('content-type', 'Content-Type', 'location', 'allow', 'retry-after', 'content-encoding');
const headers = fc.array(fc.tuple(name, value), { maxLength: 3 });
const body = fc
  .constantFrom('', '{"a":1}', '{"a":1}\n', '{"a":1.0}', '{"a":2}', 'text')
  .map((text) => Buffer.from(text));
const answer = fc.record({ status: fc.constantFrom(200, 404), headers, body }).map((some) => response(some));

/** The same answer with nothing of it seen before. */
function afresh(one: Response): Response {
  return { ...one, headers: structuredClone(one.headers), body: Buffer.from(one.body) };
}

const space = fc.string({ unit: fc.constantFrom(' ', '\n', '\r', '\t'), maxLength: 3 });
const inside = fc.oneof(
  fc.json({ maxDepth: 4 }),
  fc.constantFrom('{"a":1,"a":2}', '{"a":[1,[],{}]}', '{"a":1', '\ufeff{}', '["\ud83d"]', 'text', '', '{"a":1e400}'),
);

test('bodies that differ in white space before or behind them alone compare as if all of them were looked at', () => {
  const none = { ...defaultCompare, ignore: [{ pointer: '/nowhere', keep: 'type' as const, reason: null }] };
  fc.assert(
    fc.property(inside, fc.array(space, { minLength: 4, maxLength: 4 }), (text, [a, b, c, d]) => {
      const [one, other] = [json(`${a}${text}${b}`), json(`${c}${text}${d}`)];
      const compare = (options: typeof defaultCompare) =>
        compareCase(side('rust', [one]), side('go', [other]), options);
      expect(compare(defaultCompare)).toEqual(compare(none));
    }),
  );
});

test('answers whose heads and bodies came before compare as they do the first time, either way round', () => {
  fc.assert(
    fc.property(answer, answer, (a, b) => {
      const compare = (one: Response, other: Response) =>
        compareCase(side('rust', [one]), side('go', [other]), defaultCompare);
      const first = compare(afresh(a), afresh(b));
      expect([compare(a, b), compare(a, b), compare(b, a), compare(a, b)]).toEqual([
        first,
        first,
        compare(afresh(b), afresh(a)),
        first,
      ]);
    }),
  );
});
