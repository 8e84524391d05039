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

  const shared = { suite: 'b', tags: ['t'], safe: true };
  const like = fc.record({
    id: fc.constantFrom('one', 'two.3'),
    title: word,
    path: fc.constantFrom('/', '/a?b'),
    json: fc.jsonValue(),
  });
  type Like = { id: string; title: string; path: string; json: unknown };
  const lineLike = ({ id, title, path, json }: Like, isBodyFirst: boolean) =>
    isBodyFirst
      ? JSON.stringify({ request: { json, path, method: 'POST' }, title, ...shared, id })
      : JSON.stringify({ ...shared, id, title, request: { method: 'POST', path, headers: { accept: 'a' }, json } });
  const hostile = '" \\ } { {{ , \u0001 1.0 -0 [ ] "a":1 ,"tags":[] },"x":{ # / ${'.split(' ');
  const piece = fc.oneof({ weight: 2, arbitrary: fc.constantFrom('a', '1') }, fc.constantFrom(...hostile));
  const edits = fc.array(
    fc.record({ key: fc.constantFrom('id', 'title', 'path', 'json'), further: fc.nat(5), cut: fc.nat(2), put: piece }),
    {
      maxLength: 3,
    },
  );

  it('is read behind lines that are like it as it is read alone', () => {
    let [fast, edited] = [0, 0];
    fc.assert(
      fc.property(like, like, edits, fc.boolean(), (before, value, changes, isBodyFirst) => {
        const warm = plainLines(place());
        warm(lineLike(before, isBodyFirst), 1);
        let text = lineLike(value, isBodyFirst);
        for (const { key, further, cut, put } of changes) {
          const start = text.indexOf(`"${key}":`) + key.length + 3 + further;
          text = text.slice(0, start) + put + text.slice(start + cut);
        }
        const alone = quick(text);
        expect(warm(text, 1)).toEqual(alone);
        if (alone === null) return;
        fast += 1;
        if (changes.length > 0) edited += 1;
      }),
      { numRuns: 2000 },
    );
    expect(fast).toBeGreaterThan(100);
    expect(edited).toBeGreaterThan(50);
  });

  it('counts against the room for bodies, whether it was read before or not', () => {
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
    ['an id that is no name', good.replace('"x"', '"x/y"')],
    ['a key that is not known', good.replace('"id"', '"with":[{}],"id"')],
    ['another body', good.replace('"json":{"n":1}', '"text":"x"')],
    ['no path', '{"id":"x","request":{}}'],
    ['no request', '{"id":"x"}'],
    ['no object', '[]'],
    ['no JSON', '{'],
    ['a title that is none', good.replace('"id"', '"title":null,"id"')],
    ['brackets without end', good.replace('{"n":1}', `${'['.repeat(300)}${']'.repeat(300)}`)],
  ])('is not one with %s', (_why, text) => {
    expect(quick(good)).not.toBeNull();
    expect(quick(text)).toBeNull();
  });
});
