import { describe, expect, it } from 'vitest';
import { findFindings } from '../../src/findings/cluster.ts';
import { folder, newestReport, parity } from '../cli/command.ts';
import { type Reply, serving } from '../cli/service.ts';
import { type Told, toldCase } from '../drift/exchanges.ts';
import { bodies } from './cases.ts';

/** Class and severity of each finding of one exchange, sorted. */
function found(told: Told): string[] {
  return findFindings([toldCase('s/a', told)], [])
    .map(({ class: name, severity, pointer }) => [name, severity, pointer].join(' ').trim())
    .sort();
}

const json = 'content-type: application/json';
const text = 'content-type: text/plain; charset=utf-8';
const ok = `200␊${json}␊␊{"id":1}`;
const failed = (body: string, status = 404) => `${status}␊${json}␊␊${body}`;
const error = (message: string, rest: string, beside = '') =>
  failed(`{"error":{${rest}"message":"${message}"}${beside}}`);

const words: readonly [why: string, reference: string, candidate: string, rest: string][] = [
  [
    'a code is lost',
    error('key not found', '"code":"NotFound",'),
    error('object not found', ''),
    'unexplained breaking /error/code',
  ],
  [
    'a code is another one',
    error('key not found', '"code":"E12",'),
    error('object not found', '"code":"E99",'),
    'unexplained risky /error/code',
  ],
  [
    'an amount is another one',
    error('key not found', '', ',"balance":30'),
    error('object not found', '', ',"balance":3000'),
    'unexplained risky /balance',
  ],
  [
    'a flag is turned',
    error('key not found', '"retry":true,'),
    error('object not found', '"retry":false,'),
    'unexplained risky /error/retry',
  ],
  [
    'a list is shorter',
    error('key not found', '', ',"fields":["a","b"]'),
    error('object not found', '', ',"fields":["a"]'),
    'unexplained risky /fields/*',
  ],
];

describe('a class about the words of an error', () => {
  it.each(words)('leaves to another finding that %s', (_, reference, candidate, rest) => {
    expect(found({ request: 'GET /x', reference, candidate })).toEqual(['error-text cosmetic', rest].sort());
  });
});

describe('a class about the status of two failures', () => {
  const sides = (rest: readonly [string, string]): Told => ({
    request: `POST /x␊${json}␊␊{"name":1}`,
    reference: failed(`{"message":"name: invalid type: integer 1, expected a string"${rest[0]}}`, 422),
    candidate: failed(
      `{"message":"json: cannot unmarshal number into Go struct field In.name of type string"${rest[1]}}`,
      400,
    ),
  });

  it.each<[why: string, rest: readonly [string, string], beside: string[]]>([
    ['owns the words', ['', ''], []],
    ['owns the code where the body repeats it', [',"statusCode":422', ',"statusCode":400'], []],
    ['owns no other number', [',"balance":30', ',"balance":3000'], ['unexplained risky /balance']],
    ['owns no lost member', [',"trace":"t"', ''], ['unexplained breaking /trace']],
  ])('%s', (_, rest, beside) => {
    expect(found(sides(rest))).toEqual(['validation-status breaking', ...beside].sort());
  });
});

