import { describe, expect, it } from 'vitest';
import { agree, pairBudget } from '../../../src/compare/values/token-diff.ts';

const clocks = { at: Date.UTC(2026, 10, 21, 6), ahead: 0 };

/** `Sat Nov 21 06:00:59 2026` */
function asctime(at: Date): string {
  const [day, date, month, year, time] = at.toUTCString().split(/,? /);
  return `${day} ${month} ${date} ${time} ${year}`;
}

const agrees = (a: readonly string[], b: readonly string[], exact = false) => {
  const found = agree({ a, b, exact, clocks }, pairBudget());
  expect(agree({ a: b, b: a, exact, clocks }, pairBudget()), 'the other way round').toBe(found);
  return found;
};

describe('what stays the same from answer to answer', () => {
  it.each<readonly [string, readonly string[], readonly string[], boolean]>([
    ['words around a token', ['id 4f1a ok', 'id 9c77 ok'], ['id 0b3e ok', 'id 77aa ok'], true],
    ['another word', ['id 4f1a ok', 'id 9c77 ok'], ['id 0b3e no', 'id 77aa no'], false],
    ['a number beside it', ['balance 5 4f1a', 'balance 5 9c77'], ['balance 999 0b3e', 'balance 999 77aa'], false],
    ['nothing at all', ['4f1a', '9c77'], ['0b3e', '77aa'], true],
    [
      'UUIDs by time and drawn ones',
      ['order 019ab3c0-5d1e-7c31-9f0a-1b2c3d4e5f60', 'order 019ab3c0-5d2f-7a02-8e11-6f5e4d3c2b1a'],
      ['order 9c77bd0b-3e77-4af2-8b4f-1ae99c77bd0b', 'order 4f1ae99c-77bd-4b3e-b7aa-f20b4f1ae99c'],
      false,
    ],
    ['a prefix of ids', ['cus_4f1a', 'cus_9c77'], ['sub_0b3e', 'sub_77aa'], false],
    ['a token that one side keeps', ['id 4f1a', 'id 9c77'], ['id 0b3e', 'id 0b3e'], false],
    ['times of day', ['at 06:00:59 n', 'at 06:01:00 n'], ['at 06:01:00 n', 'at 06:01:01 n'], true],
    ['any large numbers', ['n=1795240859', 'n=3112345678'], ['n=2795244459', 'n=9123456789'], true],
    [
      'times without a zone here alone',
      ['x 2026-11-21T06:00:59 [x]', 'x 2026-11-21T06:01:00 [x]'],
      ['x 2026-11-21T06:00:59Z [x]', 'x 2026-11-21T06:01:01Z [x]'],
      false,
    ],
    [
      'times of which a zero is left out at the end',
      ['x 2026-11-21T06:00:59.1Z [x]', 'x 2026-11-21T06:01:00.123Z [x]'],
      ['x 2026-11-21T06:00:59.25Z [x]', 'x 2026-11-21T06:01:01.5Z [x]'],
      true,
    ],
    ['numbers with a point', ['took 1.02 ms', 'took 1.07 ms'], ['took 2.30 ms', 'took 2.1 ms'], true],
    ['base64, of any number of words', ['t=a+b/c9 x', 't=abcd9e x'], ['t=zz/yy+q x', 't=qqqqqq x'], true],
    ['base64 of any length', ['t=ab3=&n=1', 't=cd4=&n=1'], ['t=ef6&n=1', 't=g/7&n=1'], true],
    ['what follows base64', ['t=ab3=&n=1', 't=cd4=&n=1'], ['t=ef6&n=2', 't=g/7&n=2'], false],
    ['base64 under another name', ['t=a+b/c9 x', 't=abcd9e x'], ['u=zz/yy+q x', 'u=qqqqqq x'], false],
    ['base64 with another end', ['a+b/c9.js', 'abcd9e.js'], ['zz/yy+q.css', 'qqqqqq.css'], false],
    ['base64 beside a number', ['total 5 a+b/c9', 'total 5 abcd9e'], ['total 7 zz/yy+q', 'total 7 qqqqqq'], false],
    [
      'elements',
      ['<p>csrf=4f1a</p><p>Total 5</p>', '<p>csrf=9c77</p><p>Total 5</p>'],
      ['<h1>Internal error</h1> 0b3e', '<h1>Internal error</h1> 77aa'],
      false,
    ],
    ['a number with its unit', ['took 598ms', 'took 602ms'], ['took 71ms', 'took 1204ms'], true],
    ['a number with another unit', ['took 598ms', 'took 602ms'], ['took 598s', 'took 71s'], false],
    ['a size in another unit', ['12KB of 5', '7KB of 5'], ['12MB of 5', '9MB of 5'], false],
    [
      'words between tokens in a path, before a list of any length',
      ['/pay/9f3a77/refund a, b', '/pay/77c01d/refund c'],
      ['/pay/51c0aa/charge d', '/pay/0b3e19/charge e, f'],
      false,
    ],
    [
      'the same words there',
      ['/pay/9f3a77/refund a, b', '/pay/77c01d/refund c'],
      ['/pay/51c0aa/refund d', '/pay/0b3e19/refund e, f'],
      true,
    ],
    [
      'a role that goes before a token',
      ['role=admin-9f3a77 a, b', 'role=admin-77c01d c'],
      ['role=guest-51c0aa d', 'role=guest-0b3e19 e, f'],
      false,
    ],
    [
      'a word between two tokens of base64',
      ['/a/q+Zk9/admin/x/Yz8w/z', '/a/Tb5R/admin/u0+Qp/z'],
      ['/a/aa0/K1/guest/Lm3n/z', '/a/v9X2/guest/o+P1/z'],
      false,
    ],
    ['more of the same', ['4f1a\n9c77\n', '0b3e\n77aa\n'], ['51c0\n', 'e1f2\n'], false],
    ['signs around a token', ['user (4f1a)', 'user (9c77)'], ['user 0b3e', 'user 77aa'], false],
    ['another end of lines', ['4f1a,1\nb', '9c77,1\nb'], ['0b3e,1\r\nb', '77aa,1\r\nb'], false],
    ['a space after a comma', ['4f1a,9c77', '51c0,e1f2'], ['0b3e, 77aa', 'ab12, cd34'], false],
    ['a prefix joined to a number', ['no INV48 x', 'no INV7 x'], ['no ORD11 x', 'no ORD9 x'], false],
    ['a unit that is joined to a number', ['ran 12km x', 'ran 7km x'], ['ran 11mi x', 'ran 9mi x'], false],
    ['lists of any length', ['top a b, end', 'top c, end'], ['top d e f, end', 'top g h, end'], true],
    ['a set', ['read write admin', 'admin read write'], ['write admin read', 'read write admin'], true],
    ['another set', ['read write admin', 'admin read write'], ['write delete read', 'read write delete'], false],
    ['a set and a token', ['a b 4f1a', 'b 9c77 a'], ['0b3e a b', '77aa b a'], true],
    ['another set and a token', ['a b 4f1a', 'b 9c77 a'], ['0b3e a c', '77aa c a'], false],
    ['another set and base64', ['one two a+b/c9', 'two abcd9e one'], ['zz/y+q one six', 'qqqqqq six one'], false],
    ['parts of a query', ['/s?page=2&size=20', '/s?size=20&page=2'], ['/s?size=2&page=20', '/s?page=20&size=2'], false],
    [
      'rows',
      ['1,ann,user\n2,bob,owner\n', '2,bob,owner\n1,ann,user\n'],
      ['2,bob,user\n1,ann,owner\n', '1,ann,owner\n2,bob,user\n'],
      false,
    ],
    ['the last lines of a log', ['n 101 245 378', 'n 245 378 912'], ['n 811 132 590', 'n 132 590 467'], true],
    ['lists of any length, and what follows', ['a b, end 5', 'c, end 5'], ['d e f, end 6', 'g h, end 6'], false],
  ])('%s', (_, a, b, expected) => {
    expect(agrees(a, b)).toBe(expected);
  });

  it.each<readonly [string, (at: number) => string]>([
    ['of ISO 8601', (at) => `x ${new Date(at).toISOString().slice(0, 19)}Z [x]`],
    ['without a zone', (at) => `on ${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} [x]`],
    ['as headers write them', (at) => `at ${new Date(at).toUTCString()}`],
    ['in a page', (at) => `<p>${new Date(at).toUTCString()}</p>`],
    ['as C writes them', (at) => `at ${asctime(new Date(at))}`],
    ['in seconds since 1970', (at) => `t=${at / 1000}`],
  ])('are times %s: a minute is noise, an hour and a day are not', (_, write) => {
    const texts = (later: number) => [later, later + 1000].map((ms) => write(clocks.at + 59_000 + ms));
    expect(agrees(texts(0), texts(1000))).toBe(true);
    expect(agrees(texts(0), texts(30_000))).toBe(true);
    expect(agrees(texts(0), texts(3_600_000))).toBe(false);
    expect(agrees(texts(0), texts(86_400_000))).toBe(false);
  });

  it('may be asked of every character where pieces have to be lined up', () => {
    const [a, b] = [
      ['{"id": "4f1a"}\n', '{"id": "9c 77"}\n'],
      ['{"id":"0b3e"}', '{"id":"77 aa"}'],
    ];
    expect(agrees(a!, b!)).toBe(true);
    expect(agrees(a!, b!, true)).toBe(false);
    expect(agrees(a!, ['{"id": "0b3e"}\n', '{"id": "77aa"}\n'], true)).toBe(true);
  });

  it('is not told of texts that are too long or too mixed', () => {
    const long = (seed: string) => `${seed} ${'x '.repeat(600_000)}${seed}`;
    expect(agrees([long('a'), long('b')], [long('c'), long('d')])).toBe(false);
    const mixed = (seed: string, words: number) => Array.from({ length: words }, (_, i) => `${seed}${i}`).join(' ');
    expect(agrees([mixed('a', 3000), mixed('b', 3001)], [mixed('c', 3000), mixed('d', 3001)])).toBe(false);
    expect(agrees([mixed('a', 300), mixed('b', 301)], [mixed('c', 300), mixed('d', 301)])).toBe(true);
  });

  it('is no more told of texts that have to be lined up once what a comparison may look at is spent', () => {
    const budget = { left: 5 };
    const odd = { a: ['p 1 q', 'p 2 3 q'], b: ['p 4 q', 'p 5 6 q'], exact: false, clocks };
    const even = { a: ['p 1 q', 'p 2 q'], b: ['p 4 q', 'p 5 q'], exact: false, clocks };
    expect(agree(odd, budget)).toBe(true);
    expect(budget.left).toBe(1);
    expect(agree(odd, budget)).toBe(false);
    expect(agree(even, budget)).toBe(true);
    expect(budget.left).toBe(0);
  });
});
