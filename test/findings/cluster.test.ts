import { describe, expect, it } from 'vitest';
import { findFindings } from '../../src/findings/cluster.ts';
import type { ComparedCase } from '../../src/findings/kept-case.ts';
import type { Failure } from '../../src/http/exchange.ts';
import { bodies, caseOf } from './cases.ts';

const text = [['content-type', 'text/plain']] as const;

/** What identifies a finding, and what it says. */
function shown(compared: readonly ComparedCase[], routes: readonly string[] = []) {
  return findFindings(compared, routes).map((one) => `${one.facet} ${one.class} ${one.route} ${one.pointer}`.trim());
}

function fingerprints(compared: readonly ComparedCase[]): string[] {
  return findFindings(compared, []).map((one) => one.fingerprint);
}

const schema = (reason: string): [string, string] => [
  `{"Schema":{"field":"x","reason":"${reason}"}}`,
  `{"Kind":"schema","Field":"x","Reason":"${reason}"}\n`,
];
const policy = (reason: string): [string, string] => [
  `{"Policy":{"reason":"${reason}"}}`,
  `{"Kind":"policy","Field":"","Reason":"${reason}"}\n`,
];

describe('findings', () => {
  it('are none where nothing diverges', () => {
    expect(findFindings([bodies('s/a', ['{"a":1}', '{"a":1}'])], [])).toEqual([]);
    expect(findFindings([], [])).toEqual([]);
  });

  it('hold all divergences of one cause, over all cases', () => {
    const cases = [bodies('s/c', policy('p')), bodies('s/a', schema('x')), bodies('s/b', schema('y'))];
    const [finding, ...more] = findFindings(cases, []);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      class: 'enum-external-vs-flat',
      also: ['enum-variant-casing', 'key-casing', 'trailing-newline', 'zero-value-omitted'],
      verified: true,
      verifiedAt: 'wire',
      severity: 'breaking',
      rung: 'shape',
      facet: 'body',
      pointer: '',
      cases: ['s/a', 's/b', 's/c'],
      example: { case: 's/a', reference: schema('x')[0], candidate: schema('x')[1].replace('\n', '\\n') },
    });
    expect(finding!.id).toBe(`P-${finding!.fingerprint.slice(0, 8).toUpperCase()}`);
    expect(finding!.divergences.length).toBe(cases.flatMap((one) => one.comparison.divergences).length);
    expect(finding!.fixes.map((fix) => fix.target)).toEqual(['go', 'rust']);
  });

  it('are apart where both sides succeed with another code, and something else differs', () => {
    const type = ['content-type', 'application/json'] as const;
    const reference = { status: 201, headers: [type, ['location', '/orders/1']] as const, body: '{"id":1}' };
    const candidate = { status: 200, headers: [type], body: '{"id":1}' };
    const found = findFindings([caseOf('s/a', [{ method: 'POST', path: '/orders', reference, candidate }])], []);
    expect(found.map((one) => [one.class, one.title]).sort()).toEqual([
      ['created-status', expect.stringContaining('rust 201; go 200')],
      ['unexplained', 'rust sends the header location, go does not'],
    ]);
  });

  it('keep class and fingerprint in a case that is alone, but are not verified', () => {
    const all = findFindings([bodies('s/a', schema('x')), bodies('s/b', policy('y'))], []);
    for (const one of [bodies('s/z', schema('z')), bodies('s/z', policy('z'))]) {
      const [alone, ...more] = findFindings([one], []);
      expect(more).toEqual([]);
      expect([alone!.fingerprint, alone!.class, alone!.verified]).toEqual([all[0]!.fingerprint, all[0]!.class, false]);
    }
  });

  it('do not mix what is learned from answers with another status', () => {
    const step = (status: number, [reference, candidate]: readonly [string, string]) => ({
      reference: { status, body: reference },
      candidate: { status, body: candidate },
    });
    const cases = [
      caseOf('s/a', [step(200, ['{"user_id":1}', '{"UserID":1}'])]),
      caseOf('s/b', [step(200, ['{"user_id":2}', '{"UserID":2}'])]),
      caseOf('s/c', [step(422, ['{"user_id":1}', '{"userId":1}'])]),
      caseOf('s/d', [step(422, ['{"user_id":2}', '{"userId":2}'])]),
    ];
    expect(findFindings(cases, []).map((one) => [one.class, one.verified, one.cases.length])).toEqual([
      ['key-casing', true, 4],
    ]);
  });

  it('are sorted by id', () => {
    const cases = 'abcdefghij'.split('').map((key) => bodies(`s/${key}`, [`{"${key}":1}`, `{"${key}":2}`]));
    const ids = findFindings(cases, []).map((one) => one.id);
    expect(ids.length).toBe(10);
    expect(ids).toEqual([...ids].sort());
    expect(ids.every((id) => /^P-[0-9A-F]{8}$/.test(id))).toBe(true);
  });

  it('count only what the level of the case asks for', () => {
    const pair: [string, string] = ['{"a":1,"b":[]}', '{"b":[],"a":1}'];
    expect(shown([bodies('s/a', pair)])).toEqual([]);
    expect(shown([bodies('s/a', pair, { level: 'wire' })])).toEqual(['body key-order GET /v1/things']);
  });
});

