import { describe, expect, it } from 'vitest';
import { blastRadius } from '../../../src/assurance/blast-radius.ts';
import { strictProblems } from '../../../src/assurance/rule-problems.ts';
import { type CompareOptions, defaultCompare } from '../../../src/config/rules.ts';
import { compareOne, response, side } from '../exchanges.ts';

type Options = Partial<CompareOptions>;

const answer = (type: string, body: string) => response({ headers: [['content-type', type]], body });
const ignoring = (pointer: string, media?: string): Options => ({
  ignore: [{ pointer, keep: 'type', reason: null, ...(media === undefined ? {} : { media }) }],
});
const seen = (a: readonly [string, string], b: readonly [string, string], options: Options) =>
  compareOne(answer(...a), answer(...b), options)
    .divergences.filter(({ facet, rung }) => facet === 'body' && rung !== 'wire')
    .map(({ kind, rung }) => `${kind} ${rung}`);

describe('a rule for a media type', () => {
  it.each<readonly [string, readonly [string, string], readonly [string, string], Options, readonly string[]]>([
    ['holds for its type', ['text/html', '<p>1</p>'], ['text/html', '<p>2</p>'], ignoring('', 'text/html'), []],
    [
      'whatever the case and the parameters',
      ['Text/HTML; charset=utf-8', '<p>1</p>'],
      ['text/html', '<p>2</p>'],
      ignoring('', 'text/HTML'),
      [],
    ],
    ['holds for a family', ['text/csv', 'a'], ['text/csv', 'b'], ignoring('', 'text/*'), []],
    [
      'holds for a suffix',
      ['application/problem+json', '{"a":1}'],
      ['application/problem+json', '{"a":2}'],
      ignoring('/a', 'application/*+json'),
      [],
    ],
    [
      'says nothing of another type',
      ['text/plain', '1'],
      ['text/plain', '2'],
      ignoring('', 'text/html'),
      ['value value'],
    ],
    [
      'says nothing where one side has another type',
      ['text/html', '<p>1</p>'],
      ['text/plain', '<p>2</p>'],
      ignoring('', 'text/html'),
      ['value value'],
    ],
    [
      'a suffix is not a type of its own',
      ['application/json', '{"a":1}'],
      ['application/json', '{"a":2}'],
      ignoring('/a', 'application/*+json'),
      ['value value'],
    ],
    [
      'a family is not a part of a name',
      ['text/html', '1'],
      ['text/html', '2'],
      ignoring('', 'text/htm'),
      ['value value'],
    ],
    ['leaves the rules for all types in force', ['text/plain', '1'], ['text/plain', '2'], ignoring(''), []],
  ])('%s', (_, a, b, options, expected) => {
    expect(seen(a, b, options)).toEqual(expected);
    expect(seen(b, a, options)).toEqual(expected);
  });

  it.each<readonly [keyof CompareOptions, Options, string, string]>([
    [
      'unordered',
      { unordered: [{ pointer: '', key: null, media: 'application/json', reason: null }] },
      '[1,2]',
      '[2,1]',
    ],
    [
      'tolerance',
      { tolerance: [{ pointer: '', relative: null, absolute: 1, media: 'application/json', reason: null }] },
      '1',
      '2',
    ],
    [
      'replace',
      { replace: [{ pointer: '', pattern: '[0-9]', with: '', media: 'application/json', reason: null }] },
      '"a1"',
      '"a2"',
    ],
  ])('%s can be for one, too', (_, options, a, b) => {
    expect(seen(['application/json', a], ['application/json', b], options)).toEqual([]);
    expect(seen(['application/vnd.a+json', a], ['application/vnd.a+json', b], options)).not.toEqual([]);
  });
});

const builds: Options = { replace: [{ pointer: '', pattern: 'build-[0-9]+', with: 'build', reason: null }] };

describe('a text', () => {
  it.each<readonly [string, string, string, Options, readonly string[]]>([
    ['is compared with its parts replaced', 'a build-1 z\n', 'a build-22 z\n', builds, []],
    ['is compared beside them', 'a build-1 z\n', 'b build-22 z\n', builds, ['value value']],
    [
      'is not a place in a body',
      'build-1',
      'build-2',
      { replace: [{ ...builds.replace![0]!, pointer: '/a' }] },
      ['value value'],
    ],
    ['may hold its own origin', 'see http://rust.test/a', 'see http://go.test/a', { origins: true }, []],
    [
      'may not hold that of the other',
      'see http://go.test/a',
      'see http://rust.test/a',
      { origins: true },
      ['value value'],
    ],
  ])('%s', (_, a, b, options, expected) => {
    expect(seen(['text/plain', a], ['text/plain', b], options)).toEqual(expected);
  });

  it('shows what still differs, with the origins named', () => {
    const { divergences } = compareOne(
      answer('text/html', '<a href="http://rust.test/a">1</a>\n<p>x</p>'),
      answer('text/html', '<a href="http://go.test/a">1</a>\n<p>y</p>'),
      { origins: true },
    );
    expect(divergences).toMatchObject([{ reference: 'line 2: <p>x</p>', candidate: 'line 2: <p>y</p>' }]);
    const first = compareOne(answer('text/html', 'http://rust.test 1'), answer('text/html', 'http://go.test 2'), {
      origins: true,
    });
    expect(first.divergences).toMatchObject([{ reference: 'line 1: {origin} 1', candidate: 'line 1: {origin} 2' }]);
  });
});

describe('the blast radius', () => {
  const radiusOf = (options: Options, type: string, body: string) => {
    const gatherer = blastRadius({ seed: 1 });
    const all = { ...defaultCompare, ...options };
    gatherer.add({ case: 's/a', reference: side('rust', [answer(type, body)]), options: all });
    return gatherer.radii().rules;
  };

  it.each<readonly [string, Options, string, string, object]>([
    [
      'counts a text as one value',
      ignoring(''),
      'text/plain',
      'a',
      { rule: 'ignore (the whole body)', touched: 1, leaves: 1 },
    ],
    ['counts a text that a pattern is found in', builds, 'text/plain', 'build-1', { touched: 1, leaves: 1 }],
    ['counts no text that it is not found in', builds, 'text/plain', 'x', { touched: 0, leaves: 1 }],
    [
      'counts its own media type',
      ignoring('', 'text/html'),
      'text/html',
      'a',
      { rule: 'ignore (the whole body) in text/html', touched: 1 },
    ],
    ['counts no other', ignoring('', 'text/html'), 'text/plain', 'a', { touched: 0, leaves: 0, unread: 0 }],
    ['tells what it cannot look into', ignoring('/a/b'), 'application/xml', '<a><b>', { touched: 0, unread: 1 }],
  ])('%s', (_, options, type, body, expected) => {
    expect(radiusOf(options, type, body)).toMatchObject([expected]);
  });

  it('calls no rule dead that may be about a body it cannot look into', () => {
    expect(strictProblems(radiusOf(ignoring('/a/b'), 'application/xml', '<a><b/></a>'))).toEqual([]);
    expect(strictProblems(radiusOf(ignoring('/a'), 'text/plain', 'x'))).toHaveLength(1);
    expect(strictProblems(radiusOf(ignoring('', 'text/html'), 'application/xml', '<a/>'))).toHaveLength(1);
  });
});
