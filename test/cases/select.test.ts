import { expect, test } from 'vitest';
import type { TestCase } from '../../src/cases/case.ts';
import { type Selection, selectCases, shardOf } from '../../src/cases/select.ts';
import { errorOf } from '../config/folder.ts';

const library = [
  ['validate/missing', 'cases/validate/a.yaml', ['errors'], 'a playbook without a fingerprint'],
  ['validate/forbidden', 'cases/validate/b.yaml', ['errors', 'policy'], null],
  ['storage/range-1', 'cases/storage/r.yaml', [], 'part one'],
  ['storage/range-2', 'cases/storage/r.yaml', ['slow'], 'part two'],
].map(([id, file, tags, title]) =>
  caseOf(id as string, file as string, { tags: tags as string[], title: title as string | null }),
);

function caseOf(id: string, file: string, rest: { tags: string[]; title: string | null }): TestCase {
  const location = { file, line: 1, col: 1 };
  return { id, suite: id.split('/')[0]!, ...rest, safe: false, steps: [], compare: {}, routes: [], location };
}

const ids = (selection: Selection) => selectCases(library, selection).map(({ id }) => id);

test.each<[string, Selection, string[]]>([
  ['nothing asked: all', {}, ['validate/missing', 'validate/forbidden', 'storage/range-1', 'storage/range-2']],
  ['a suite', { selectors: ['storage'] }, ['storage/range-1', 'storage/range-2']],
  ['a full id', { selectors: ['validate/missing'] }, ['validate/missing']],
  ['a glob', { selectors: ['*/range-?'] }, ['storage/range-1', 'storage/range-2']],
  ['a glob is not a part of the id', { selectors: ['*range-1'] }, ['storage/range-1']],
  ['a file', { selectors: ['cases/validate/b.yaml'] }, ['validate/forbidden']],
  ['a folder', { selectors: ['./cases/storage/'] }, ['storage/range-1', 'storage/range-2']],
  [
    'several: either, in library order',
    { selectors: ['storage/range-2', 'validate/missing'] },
    ['validate/missing', 'storage/range-2'],
  ],
  ['grep over the id', { grep: 'range-[12]$' }, ['storage/range-1', 'storage/range-2']],
  ['grep over the title', { grep: '(?i)PLAYBOOK' }, ['validate/missing']],
  ['a tag', { tags: ['errors'] }, ['validate/missing', 'validate/forbidden']],
  ['one of two tags', { tags: ['policy', 'slow'] }, ['validate/forbidden', 'storage/range-2']],
  ['all parts must hold', { selectors: ['validate'], tags: ['errors'], grep: 'forb' }, ['validate/forbidden']],
])('%s', (_, selection, expected) => {
  expect(ids(selection)).toEqual(expected);
});

test.each<[string, string, Selection, string, string]>([
  ['a slip', 'PX2401', { selectors: ['validate', 'strage'] }, '"strage" selects no case', 'did you mean `storage`?'],
  [
    'a slip in an id',
    'PX3101',
    { selectors: ['validate/mising'] },
    '"validate/mising" selects no case',
    'did you mean `validate/missing`?',
  ],
  ['nothing near', 'PX3101', { selectors: ['zzzzzzzz'] }, '"zzzzzzzz" selects no case', 'suites: validate, storage'],
  ['a glob', 'PX3101', { selectors: ['x*'] }, '"x*" selects no case', 'suites: validate, storage'],
  [
    'a tag beside one that is there',
    'PX2401',
    { tags: ['errors', 'nobody'] },
    'no case has the tag "nobody"',
    'tags: errors, policy, slow',
  ],
  ['a tag', 'PX3101', { tags: ['erors'] }, 'no case has the tag "erors"', 'did you mean `errors`?'],
  [
    'no pattern',
    'PX2402',
    { grep: '(' },
    '"(" is not a regular expression',
    'the syntax is that of RE2: no look-around, no back-references',
  ],
  [
    'look-around',
    'PX2402',
    { grep: '(?=a)' },
    '"(?=a)" is not a regular expression',
    'the syntax is that of RE2: no look-around, no back-references',
  ],
  ['shard 0/4', 'PX2403', { shard: { index: 0, total: 4 } }, 'there is no shard 0/4', 'write I/N with I from 1 to N'],
  ['shard 5/4', 'PX2403', { shard: { index: 5, total: 4 } }, 'there is no shard 5/4', 'write I/N with I from 1 to N'],
  ['shard 1/0', 'PX2403', { shard: { index: 1, total: 0 } }, 'there is no shard 1/0', 'write I/N with I from 1 to N'],
  [
    'nothing left',
    'PX3101',
    { selectors: ['storage'], tags: ['policy'] },
    'no case is selected, of 4 in the library',
    'nothing was sent; loosen the selection',
  ],
])('%s: %s', async (_, code, selection, message, hint) => {
  const error = await errorOf(() => ids(selection));
  expect([error.code, error.message, error.hint]).toEqual([code, message, hint]);
  expect(error.exitCode).toBe(code === 'PX3101' ? 3 : 2);
});

test('an empty library selects nothing', async () => {
  expect((await errorOf(() => selectCases([], {}))).code).toBe('PX3101');
});

test('the shards are a partition, and a case stays in its shard', () => {
  const many = Array.from({ length: 200 }, (_, index) => caseOf(`s/${index}`, 'a.yaml', { tags: [], title: null }));
  const shards = [1, 2, 3].map((index) => selectCases(many, { shard: { index, total: 3 } }).map(({ id }) => id));
  expect(shards.flat().sort()).toEqual(many.map(({ id }) => id).sort());
  expect(shardOf('validate/missing', 4)).toBe(3);
});

test('patterns that are exponential elsewhere end at once', () => {
  const long = [caseOf(`s/${'a'.repeat(5000)}`, 'a.yaml', { tags: [], title: null })];
  expect(() => selectCases(long, { grep: '(a+)+$b' })).toThrow('no case is selected');
  expect(() => selectCases(long, { selectors: [`${'*a'.repeat(100)}b`] })).toThrow('selects no case');
});
