import { describe, expect, it } from 'vitest';
import { lines } from '../config/folder.ts';
import { casesOf, errorOfCases } from './library.ts';

const inCase = (text: string) => `cases:\n  - id: x\n    request: { path: / }\n${text}\n`;

describe('PX2201 at the place', () => {
  it.each([
    [
      'a repeat that waits for nothing',
      'repeat: { until: {} }',
      '4:22 `until` says nothing (name `status`, `pointer`, `header` or `match`)',
    ],
    [
      'a value without a place',
      'repeat: { until: { status: 200, equals: a } }',
      '4:45 `equals` needs `pointer`, `header` or `match` (say where the value is)',
    ],
    ['a repeat without end', 'repeat: { until: { status: 200 }, atMost: 0 }', '4:47 `atMost` must be at least 1'],
    ['a long pause', 'repeat: { until: { status: 200 }, every: 2m }', '4:46 `every` is at most 1m'],
    [
      'no pause',
      'repeat: { until: { status: 200 }, every: soon }',
      '4:46 "soon" is not a duration (write it as 500ms, 10s or 2m)',
    ],
    [
      'a repeat of what is sent at once',
      'parallel: 2\n    repeat: { until: { status: 200 } }',
      '5:5 `repeat` cannot be combined with `parallel` (remove one of them)',
    ],
    [
      'a write that looks at state',
      'state: [{ request: { method: PUT, path: / } }]',
      '4:34 `state` only reads: GET, HEAD or OPTIONS (move the request to `steps` or `after`)',
    ],
    [
      'a write that is repeated',
      'after: [{ request: { method: POST, path: / }, repeat: { until: { status: 200 } } }]',
      '4:51 `repeat` would send a write several times (repeat a request that reads, or mark the case `safe: true`)',
    ],
    [
      'an invalid pattern',
      'capture: { a: { match: "(" } }',
      expect.stringMatching(/^4:28 "\(" is not a regular expression \(.+\) \(see the RE2 syntax\)$/),
    ],
    [
      'a set-up that captures nothing for its step',
      'before: [{ request: { path: "/{{a}}" } }]',
      expect.stringContaining('4:35 `{{a}}` has no value: no earlier step captures it'),
    ],
    [
      'an unknown key of a set-up',
      'before: [{ request: { path: / }, parallel: 2 }]',
      expect.stringContaining('4:38 unknown key "parallel"'),
    ],
    [
      'an unknown way to connect',
      'connection: new',
      expect.stringContaining('4:17 `connection` must be `reuse`, `fresh`'),
    ],
    ['rows of no known kind', 'with: rows.txt', '4:11 "rows.txt" is not a file of rows (name a .csv or .jsonl file)'],
    [
      'rows that are not there',
      'with: rows.csv',
      '4:11 there is no file "rows.csv" (seen from the folder of the case file)',
    ],
    [
      'rows outside',
      'with: ../rows.csv',
      '4:11 "../rows.csv" lies outside the folder of the case file (put the file beside the case file, or below it)',
    ],
    [
      'a value that is not set',
      `values: { a: "\${NOT_SET}" }`,
      expect.stringContaining('4:18 the environment variable NOT_SET is not set'),
    ],
  ])('%s', async (_, text, problem) => {
    const [first] = lines(await errorOfCases({ 'a.yaml': inCase(`    ${text}`) }));
    expect(first?.replace('a.yaml:', '')).toEqual(problem);
  });

  it.each([
    ['a.csv', 'k,v\n1\n', 'a.csv:2: the row has 1 fields, the first line 2'],
    ['a.csv', 'k\n1\n"x\n', 'a.csv:3: a quoted field is not closed, or goes on behind its quote'],
    ['a.csv', 'k\n"a"b\n', 'a.csv:2: a quoted field is not closed, or goes on behind its quote'],
    ['a.csv', 'k\r\n"x\r\ny"\r\n"z', 'a.csv:4: a quoted field is not closed, or goes on behind its quote'],
    ['a.csv', 'k\n', '"a.csv" holds no row'],
    ['a.jsonl', '{"k":1}\n{"k":[\n', expect.stringMatching(/^a\.jsonl:3:1: /)],
    ['a.jsonl', '{"k":1}\n[1]\n', 'a.jsonl:2:1: a row is one JSON object'],
  ])('rows of %s that are %j', async (name, text, problem) => {
    const error = await errorOfCases({
      [name === 'a.jsonl' ? '_/a.jsonl' : '_/a.csv']: text,
      'x.yaml': inCase(`    with: _/${name}`),
    });
    expect(error.problems[0]?.message.replace('_/', '')).toEqual(problem);
  });
});

describe('rows from a file', () => {
  const file = (name: string) =>
    inCase(`    with: ${name}`).replace('path: /', 'method: POST, path: /, json: ["{{a}}", "{{b}}"]');
  const bodies = async (name: string, text: string) =>
    (await casesOf({ [name]: text, 'x.yaml': file(name) })).map(({ id, steps }) => [
      id,
      (steps[0]!.request.body as { text: string }).text,
    ]);

  it('of CSV are texts, as RFC 4180 has them', async () => {
    expect(await bodies('_r/rows.csv', '\uFEFFa,b\r\n1,"x, ""y""\nz"\r\n,\n\n"",last\n5",6\n')).toEqual([
      ['x/x-1', '["1","x, \\"y\\"\\nz"]'],
      ['x/x-2', '["",""]'],
      ['x/x-3', '["","last"]'],
      ['x/x-4', '["5\\"","6"]'],
    ]);
  });

  it('of JSON Lines keep their types and spellings', async () => {
    expect(await bodies('_r/rows.jsonl', '{"a":1.50,"b":{"k":[null]}}\n\n{"a":"1","b":9007199254740993}')).toEqual([
      ['x/x-1', '[1.50,{"k":[null]}]'],
      ['x/x-2', '["1",9007199254740993]'],
    ]);
  });
});

describe('what a file says for all of its cases', () => {
  it('holds for each that does not say it itself; values are joined', async () => {
    const cases = await casesOf(
      {
        'x.yaml': `values: { who: "\${WHO}", where: "\${WHERE:-here}" }
before: [{ request: { method: PUT, path: "/{{who}}", text: a }, target: go }]
after: [{ request: { method: DELETE, path: "/{{who}}" }, expect: { status: 204 } }]
cookies: true
serial: true
connection: fresh
cases:
  - { id: a, request: { path: "/{{who}}/{{where}}" } }
  - { id: b, values: { where: there }, before: [], serial: false, with: [{ who: row }], request: { path: "/{{who}}/{{where}}" } }
`,
      },
      { WHO: 'secret-one' },
    );
    const told = cases.map(({ id, steps, before, after, cookies, serial, fresh }) => ({
      ...{ id, path: steps[0]!.request.path, cookies, serial, fresh },
      before: before?.map(({ target, request }) => `${request.method} ${request.path} ${target}`),
      after: after?.map(({ expect: wanted }) => wanted?.status),
    }));
    const both = { cookies: true, fresh: true, after: [204] };
    expect(told).toEqual([
      { id: 'x/a', path: '/secret-one/here', ...both, serial: true, before: ['PUT /secret-one go'] },
      { id: 'x/b-1', path: '/row/there', ...both, serial: undefined, before: undefined },
    ]);
  });
});
