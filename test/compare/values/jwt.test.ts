import { describe, expect, it } from 'vitest';
import { formatOf, isName } from '../../../src/compare/values/value-format.ts';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (head: object, claims: object, signature = 'c2ln') => `"${part(head)}.${part(claims)}.${signature}"`;
const head = { alg: 'HS256', typ: 'JWT' };
const claims = { sub: 'u-17', auth_time: 1795240859, roles: ['user'], iat: 1795240859, exp: 1795244459, jti: '4f1a9c' };
const format = (source: string) => formatOf(source);

describe('the format of a signed token', () => {
  it.each([
    ['another id, time and signature', head, { ...claims, sub: 'u-18', iat: 1795240999, exp: 1795244600, jti: 'b0' }],
    ['members in another order', { typ: 'JWT', alg: 'HS256' }, Object.fromEntries(Object.entries(claims).reverse())],
    ['another drawn word', head, { ...claims, jti: 'aQzXpLmW' }],
  ])('is the same with %s', (_, otherHead, otherClaims) => {
    expect(format(token(otherHead, otherClaims, 'b3RoZXI'))).toBe(
      format(
        token(head, {
          ...claims,
          ...('jti' in otherClaims && otherClaims.jti === 'aQzXpLmW' ? { jti: 'bRtYuIoP' } : {}),
        }),
      ),
    );
  });

  it.each<readonly [string, object, object, string]>([
    ['another algorithm', { ...head, alg: 'HS512' }, claims, 'c2ln'],
    ['no signature', { ...head, alg: 'none' }, claims, ''],
    ['an empty signature', head, claims, ''],
    ['another key', { ...head, kid: 'old' }, claims, 'c2ln'],
    ['one more role', head, { ...claims, roles: ['user', 'admin'] }, 'c2ln'],
    ['another role', head, { ...claims, roles: ['admin'] }, 'c2ln'],
    ['no end', head, { ...claims, exp: undefined }, 'c2ln'],
    ['an end far away', head, { ...claims, exp: 4_000_000_000 }, 'c2ln'],
    ['a number for a text', head, { ...claims, sub: 17 }, 'c2ln'],
    ['a time in milliseconds', head, { ...claims, auth_time: 1795240859000 }, 'c2ln'],
    ['a claim more', head, { ...claims, verified: true }, 'c2ln'],
  ])('is another one with %s', (_, otherHead, otherClaims, signature) => {
    const other = format(token(otherHead, otherClaims, signature));
    expect(other).not.toBe(format(token(head, claims)));
    expect(isName(other)).toBe(true);
  });

  it('is that of a token where nothing can be read', () => {
    expect(format('"eyJhbGci.x.y"')).toBe('jwt');
    expect(format(`"eyJ${'a'.repeat(20_000)}.x.y"`)).toBe('jwt');
    expect(format(`"${part({ alg: 'x' })}.${part([1])}.y"`)).toBe('jwt');
  });
});
