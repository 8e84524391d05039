import { expect, test } from 'vitest';
import { splitCommand } from '../../src/config/command.ts';
import { closestWord, didYouMean } from '../../src/config/source/did-you-mean.ts';
import { parseDuration, parseRate, parseSize, parseWhole } from '../../src/config/units.ts';
import { addressKey, readTargetUrl } from '../../src/config/url.ts';

test.each([
  ['500ms', 500],
  ['10s', 10_000],
  ['1.5s', 1500],
  ['2m', 120_000],
  ['0ms', 0],
])('the duration %s is %i milliseconds', (text, expected) => {
  expect(parseDuration(text)).toBe(expected);
});

test.each(['', '10', '10 s', '-1s', '1h30', 'soon', '99999999m', '1e3s', '١s'])('%j is not a duration', (text) => {
  expect(() => parseDuration(text)).toThrow(`${JSON.stringify(text)} is not a duration`);
});

test.each([
  ['50/s', 50],
  ['50', 50],
  ['0.5/s', 0.5],
])('the rate %s is %d a second', (text, expected) => {
  expect(parseRate(text)).toBe(expected);
});

test.each(['0/s', '50/m', '/s', 'fast', '-1/s', '50/s/s'])('%j is not a rate', (text) => {
  expect(() => parseRate(text)).toThrow(`${JSON.stringify(text)} is not a rate`);
});

test.each([
  ['10MiB', 10_485_760],
  ['512kib', 524_288],
  ['1MB', 1_000_000],
  ['1.5KiB', 1536],
  ['7', 7],
])('the size %s is %i bytes', (text, expected) => {
  expect(parseSize(text)).toBe(expected);
});

test.each(['0', '1.5', '10XB', '', '9999999999999999GiB'])('%j is not a size', (text) => {
  expect(() => parseSize(text)).toThrow(`${JSON.stringify(text)} is not a size`);
});

test('a whole number keeps to its limits', () => {
  expect(parseWhole('8', { min: 1, max: 9 })).toBe(8);
  for (const text of ['0', '10', '1.0', '1e1', ''])
    expect(() => parseWhole(text, { min: 1, max: 9 })).toThrow('not a number that fits');
});

test.each([
  ['a swap of neighbours', 'headres', ['headers', 'method'], 'headers'],
  ['case aside', 'Headers', ['headers'], 'headers'],
  ['a letter too few', 'tracer', ['tracker', 'targets'], 'tracker'],
  ['nothing is near', 'zzz', ['tracker', 'targets'], null],
  ['a word that is too long to be a slip', 'x'.repeat(1000), ['tracker'], null],
])('the closest word: %s', (_, word, known, expected) => {
  expect(closestWord(word, known)).toBe(expected);
  expect(didYouMean(word, known)).toBe(expected === null ? undefined : `did you mean \`${expected}\`?`);
});

test.each([
  ['words', './bin/go  -port 4110', ['./bin/go', '-port', '4110']],
  ['single quotes keep everything', `a 'b "c" \\ $d'`, ['a', 'b "c" \\ $d']],
  ['double quotes with escapes', `a "b \\"c\\" \\\\ $d"`, ['a', 'b "c" \\ $d']],
  ['a backslash keeps a space', 'a b\\ c', ['a', 'b c']],
  ['pieces join to one word', `a'b'"c"d`, ['abcd']],
  ['an empty word', `a ''`, ['a', '']],
])('a command is split: %s', (_, line, expected) => {
  expect(splitCommand(line)).toEqual(expected);
});

test.each([
  ['a; b', '`;` has no meaning here'],
  ['a | b', '`|` has no meaning here'],
  ['a $(id)', '`$` has no meaning here'],
  ['a `id`', '`` ` `` has no meaning here'.replace('`` ` ``', '```')],
  ['a > b', '`>` has no meaning here'],
  [`a 'b`, 'a quote or backslash is left open'],
  ['a "b', 'a quote or backslash is left open'],
  ['a \\', 'a quote or backslash is left open'],
  ['  ', 'the command is empty'],
])('a command that only a shell could run is refused: %s', (line, fault) => {
  expect(splitCommand(line)).toEqual({ fault: expect.stringContaining(fault) });
});

test.each([
  ['http://127.0.0.1:3100', 'http://127.0.0.1:3100'],
  ['http://127.0.0.1:3100/', 'http://127.0.0.1:3100'],
  ['https://EXAMPLE.org:443/v1//', 'https://example.org/v1'],
  ['http://[::1]:80/a', 'http://[::1]/a'],
])('the url %s is %s', (text, url) => {
  expect(readTargetUrl(text)).toEqual({ url });
});

test.each([
  ['ftp://example.org', 'is not an http:// or https:// address'],
  ['127.0.0.1:3100', 'is not an http:// or https:// address'],
  ['http://', 'is not an http:// or https:// address'],
  ['http://a b', 'is not an http:// or https:// address'],
  ['http://a:99999', 'names a port that there is none of'],
  ['http://a\\b', 'is not an http:// or https:// address'],
  ['http://user:hunter2@a', 'holds a user name or password'],
  ['http://@a', 'holds a user name or password'],
  ['http://a/?q', 'holds a query or fragment'],
  ['http://a/#', 'holds a query or fragment'],
])('the url %s is refused', (text, fault) => {
  const result = readTargetUrl(text);
  expect(result).toMatchObject({ fault });
  expect(JSON.stringify(result)).not.toContain('hunter2');
});

test.each([
  ['localhost is 127.0.0.1', 'http://localhost:80', 'http://127.0.0.1', true],
  ['all addresses of a machine are its loopback', 'http://0.0.0.0:80', 'http://127.0.0.1', true],
  ['and in IPv6', 'http://[::]:81', 'http://[::1]:81', true],
  ['IPv4 mapped into IPv6', 'http://[::ffff:127.0.0.1]', 'http://localhost', true],
  ['another one mapped', 'http://[::ffff:10.0.2.1]', 'http://10.0.2.1', true],
  ['another one', 'http://[::ffff:10.0.2.2]', 'http://10.0.2.1', false],
  ['a default port is none', 'https://a:443/x', 'https://a/x', true],
  ['another port', 'http://a:81', 'http://a', false],
  ['another scheme', 'http://a', 'https://a', false],
  ['another path', 'http://a/v1', 'http://a/v2', false],
  ['IPv6 loopback may be another server', 'http://[::1]', 'http://127.0.0.1', false],
])('addresses: %s', (_, a, b, same) => {
  expect(addressKey(a) === addressKey(b)).toBe(same);
});
