import { describe, expect, it } from 'vitest';
import { deriveProbes } from '../../src/probe/derive.ts';
import { caseOf } from '../rig/target.ts';
import { bodyOf, posting, probesOf } from './seeds.ts';

/** Spelled as nobody prints it: what is not changed must stay so. */
const spelled = '{ "a" : 1.0,\n\t"B":{"\\u0063": [true , null],"d":"x"} }\r\n';

describe('the bytes of a probe', () => {
  const probes = probesOf(posting(spelled));
  const rest = '"B":{"\\u0063": [true , null],"d":"x"} }\r\n';

  it.each<[id: string, body: string | null, why: string]>([
    ['valid.as-is', spelled, 'nothing changes'],
    ['missing.a', `{ ${rest}`, 'the first member goes with the comma behind it'],
    ['missing.B', '{ "a" : 1.0 }\r\n', 'the last one with the comma before it'],
    ['missing.B.c', '{ "a" : 1.0,\n\t"B":{"d":"x"} }\r\n', 'a nested one, its key escaped'],
    ['null.a', `{ "a" : null,\n\t${rest}`, 'the value alone'],
    ['null.B.c.item', '{ "a" : 1.0,\n\t"B":{"\\u0063": [null,true , null],"d":"x"} }\r\n', 'before the first item'],
    ['type.a', `{ "a" : "1.0",\n\t${rest}`, 'a number keeps its spelling in quotes'],
    ['type.B.d', '{ "a" : 1.0,\n\t"B":{"\\u0063": [true , null],"d":7} }\r\n', 'a string becomes a number'],
    ['unknown.root', `${spelled.slice(0, -4)},"parity_unknown":{"deep":[1,null]} }\r\n`, 'behind the last member'],
    ['duplicate.a.same', `${spelled.slice(0, -4)},"a":1.0 }\r\n`, 'the same spelling again'],
    ['duplicate.B.c.other', spelled.replace('"x"}', '"x","\\u0063":[]}'), 'the key as it was spelled'],
    ['casing.a', `{ "A" : 1.0,\n\t${rest}`, 'small letters become capitals'],
    ['casing.B', spelled.replace('"B"', '"b"'), 'capitals become small letters'],
    ['struct-array.root', '[1.0,{"\\u0063": [true , null],"d":"x"}]\r\n', 'the values in their order'],
    ['struct-array.B', '{ "a" : 1.0,\n\t"B":[[true , null],"x"] }\r\n', 'of an inner object'],
    ['trailing.garbage', `${spelled} garbage`, 'behind the white space'],
    ['trailing.nul', `${spelled}\0`, 'a NUL byte'],
    ['encoding.bom', `\xef\xbb\xbf${spelled}`, 'the mark in UTF-8'],
    ['encoding.B.d.invalid', spelled.replace('"x"', '"x\xff"'), 'one byte that is not UTF-8'],
    ['encoding.B.d.high-surrogate', spelled.replace('"x"', '"x\\ud800"'), 'an escape'],
    ['encoding.utf-16-le', Buffer.from(spelled, 'utf16le').toString('latin1'), 'two bytes each'],
    ['syntax.trailing-comma', `${spelled.slice(0, -3)},}`, 'before the last brace'],
    ['syntax.leading-zero', `{ "a" : 01,\n\t${rest}`, 'in the place of a number'],
    ['syntax.unquoted-key', `{ a : 1.0,\n\t${rest}`, 'the key alone'],
    ['root.empty', '', 'nothing'],
    ['root.empty-untyped', null, 'no body at all'],
    ['root.null', 'null', 'a document of its own'],
    [
      'depth.unknown-64',
      spelled.replace(/ }\r\n$/, `,"parity_unknown":${'['.repeat(64)}${']'.repeat(64)} }\r\n`),
      '64',
    ],
    ['number.a.2-53-plus-1', `{ "a" : 9007199254740993,\n\t${rest}`, 'digits that a double does not hold'],
    ['number.a.negative-zero-fraction', `{ "a" : -0.0,\n\t${rest}`, 'a spelling'],
  ])('%s: %s', (id, body) => {
    expect(bodyOf(probes.get(id))).toBe(body);
  });

  it('nests 10,001 levels, and pads to one byte over a limit', () => {
    expect(bodyOf(probes.get('depth.used-10001'))).toContain('['.repeat(10_001));
    const padded = bodyOf(probes.get('limits.body-1-mib'))!;
    expect([padded.length, padded.trimStart()]).toEqual([1024 * 1024 + 1, spelled.trimStart()]);
    expect(probes.has('limits.body-10-mib')).toBe(false);
    const { probes: heavy } = deriveProbes(posting(spelled), { template: null, heavy: true });
    expect(heavy.some(({ id }) => id === 'limits.body-10-mib')).toBe(true);
  });
});

