import { createHash } from 'node:crypto';
import { compilePattern } from '../config/pattern.ts';
import { didYouMean, quoteForMessage } from '../config/source/did-you-mean.ts';
import { ParityError } from '../errors.ts';
import type { Cases, TestCase } from './case.ts';

/** Which cases of the library are wanted; every part that is there must hold. */
export interface Selection {
  /** Suites, full ids, globs over full ids (`*` is any text, `?` one character), case files or folders; one of them must fit. */
  readonly selectors?: readonly string[];
  /** Regular expression (RE2 syntax, linear time) over id and title. */
  readonly grep?: string;
  /** One of these tags. */
  readonly tags?: readonly string[];
  /** Further tests, each with what is said where no case passes it. */
  readonly filters?: readonly CaseFilter[];
  /** Part `index` (from 1) of `total`. */
  readonly shard?: { readonly index: number; readonly total: number };
}

/** A test of cases. */
export interface CaseFilter {
  readonly test: (one: TestCase) => boolean;
  readonly message: string;
  readonly hint: () => string;
}

/** Takes the library and what is wanted; returns the cases in library order. A shard may be empty where other shards are not. Throws PX3101 if nothing is left, PX2401 for a selector or tag that fits nothing beside others that do, PX2402 for a bad pattern, PX2403 for a bad shard. */
export function selectCases(cases: readonly TestCase[], selection: Selection): TestCase[] {
  return cases.filter(someOf(cases, selection));
}

/** As `selectCases`, for cases that need not all be in memory: those that are selected are none of them held. */
export function selectFrom(cases: Cases, selection: Selection): Cases {
  if (Array.isArray(cases)) return selectCases(cases, selection);
  if (isWholeLibrary(cases, selection)) return cases;
  const isSelected = someOf(cases, selection);
  let length = 0;
  for (const one of cases) length += Number(isSelected(one));
  return { length, [Symbol.iterator]: () => filtered(cases, isSelected) };
}

/** Nothing is asked of the cases, so none need be looked at. */
function isWholeLibrary({ length }: Cases, selection: Selection): boolean {
  const { selectors = [], tags = [], filters = [], grep, shard } = selection;
  return (
    length > 0 && selectors.length + tags.length + filters.length === 0 && grep === undefined && shard === undefined
  );
}

function* filtered(cases: Cases, isSelected: Test): Generator<TestCase> {
  for (const one of cases) if (isSelected(one)) yield one;
}

/** The test of a selection, which some case of all shards passes; else it throws. */
function someOf(cases: Cases, { shard, ...selection }: Selection): Test {
  const test = testOf(cases, selection);
  if (shard !== undefined) checkShard(shard);
  if (some(cases, test)) return shard === undefined ? test : (one) => test(one) && isInShard(one, shard);
  if (cases.length === 0) throw noCases();
  const message = `no case is selected, of ${cases.length} in the library`;
  throw new ParityError('PX3101', message, { hint: 'nothing was sent; loosen the selection' });
}

/** The paths of `cases` hold no case: there is nothing to loosen. */
export function noCases(): ParityError {
  return new ParityError('PX3101', 'there is no case in the library', {
    hint: 'write one below the paths of `cases:` (parity init writes a first one), or name others with --cases',
  });
}

function isInShard(one: TestCase, { index, total }: NonNullable<Selection['shard']>): boolean {
  return shardOf(shardKey(one), total) === index;
}

function testOf(cases: Cases, selection: Omit<Selection, 'shard'>): Test {
  const { selectors = [], tags = [], filters = [], grep } = selection;
  const wanted = checked(selectors.map((selector) => selectorTest(selector, cases)));
  checked(tags.map((tag) => tagTest(tag, cases)));
  for (const one of filters) checked([{ ...one, fits: some(cases, one.test) }]);
  const matches = grep === undefined ? null : grepTest(grep);
  return (one) =>
    (wanted.length === 0 || wanted.some((test) => test(one))) &&
    (tags.length === 0 || tags.some((tag) => one.tags.includes(tag))) &&
    filters.every(({ test }) => test(one)) &&
    (matches?.(one) ?? true);
}

