import { describe, expect, it } from 'vitest';
import { findFindings } from '../../src/findings/cluster.ts';
import { type Answer, caseOf } from './cases.ts';

const nothing: Answer = { status: 404, headers: [] };
const goPage: Answer = {
  status: 404,
  headers: [['content-type', 'text/plain; charset=utf-8']],
  body: '404 page not found\n',
};
const refused: Answer = {
  status: 422,
  headers: [['content-type', 'text/plain']],
  body: 'Failed to deserialize the JSON body into the target type: unknown variant `Zed`, expected `Unit`',
};
const created: Answer = { status: 201, body: '{"id":1}' };

const lost = (id: string, path: string) => caseOf(id, [{ path, reference: nothing, candidate: goPage }]);

describe('findings of behaviour', () => {
  it('hold body, headers and status of one cause, and say that nothing is proved', () => {
    const [finding, ...more] = findFindings([lost('s/a', '/nope')], []);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      class: 'not-found-body',
      recognised: true,
      verified: false,
      verifiedAt: null,
      severity: 'cosmetic',
      facet: 'body',
      route: '*',
      routes: ['GET /nope'],
      direction: null,
      example: { reference: '404', candidate: '404 404 page not found\\n' },
    });
    expect(finding!.divergences.length).toBe(2);
    expect(finding!.impact).toMatch(/error page for people/);
  });

  it('are one over all routes for what is a setting of the whole server, with the same id in a run of one of them', () => {
    const all = findFindings([lost('s/a', '/nope'), lost('s/b', '/other'), lost('s/c', '/more')], []);
    expect(all.map((one) => one.routes)).toEqual([['GET /more', 'GET /nope', 'GET /other']]);
    expect(findFindings([lost('s/z', '/else')], [])[0]!.id).toBe(all[0]!.id);
    expect(findFindings([lost('s/c', '/more'), lost('s/a', '/nope')].toReversed(), [])[0]!.id).toBe(all[0]!.id);
  });

  it('are of the text where other words stand there, and not where the same are spelled otherwise', () => {
    const answer = (body: string): Answer => ({ status: 404, body });
    const between = (a: string, b: string) =>
      findFindings([caseOf('s/a', [{ reference: answer(a), candidate: answer(b) }], { level: 'wire' })], []);
    const same = between('{"detail": "order not found"}', '{"detail":"order not found"}');
    expect(same.map((one) => one.class)).toEqual(['separator-space']);
    const other = between('{"detail": "order not found"}', '{"detail":"thing not found."}');
    expect(other.map((one) => one.class)).toContain('error-text');
  });

  it('are one for each route where the cause is in the code of the route', () => {
    const at = (path: string) => caseOf(`s${path}`, [{ method: 'POST', path, reference: refused, candidate: created }]);
    const found = findFindings([at('/a'), at('/b')], []);
    expect(found.map((one) => `${one.class} ${one.route}`).sort()).toEqual([
      'enum-unknown-request POST /a',
      'enum-unknown-request POST /b',
    ]);
  });

  it('are two where the sides change roles', () => {
    const step = { method: 'POST', path: '/a' };
    const found = findFindings(
      [
        caseOf('s/a', [{ ...step, reference: refused, candidate: created }]),
        caseOf('s/b', [{ ...step, reference: created, candidate: refused }]),
      ],
      [],
    );
    expect(found.map((one) => one.direction).sort()).toEqual(['over-accepts', 'over-refuses']);
  });

  it('leave to others what a rewrite proves, and do not speak where one side is at odds with itself', () => {
    const flat = (key: string) => ({ body: `{"${key}":1}` });
    const found = findFindings([caseOf('s/a', [{ reference: flat('user_id'), candidate: flat('UserID') }])], []);
    expect(found.map((one) => [one.class, one.recognised])).toEqual([['key-casing', false]]);
  });

  it('are verified where a header of the candidate follows from the one of the reference', () => {
    const answer = (type: string): Answer => ({ headers: [['content-type', type]], body: '[]' });
    const sides = { reference: answer('application/json'), candidate: answer('application/json; charset=utf-8') };
    const found = findFindings([caseOf('s/a', [sides]), caseOf('s/b', [{ ...sides, path: '/v2' }])], []);
    expect(found.map((one) => [one.class, one.verified, one.recognised, one.pointer, one.routes.length])).toEqual([
      ['content-type-charset', true, false, '/content-type', 2],
    ]);
  });
});

