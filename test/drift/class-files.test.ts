import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { driftClasses, driftRules } from '../../src/drift/classes/catalogue.ts';
import { classDefinitions } from '../../src/drift/classes/class-list.ts';

const home = join(import.meta.dirname, '..', '..');
const script = (name: string, args: readonly string[], root = home) =>
  spawnSync(process.execPath, [join(home, 'scripts', name), ...args], {
    encoding: 'utf8',
    env: { ...process.env, PARITY_ROOT: root },
  });

test('every drift class has exactly one file, which is named after it', () => {
  const files = readdirSync(join(home, 'src/drift/classes'), { recursive: true, encoding: 'utf8' });
  const named = [...driftClasses.keys()].map((id) => files.filter((file) => basename(file) === `${id}.ts`).length);
  expect(new Set(named)).toEqual(new Set([1]));
});

test('the list of classes is what the files say', () => {
  expect(script('class-list.mjs', ['--check'])).toMatchObject({ status: 0, stderr: '' });
});

test('every class has a rule, a recognition, or names the rule that finds it', () => {
  const found = (one: (typeof classDefinitions)[number]) =>
    'rule' in one || 'recognise' in one || ('shownBy' in one && driftRules.has(one.shownBy ?? ''));
  const rest = classDefinitions.filter((one) => !found(one)).map(({ id }) => id);
  // The comparison itself finds these: one stands outside of the JSON tree, time shows the other.
  expect(rest.sort()).toEqual(['nondeterministic', 'trailing-newline']);
});

test('the classes of one pass have ranks of their own, so that their order does not depend on file names', () => {
  const keys = classDefinitions.flatMap((one) => ('pass' in one ? [`${one.pass} ${one.rank ?? 0}`] : []));
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
});

test('an observed class names the services that showed it', () => {
  const unnamed = [...driftClasses.values()].filter(
    (one) => (one.evidence === 'observed') !== (one.observedBetween !== undefined),
  );
  expect(unnamed.map(({ id }) => id)).toEqual([]);
});

test('the two scripts write a new class with its vectors and list it, and refuse a name that is taken', () => {
  const root = mkdtempSync(join(tmpdir(), 'parity-new-class-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  cpSync(join(home, 'src/drift/classes'), join(root, 'src/drift/classes'), { recursive: true });
  expect(script('new-class.mjs', ['keys/key-dotted'], root).status).toBe(0);
  expect(existsSync(join(root, 'test/vectors/keys/key-dotted.json'))).toBe(true);
  const list = readFileSync(join(root, 'src/drift/classes/class-list.ts'), 'utf8');
  expect(list).toContain("import { keyDotted } from './keys/key-dotted.ts';");
  expect(script('new-class.mjs', ['keys/key-dotted'], root)).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('the class is there: src/drift/classes/keys/key-dotted.ts'),
  });
  expect(script('new-class.mjs', ['nowhere/key-dotted'], root).status).toBe(2);
});