function some(cases: Cases, test: Test): boolean {
  for (const one of cases) if (test(one)) return true;
  return false;
}

/** Takes a case; returns what decides its shard: serial cases of a suite build on each other, and stay together. */
export function shardKey({ id, suite, serial }: Pick<TestCase, 'id' | 'suite' | 'serial'>): string {
  return serial === true ? suite : id;
}

/** Takes a full id and a number of shards; returns the shard from 1 that it always falls into, whatever else the library holds. */
export function shardOf(id: string, total: number): number {
  return (createHash('sha256').update(id).digest().readUInt32BE(0) % total) + 1;
}

type Test = (one: TestCase) => boolean;

/** One selector or tag: what it fits, and what is said if that is nothing. */
interface Wish extends CaseFilter {
  readonly fits: boolean;
}

/** A wish that fits nothing is a slip, not an empty wish: an error, whatever the others select. */
function checked(wishes: readonly Wish[]): Test[] {
  const failed = wishes.find((wish) => !wish.fits);
  if (failed === undefined) return wishes.map((wish) => wish.test);
  const nothing = wishes.every((wish) => !wish.fits);
  throw new ParityError(nothing ? 'PX3101' : 'PX2401', failed.message, { hint: failed.hint() });
}

function selectorTest(selector: string, cases: Cases): Wish {
  const path = selector.replace(/^\.\//, '').replace(/\/$/, '');
  const test: Test = ({ id, suite, location }) =>
    id === selector ||
    suite === selector ||
    location.file === path ||
    location.file.startsWith(`${path}/`) ||
    (/[*?]/.test(selector) && globMatches(selector, id));
  const hint = () => {
    const known = [...cases].flatMap(({ id, suite, location }) => [suite, id, location.file]);
    const suites = Array.from(cases, ({ suite }) => suite);
    return didYouMean(selector, [...new Set(known)]) ?? `suites: ${[...new Set(suites)].join(', ')}`;
  };
  return { test, fits: some(cases, test), message: `${quoteForMessage(selector)} selects no case`, hint };
}

function tagTest(tag: string, cases: Cases): Wish {
  const hint = () => {
    const known = [...new Set([...cases].flatMap(({ tags }) => tags))];
    return didYouMean(tag, known) ?? `tags: ${known.join(', ') || 'none'}`;
  };
  const test: Test = ({ tags }) => tags.includes(tag);
  return { test, fits: some(cases, test), message: `no case has the tag ${quoteForMessage(tag)}`, hint };
}

function grepTest(pattern: string): Test {
  try {
    const compiled = compilePattern(pattern);
    return ({ id, title }) => compiled.matcher(id).find() || (title !== null && compiled.matcher(title).find());
  } catch (cause) {
    const hint = 'the syntax is that of RE2: no look-around, no back-references';
    throw new ParityError('PX2402', `${quoteForMessage(pattern)} is not a regular expression`, { cause, hint });
  }
}

function checkShard({ index, total }: { readonly index: number; readonly total: number }): void {
  if (Number.isInteger(index) && Number.isInteger(total) && index >= 1 && index <= total) return;
  throw new ParityError('PX2403', `there is no shard ${index}/${total}`, { hint: 'write I/N with I from 1 to N' });
}

/** Only the last `*` ever needs to give way, so one point to return to is enough. */
function globMatches(glob: string, text: string): boolean {
  let at = 0;
  let position = 0;
  let star = -1;
  let resume = 0;
  while (position < text.length) {
    if (glob[at] === '*') {
      star = at;
      at += 1;
      resume = position;
    } else if (glob[at] === '?' || glob[at] === text[position]) {
      at += 1;
      position += 1;
    } else if (star !== -1) {
      at = star + 1;
      resume += 1;
      position = resume;
    } else {
      return false;
    }
  }
  while (glob[at] === '*') at += 1;
  return at === glob.length;
}
