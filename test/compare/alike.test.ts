import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareCase } from '../../src/compare/compare.ts';
import { defaultCompare } from '../../src/config/rules.ts';
import type { Response } from '../../src/replay/exchange.ts';
import { response, side } from './exchanges.ts';

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
