import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Answer, compareOne, response } from '../exchanges.ts';

const json = ['content-type', 'application/json'] as const;
const gzip = ['content-encoding', 'gzip'] as const;
const held = { status: true, shape: true, value: true, wire: true };

describe('answers without a body', () => {
  it.each<readonly [string, Answer, Answer]>([
    ['204', { status: 204 }, { status: 204 }],
    [
      '304, with the length of what there would be',
      { status: 304 },
      { status: 304, headers: [['content-length', '9']] },
    ],
    ['HEAD, which names a type and a coding', { headers: [json, gzip] }, { headers: [json] }],
    ['an empty page', { headers: [json], body: '' }, { headers: [json], body: '' }],
  ])('hold every rung: %s', (_, a, b) => {
    expect(compareOne(response(a), response(b))).toMatchObject({ ladder: held, divergences: [], inconclusive: null });
    expect(compareOne(response(b), response(a))).toMatchObject({ ladder: held, divergences: [], inconclusive: null });
  });

  it('a body on one side alone breaks the shape', () => {
    const [none, some] = [response({ status: 200 }), response({ status: 200, body: '{}' })];
    expect(compareOne(none, some)).toMatchObject({
      ladder: { status: true, shape: false, value: false, wire: false },
      divergences: [{ facet: 'body', pointer: '', kind: 'extra', rung: 'shape', reference: null, candidate: '{}' }],
    });
    expect(compareOne(some, none).divergences).toMatchObject([{ kind: 'missing', reference: '{}', candidate: null }]);
  });
});

describe('what a body says and how it was sent are told apart', () => {
  it('two codings of one body hold every rung', () => {
    const plain = response({ headers: [json], body: '{"a":1}' });
    const coded = response({ headers: [json, gzip], body: gzipSync('{"a":1}') });
    expect(compareOne(plain, coded)).toMatchObject({ ladder: held, headers: true, divergences: [] });
    expect(compareOne(plain, coded, { headers: ['content-encoding'] })).toMatchObject({
      ladder: held,
      headers: false,
      divergences: [{ facet: 'headers', pointer: '/content-encoding', kind: 'extra' }],
    });
  });

  it('the same bytes under two codings are two bodies', () => {
    const bytes = gzipSync('{"a":1}');
    const [plain, coded] = [
      response({ headers: [json], body: bytes }),
      response({ headers: [json, gzip], body: bytes }),
    ];
    expect(compareOne(plain, coded).ladder).toMatchObject({ status: true, shape: false });
    expect(compareOne(coded, coded)).toMatchObject({ ladder: held, divergences: [] });
  });

  it('one body under two types differs in the header and nowhere else', () => {
    const found = compareOne(
      response({ headers: [json], body: '{"a":1}' }),
      response({ headers: [['content-type', 'text/html']], body: '{"a":1}' }),
    );
    expect(found).toMatchObject({ ladder: held, headers: false, divergences: [{ facet: 'headers' }] });
    expect(found.divergences).toHaveLength(1);
  });

  it('a multipart answer with a boundary of its own differs in nothing', () => {
    const answer = (boundary: string) =>
      response({
        headers: [['content-type', `multipart/mixed; boundary=${boundary}`]],
        body: `--${boundary}\r\n\r\n1\r\n--${boundary}--\r\n`,
      });
    expect(compareOne(answer('a'), answer('b'))).toMatchObject({ ladder: held, headers: true, divergences: [] });
  });
});
