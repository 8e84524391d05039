import { describe, expect, it } from 'vitest';
import { findFindings } from '../../src/findings/cluster.ts';
import { held } from '../../src/findings/outline.ts';
import { inStacks, stacksOf } from '../../src/findings/stack-fixes.ts';
import { type Answer, bodies, caseOf } from './cases.ts';

const casing = [
  bodies('s/a', ['{"user_id":1,"a":"x"}', '{"userId":1,"a":"x"}']),
  bodies('s/b', ['{"user_id":2,"b_c":"y"}', '{"userId":2,"bC":"y"}']),
];
const semicolon = (reference: string, candidate: string) => {
  const answer = (body: string): Answer => ({ body });
  return caseOf('s/a', [{ path: '/a?x=1;y=2', reference: answer(reference), candidate: answer(candidate) }]);
};
const kept = '{"x":"1;y=2"}';

function fixesIn(cases: Parameters<typeof findFindings>[0], stacks: Readonly<Record<string, string>>): string[] {
  return findFindings(cases, []).flatMap((one) =>
    inStacks(one, new Map(Object.entries(stacks))).map(({ target, text }) => `${target}: ${text}`),
  );
}

describe('the fixes of a finding', () => {
  it.each([
    ['spring', /go: Spring: spring\.jackson\.property-naming-strategy/],
    ['express', /go: Express: the names in the object that res\.json\(\) gets/],
    ['dotnet', /go: \.NET: JsonSerializerOptions\.PropertyNamingPolicy/],
    ['phoenix', /go: no fix for Phoenix is listed; parity explain key-casing shows/],
    ['helidon', /go: no fix for helidon is listed/],
  ])('speak the language of the stack %s, or say that there is none', (stack, wanted) => {
    const fixes = fixesIn(casing, { go: stack });
    expect(fixes.filter((one) => one.startsWith('go: '))).toEqual([expect.stringMatching(wanted)]);
    expect(fixes.some((one) => one.startsWith('rust: '))).toBe(true);
  });

  it('keep the names of the place where the text speaks of the language already', () => {
    expect(fixesIn(casing, { rust: 'axum', go: 'gin' })).toEqual(fixesIn(casing, {}));
  });

  it('give no side the recipe of the other role', () => {
    const dropped = fixesIn([semicolon(kept, '{}')], { go: 'chi' });
    expect(dropped[0]).toContain('go: chi: http.AllowQuerySemicolons');
    const turned = fixesIn([semicolon('{}', kept)], { go: 'chi' });
    expect(turned.filter((one) => one.startsWith('go: ')).join()).not.toContain('AllowQuerySemicolons');
  });

  it('take no framework for another one of the same language', () => {
    const page = (body: string): Answer => ({ status: 405, headers: [], body });
    const one = caseOf('s/a', [
      {
        reference: page(''),
        candidate: { ...page('{"error":"no"}'), headers: [['content-type', 'application/json']] },
      },
    ]);
    for (const text of fixesIn([one], { go: 'rocket' })) expect(text).not.toMatch(/rocket: .*(?:axum|tower)/);
  });
});

describe('the stack of a target', () => {
  const page = (body: string, headers: Answer['headers'] = []): Answer => ({ status: 404, headers, body });
  const seen = (candidate: Answer) =>
    stacksOf([], [held(caseOf('s/a', [{ reference: page('x'), candidate }]), [])]).get('go');

  it.each([
    ['its header X-Powered-By', page('x', [['x-powered-by', 'Express']]), 'express'],
    ['its header Server', page('x', [['server', 'uvicorn']]), 'python'],
    ['a page that its framework writes', page('404 page not found\n', [['content-type', 'text/plain']]), 'go'],
    [
      'a page rather than a server in front',
      page('{"detail":"Not Found"}', [
        ['server', 'uvicorn'],
        ['content-type', 'application/json'],
      ]),
      'fastapi',
    ],
    ['nothing where its answers show none', page('x', [['server', 'nginx']]), undefined],
  ])('is guessed from %s', (_, answer, stack) => {
    expect(seen(answer)).toBe(stack);
  });

  it('is what people say, whatever its answers show', () => {
    const cases = [held(caseOf('s/a', [{ reference: page('x'), candidate: page('404 page not found\n') }]), [])];
    expect(stacksOf([{ name: 'go', stack: 'django' }, { name: 'rust' }], cases).get('go')).toBe('django');
  });
});
