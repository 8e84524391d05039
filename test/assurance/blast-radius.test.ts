import { describe, expect, it } from 'vitest';
import { blastRadius } from '../../src/assurance/blast-radius.ts';
import { strictProblems, wideRules } from '../../src/assurance/rule-problems.ts';
import { rulesInUse } from '../../src/assurance/rules-in-use.ts';
import { type CompareOptions, defaultCompare } from '../../src/config/rules.ts';
import type { RecordedRule } from '../../src/record/evidence.ts';
import { failure, json, response, side } from '../compare/exchanges.ts';

type Rules = Partial<CompareOptions>;
const body =
  '{"id":"r-1","n":1.5,"on":true,"none":null,"list":[{"k":1},{"k":2}],"empty":[],"url":"http://rust.test/x"}';
const ignore = (pointer: string, keep: 'type' | 'nothing' = 'type') => ({ pointer, keep, reason: 'why' });

function radii(options: Rules, bodies: readonly string[] = [body], seed = 42) {
  const gatherer = blastRadius({ seed });
  for (const [at, text] of bodies.entries())
    gatherer.add({
      case: `s/${at}`,
      reference: side('rust', [json(text)]),
      options: { ...defaultCompare, ...options },
    });
  return gatherer.radii();
}

function only(options: Rules, bodies?: readonly string[]): RecordedRule {
  const { rules } = radii(options, bodies);
  expect(rules).toHaveLength(1);
  return rules[0]!;
}

it('a rule of a place in XML reaches the elements there, and no others', () => {
  const gatherer = blastRadius({ seed: 42 });
  const xml = response({
    headers: [['content-type', 'application/xml']],
    body: '<r><i><id>1</id><n>1</n></i><i><id>2</id><n>1</n></i><t>x</t></r>',
  });
  const options = { ...defaultCompare, ignore: [ignore('/r/i/*/id')] };
  gatherer.add({ case: 's/0', reference: side('rust', [xml]), options });
  expect(gatherer.radii().rules).toMatchObject([{ rule: 'ignore /r/i/*/id', touched: 2, leaves: 5, unread: 0 }]);
});

describe('a rule', () => {
  it.each<readonly [string, Rules, Partial<RecordedRule>]>([
    [
      'that keeps the type hides the value',
      { ignore: [ignore('/id')] },
      { rule: 'ignore /id', touched: 1, mutated: 2, unseen: 1 },
    ],
    ['that keeps nothing hides both', { ignore: [ignore('/id', 'nothing')] }, { touched: 1, mutated: 2, unseen: 2 }],
    ['reaches what is below', { ignore: [ignore('/list')] }, { touched: 2, mutated: 4, unseen: 2 }],
    ['reaches an empty array', { ignore: [ignore('/empty')] }, { touched: 1, mutated: 1, unseen: 0 }],
    ['reaches null', { ignore: [ignore('/none')] }, { touched: 1, mutated: 1, unseen: 0 }],
    [
      'of the whole body',
      { ignore: [ignore('', 'nothing')] },
      { rule: 'ignore (the whole body)', touched: 8, share: 1 },
    ],
    [
      'about order hides moves and no values',
      { unordered: [{ pointer: '/list', key: 'k', reason: null }] },
      { rule: 'unordered /list', touched: 2, mutated: 5, unseen: 1, reason: null },
    ],
    [
      'about order means arrays',
      { unordered: [{ pointer: '/id', key: null, reason: null }] },
      { touched: 0, mutated: 0 },
    ],
    [
      'about numbers hides small steps',
      { tolerance: [{ pointer: '/**', relative: null, absolute: 0.2, reason: null }] },
      { touched: 3, unseen: 1 },
    ],
    [
      'that replaces counts what it changes',
      { replace: [{ pointer: '/*', pattern: '[0-9]+x*$', with: '', reason: 'n' }] },
      { rule: 'replace /*', touched: 1, mutated: 2, unseen: 1, reason: 'n' },
    ],
    ['about origins', { origins: true }, { rule: 'origins', touched: 1, mutated: 2, unseen: 0 }],
    ['of another place', { ignore: [ignore('/nowhere')] }, { touched: 0, leaves: 8, share: 0, mutated: 0, unseen: 0 }],
  ])('%s', (_, options, expected) => {
    expect(only(options)).toMatchObject({ leaves: 8, share: (expected.touched ?? 0) / 8, ...expected });
  });

  it('adds up over cases, and its share is of the bodies where it is in force', () => {
    expect(only({ ignore: [ignore('/id')] }, [body, '{"id":1}', '[1]'])).toMatchObject({
      touched: 2,
      leaves: 10,
      share: 0.2,
    });
  });

  it('is changed at twenty places at most', () => {
    const many = JSON.stringify(Array.from({ length: 500 }, (_, i) => i));
    expect(only({ ignore: [ignore('/*', 'nothing')] }, [many])).toMatchObject({
      touched: 500,
      mutated: 40,
      unseen: 40,
    });
  });
});

