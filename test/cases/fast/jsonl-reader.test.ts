import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBudget } from '../../../src/cases/fast/budget.ts';
import { plainLines } from '../../../src/cases/fast/jsonl-reader.ts';
import { casesOf } from '../library.ts';

const place = () => ({ suite: 'a', file: 'a.jsonl', budget: createBudget() });
const quick = (text: string) => plainLines(place())(text, 1);

const word = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.constantFrom('', '__proto__', 'constructor', '1', 'é', '{}', '\\', '"', '\u2028', '\ud800'),
);
const name = fc.constantFrom('one', 'two.3', 'x-y_z');
const headers = fc.dictionary(
  fc.constantFrom('accept', 'Content-Type', 'x-1', '1', 'x-api-key'),
  fc.constantFrom('', 'a', 'b c', 'é'),
  {
    noNullPrototype: true,
  },
);
const request = fc.record(
  {
    method: fc.constantFrom('GET', 'POST', 'DELETE', 'TRACE'),
    path: fc.constantFrom('/', '/a/../b', '/%2e//?q=[1]&"', '/~!$*'),
    headers,
    json: fc.oneof(
      fc.jsonValue({ maxDepth: 4 }),
      fc.dictionary(word, fc.double({ noDefaultInfinity: true, noNaN: true })),
    ),
  },
  { requiredKeys: ['path'], noNullPrototype: true },
);
const line = fc.record(
  { suite: name, id: name, title: word, tags: fc.array(word, { maxLength: 3 }), safe: fc.boolean(), request },
  { requiredKeys: ['id', 'request'], noNullPrototype: true },
);

describe('a line that is read fast', () => {
  it('gives the very case that reading it with all its places gives', async () => {
    let fast = 0;
    await fc.assert(
      fc.asyncProperty(line, async (value) => {
        const text = JSON.stringify(value);
        const found = quick(text);
        if (found === null) return;
        fast += 1;
        // A space before it makes it a line that no program wrote so.
        const [slow] = await casesOf({ 'cases/a.jsonl': ` ${text}` });
        const { location, ...rest } = slow!;
        expect(found).toEqual({ ...rest, location: { file: 'a.jsonl', line: 1, col: 1 } });
        expect(location.col).toBe(2);
      }),
      { numRuns: 200 },
    );
    expect(fast).toBeGreaterThan(100);
  });

  it('counts against the room for bodies', () => {
    const budget = { left: 20 };
    const read = plainLines({ suite: 'a', file: 'a.jsonl', budget });
    const text = (id: string) => `{"id":"${id}","request":{"path":"/","json":{"n":1}}}`;
    expect([read(text('x'), 1), read(text('y'), 2)].map((one) => one?.id)).toEqual(['a/x', 'a/y']);
    expect(budget.left).toBe(6);
    expect(read(text('z'), 3)).toBeNull();
  });

  const good = '{"id":"x","request":{"path":"/","json":{"n":1}}}';
  it.each([
    ['a key that is there twice', good.replace('"n":1', '"n":1,"n":1')],
    ['a number in another spelling', good.replace('"n":1', '"n":1.0')],
    ['a number beyond doubles', good.replace('"n":1', '"n":9007199254740993')],
    ['minus zero', good.replace('"n":1', '"n":-0')],
    ['white space', good.replace(',', ', ')],
    ['a placeholder', good.replace('"n":1', '"n":"{{m}}"')],
    ['a placeholder in escapes', good.replace('"n":1', '"n":"\\u007b\\u007bm}}"')],
    ['a variable of the environment', good.replace('"json"', `"headers":{"a":"\${B}"},"json"`)],
    ['a header that cannot be sent', good.replace('"json"', '"headers":{"host":"x"},"json"')],
    ['a header value that cannot be sent', good.replace('"json"', '"headers":{"a":"\\n"},"json"')],
    ['several values of a header', good.replace('"json"', '"headers":{"a":["b"]},"json"')],
    ['a path without a slash', good.replace('"/"', '"x"')],
    ['a path with a fragment', good.replace('"/"', '"/#x"')],
    ['a path with a space', good.replace('"/"', '"/ x"')],
    ['a method in small letters', good.replace('"path"', '"method":"get","path"')],
    ['an id that is not a name', good.replace('"x"', '"x/y"')],
    ['a key that is not known', good.replace('"id"', '"with":[{}],"id"')],
    ['another body', good.replace('"json":{"n":1}', '"text":"x"')],
    ['no path', '{"id":"x","request":{}}'],
    ['no request', '{"id":"x"}'],
    ['no object', '[]'],
    ['no JSON', '{'],
    ['an invalid title', good.replace('"id"', '"title":null,"id"')],
    ['brackets without end', good.replace('{"n":1}', `${'['.repeat(300)}${']'.repeat(300)}`)],
  ])('is not one with %s', (_why, text) => {
    expect(quick(good)).not.toBeNull();
    expect(quick(text)).toBeNull();
  });
});
