import { expect, test } from 'vitest';
import { buildOf, buildOfHealth } from '../../../src/replay/services/build-fingerprint.ts';
import { preflight } from '../../../src/replay/services/preflight.ts';
import { startRig } from '../../rig/rig.ts';
import { answer } from '../../rig/scenario.ts';
import { targetAt } from '../../rig/target.ts';

type Headers = readonly (readonly [string, string])[];
const usual: Headers = [
  ['Server', 'nginx/1.25'],
  ['Date', 'Sat, 21 Nov 2026 00:00:00 GMT'],
  ['Content-Type', 'text/plain'],
  ['X-Request-Id', '1'],
];
const fingerprint = (headers: Headers, statusText = 'OK') => buildOf({ statusText, headers }).fingerprint;
const without = (name: string) => usual.filter(([one]) => one !== name);
const other = (name: string, value: string): Headers => usual.map(([one, old]) => [one, one === name ? value : old]);

test.each([
  ['another date', other('Date', 'Sun, 22 Nov 2026 00:00:00 GMT')],
  ['another id', other('X-Request-Id', '2')],
  ['a cookie that is set once', [...usual, ['Set-Cookie', 'a=1']] as Headers],
  ['a cache that was asked', [...usual, ['Age', '17'], ['X-Cache-Hits', '3']] as Headers],
])('the same build with %s has the same fingerprint', (_, headers) => {
  expect(fingerprint(headers)).toBe(fingerprint(usual));
});

test.each([
  ['another version', other('Server', 'nginx/1.26'), 'OK'],
  ['another order', [...usual].reverse(), 'OK'],
  ['another casing', usual.map(([name, value]) => [name.toLowerCase(), value] as const), 'OK'],
  ['a header less', without('Date'), 'OK'],
  ['another reason phrase', usual, ''],
])('a build with %s has another fingerprint', (_, headers, statusText) => {
  expect(fingerprint(headers, statusText)).not.toBe(fingerprint(usual));
});

test.each([
  ['a version', '{"version":"1.2.3"}', '1.2.3'],
  ['a commit', '{"commit":"abc123","version":null}', 'abc123'],
  ['neither', '{"status":"ok"}', undefined],
  ['an invalid version', `{"version":"${'x'.repeat(65)}"}`, undefined],
  ['one that is meant to deceive', '{"version":"1\\u001b[2J"}', undefined],
  ['no JSON', '<html>', undefined],
])('a health page with %s', (_, body, version) => {
  const response = {
    kind: 'response',
    status: 200,
    statusText: 'OK',
    headers: usual,
    body: Buffer.from(body),
  } as const;
  const build = buildOfHealth(response);
  expect([build.version, build.says.slice(1)]).toEqual([version, version === undefined ? [] : [`version: ${version}`]]);
});

test('what a header says is cut, and made safe to show', () => {
  const [said] = buildOf({ statusText: '', headers: [['server', `\x1b[2J${'x'.repeat(999)}`]] }).says;
  expect(said).toMatch(/^server: \\x1b\[2Jx{76}$/);
});

test('before the first case it is what the ready path shows; the same each time', async () => {
  const page = answer(200, '{"version":"7"}', 'Server: app\r\n');
  const rig = await startRig({ answers: [[page]] });
  const ask = () => preflight([targetAt(rig.url, { ready: '/up' })], { timeoutMs: 10_000 });
  const [first, second] = [await ask(), await ask()];
  expect(first).toMatchObject([{ target: 'go', failure: null, build: { says: ['server: app', 'version: 7'] } }]);
  expect(second).toEqual(first);
  await rig.close();
});