describe('fingerprints', () => {
  const list = (...values: readonly number[]) => `{"items":[${values.map((n) => `{"n":${n}}`).join()}]}`;
  const base = bodies('s/a', [list(1, 2), list(1, 3)]);

  const same: readonly (readonly [why: string, cases: readonly ComparedCase[]])[] = [
    ['values', [bodies('s/a', [list(5, 6), list(5, 7)])]],
    ['array indices', [bodies('s/a', [list(1, 2), list(3, 2)])]],
    ['the case', [bodies('s/other', [list(1, 2), list(1, 3)])]],
    ['ids in the path', [base]],
    ['the query', [bodies('s/a', [list(1, 2), list(1, 3)], { path: '/v1/things?page=2' })]],
  ];

  it.each(same)('are independent of %s', (_, cases) => {
    expect(fingerprints(cases)).toEqual(fingerprints([base]));
  });

  it('are independent of ids in the path', () => {
    const at = (path: string) => fingerprints([bodies('s/a', ['{"n":1}', '{"n":2}'], { path })]);
    expect(at('/things/17')).toEqual(at('/things/18'));
    expect(at('/things/17')).not.toEqual(at('/things/name'));
  });

  it('are independent of the order of the cases, and of which others ran', () => {
    const cases = [
      bodies('s/a', ['{"n":1,"tags":[]}', '{"n":2,"tags":null}']),
      bodies('s/b', ['{"user_id":1}', '{"UserID":1}'], { path: '/users' }),
      bodies('s/c', ['{"user_id":2}', '{"UserID":2}'], { path: '/users' }),
      bodies('s/d', schema('x'), { path: '/validate' }),
      bodies('s/e', policy('y'), { path: '/validate' }),
    ];
    const all = fingerprints(cases);
    expect(findFindings([...cases].reverse(), [])).toEqual(findFindings(cases, []));
    for (const one of cases) for (const mark of fingerprints([one])) expect(all).toContain(mark);
  });

  it('differ between candidates', () => {
    const pair: [string, string] = ['{"n":1}', '{"n":2}'];
    const found = findFindings([bodies('s/a', pair), bodies('s/a', pair, { candidate: 'node' })], []);
    expect(found.map((one) => one.candidate).sort()).toEqual(['go', 'node']);
    expect(new Set(found.map((one) => one.fingerprint)).size).toBe(2);
  });

  it('of one place tell apart what happens there', () => {
    const at = (candidate: string) => fingerprints([bodies('s/a', ['{"n":1}', candidate])])[0];
    expect(new Set([at('{"n":2}'), at('{"n":"x"}'), at('{"n":null}'), at('{}')]).size).toBe(4);
    expect(at('{"n":"x"}')).toBe(at('{"n":"y"}'));
  });

  it('of a text body do not depend on how the text begins', () => {
    const at = (body: string) =>
      fingerprints([caseOf('s/a', [{ reference: { body: '{"a":1}' }, candidate: { headers: text, body } }])]).sort();
    expect(at('404 page not found')).toEqual(at('not found'));
    expect(at('true story')).toEqual(at('not found'));
  });
});

