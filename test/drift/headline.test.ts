import { describe, expect, it } from 'vitest';
import { type BodyPair, explain, swap, unexplained } from './bodies.ts';

const schema = (field: string, reason: string): BodyPair => ({
  reference: `{"Schema":{"field":"${field}","reason":"${reason}"}}`,
  candidate: `{"Kind":"schema","Field":"${field}","Reason":"${reason}"}\n`,
});
const plain = (variant: string, reason: string): BodyPair => ({
  reference: `{"${variant}":{"reason":"${reason}"}}`,
  candidate: `{"Kind":"${variant.toLowerCase()}","Field":"","Reason":"${reason}"}\n`,
});

/** What two gateways answer to the requests of one route that they refuse. */
const refused: readonly BodyPair[] = [
  schema('fingerprint', 'must be a non-empty string'),
  schema('kind', 'must be playbook, fill or email'),
  plain('Completeness', 'fields must not be empty'),
  plain('Consistency', 'recipient_count is 3 but there are 2'),
  plain('Policy', 'operation purge is not allowed in production'),
];
const accepted: BodyPair = { reference: '{"accepted":true,"items":3}', candidate: '{"accepted":true,"items":3}\n' };
const also = ['enum-variant-casing', 'key-casing', 'trailing-newline', 'zero-value-omitted'];

describe('an enum of a Rust gateway and its port to Go', () => {
  const directions = [
    ['with Rust as the reference', refused],
    ['with Go as the reference', refused.map(swap)],
  ] as const;

  it.each(directions)('is one cause, proved byte for byte in every sample, %s', (_, pairs) => {
    const found = explain(pairs);
    expect(found.map((causes) => causes.length)).toEqual([1, 1, 1, 1, 1]);
    expect(new Set(found.flat().map((cause) => `${cause.class} at "${cause.pointer}" ${cause.verifiedAt}`))).toEqual(
      new Set(['enum-external-vs-flat at "" wire']),
    );
    expect(found.flat().some((cause) => cause.hypothesis)).toBe(false);
    expect([...new Set(found.flat().flatMap((cause) => cause.also))].sort()).toEqual(also);
    expect(pairs.flatMap((pair, i) => unexplained(pair, found[i]!))).toEqual([]);
  });

  it.each(refused.map((pair, i) => [i, pair] as const))('is a hypothesis where sample %i is alone', (_, pair) => {
    for (const turn of [(one: BodyPair) => one, swap]) {
      const causes = explain([turn(pair)]).flat();
      expect(causes.map((cause) => [cause.class, cause.pointer, cause.hypothesis])).toEqual([
        ['enum-external-vs-flat', '', true],
      ]);
    }
  });

  it('is not disturbed by an answer that differs in its last byte', () => {
    const found = explain([...refused, accepted]);
    expect(found.at(-1)!.map((cause) => cause.class)).toEqual(['trailing-newline']);
    expect(
      found
        .slice(0, -1)
        .flat()
        .some((cause) => cause.hypothesis),
    ).toBe(false);
  });

  it('is claimed where it is proved, and not where one more value differs', () => {
    const odd = {
      ...refused[0]!,
      candidate: '{"Kind":"schema","Field":"other","Reason":"must be a non-empty string"}\n',
    };
    const found = explain([odd, ...refused.slice(1)]);
    expect(found.map((causes) => causes.length)).toEqual([0, 1, 1, 1, 1]);
  });

  it('names the attributes that mend it on either side', () => {
    const [cause] = explain(refused)[0]!;
    expect(cause!.fixes).toEqual([
      {
        target: 'go',
        text: 'in Go a MarshalJSON that writes {"Schema":{…}} for "Kind":"schema", with `json:"field"`, `json:"reason"` on the fields inside',
      },
      {
        target: 'rust',
        text: 'in Rust #[serde(tag = "Kind", rename_all = "snake_case", rename_all_fields = "PascalCase")] on the enum: it writes the tag beside the fields',
      },
    ]);
  });

  it('gives the same advice to the same targets with the sides swapped', () => {
    const [cause] = explain(refused.map(swap))[0]!;
    expect(cause!.fixes.map((fix) => [fix.target, fix.text.slice(0, 30)])).toEqual([
      ['go', 'in Rust #[serde(tag = "Kind", r'.slice(0, 30)],
      ['rust', 'in Go a MarshalJSON that write'],
    ]);
  });
});

