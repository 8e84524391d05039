import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { childCount, items, type JsonDocument, JsonSyntaxError, Kind } from '../../src/json/document.ts';
import { readJson } from '../../src/json/read.ts';
import { sourceText, stringText } from '../../src/json/text.ts';
import { invalid, undecided, type Vector, valid } from './conformance.ts';
import { parsed, read } from './documents.ts';

function bytesOf(text: string | Uint8Array): Uint8Array {
  return typeof text === 'string' ? Buffer.from(text) : text;
}

/** `JSON.parse` accepts the text, given as valid UTF-8. */
function platformAccepts(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The document as `JSON.parse` would give it: the last of a key that is there twice, numbers as doubles. */
function plainValue(document: JsonDocument, node = 0): unknown {
  const kind = document.kind[node]!;
  if (kind === Kind.string) return stringText(document, node);
  if (kind < Kind.string) return JSON.parse(sourceText(document, node));
  if (kind === Kind.array) return items(document, node).map((child) => plainValue(document, child));
  const entries: [string, unknown][] = [];
  for (let key = node + 1; key < document.next[node]!; key = document.next[key + 1]!)
    entries.push([stringText(document, key), plainValue(document, key + 1)]);
  return Object.fromEntries(entries);
}

describe('the grammar of RFC 8259', () => {
  it('is covered by at least 150 texts, each once', () => {
    const names = [...valid, ...invalid, ...undecided].map(([name]) => name);
    expect(names.length).toBeGreaterThanOrEqual(150);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(valid)('y: %s', (_, text) => {
    expect(readJson(bytesOf(text))).not.toBeInstanceOf(JsonSyntaxError);
  });

  it.each(invalid)('n: %s', (_, text) => {
    expect(readJson(bytesOf(text))).toBeInstanceOf(JsonSyntaxError);
  });

  it.each(undecided)('i, taken: %s', (_, text) => {
    expect(readJson(bytesOf(text))).not.toBeInstanceOf(JsonSyntaxError);
  });

  const platform = (vectors: readonly Vector[]) => vectors.filter((vector) => typeof vector[1] === 'string');
  it.each(platform([...valid, ...invalid, ...undecided]))('agrees with JSON.parse: %s', (_, text) => {
    expect(!(readJson(bytesOf(text)) instanceof JsonSyntaxError)).toBe(platformAccepts(String(text)));
  });
});

describe('a syntax error', () => {
  it.each([
    ['at the byte that is wrong', '[1,x]', 3, 'expected a value'],
    ['in bytes, not characters', '["é",x]', 6, 'expected a value'],
    ['at the end, if the text stops', '{"a":', 5, 'the text ends too early'],
    ['at the end, if a string stops', '"abc', 4, 'the text ends too early'],
    ['at the end, if an escape stops', '"\\', 2, 'the text ends too early'],
    ['at the end, if a unicode escape stops', '"\\u12', 5, 'the text ends too early'],
    ['at the control character', '"a\nb"', 2, 'a control character inside a string'],
    ['at the escape that is none', '"\\x"', 2, 'an escape that JSON does not know'],
    ['where a digit is missing', '1.x', 2, 'expected a digit'],
    ['where one is missing behind an exponent', '1e+x', 3, 'expected a digit'],
    ['at the digit that is none', '"\\u12x4"', 5, 'expected four hex digits after \\u'],
    ['at what follows the value', '1 2', 2, 'more text after the value'],
    ['at the key that is none', '{a:1}', 1, 'expected a key in double quotes'],
    ['where the colon should be', '{"a" 1}', 5, 'expected : after the key'],
    ['where the array goes on wrong', '[1 2]', 3, 'expected , or ]'],
    ['where the object goes on wrong', '{"a":1 2}', 7, 'expected , or }'],
    ['where the literal goes wrong', 'trup', 3, 'expected true'],
    ['at the second digit of 01', '01', 1, 'more text after the value'],
  ])('stands %s', (_, text, offset, message) => {
    expect(readJson(Buffer.from(text))).toMatchObject({ offset, message });
  });
});

describe('reading agrees with JSON.parse', () => {
  it('in the value, where that loses nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), (value, space) => {
        const text = JSON.stringify(value, null, space);
        expect(plainValue(read(text))).toEqual(JSON.parse(text));
      }),
      { numRuns: 300 },
    );
  });

  it('in what it takes and what it refuses, on texts that were broken at random', () => {
    const piece = fc.constantFrom(
      ...'{}[]:,"\\-+.0123456789eEtrufalsn /u\n\t \u0000é\u2028\ud83d😀',
      'null',
      'true',
      '""',
    );
    const edit = fc.record({ at: fc.nat(), cut: fc.nat(3), put: fc.array(piece, { maxLength: 2 }) });
    fc.assert(
      fc.property(fc.json(), fc.array(edit, { maxLength: 3 }), (json, edits) => {
        const broken = edits.reduce((text, { at, cut, put }) => {
          const from = at % (text.length + 1);
          return text.slice(0, from) + put.join('') + text.slice(from + cut);
        }, json);
        const text = Buffer.from(broken).toString();
        expect(!(readJson(Buffer.from(text)) instanceof JsonSyntaxError)).toBe(platformAccepts(text));
      }),
      { numRuns: 3000 },
    );
  });

  it('in what it takes and what it refuses, on short texts of JSON characters', () => {
    const text = fc.string({ unit: fc.constantFrom(...'{}[]:,"\\-.0 1eEu'), maxLength: 8 });
    fc.assert(
      fc.property(text, (json) => {
        expect(!(readJson(Buffer.from(json)) instanceof JsonSyntaxError)).toBe(platformAccepts(json));
      }),
      { numRuns: 5000 },
    );
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 30 }), (bytes) => {
        const found = readJson(bytes);
        expect(found instanceof JsonSyntaxError || found.size > 0).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the flat list of nodes', () => {
  it('has offsets that cut out a text of the same value, nested and in document order', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const document = read(JSON.stringify(value, null, 1));
        for (let node = 0; node < document.size; node += 1) {
          const [start, end, next] = [document.start[node]!, document.end[node]!, document.next[node]!];
          expect(parsed(document.bytes.subarray(start, end))).toEqual(plainValue(document, node));
          expect(next).toBeGreaterThan(node);
          if (next < document.size) expect(document.start[next]!).toBeGreaterThanOrEqual(end);
        }
        expect(document.next[0]).toBe(document.size);
      }),
      { numRuns: 200 },
    );
  });

  it('counts children', () => {
    const document = read('{"a":[1,[2,3],{}],"a":{"b":{"c":1}}}');
    const counts = Array.from({ length: document.size }, (_, node) => childCount(document, node));
    expect(counts).toEqual([2, 0, 3, 0, 2, 0, 0, 0, 0, 1, 0, 1, 0, 0]);
  });

  it('reads a view of a larger buffer from where the view begins', () => {
    const whole = Buffer.from('xx[1]xx');
    expect(plainValue(readJson(new Uint8Array(whole.buffer, whole.byteOffset + 2, 3)) as JsonDocument)).toEqual([1]);
  });

  it('knows a byte-order mark', () => {
    expect(read('\ufeff{}').bom).toBe(true);
    expect(read('{}').bom).toBe(false);
  });
});

describe('size', () => {
  it.each([
    ['arrays', '[', ']'],
    ['objects', '{"a":', '}'],
  ])('does not matter: a million nested %s', (_, open, close) => {
    const depth = 1_000_000;
    const document = read(`${open.repeat(depth)}1${close.repeat(depth)}`);
    expect(document.next[0]).toBe(document.size);
    expect(sourceText(document, document.size - 1)).toBe('1');
  });

  it('does not matter: a million open brackets are a syntax error at the end', () => {
    expect(readJson(Buffer.alloc(1_000_000, '['))).toMatchObject({ offset: 1_000_000 });
  });

  it('does not matter: 50 MB', () => {
    const item = '{"id":1234567,"name":"a name of some length","tags":["x","y","z"],"ok":true},';
    const count = Math.ceil((50 * 1024 * 1024) / item.length);
    const document = read(`[${item.repeat(count)}null]`);
    expect(childCount(document, 0)).toBe(count + 1);
  });

  it('does not matter: a string of 20 MB that is not UTF-8', () => {
    const text = Buffer.concat([Buffer.from('"'), Buffer.alloc(20 * 1024 * 1024, 0xc3), Buffer.from('"')]);
    expect(readJson(text)).toMatchObject({ size: 1 });
  });
});