describe('where one side differs from itself', () => {
  const unsteady = (noisy: 'reference' | 'candidate', value: number) => {
    const one = bodies('s/a', ['{"n":1}', `{"n":${value}}`]);
    const divergences = one.comparison.divergences.map((divergence) => ({ ...divergence, noisy }));
    return { ...one, comparison: { ...one.comparison, divergences } };
  };

  it('that is the finding, whatever the values are, and it says which side', () => {
    const [finding, ...more] = findFindings([unsteady('candidate', 2)], []);
    expect(more).toEqual([]);
    expect([finding!.class, finding!.severity, finding!.title]).toEqual([
      'nondeterministic',
      'risky',
      'go gives varying answers, rust always the same',
    ]);
    expect(fingerprints([unsteady('candidate', 3)])).toEqual([finding!.fingerprint]);
    expect(fingerprints([unsteady('reference', 2)])).not.toEqual([finding!.fingerprint]);
  });
});

describe('where the status differs', () => {
  const step = (candidate: number, path = '/v1/things') => ({
    path,
    reference: { status: 422, body: '{"error":"x"}' },
    candidate: { status: candidate, headers: text, body: 'bad request' },
  });

  it('headers and body of the exchange belong to the finding of the status', () => {
    const one = caseOf('s/a', [step(400)]);
    const [finding, ...more] = findFindings([one], []);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      facet: 'status',
      rung: 'status',
      class: 'unexplained',
      pointer: '',
      severity: 'breaking',
    });
    expect(finding!.title).toBe('rust answers 422, go answers 400');
    expect(finding!.example).toEqual({
      case: 's/a',
      reference: '422 {"error":"x"}',
      candidate: '400 bad request',
    });
    expect(new Set(one.comparison.divergences.map((each) => each.facet))).toEqual(
      new Set(['status', 'headers', 'body']),
    );
    expect(finding!.divergences).toEqual(one.comparison.divergences.map((_, index) => ['s/a', 'go', index]));
  });

  it('another pair of codes is another finding, another case is not', () => {
    const found = findFindings(
      [caseOf('s/a', [step(400)]), caseOf('s/b', [step(400)]), caseOf('s/c', [step(404)])],
      [],
    );
    expect(found.map((one) => one.cases.join()).sort()).toEqual(['s/a,s/b', 's/c']);
  });

  it('the other exchanges of the case keep findings of their own', () => {
    const other = { path: '/v1/others', reference: { body: '{"n":1}' }, candidate: { body: '{"n":2}' } };
    expect(shown([caseOf('s/a', [step(400), other])]).sort()).toEqual([
      'body unexplained GET /v1/others /n',
      'status unexplained GET /v1/things',
    ]);
  });

  it('two codes that both mean success are risky, not breaking', () => {
    const [finding] = findFindings([caseOf('s/a', [{ reference: { status: 200 }, candidate: { status: 201 } }])], []);
    expect(finding!.severity).toBe('risky');
  });
});