describe('the gatherer', () => {
  const options = { ...defaultCompare, ignore: [ignore('/**')], tolerance: [] };
  const bodies = Array.from({ length: 30 }, (_, i) => JSON.stringify({ a: i, b: [i, null, 'x', {}] }));

  it('finds the same in any order, and for the same seed', () => {
    const [there, back] = [blastRadius({ seed: 1 }), blastRadius({ seed: 1 })];
    const answers = bodies.map((text, at) => ({ case: `s/${at}`, reference: side('rust', [json(text)]), options }));
    for (const answer of answers) there.add(answer);
    for (const answer of answers.reverse()) back.add(answer);
    expect(back.radii()).toEqual(there.radii());
    expect(there.radii()).toEqual(there.radii());
  });

  it('counts what it does not look into, and takes what is not JSON as one text', () => {
    const gatherer = blastRadius({ seed: 1 });
    const deep = `${'['.repeat(600)}${']'.repeat(600)}`;
    const big = JSON.stringify({ a: 'x'.repeat(1024 * 1024) });
    const outcomes = [
      json(big),
      json(deep),
      json('{'),
      response({ body: 'text' }),
      failure('lost', 'reset'),
      json('{"a":1}'),
    ];
    gatherer.add({ case: 's/one', reference: side('rust', outcomes), options });
    expect(gatherer.radii()).toMatchObject({ bodiesSkipped: 2, rules: [{ touched: 3, leaves: 3 }] });
  });

  it('has nothing to say without rules', () => {
    const leftOut = { rules: 0, values: 0, leaves: null, cases: 0, compared: 1 };
    expect(radii({})).toEqual({ rules: [], bodiesSkipped: 0, leftOut });
    expect(rulesInUse(defaultCompare)).toEqual([]);
  });

  it('knows a rule again in the options of another case', () => {
    const gatherer = blastRadius({ seed: 1 });
    for (const level of ['value', 'wire'] as const)
      gatherer.add({ case: level, reference: side('rust', [json('1')]), options: { ...options, level } });
    expect(gatherer.radii().rules).toHaveLength(1);
  });
});

describe('what is said', () => {
  it('of rules that match nothing', () => {
    const { rules } = radii({ ignore: [ignore('/id'), ignore('/a\u001b[2J')] });
    const problems = strictProblems(rules);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(
      /^the rule ignore \/a[^\u001b]+ matches nothing: no value of any answer stands under it$/,
    );
  });

  it.each([
    ['less', '{"a":1,"b":[1,2,3]}', []],
    ['just three tenths', '{"a":[1,2,3],"b":[1,2,3,4,5,6,7]}', []],
    ['more', '{"a":[1,2],"b":[1,2,3]}', ['40% of all values (2 of 5); of 4 changes made there, 2 went unseen']],
  ])('of a rule over %s than 30 %% of the values', (_, text, said) => {
    const { rules } = radii({ ignore: [ignore('/a')] }, [text]);
    expect(wideRules(rules)).toEqual(said.map((rest) => `the rule ignore /a covers ${rest}`));
  });
});
