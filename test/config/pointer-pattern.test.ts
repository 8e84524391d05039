import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compilePointerPattern, pointerFault } from '../../src/config/pointer-pattern.ts';

test.each([
  ['the whole body', '', [], true],
  ['the whole body only', '', ['a'], false],
  ['a plain path', '/a/b', ['a', 'b'], true],
  ['a path is not a prefix', '/a', ['a', 'b'], false],
  ['an empty key', '/', [''], true],
  ['escaped slash and tilde', '/a~1b/~0', ['a/b', '~'], true],
  ['`~01` is `~1`, not `/`', '/~01', ['~1'], true],
  ['one of any', '/items/*/id', ['items', '7', 'id'], true],
  ['one of any is not none', '/items/*', ['items'], false],
  ['one of any is not two', '/items/*', ['items', '1', '2'], false],
  ['any depth, none', '/**/id', ['id'], true],
  ['any depth, some', '/**/id', ['a', 'b', 'id'], true],
  ['any depth at the end', '/a/**', ['a', 'b', 'c'], true],
  ['any depth at the end, none', '/a/**', ['a'], true],
  ['two depths', '/**/a/**/b', ['x', 'a', 'y', 'a', 'z', 'b'], true],
  ['two depths, wrong order', '/**/a/**/b', ['b', 'a'], false],
  ['a key that is a star needs the wildcard', '/*', ['*'], true],
  ['case counts', '/A', ['a'], false],
])('%s', (_, pattern, segments, expected) => {
  expect(compilePointerPattern(pattern)(segments)).toBe(expected);
});

test('a pattern that would be exponential with backtracking ends at once', () => {
  const test = compilePointerPattern(`${'/**/a'.repeat(200)}/b`);
  expect(test(Array.from({ length: 5000 }, () => 'a'))).toBe(false);
});

test('the matcher agrees with the plain definition', () => {
  const segment = fc.constantFrom('a', 'b');
  const part = fc.constantFrom('a', 'b', '*', '**');
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), fc.array(segment, { maxLength: 6 }), (parts, segments) => {
      const pattern = parts.map((one) => `/${one}`).join('');
      expect(compilePointerPattern(pattern)(segments)).toBe(defined(parts, segments));
    }),
  );
});

function defined(parts: readonly string[], segments: readonly string[]): boolean {
  const [part, ...rest] = parts;
  if (part === undefined) return segments.length === 0;
  if (part === '**') return segments.some((_, at) => defined(rest, segments.slice(at))) || defined(rest, []);
  return segments.length > 0 && (part === '*' || part === segments[0]) && defined(rest, segments.slice(1));
}

test.each([
  ['a/b', 'write "/a/b"'],
  ['$.a.b', 'write "/a/b"'],
  ['$.items[*].x', 'write "/items/*/x"'],
  ['items[0].x', 'write "/items/0/x"'],
  ['$..id', 'write "/**/id"'],
  [`$['a/b']["c.d"][ * ]`, 'write "/a~1b/c.d/*"'],
  ['/a~b', 'write `~0` for `~` and `~1` for `/`'],
  ['/a~', 'write `~0` for `~` and `~1` for `/`'],
])('%s is not a pointer', (pointer, hint) => {
  expect(pointerFault(pointer)).toMatchObject({ hint });
  expect(() => compilePointerPattern(pointer)).toThrow('is not a JSON Pointer');
});
