import { describe, expect, it } from 'vitest';
import { findFindings } from '../../src/findings/cluster.ts';
import { toldCase } from '../drift/exchanges.ts';
import { bodies, caseOf } from './cases.ts';

const json = '200␊content-type: application/json␊␊';

/** Exchanges of one request with several answers each, as findings: class, severity and place. */
function named(request: string, pairs: readonly (readonly [string, string])[]): string[] {
  const cases = pairs.map(([reference, candidate], at) => toldCase(`s/${at}`, { request, reference, candidate }));
  return findFindings(cases, []).map((one) => `${one.class} ${one.severity} ${one.pointer}`);
}

describe('a cause has one finding with its name', () => {
  const four = [0, 1, 2, 3];
  it.each([
    [
      'a query value that one side drops is not a default value that is left out',
      'GET /echo?q=%zz',
      four.map((n) => [`${json}{"q":"%zz","n":${n}}`, `${json}{"n":${n}}`] as const),
      ['query-percent risky '],
    ],
    [
      'a parameter with a semicolon that one side drops is not a default value that is left out',
      'GET /echo?a=1;b=2',
      four.map((n) => [`${json}{"a":"1;b=2","n":${n}}`, `${json}{"n":${n}}`] as const),
      ['query-semicolon risky '],
    ],
    [
      'a member that one side adds is unexplained, as long as it has a value',
      'GET /a',
      four.map((n) => [`${json}{"n":${n}}`, `${json}{"n":${n},"note":"x"}`] as const),
      ['unexplained risky /note'],
    ],
    [
      'an empty object against the text undefined is not an error that was written as an empty object',
      'GET /a',
      four.map((n) => [`${json}{"error":{},"n":${n}}`, `${json}{"error":"undefined","n":${n}}`] as const),
      ['unexplained breaking /error'],
    ],
    [
      'an error page with a random id against a success is the status alone',
      'GET /a',
      four.map((n) => [`404␊content-type: text/html␊␊<p>not found, request ${n}f3a</p>`, `${json}{"id":1}`] as const),
      ['unexplained breaking '],
    ],
    [
      'the case of an enum in an error has one severity, whatever the status',
      'GET /a',
      [400, 401, 403, 404].map((status) => {
        const answer = (word: string) => `${status}␊content-type: application/json␊␊{"error":{"status":"${word}"}}`;
        return [answer('Forbidden'), answer('forbidden')] as const;
      }),
      ['enum-variant-casing breaking /error/status'],
    ],
    [
      'a cookie with Max-Age is the same cookie with the Expires that follows from it',
      'GET /a',
      [
        [
          '200␊date: Wed, 25 Nov 2026 15:00:00 GMT␊set-cookie: a=b; Max-Age=3600',
          '200␊date: Wed, 25 Nov 2026 15:00:00 GMT␊set-cookie: a=b; Max-Age=3600; Expires=Wed, 25 Nov 2026 16:00:00 GMT',
        ] as const,
      ],
      [],
    ],
    [
      'items are lined up by an id that is a number on one side and a string on the other',
      'GET /a',
      [
        [
          `${json}[{"id":3,"n":"a"},{"id":4,"n":"b"},{"id":5,"n":"c"}]`,
          `${json}[{"id":"4","n":"b"},{"id":"5","n":"c"}]`,
        ] as const,
      ],
      ['bigint-as-string breaking /*/id', 'unexplained risky /*'],
    ],
  ])('%s', (_, request, pairs, expected) => {
    expect(named(request, pairs).sort()).toEqual(expected);
  });

  it('the title names the characters that are escaped', () => {
    const [finding] = findFindings(
      [bodies('s/a', [`{"a":"it's 1+1"}`, '{"a":"it\\u0027s 1\\u002B1"}'], { level: 'wire' })],
      [],
    );
    expect(finding!.title).toContain("(' + plain on rust, escaped on go)");
  });

  it('a JSON string against its bare text is proved by one answer, with the content type', () => {
    const answer = (type: string, body: string) => ({ headers: [['content-type', type] as const], body });
    const sides = { reference: answer('application/json', '"DONE"'), candidate: answer('text/plain', 'DONE') };
    const [finding, ...more] = findFindings([caseOf('s/a', [sides])], []);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ class: 'json-string-vs-text', verified: true, severity: 'breaking' });
    expect(finding!.divergences.length).toBe(2);
  });
});