describe('titles and severities say what a cutover means', () => {
  const html = [['content-type', 'text/html']] as const;
  const none: readonly (readonly [string, string])[] = [];
  const broken: Failure = {
    kind: 'failure',
    family: 'broken',
    reason: 'not-http',
    message: 'the answer is not HTTP',
    hint: null,
  };

  const rows: readonly (readonly [
    why: string,
    step: Parameters<typeof caseOf>[1][number],
    title: string,
    severity: string,
  ])[] = [
    [
      'a member that is missing',
      { reference: { body: '{"a":1,"b":2}' }, candidate: { body: '{"a":1}' } },
      '/b is missing on go',
      'breaking',
    ],
    [
      'a member that is new',
      { reference: { body: '{"a":1}' }, candidate: { body: '{"a":1,"b":2}' } },
      '/b exists only on go',
      'risky',
    ],
    [
      'another kind',
      { reference: { body: '{"a":[1]}' }, candidate: { body: '{"a":null}' } },
      '/a is a list on rust and null on go',
      'breaking',
    ],
    ['another value', { reference: { body: '{"a":1}' }, candidate: { body: '{"a":2}' } }, '/a differs', 'risky'],
    [
      'no body',
      { reference: { headers: text, body: 'a' }, candidate: { headers: text } },
      'rust sends a body, go sends none',
      'breaking',
    ],
    [
      'a body where there is none',
      { reference: { headers: text }, candidate: { headers: text, body: 'a' } },
      'go sends a body, rust sends none',
      'risky',
    ],
    [
      'no JSON',
      { reference: { body: '{"a":1}' }, candidate: { body: 'oops' } },
      'the body is an object on rust and not JSON on go',
      'breaking',
    ],
    [
      'another media type',
      { reference: { body: 'x' }, candidate: { headers: html, body: 'x' } },
      'the header content-type differs',
      'breaking',
    ],
    [
      'no media type',
      { reference: { body: 'x' }, candidate: { headers: none, body: 'x' } },
      'an answer with a body has no content type on one side',
      'breaking',
    ],
    [
      'a header more',
      {
        reference: {},
        candidate: {
          headers: [
            ['content-type', 'application/json'],
            ['allow', 'GET'],
          ],
        },
      },
      'go sends the header allow, rust does not',
      'risky',
    ],
    [
      'no HTTP from the candidate',
      { reference: {}, candidate: broken },
      'rust answers, but the answer is not HTTP',
      'breaking',
    ],
    [
      'no HTTP from the reference',
      { reference: broken, candidate: {} },
      'go answers, but the answer is not HTTP',
      'breaking',
    ],
    [
      'a key that could steer a terminal',
      { reference: { body: '{"\\u001b[31m\\u202e":1}' }, candidate: { body: '{}' } },
      '/\\x1b[31m\\u{202e} is missing on go',
      'breaking',
    ],
  ];

  it.each(rows)('%s', (_, step, title, severity) => {
    const [finding, ...more] = findFindings([caseOf('s/a', [step])], []);
    expect(more).toEqual([]);
    expect([finding!.title, finding!.severity]).toEqual([title, severity]);
  });

  it('a known class brings its own', () => {
    const [finding] = findFindings([bodies('s/a', ['{"tags":[]}', '{"tags":null}'])], []);
    expect([finding!.class, finding!.severity, finding!.title]).toEqual([
      'nil-slice-null',
      'breaking',
      'an empty list is [] on one side and null on the other',
    ]);
  });
});

describe('ten thousand divergent cases', () => {
  it('are put into findings one by one, not each against each', () => {
    const cases = Array.from({ length: 10_000 }, (_, n) =>
      bodies(`s/${n}`, [`{"user_id":${n},"tags":[],"n":${n}}`, `{"UserID":${n},"tags":null,"n":${n + 1}}`], {
        path: `/v1/things/${n}`,
      }),
    );
    const found = findFindings(cases, []);
    expect(found.map((one) => [one.class, one.cases.length]).sort()).toEqual([
      ['key-casing', 10_000],
      ['nil-slice-null', 10_000],
      ['unexplained', 10_000],
    ]);
  });

  it('on as many routes are as many findings', () => {
    const cases = Array.from({ length: 10_000 }, (_, n) =>
      bodies(`s/${n}`, ['{"n":1}', '{"n":2}'], { path: `/r${n}` }),
    );
    expect(findFindings(cases, []).length).toBe(10_000);
  });
});