describe('several causes in one body', () => {
  const body: BodyPair = {
    reference: '{"user_name":"n","items":[],"score":1.0,"note":"<b>&","meta":{"b":1,"a":2}}',
    candidate: '{"UserName":"n","items":null,"score":1,"note":"\\u003cb\\u003e\\u0026","meta":{"a":2,"b":1}}\n',
  };
  const second: BodyPair = {
    reference: '{"user_name":"m","items":[1],"score":1.5,"note":"plain","meta":{"b":3,"a":4}}',
    candidate: '{"UserName":"m","items":[1],"score":1.5,"note":"plain","meta":{"a":4,"b":3}}\n',
  };
  const expected = [
    ['escape-html', '/note'],
    ['float-integral-suffix', '/score'],
    ['key-casing', ''],
    ['key-order', '/meta'],
    ['nil-slice-null', '/items'],
  ];

  it.each([
    ['as recorded', (pair: BodyPair) => pair],
    ['with the sides swapped', swap],
  ] as const)('stay separate, and are proved together, %s', (_, turn) => {
    const [causes] = explain([turn(body), turn(second)]);
    expect(causes!.map((cause) => [cause.class, cause.pointer]).sort()).toEqual(expected);
    expect(causes!.filter((cause) => cause.verifiedAt !== 'wire' || cause.hypothesis)).toEqual([]);
    expect(causes!.every((cause) => cause.also.includes('trailing-newline'))).toBe(true);
    expect(unexplained(turn(body), causes!)).toEqual([]);
  });

  const sheet = (n: number, { at, score, rows }: { at: string; score: string; rows: string }): BodyPair => ({
    reference: `{"row_count":${n},"rows_seen":${rows},"mean_score":${score}.0,"created_at":"2026-05-0${n}T10:00:00.${at}000000Z","note":"<b>${n}&","by_state":{"open":${n},"closed":2}}`,
    candidate: `{"RowCount":${n},"RowsSeen":${rows === '[]' ? 'null' : rows},"MeanScore":${score},"CreatedAt":"2026-05-0${n}T10:00:00.${at}Z","Note":"\\u003cb\\u003e${n}\\u0026","ByState":{"closed":2,"open":${n}}}\n`,
  });
  const sheets = [
    sheet(1, { at: '123', score: '4', rows: '[]' }),
    sheet(2, { at: '457', score: '7', rows: '[1]' }),
    sheet(3, { at: '981', score: '9', rows: '[]' }),
  ];

  it.each([
    ['as recorded', sheets],
    ['with the sides swapped', sheets.map(swap)],
  ] as const)('are proved byte for byte, seven at once, under names that drift themselves, %s', (_, route) => {
    const found = explain(route);
    for (const [i, causes] of found.entries()) {
      expect(causes.map((cause) => [cause.class, cause.pointer, cause.verifiedAt, cause.hypothesis])).toEqual([
        ['key-casing', '', 'wire', false],
      ]);
      expect(unexplained(route[i]!, causes)).toEqual([]);
    }
    expect(found[0]![0]!.also).toEqual([
      'escape-html',
      'float-integral-suffix',
      'key-order',
      'nil-slice-null',
      'timestamp-fraction-digits',
      'trailing-newline',
    ]);
  });

  it('leave what is not drift unexplained, each divergence in one cause at most', () => {
    const odd = { ...body, candidate: `${body.candidate}`.replace('"UserName":"n"', '"UserName":"n","extra":[7]') };
    const [causes] = explain([odd, second]);
    const indices = causes!.flatMap((cause) => cause.divergences);
    expect(new Set(indices).size).toBe(indices.length);
    expect(causes!.map((cause) => [cause.class, cause.pointer]).sort()).toEqual(expected);
    expect(unexplained(odd, causes!)).toEqual(['/extra extra']);
  });

  it('below a renamed key belong to it', () => {
    const pairs = [
      { reference: '{"user_data":{"tags":[],"n":1.0}}', candidate: '{"UserData":{"tags":null,"n":1}}' },
      { reference: '{"user_data":{"tags":[1],"n":2.0}}', candidate: '{"UserData":{"tags":[1],"n":2}}' },
    ];
    const [causes] = explain(pairs);
    expect(causes!.map((cause) => [cause.class, cause.also])).toEqual([
      ['key-casing', ['float-integral-suffix', 'nil-slice-null']],
    ]);
  });

  it('fail one by one: a renamed key with another value does not take the other renamed keys with it', () => {
    const pair = (n: number) => ({
      reference: `{"user_name":"n${n}","request_id":"a${n}"}`,
      candidate: `{"UserName":"n${n}","RequestID":"b${n}"}`,
    });
    const pairs = [pair(1), pair(2)];
    const found = explain(pairs);
    expect(found.flat().map((cause) => cause.class)).toEqual(['key-casing', 'key-casing']);
    expect(unexplained(pairs[0]!, found[0]!)).toEqual(['/request_id missing', '/RequestID extra']);
  });

  it('are found in lists that one side cut short or filled up', () => {
    const item = (n: number, go: boolean) => (go ? `{"UserID":${n}}` : `{"user_id":${n}}`);
    const list = (length: number, go: boolean) => `[${Array.from({ length }, (_, n) => item(n, go)).join()}]`;
    const pairs = [
      { reference: list(3, false), candidate: list(2, true) },
      { reference: list(4, false), candidate: list(2, true) },
    ];
    const found = explain(pairs);
    expect(found.flat().map((cause) => [cause.class, cause.pointer])).toEqual([
      ['key-casing', '/*'],
      ['key-casing', '/*'],
    ]);
  });

  it('are forgiven what the comparison forgives', () => {
    const pairs = [1, 2].map((n) => ({
      reference: `{"Schema${n}":{"x":1,"at":"a${n}"}}`,
      candidate: `{"kind":"schema${n}","x":1,"at":"b${n}"}`,
    }));
    const ignore = [{ pointer: '/at', keep: 'type', reason: null }] as const;
    expect(explain(pairs).flat()).toEqual([]);
    expect(explain(pairs, { ignore }).map((causes) => causes.map((cause) => [cause.class, cause.verifiedAt]))).toEqual([
      [['enum-external-vs-flat', 'value']],
      [['enum-external-vs-flat', 'value']],
    ]);
  });
});
