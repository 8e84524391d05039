import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareOwned, compareSent, rowsOf, type Sent } from '../bodies.ts';

const types = [
  null,
  'application/json',
  'application/problem+json',
  'application/x-ndjson',
  'text/event-stream',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=b',
  'application/xml',
  'text/html',
  'text/plain; charset=iso-8859-1',
  'application/octet-stream',
];

/** Pieces of every grammar, so that bodies are nearly of some kind. */
const pieces = [
  ...[
    '{"a":1}',
    '[1,2]',
    '1',
    '"x"',
    'null',
    '{',
    ']',
    ',',
    '\n',
    '\r\n',
    '\n\n',
    ' ',
    'data: ',
    'id: 1\n',
    ': c\n',
    'data: {"a":1}\n\n',
  ],
  ...[
    'a=1',
    '&',
    '%41',
    '+',
    '=',
    '--b\r\n',
    '\r\n\r\n',
    '\r\n--b--\r\n',
    'Content-Disposition: form-data; name="a"\r\n',
  ],
  ...[
    '<a>',
    '</a>',
    '<b c="1"/>',
    '<!-- ',
    ' -->',
    '<?xml version="1.0"?>',
    '<![CDATA[',
    ']]>',
    '__proto__',
    '\u00ff',
    '\ufeff',
    '\u0000',
  ],
];

const body = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((some) => Buffer.from(some.join(''), 'utf8')),
  fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((some) => Buffer.from(some.join(''), 'latin1')),
);
const sent: fc.Arbitrary<Sent> = fc.tuple(fc.constantFrom(...types), body);

/** A body, and nearly the same one: a piece put in somewhere. */
const near = fc
  .tuple(sent, fc.constantFrom(...pieces), fc.nat())
  .map(([[type, bytes], piece, at]): readonly [Sent, Sent] => {
    const source = Buffer.from(bytes);
    const cut = at % (source.length + 1);
    return [
      [type, source],
      [type, Buffer.concat([source.subarray(0, cut), Buffer.from(piece), source.subarray(cut)])],
    ];
  });

/** Bodies that hold the text value-1, by content type. */
const bodyWith: Readonly<Record<string, string>> = {
  'application/json': '{"id":"value-1"}',
  'application/problem+json': '{"id":"value-1"}',
  'application/x-ndjson': '{"id":"value-1"}\n',
  'text/event-stream': 'data: value-1\n\n',
  'application/x-www-form-urlencoded': 'id=value-1',
  'application/xml': '<a id="value-1"/>',
};

describe('bodies of any kind', () => {
  it('compare without an exception, mirror, and are equal only where their bytes are', () => {
    fc.assert(
      fc.property(fc.oneof(near, fc.tuple(sent, sent)), ([a, b]) => {
        const rows = rowsOf(a, b);
        expect(rows.length === 0).toBe(Buffer.from(a[1]).equals(Buffer.from(b[1])));
        expect(compareSent(a, b).lowest === null).toBe(rows.length === 0);
      }),
      { numRuns: 3000 },
    );
  });

  it('are the same as themselves under every name', () => {
    fc.assert(
      fc.property(sent, fc.constantFrom(...types), ([type, bytes], other) => {
        expect(rowsOf([type, bytes], [other, bytes])).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('are the same as themselves where no value in them belongs to one side alone', () => {
    fc.assert(
      fc.property(sent, (one) => {
        expect(compareOwned(one, one, null).divergences).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it.each(types)('of type %s differ where the same bytes hold a value of one side alone', (type) => {
    const held = type?.startsWith('multipart')
      ? '--b\r\n\r\nvalue-1\r\n--b--\r\n'
      : (bodyWith[type ?? ''] ?? 'value-1');
    expect(compareOwned([type, held], [type, held], 'value-1').lowest).toBe('value');
  });

  it('of bytes that are not text differ where they hold a value of one side alone', () => {
    const bytes = Buffer.from('\u0012\u0007value-1\u00ff\u0000', 'latin1');
    const sent = ['application/x-protobuf', bytes] as const;
    expect(compareOwned(sent, sent, 'value-1').lowest).toBe('value');
    expect(compareOwned(sent, sent, 'value-2').lowest).toBe(null);
  });
});
