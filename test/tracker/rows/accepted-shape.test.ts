import { describe, expect, it } from 'vitest';
import type { TrackedFinding } from '../../../src/findings/finding.ts';
import type { Occurrence } from '../../../src/findings/occurrences.ts';
import { maxShapeTextListed } from '../../../src/tracker/limits.ts';
import { coverageIn, isCutShort, pinned, pinOf, withShown } from '../../../src/tracker/rows/accepted-shape.ts';
import { parseShape, spellShape } from '../../../src/tracker/rows/shape-text.ts';
import { finding } from '../sample.ts';

const at = (place: string, pair: string): Occurrence => ({
  case: `a/${place}`,
  place,
  pair,
  reference: `r ${pair}`,
  candidate: `c ${pair}`,
});
const unexplained = (occurrences: Occurrence[], terms: TrackedFinding['terms'] = {}) =>
  finding('P-00000001', { class: 'unexplained', verified: false, occurrences, terms });
const recognised = (occurrences: Occurrence[]) =>
  finding('P-00000001', { class: 'over-accepts', verified: false, recognised: true, occurrences });
const narrow = { cases: false, values: false };

/** What of a finding is not covered by an acceptance of another: cases, then values. */
const beyond = (accepted: TrackedFinding, now: TrackedFinding, widening = narrow) => {
  const { words, cases, values } = coverageIn(pinned('x', pinOf(accepted)), now, widening);
  return [words, cases.map((one) => one.place), values.map((one) => one.pair)];
};

describe('what an acceptance covers of what nothing explains', () => {
  const accepted = unexplained([at('one', 'p'), at('one', 'q'), at('two', 'r')]);

  it.each<[string, Occurrence[], typeof narrow, string[], string[]]>([
    ['the same', [at('one', 'p'), at('one', 'q'), at('two', 'r')], narrow, [], []],
    ['less', [at('two', 'r')], narrow, [], []],
    ['another value', [at('one', 'x')], narrow, [], ['x']],
    ['the value of another case', [at('two', 'p')], narrow, [], ['p']],
    ['another case', [at('new', 'p')], narrow, ['new'], []],
    ['a value that is noise now', [at('one', '0')], narrow, [], []],
    ['another case where cases are widened', [at('new', 'p')], { cases: true, values: false }, [], []],
    ['another value of it', [at('new', 'x')], { cases: true, values: false }, [], ['x']],
    ['another value where values are widened', [at('one', 'x')], { cases: false, values: true }, [], []],
    ['another case where values are widened', [at('new', 'p')], { cases: false, values: true }, ['new'], []],
    ['anything where both are widened', [at('new', 'x')], { cases: true, values: true }, [], []],
  ])('%s', (_why, now, widening, cases, values) => {
    expect(beyond(accepted, unexplained(now), widening)).toEqual([[], cases, values]);
  });

  it('any value at a place where the accepted one was noise', () => {
    expect(beyond(unexplained([at('one', '0')]), unexplained([at('one', 'x')]))).toEqual([[], [], []]);
  });

  it('the form of what is noise, unless values are widened', () => {
    const [word, sentence] = ['a word', 'a sentence'].map((form) =>
      unexplained([at('one', '0')], { 'candidate:': [form] }),
    );
    expect(beyond(word!, sentence!)).toEqual([['candidate: a sentence'], [], []]);
    expect(beyond(word!, sentence!, { cases: false, values: true })).toEqual([[], [], []]);
  });
});

it('a class that is not proved is covered with its statuses, and other values are none of its matter', () => {
  const accepted = recognised([at('one', 's')]);
  expect(beyond(accepted, recognised([at('one', 't')]), { cases: true, values: true })).toEqual([[], [], ['t']]);
  expect(beyond(accepted, recognised([at('new', 's')]))).toEqual([[], ['new'], []]);
  expect(beyond(accepted, recognised([at('one', '0')]))).toEqual([[], [], ['0']]);
});

it('a law is covered in any case', () => {
  const law = (place: string) => finding('P-00000001', { occurrences: [at(place, 'x')] });
  expect(beyond(law('one'), law('two'))).toEqual([[], [], []]);
});

it('more occurrences than a row lists are not covered, and the row says that it is cut', () => {
  const many = Array.from({ length: maxShapeTextListed + 5 }, (_, index) =>
    at(`k${String(index).padStart(4, '0')}`, 'p'),
  );
  const pin = pinOf(unexplained(many));
  expect([isCutShort(pin), pin.length < 15_000]).toEqual([true, true]);
  expect(beyond(unexplained(many), unexplained(many))).toEqual([
    [],
    many.slice(maxShapeTextListed).map((one) => one.place),
    [],
  ]);
  expect(beyond(unexplained(many), unexplained(many), { cases: true, values: false })).toEqual([[], [], []]);
});

it.each([
  'key-casing',
  'key-casing + x; 1f0k:9sd',
  'key-casing; law',
  'unexplained; seen',
  'unexplained; 1f0k:9sd,aaa; seen k3f9a:1b2c3,1b2c4 k3f9b k3f9c:1b2c3',
  'unexplained; seen + k3f9a:0',
])('the text of a shape is read as it was written: %s', (text) => {
  expect(spellShape(parseShape(text))).toBe(text);
});

describe('what the row of a finding shows while it is open', () => {
  const [one, two] = [unexplained([at('one', 'p')]), unexplained([at('two', 'q')])];
  const cases = (cell: string, now: TrackedFinding) => coverageIn(cell, now, narrow).cases.length;

  it('is the last that was seen, where all of its cases ran', () => {
    const cell = withShown(withShown('unexplained at `/a`', one, true), two, true);
    expect(cell).toBe('unexplained at `/a` <!-- shown: unexplained; seen two:q -->');
    expect([cases(cell, two), cases(cell, one)]).toEqual([0, 1]);
  });

  it('is all that was seen, where some of them did', () => {
    const cell = withShown(withShown('unexplained at `/a`', one, true), two, false);
    expect([cases(cell, two), cases(cell, one)]).toEqual([0, 0]);
    expect(withShown(cell, one, false)).toBe(cell);
  });

  it('is nothing of a law, which its class names', () => {
    const law = finding('P-00000001', { terms: { 'POST /a key-casing at /: key': ['camelCase'] } });
    expect(withShown(withShown('x at `/`', one, true), law, true)).toBe('x at `/`');
  });

  it('stays where some of its cases ran, and these alone prove its law', () => {
    const law = finding('P-00000001', { occurrences: [at('one', 'p')] });
    const cell = withShown('x at `/`', recognised([at('one', 'p'), at('two', 'p')]), true);
    expect([withShown(cell, law, false), withShown(cell, law, true)]).toEqual([cell, 'x at `/`']);
  });

  it('takes the place of what was accepted, or is added to it where some of its cases ran', () => {
    const accepted = pinned('unexplained at `/a`', pinOf(one));
    expect(cases(withShown(accepted, two, true), one)).toBe(1);
    expect(cases(withShown(accepted, two, false), one)).toBe(0);
  });
});