describe('what a class says is checked on the pair', () => {
  const post = (head: string, body = '{"name":"n"}') => `POST /x␊${head}␊␊${body}`;
  const latin = `${json}; charset=iso-8859-1`;
  const broken = `{"name":"\\ud800"}`;

  it.each<[why: string, told: Told, names: string[]]>([
    [
      'a charset is no reason for a 400 that does not name it',
      { request: post(latin), reference: failed('{"error":"name is taken"}', 400), candidate: ok },
      ['unexplained'],
    ],
    [
      'a limit of headers that both sides refuse is not a limit of one',
      { request: 'GET /x', reference: `414␊${text}␊␊long`, candidate: `431␊${text}␊␊large` },
      ['unexplained'],
    ],
    [
      'a limit of the address is not a limit of one side where the other fails',
      { request: 'GET /x', reference: `414␊${text}␊␊long`, candidate: `500␊${text}␊␊oops` },
      ['unexplained'],
    ],
    [
      'a body that is not UTF-8 is refused by both where one reports it with 200',
      {
        request: post(json, broken),
        reference: failed('{"errors":[{"message":"bad text"}]}', 400),
        candidate: `200␊${json}␊␊{"errors":[{"message":"bad text"}]}`,
      },
      ['unexplained'],
    ],
    [
      'a key that is there twice is refused by both where one reports it with 200',
      {
        request: post(json, '{"name":"n","name":"m"}'),
        reference: failed('{"errors":[{"message":"twice"}]}', 400),
        candidate: `200␊${json}␊␊{"errors":[{"message":"twice"}],"data":null}`,
      },
      ['unexplained', 'unexplained'],
    ],
    [
      'a range is not the cause of another content type',
      {
        request: 'GET /x␊range: bytes=0-1',
        reference: `206␊content-type: text/plain␊content-range: bytes 0-1/9␊␊ab`,
        candidate: `206␊content-type: application/octet-stream␊content-range: bytes 0-1/9␊␊ab`,
      },
      ['unexplained'],
    ],
    [
      'a condition is not the cause of another content type',
      {
        request: 'GET /x␊if-none-match: "0"',
        reference: '304␊content-type: text/plain',
        candidate: '304␊content-type: application/octet-stream',
      },
      ['unexplained'],
    ],
  ])('%s', (_, told, names) => {
    const classes = findFindings([toldCase('s/a', told)], []).map((one) => one.class);
    expect(classes).toEqual(names);
  });

  it('errors without data are not accepted, and errors with data are', () => {
    const candidate = (body: string) => `200␊${json}␊␊${body}`;
    const direction = (body: string) =>
      findFindings(
        [
          toldCase('s/a', {
            request: post(json),
            reference: failed('{"error":"no"}', 400),
            candidate: candidate(body),
          }),
        ],
        [],
      ).find((one) => one.facet === 'status')!.direction;
    expect(direction('{"errors":[{"message":"no"}],"data":null}')).toBeNull();
    expect(direction('{"errors":[{"message":"slow"}],"data":{"id":1}}')).toBe('over-accepts');
  });

  it.each<[why: string, third: readonly [string, string], verified: boolean]>([
    ['is not verified where only zeros were seen', ['{"id":3,"n":0}', '{"id":3}'], false],
    ['is verified where a value was seen', ['{"id":3,"n":7,"m":1.0}', '{"id":3,"n":7,"m":2.0}'], true],
  ])('that zeros are left out %s', (_, third, verified) => {
    const cases = [
      bodies('s/a', ['{"id":1,"n":0}', '{"id":1}']),
      bodies('s/b', ['{"id":2,"n":0}', '{"id":2}']),
      bodies('s/c', third),
    ];
    const law = findFindings(cases, []).find((one) => one.class === 'zero-value-omitted');
    expect(law?.verified).toBe(verified);
  });
});

describe('an escape in a path', () => {
  const told: Told = {
    request: 'GET /v1/objects/a%2Fb',
    reference: ok,
    candidate: `404␊${text}␊x-content-type-options: nosniff␊␊404 page not found␊`,
  };
  const named = (path: string) => {
    const one = toldCase('s/a', told);
    const steps = [{ request: { path } }] as unknown as typeof one.testCase.steps;
    return findFindings([{ ...one, testCase: { ...one.testCase, steps } }], []).map((each) => each.class);
  };

  it('is a matter of the routers where the case writes it, and not where a captured value was filled in', () => {
    expect(named('/v1/objects/a%2Fb')).toEqual(['path-percent-decoding']);
    expect(named('/v1/objects/{{key}}')).toEqual(['unexplained']);
  });
});

const library = (paths: readonly string[]) =>
  `suite: one\ncases:\n${paths.map((path) => `  - { id: ${path.slice(1)}, safe: true, request: { method: GET, path: ${path} } }\n`).join('')}`;

describe('a row that was accepted for other words', () => {
  it.each<[why: string, reference: object, candidate: object, path: string]>([
    ['a lost code in the same case', { code: 'NotFound' }, {}, '/x'],
    [
      'another code and another amount in another case',
      { code: 'E12', balance: 30 },
      { code: 'E99', balance: 3000 },
      '/y',
    ],
    ['a shorter list in the same case', { fields: [1, 2, 3] }, { fields: [1, 2] }, '/x'],
  ])('does not cover %s', async (_, reference, candidate, path) => {
    let later = false;
    const answer =
      (message: string, rest: object) =>
      ({ path: asked }: { path: string }): Reply => [
        404,
        JSON.stringify({ error: { message, ...(later && asked === path ? rest : {}) } }),
        { 'content-type': 'application/json' },
      ];
    const a = await serving(answer('key not found', reference));
    const b = await serving(answer('object not found', candidate));
    const cwd = await folder({ 'cases/one.yaml': library(['/x']) });
    const run = ['run', '--target', `a=${a.url}`, '--target', `b=${b.url}`, '--tracker', 'tracker.md'];
    expect((await parity(run, { cwd })).exitCode).toBe(1);
    const [row] = newestReport(cwd).findings;
    expect(row!.class).toBe('error-text');
    const accept = ['tracker', 'accept', row!.id, '--tracker', 'tracker.md', '--reason', 'only words'];
    expect((await parity(accept, { cwd })).exitCode).toBe(0);
    expect((await parity(run, { cwd })).exitCode).toBe(0);
    later = true;
    const more = await folder({ 'cases/one.yaml': library([...new Set(['/x', path])]) });
    const ended = await parity([...run, '--cases', `${more}/cases`], { cwd });
    expect(ended.exitCode).toBe(1);
    const open = newestReport(cwd).findings.filter((one) => one.state === 'new' && one.class === 'unexplained');
    expect(open.length).toBe(Object.keys(reference).length);
  });
});