describe('the rest of the request', () => {
  const probes = probesOf(posting('{"a":1}', '/v1/things/7?page=2&q=a'), '/v1/things/{id}');
  const request = (id: string) => probes.get(id)?.testCase.steps[0]?.request;

  it.each([
    ['query.page.missing', '/v1/things/7?q=a'],
    ['query.q.repeated-other', '/v1/things/7?page=2&q=a&q=parity'],
    ['query.page.bad-escape', '/v1/things/7?page=2%zz&q=a'],
    ['query.page.plus', '/v1/things/7?page=+2&q=a'],
    ['query.page.escaped-key', '/v1/things/7?%70age=2&q=a'],
    ['query.q.semicolon', '/v1/things/7?page=2&q=a;parity=1'],
    ['query.empty', '/v1/things/7?'],
    ['path.trailing-slash', '/v1/things/7/?page=2&q=a'],
    ['path.double-slash', '/v1/things//7?page=2&q=a'],
    ['path.dot-dot', '/v1/things/parity/../7?page=2&q=a'],
    ['path.escaped-slash', '/v1/things%2F7?page=2&q=a'],
    ['path.bad-escape', '/v1/things/7%zz?page=2&q=a'],
    ['path.id.plus', '/v1/things/+1?page=2&q=a'],
    ['path.id.escaped-slash', '/v1/things/a%2Fb?page=2&q=a'],
  ])('%s: %s', (id, path) => {
    expect(request(id)?.path).toBe(path);
  });

  it('changes one header and leaves the others', () => {
    expect(request('content-type.absent')?.headers).toEqual([['x-key', 'k']]);
    expect(request('content-type.twice-other')?.headers).toEqual([
      ['x-key', 'k'],
      ['content-type', 'application/json'],
      ['content-type', 'text/plain'],
    ]);
    expect(request('limits.headers-128')?.headers).toHaveLength(130);
  });

  it('asks by every other method, with the body where one is expected', () => {
    const asked = [...probes.values()].filter(({ group }) => group === 'method').map(({ id }) => id.slice(7));
    expect(asked).toEqual(['GET', 'HEAD', 'OPTIONS', 'preflight', 'override', 'PUT', 'PATCH', 'TRACE', 'DELETE']);
    expect([...probes.keys()].slice(-4)).toEqual(['method.PUT', 'method.PATCH', 'method.TRACE', 'method.DELETE']);
    expect(bodyOf(probes.get('method.PUT'))).toBe('{"a":1}');
    expect(bodyOf(probes.get('method.DELETE'))).toBeNull();
  });

  it('says what the client cannot send', () => {
    const left = [...probes.values()].filter(({ unsendable }) => unsendable !== null).map(({ id }) => id);
    expect(left).toEqual(['headers.expect.continue', 'headers.expect.unknown', 'headers.transfer-encoding.chunked']);
  });
});

describe('the path of a probe begins with a slash', () => {
  it.each(['/', '/post', '/a/b', '/a/', '//a', '/post?x=1'])('where the path of the case is %s', (path) => {
    const all = [...probesOf(posting('{"a":1}', path)).values()];
    const asked = all.map(({ testCase }) => testCase.steps[0]!.request.path);
    expect(asked.filter((one) => !one.startsWith('/'))).toEqual([]);
  });
});

describe('what a probe promises', () => {
  it('is safe only where the valid request is and the method is the same', () => {
    const probes = probesOf({ ...posting('{"a":1}'), safe: true });
    const safe = (id: string) => probes.get(id)?.testCase.safe;
    expect([safe('missing.a'), safe('method.DELETE'), safe('valid.as-is')]).toEqual([true, false, true]);
    expect([...probesOf(posting('{"a":1}')).values()].some(({ testCase }) => testCase.safe)).toBe(false);
  });

  it('expects nothing, but of the request as it is what the case expects', () => {
    const valid = posting('{"a":1}');
    const [step] = valid.steps;
    const probes = probesOf({ ...valid, steps: [{ ...step!, expect: { status: 201 } }] });
    expect(probes.get('valid.as-is')?.testCase.steps[0]?.expect).toEqual({ status: 201 });
    expect(probes.get('missing.a')?.testCase.steps[0]?.expect).toBeNull();
  });
});

describe('requests that give less', () => {
  it.each([
    ['no body', caseOf('s/get', { send: { path: '/x' } }), ['valid', 'query', 'path', 'method', 'headers', 'limits']],
    [
      'a body that is not JSON',
      posting('not json', '/x'),
      ['valid', 'content-type', 'root', 'query', 'path', 'method', 'headers', 'limits'],
    ],
  ])('%s: only what holds for it, with a note', (_, testCase, groups) => {
    const { probes, notes } = deriveProbes(testCase, { template: null, heavy: false });
    expect([...new Set(probes.map(({ group }) => group))]).toEqual(groups);
    expect(notes).toHaveLength(1);
  });

  it.each([
    ['two steps', caseOf('s/two', {}, {}), /has several requests/],
    ['a burst', caseOf('s/burst', { parallel: 2 }), /has several requests/],
    ['a captured value', caseOf('s/x', { send: { path: '/{{id}}' } }), /holds \{\{id\}\}/],
    ['a large body', posting(`"${'x'.repeat(70_000)}"`), /body of over 65536 bytes/],
  ])('%s: an error that says why', (_, testCase, why) => {
    expect(() => deriveProbes(testCase, { template: null, heavy: false })).toThrow(why);
  });

  it('leaves members beyond 24 as they are, and says so', () => {
    const members = Array.from({ length: 30 }, (_, index) => `"m${index}":${index}`).join(',');
    const { probes, notes } = deriveProbes(posting(`{${members}}`), { template: null, heavy: false });
    expect(probes.filter(({ group }) => group === 'missing')).toHaveLength(24);
    expect(notes).toEqual(['at least 6 further members are left as they are']);
  });
});
