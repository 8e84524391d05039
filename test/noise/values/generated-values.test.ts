import { describe, expect, it } from 'vitest';
import { areCurrentTimes, areGeneratedIds, memberName } from '../../../src/noise/values/generated-values.ts';

const v4 = ['0b1c2d3e-4f50-4a6b-8c7d-8e9f00112233', 'aaaabbbb-cccc-4ddd-8eee-ffff00001111'] as const;
const v7 = '019e0000-1111-7abc-8def-0123456789ab';
const v5 = ['0b1c2d3e-4f50-5a6b-8c7d-8e9f00112233', 'aaaabbbb-cccc-5ddd-8eee-ffff00001111'] as const;

const base64 = (text: string, way: 'base64' | 'base64url' = 'base64') => Buffer.from(text).toString(way);

let signed = 0;
function jwt(claims: object): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  signed += 1;
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.${Buffer.alloc(32, signed).toString('base64url')}`;
}

it.each<readonly [boolean, string, string, string]>([
  [true, 'anything', ...v4],
  [false, 'id', v4[0], v7],
  [false, 'id', ...v5],
  [false, 'id', v4[0], v4[1].toUpperCase()],
  [true, 'id', '01ARZ3NDEKTSV4RRFFQ69G5FAV', '01BX5ZZKBKACTAV9WEVGEMMVRZ'],
  [true, 'id', '7', '90001'],
  [true, 'orderId', '7', '8'],
  [true, 'order_id', '1234567890123456789', '1234567890123456788'],
  [false, 'order_id', '7', '1234567890123456788'],
  [false, 'amount', '7', '8'],
  [false, 'paid', '7', '8'],
  [false, 'key', '7', '8'],
  [false, 'id', '0', '8'],
  [false, 'id', '-7', '-8'],
  [false, 'id', '007', '008'],
  [true, 'id', 'ord_8fk2zq71', 'ord_0aab9x3c'],
  [false, 'id', 'ord_8fk2zq71', 'inv_0aab9x3c'],
  [false, 'id', 'ord_8fk2zq71', 'ord_8fk2zq711'],
  [false, 'id', 'ord_8fk2zq71', 'ord_8FK2ZQ71'],
  [false, 'sku', '8fk2zq71', '0aab9x3c'],
  [false, 'id', 'password', 'username'],
  [true, 'code', '8fk2zq71m4x9w2p5', '0aab9x3c7q1d5z8k'],
  [true, 'ref', 'ORD-70332200', 'ORD-F76FB854'],
  [false, 'ref', 'ORD-7033220070332200', 'ORD-F76FB854F76FB854'],
  [true, 'id', 'BnRSthGo', 'jjZCUS31'],
  [true, 'id', '8fk2zq71', '8FK2zq71'],
  [false, 'id', 'settings', 'defaults'],
  [false, 'id', 'ArchiveX', 'Settings'],
  [true, 'token', 'NWi9peHWMp4SxfxDTgsfwA==', 'OZvsxtIoeD+ttfVDOiR84Q=='],
  [false, 'token', 'NWi9peHWMp4SxfxDTgsfwA==', 'XKdJ2LaBtjYcIV4RKgLtCSey'],
  [true, 'token', 'v4.local.z3t0FBak7jWevPNNkrOd6SSH', 'v4.local.LO9_yF5eAPXedgD1eOFMnNT6'],
  [false, 'token', 'v4.local.z3t0FBak7jWevPNNkrOd6SSH', 'v3.local.LO9_yF5eAPXedgD1eOFMnNT6'],
  [true, 'sig', 'hu_8RwaqW7kwcvAcdXiQOW3sU9', '8kQnl0tu_LUpsZR8UmJeM4VWe9'],
  [false, 'id', 'ord_8fk2zq71', '8fk2zq718fk2'],
  [false, 'data', base64('name,balance\nMia,100\nMax,7'), base64('name,balance\nMia,250\nMax,7')],
  [false, 'csv', base64('id;sum\nA1;10000'), base64('id;sum\nA1;25000')],
  [false, 'page', base64('<p>10 left</p>', 'base64url'), base64('<p>25 left</p>', 'base64url')],
  [true, 'token', base64('user:100:a8f3k2p9'), base64('user:100:z7d1m4q6')],
  [false, 'version', '1.2.3', '1.2.4'],
  [true, 'token', jwt({ sub: 1, iat: 1795573800, exp: 1795577400 }), jwt({ sub: 1, iat: 1795573802, exp: 1795577402 })],
  [true, 'token', jwt({ sub: v4[0], iat: 1795573800 }), jwt({ sub: v4[1], iat: 1795573800 })],
  [false, 'token', jwt({ sub: 1, iat: 1795573800 }), jwt({ sub: 2, iat: 1795573800 })],
  [false, 'token', jwt({ sub: 1, role: 'admin' }), jwt({ sub: 1, role: 'guest' })],
  [false, 'token', jwt({ sub: 1, exp: 1795573800 }), jwt({ sub: 1, exp: 1795660200 })],
  [false, 'token', jwt({ sub: 1 }), jwt({ sub: 1, aud: 'x' })],
  [false, 'checksum', 'd41d8cd98f00b204e9800998ecf8427e', '0cc175b9c0f1b6a831c399e269772661'],
  [true, 'token', 'd41d8cd98f00b204e9800998ecf8427e', '0cc175b9c0f1b6a831c399e269772661'],
  [false, 'token', 'd41d8cd98f00b204e9800998ecf8427e', '0cc175b9c0f1b6a831c399e2697726zz'],
])('it is %s that the member %s has generated identifiers of one format in %s and %s', (are, name, a, b) => {
  expect([areGeneratedIds([a, b], name), areGeneratedIds([b, a], name)]).toEqual([are, are]);
});

describe('two times', () => {
  const at = Date.parse('2026-11-25T02:30:00Z');
  it.each<readonly [boolean, string, string]>([
    [true, '2026-11-25T02:30:00.123Z', '2026-11-25T02:30:01.9Z'],
    [true, '1795573800', '1795573805'],
    [true, 'Wed, 25 Nov 2026 02:30:00 GMT', 'Wed, 25 Nov 2026 02:29:59 GMT'],
    [true, '2026-11-25 02:30:00', '2026-11-25 02:30:02'],
    [false, '2026-11-25T02:30:00.123Z', '2026-11-25T02:30:00.123456Z'],
    [false, '2026-11-25T02:30:00Z', '2026-11-25T02:30:01+00:00'],
    [false, '2026-11-25T02:30:00+00:00', '2026-11-25T04:30:01+02:00'],
    [false, '2026-11-25T02:30:00Z', '2026-11-25T03:30:00Z'],
    [false, '2026-11-25T02:30:00Z', '2026-11-28T02:30:00Z'],
    [false, '1795573800', '1795573800000'],
    [false, '1970-01-01T00:00:00Z', '1970-01-01T00:00:01Z'],
    [false, '7', '8'],
    [true, '1795573800.6356', '1795573800.6349232'],
    [false, '1795573800.635', '1795573800.6349232'],
  ])('are current in one format: %s for %s and %s', (are, a, b) => {
    expect([areCurrentTimes([a, b], [at, at]), areCurrentTimes([b, a], [at, at])]).toEqual([are, are]);
  });

  it('are each compared with the clock of their own side', () => {
    const times = ['2026-11-25T02:30:00Z', '2026-11-25T05:30:00Z'] as const;
    expect(areCurrentTimes(times, [at, at + 3 * 3600_000])).toBe(true);
  });
});

it.each([
  ['/order/id', 'id'],
  ['/ids/0', 'ids'],
  ['/r/@id', 'id'],
  ['/r/id/#text', 'id'],
  ['', ''],
])('the member at %s is called %s', (pointer, name) => {
  expect(memberName(pointer)).toBe(name);
});
