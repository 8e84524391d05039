import { describe, expect, it } from 'vitest';
import type { HeaderPairs } from '../../../src/compare/headers/compare-headers.ts';
import { defaultCompare } from '../../../src/config/rules.ts';
import type { Sampled } from '../../../src/noise/evidence/self-diff.ts';
import { settle } from '../../../src/noise/subtract-noise.ts';
import { response, side } from '../exchanges.ts';

const noon = Date.parse('2026-11-22T12:00:00Z');
const hour = 3600_000;

const iso = (ms: number) => JSON.stringify(new Date(ms).toISOString());
const zoneless = (ms: number) => iso(ms).replace('Z', '');
const seconds = (ms: number) => String(Math.floor(ms / 1000));

const signed = (claims: object) =>
  ['{"alg":"HS256"}', JSON.stringify(claims), 's'].map((part) => Buffer.from(part).toString('base64url')).join('.');

/** One answer for each of these, some of a second after the other. */
function answers(name: string, said: readonly { headers: HeaderPairs; body: string }[]): Sampled {
  const [first, ...more] = said.map(({ headers, body }) =>
    side(name, [response({ headers: [['content-type', 'application/json'], ...headers], body })]),
  );
  return { first: first!, more };
}

/** What counts where each side says a time in three answers, `apart` ms apart from one another. */
function counting(apart: number, spelled: (ms: number) => string, { skew = 0, jitter = 700 } = {}): string[] {
  const said = (ahead: number, skewed: number) =>
    [0, 1, 2].map((n) => ({
      headers: [['date', new Date(noon + n * 700 + skewed).toUTCString()]] as const,
      body: `{"at":${spelled(noon + n * jitter + ahead)}}`,
    }));
  const { comparison } = settle(answers('rust', said(0, 0)), answers('go', said(apart, skew)), defaultCompare);
  return comparison.divergences.map(({ kind, pointer }) => `${kind} ${pointer}`);
}

describe('times that both sides make anew', () => {
  it.each([
    ['with a zone', iso],
    ['without one', zoneless],
    ['with a blank', (ms: number) => zoneless(ms).replace('T', ' ')],
    ['in seconds', seconds],
    ['in milliseconds', String],
    ['in seconds with a fraction', (ms: number) => String(ms / 1000 + 0.0004)],
    ['without marks', (ms: number) => iso(ms).replaceAll(/[-:]/g, '')],
    ['with a comma', (ms: number) => iso(ms).replace('.', ',')],
    ['as Go prints them', (ms: number) => iso(ms).replace('T', ' ').replace('Z', ' +0000 UTC')],
    ['as Ruby prints them', (ms: number) => iso(ms).replace('T', ' ').replace('Z', ' UTC')],
    ['as Java prints them', (ms: number) => iso(ms).replace('Z', 'Z[UTC]')],
    ['as .NET once did', (ms: number) => `"\\/Date(${ms})\\/"`],
    [
      'as ctime does',
      (ms: number) => new Date(ms).toUTCString().replace(/^(...), (\d\d) (...) (\d{4}) (\S+) GMT$/, '"$1 $3 $2 $5 $4"'),
    ],
    ['as the end of a signed token', (ms: number) => `"${signed({ exp: Math.floor(ms / 1000) })}"`],
    ['as the end of one in milliseconds', (ms: number) => `"${signed({ exp: ms })}"`],
    ['as the end of one in a text', (ms: number) => `"Bearer ${signed({ exp: Math.floor(ms / 1000) })} "`],
    ['as HTTP spells them', (ms: number) => JSON.stringify(new Date(ms).toUTCString())],
  ])('count where they stay apart, and else do not: %s', (_, spelled) => {
    expect(counting(hour, spelled, { jitter: 1100 })).toEqual(['value /at']);
    expect(counting(-hour, spelled, { jitter: 1100 })).toEqual(['value /at']);
    expect(counting(300, spelled, { jitter: 1100 })).toEqual([]);
    expect(counting(50_000, spelled, { jitter: 1100 })).toEqual([]);
  });

  it('count where one is years away, and is certainly a time', () => {
    const end = (ms: number) => `"${signed({ exp: Math.floor(ms / 1000) })}"`;
    expect(counting(24 * 3652 * hour, end)).toEqual(['value /at']);
  });

  it('do not where the clock of the target is set otherwise', () => {
    expect(counting(hour, iso, { skew: hour })).toEqual([]);
    expect(counting(2 * hour, iso, { skew: hour })).toEqual(['value /at']);
  });

  it('do not where the clock says the same, whatever the date of the answer', () => {
    expect(counting(200, iso, { skew: hour })).toEqual([]);
  });

  it('are none where numbers are too far away, or go faster than a clock', () => {
    const numbered = (ms: number) => String(2_026_000_000 + (ms - noon) / 1100);
    expect(counting(1100 * 864, numbered, { jitter: 1100 })).toEqual([]);
    expect(counting(hour * 24 * 365 * 42, seconds, { jitter: 1100 })).toEqual([]);
    expect(counting(hour * 24, seconds, { jitter: 61_000 })).toEqual([]);
    expect(counting(hour * 24, iso, { jitter: 61_000 })).toEqual(['value /at']);
  });

  it('are looked at in one place only', () => {
    const repeated = (from: number) => `{${Array.from({ length: 20_000 }, (_, n) => `"t":${from + n}`).join()}}`;
    const said = (from: number) => [0, 1, 2].map((n) => ({ headers: [], body: repeated(from + 30_000 * n) }));
    const { comparison } = settle(
      answers('rust', said(1_763_000_000)),
      answers('go', said(1_783_000_000)),
      defaultCompare,
    );
    expect(comparison.inconclusive).toBeNull();
  });

  it('do not where they change as much as they are apart', () => {
    expect(counting(hour, iso, { jitter: hour / 2 })).toEqual([]);
  });
});

describe('a cookie whose value is another one each time', () => {
  const cookies = (name: string, lasts: (n: number) => string) =>
    answers(
      name,
      [0, 1, 2].map((n) => ({
        headers: [
          ['date', new Date(noon).toUTCString()],
          ['set-cookie', `sid=${n}a7f${name.length}; ${lasts(n)}`],
        ] as const,
        body: '{}',
      })),
    );
  const options = { ...defaultCompare, headers: ['set-cookie'] };

  it.each<readonly [string, (n: number) => string, (n: number) => string, number]>([
    ['for another time', () => 'Max-Age=3600', () => 'Max-Age=86400', 1],
    [
      'to another day',
      () => `Expires=${new Date(noon + hour).toUTCString()}`,
      () => `Expires=${new Date(noon + 24 * hour).toUTCString()}`,
      1,
    ],
    ['a minute and half of it', () => 'Max-Age=60', () => 'Max-Age=30', 1],
    ['for what is left', (n) => `Max-Age=${3600 - n}`, (n) => `Max-Age=${3598 - n}`, 0],
    ['for some time or other', (n) => `Max-Age=${3600 + 900 * n}`, (n) => `Max-Age=${7200 - 900 * n}`, 0],
  ])('lasts %s', (_, rust, go, left) => {
    const { comparison } = settle(cookies('rust', rust), cookies('go', go), options);
    expect(comparison.divergences).toHaveLength(left);
  });
});