describe('the impact of a finding', () => {
  const text: Answer = { headers: [['content-type', 'text/plain']], body: 'no' };
  const rows = [
    ['a write that is accepted', { method: 'POST', from: 400, to: 200 }, 'over-accepts', 'breaking'],
    ['a read that is accepted', { method: 'GET', from: 400, to: 200 }, 'over-accepts', 'breaking'],
    ['a write that is refused', { method: 'POST', from: 200, to: 400 }, 'over-refuses', 'breaking'],
    ['a failure of the server', { method: 'GET', from: 200, to: 500 }, 'over-refuses', 'breaking'],
    ['another success', { method: 'GET', from: 200, to: 206 }, null, 'risky'],
    ['another word for an invalid request', { method: 'GET', from: 400, to: 422 }, null, 'risky'],
    ['a refusal of the credentials instead', { method: 'GET', from: 400, to: 401 }, null, 'breaking'],
    ['a failure of the server instead of a refusal', { method: 'GET', from: 400, to: 500 }, null, 'breaking'],
    ['another failure of the server', { method: 'GET', from: 500, to: 502 }, null, 'risky'],
    ['another redirect', { method: 'GET', from: 301, to: 307 }, null, 'risky'],
  ] as const;

  it.each(rows)('%s', (_, { method, from, to }, direction, severity) => {
    const step = { method, reference: { ...text, status: from }, candidate: { ...text, status: to } };
    const [finding] = findFindings([caseOf('s/a', [step])], []);
    expect([finding!.class, finding!.direction, finding!.severity]).toEqual(['unexplained', direction, severity]);
  });

  it('of a known class is breaking where writes are accepted, and says so', () => {
    const step = (method: string) => ({
      method,
      path: '/a?q=1&q=2',
      reference: { ...text, status: 400 },
      candidate: text,
    });
    const [read] = findFindings([caseOf('s/a', [step('GET')])], []);
    const [write] = findFindings([caseOf('s/a', [step('POST')])], []);
    expect([read!.class, read!.severity, write!.severity]).toEqual(['query-duplicate', 'risky', 'breaking']);
    expect(write!.impact).toMatch(/accepts writes that the reference refuses/);
    expect(write!.id).toBe(read!.id);
  });

  const bodies = [
    ['a member that is missing', '{"a":1}', '{}', 'breaking', /missing/, 'unexplained'],
    ['a member more', '{}', '{"a":1}', 'risky', /ignore an unknown member/, 'unexplained'],
    ['an item that is missing', '{"a":[1,2]}', '{"a":[1]}', 'risky', /fewer items/, 'unexplained'],
    ['an item more', '{"a":[{"b":1}]}', '{"a":[{"b":1},{"b":2}]}', 'risky', /more items/, 'unexplained'],
    ['an item of the whole list', '[1,2]', '[1]', 'risky', /fewer items/, 'unexplained'],
    ['an item of another shape', '[1,"x"]', '[1]', 'risky', /fewer items/, 'unexplained'],
    ['a member that is missing in an item', '[{"a":1,"b":1}]', '[{"a":1}]', 'breaking', /member/, 'unexplained'],
    ['null where a list was', '{"a":[1]}', '{"a":null}', 'breaking', /null instead of a list/, 'unexplained'],
    ['a string where a number was', '{"a":1}', '{"a":"x"}', 'breaking', /a string instead of a number/, 'unexplained'],
    ['another value', '{"a":1}', '{"a":2}', 'risky', /a different value/, 'unexplained'],
    [
      'digits that are lost',
      '{"a":9007199254740993}',
      '{"a":9007199254740992}',
      'breaking',
      /change/,
      'int-precision-loss',
    ],
  ] as const;

  it.each(bodies)('%s', (_, reference, candidate, severity, impact, name) => {
    const [finding] = findFindings(
      [caseOf('s/a', [{ reference: { body: reference }, candidate: { body: candidate } }])],
      [],
    );
    expect([finding!.class, finding!.severity]).toEqual([name, severity]);
    expect(finding!.impact).toMatch(impact);
  });

  const html: Answer = { headers: [['content-type', 'text/html']], body: '<p>a</p>' };
  const plain: Answer = { headers: [['content-type', 'text/plain']], body: 'b' };
  const error = (status: number, body: string): Answer => ({ status, body });
  const redirect = (answer: Answer): Answer => ({
    ...answer,
    status: 302,
    headers: [...(answer.headers ?? []), ['location', '/b']],
  });
  const unread = [
    ['the body of a redirect', redirect(html), redirect(plain), ['cosmetic', 'cosmetic']],
    ['the type of an empty body', { ...html, body: '' }, { ...plain, body: '' }, ['cosmetic']],
    ['the type of a body that is read', html, plain, ['breaking', 'risky']],
    ['an error page', { ...html, status: 404 }, { ...html, status: 404, body: '<p>b</p>' }, ['cosmetic']],
    ['a page where the error was JSON', error(404, '{"code":1}'), { ...html, status: 404 }, ['breaking', 'risky']],
    [
      'the sentence of an error',
      error(404, '{"message":"no such a"}'),
      error(404, '{"message":"no b here"}'),
      ['cosmetic'],
    ],
    ['the word of an error', error(404, '{"message":"gone"}'), error(404, '{"message":"lost"}'), ['risky']],
    ['a member of an error', error(404, '{"message":"no","code":7}'), error(404, '{"message":"no"}'), ['breaking']],
    ['null that is missing', { body: '{"a":null,"b":1}' }, { body: '{"b":2}' }, ['risky', 'risky']],
    ['a fraction where an integer was', { body: '{"a":1}' }, { body: '{"a":1.5}' }, ['breaking']],
  ] as const;

  it.each(unread)('%s', (_, reference, candidate, severities) => {
    const found = findFindings([caseOf('s/a', [{ reference, candidate }])], []);
    expect(found.map((one) => one.severity).sort()).toEqual(severities);
  });
});
