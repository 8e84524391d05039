import { describe, expect, it } from 'vitest';
import { readDiff } from '../../../src/gauntlet/review/diff.ts';
import { pathTest } from '../../../src/gauntlet/review/globs.ts';
import { locationText, locator } from '../../../src/gauntlet/review/locations.ts';

const pathsOf = (diff: string) =>
  readDiff(Buffer.from(diff)).map(({ oldPath, path, hunks }) => [oldPath, path, hunks.length]);
const head = (path: string) => `diff --git a/${path} b/${path}\n`;
const names = (path: string) => `--- a/${path}\n+++ b/${path}\n`;

describe('a diff', () => {
  it.each<[string, string, (string | number)[][]]>([
    [
      'with lines that look like heads',
      `${head('a')}${names('a')}@@ -1,2 +1,2 @@\n--- a/b\n+++ b/b\n same\n${head('c')}${names('c')}@@ -1 +1 @@\n-x\n+y\n`,
      [
        ['a', 'a', 1],
        ['c', 'c', 1],
      ],
    ],
    [
      'of git with a rename',
      `${head('x')}similarity index 90%\nrename from old name.go\nrename to new name.go\n`,
      [['old name.go', 'new name.go', 0]],
    ],
    [
      'of a file that is new',
      `${head('a b')}new file mode 100644\n--- /dev/null\n+++ b/a b\t\n@@ -0,0 +1 @@\n+x\n\\ No newline at end of file\n`,
      [['a b', 'a b', 1]],
    ],
    [
      'of a file that is deleted',
      `${head('a')}deleted file mode 100644\n--- a/a\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n`,
      [['a', 'a', 1]],
    ],
    [
      'of a binary file with blanks',
      `${head('my logo.png')}index 1..2 100644\nBinary files a/my logo.png and b/my logo.png differ\n`,
      [['my logo.png', 'my logo.png', 0]],
    ],
    [
      'with paths in quotes',
      'diff --git "a/\\303\\274 \\"x\\".go" "b/\\303\\274 \\"x\\".go"\n--- "a/\\303\\274 \\"x\\".go"\n+++ "b/\\303\\274 \\"x\\".go"\n@@ -1 +1 @@\n-x\n+y\n',
      [['ü "x".go', 'ü "x".go', 1]],
    ],
    [
      'of diff -u, without a word of git',
      '--- old/a.c\t2026-05-02 10:00:00\n+++ new/a.c\t2026-05-02 10:00:01\n@@ -1 +1 @@\n-x\n+y\n--- b.c\n+++ b.c\n@@ -1 +1 @@\n-x\n+y\n',
      [
        ['old/a.c', 'new/a.c', 1],
        ['b.c', 'b.c', 1],
      ],
    ],
    [
      'of a mail, with its words before and after',
      `From 1 Mon\nSubject: x\n---\n a | 2 +-\n\n${head('a')}${names('a')}@@ -1 +1 @@\n-x\n+y\n-- \n2.39\n`,
      [['a', 'a', 1]],
    ],
    [
      'with line ends of Windows',
      `${head('a')}${names('a')}@@ -1,2 +1,2 @@\n-x\n+y\n z\n`.replaceAll('\n', '\r\n'),
      [['a', 'a', 1]],
    ],
    ['that breaks off in a hunk', `${head('a')}${names('a')}@@ -1,9 +1,9 @@\n x\n`, [['a', 'a', 1]]],
  ])('%s is read as its files', (_, diff, expected) => {
    expect(pathsOf(diff)).toEqual(expected);
    const first = Math.max(0, diff.search(/^(?:diff |--- [^\n]*\n\+\+\+ )/m));
    expect(Buffer.concat(readDiff(Buffer.from(diff)).map(({ bytes }) => bytes)).toString()).toBe(diff.slice(first));
  });
});

describe('a place', () => {
  const hunk = (at: number) => `@@ -${at},3 +${at + 5},3 @@\n a\n-b\n+c\n d\n`;
  const files = readDiff(
    Buffer.from(
      `${head('src/a b.go')}${names('src/a b.go')}${hunk(10)}${hunk(50)}${head('src/x/only.go')}${names('src/x/only.go')}${hunk(1)}` +
        `${head('app/(shop)/[id].tsx')}${names('app/(shop)/[id].tsx')}${hunk(1)}${head('lib/only.go')}${names('lib/only.go')}${hunk(1)}`,
    ),
  );
  it.each<[string, string[]]>([
    ['src/a b.go:16', ['src/a b.go:16']],
    ['`src/a b.go:56-58`', ['src/a b.go:56']],
    ['src/a b.go, line 17', ['src/a b.go:17']],
    ['src/a b.go @@ -50,3 +55,3 @@', ['src/a b.go:55']],
    ['src/a b.go @@ -51,3 +56,3 @@', []],
    ['src/a b.go:11', ['src/a b.go:11']],
    ['src/a b.go:30', []],
    ['src/a b.go', ['src/a b.go']],
    ['b/src/x/only.go:6', ['src/x/only.go:6']],
    ['src/x/only.go', ['src/x/only.go:6']],
    ['x/only.go#L7', ['src/x/only.go:7']],
    ['only.go:7', []],
    ['app/(shop)/[id].tsx:6', ['app/(shop)/[id].tsx:6']],
    ['src/x/only.go:6, lib/only.go:7', ['src/x/only.go:6', 'lib/only.go:7']],
    ['the file src/x/only.go (line 7)', ['src/x/only.go:7']],
    ['src/ghost.go:6', []],
    ['', []],
  ])('%j is found in the diff only if it is in it', (where, expected) => {
    expect(locator(files)(where).map(locationText)).toEqual(expected);
  });
});

it.each<[string, string, boolean]>([
  ['**', 'a/b.go', true],
  ['cmd/**', 'cmd/x/y.go', true],
  ['cmd/**', 'cmdx/y.go', false],
  ['cmd', 'cmd/x/y.go', true],
  ['cmd/', 'cmd/x', true],
  ['**/*.go', 'y.go', true],
  ['*.go', 'x/y.go', false],
  ['src/{a,b}?.ts', 'src/b1.ts', true],
  ['app/[id]/(x)/a+b.tsx', 'app/[id]/(x)/a+b.tsx', true],
  ['a.go', 'axgo', false],
])('the glob %s of %s is %s', (glob, path, fits) => {
  expect(pathTest([glob])(path)).toBe(fits);
});
