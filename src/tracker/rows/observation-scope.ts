import { isComparedHeader } from '../../config/header-patterns.ts';
import { type PatternSegment, patternSegments } from '../../config/pointer-pattern.ts';
import { type CompareOptions, type Rung, ruleName, rungs } from '../../config/rules.ts';
import { pointerTokens } from '../../json/pointer.ts';
import type { Noise } from '../../noise/evidence/self-diff.ts';
import { visible } from './escape.ts';
import type { TrackerRow } from './row.ts';

/** What a case compared on a candidate: a divergence that it would have shown, and did not, is not there. */
export interface ObservationScope {
  readonly candidate: string;
  /** The highest rung up to which it would have shown one; null where that was not kept. */
  readonly upTo: Rung | null;
  /** One side gave no answer, or one with another status, and what their bodies and headers say belongs to that. */
  readonly apart: boolean;
  /** The level of the case, the headers that it compares, and the rules that were in force. */
  readonly options: CompareOptions;
  /** Some answer was XML, of whose text a rule for a place in it leaves out a part. */
  readonly isMarkup: boolean;
  /** What was suppressed as noise. */
  readonly noise: readonly Pick<Noise, 'facet' | 'pointer' | 'what'>[];
}

/** Where the divergence of a row is, and how fine it is. */
export type RowPlace =
  | { readonly facet: 'body'; readonly tokens: readonly string[]; readonly rung: Rung }
  | { readonly facet: 'headers'; readonly name: string }
  | { readonly facet: 'other' };

/** A row in, its place out, from the cell Divergence; null if none can be read there. Where a table has no such cell it is the whole body. */
export function placeIn({ divergence, own }: TrackerRow): RowPlace | null {
  const place = divergence === null ? '/' : (/^\S+ at (.+)$/.exec(divergence)?.[1] ?? '');
  if (place === 'status' || place === 'transport' || place === 'headers') return { facet: 'other' };
  if (place.startsWith('header ')) return { facet: 'headers', name: place.slice('header '.length) };
  const tokens = place.startsWith('/') ? pointerTokens(place === '/' ? '' : place) : null;
  if (tokens === null) return null;
  return { facet: 'body', tokens, rung: own?.rung ?? 'shape' };
}

/** What a case compared and the place of a row in, why the case would not have shown its divergence out; null if it would have. */
export function blindness(scope: ObservationScope, place: RowPlace): string | null {
  if (scope.upTo === null) return 'its cases are compared in too many different ways';
  if (place.facet === 'other') return null;
  if (scope.apart) return 'its cases end in another status now';
  if (place.facet === 'headers') return headerBlindness(scope, place.name);
  const { level } = scope.options;
  if (rungs.indexOf(scope.upTo) < rungs.indexOf(place.rung)) return `level ${level} does not compare ${beyond[level]}`;
  const rule = ruleOver(scope, place.tokens, place.rung !== 'shape');
  if (rule !== null) return `the rule ${rule} leaves its place out`;
  const isNoisy = place.rung !== 'shape' && scope.noise.some((one) => one.facet === 'body' && suppresses(one, place));
  return isNoisy ? noisy : null;
}

/** What people may do about a row that no run can judge any more. */
export const unlessMeant = 'if that is as it should be, write fixed under Status';

const noisy = `its place differs from answer to answer on both sides; ${unlessMeant}`;

/** What a level compares nothing of. */
const beyond: Readonly<Record<Rung, string>> = { status: 'bodies', shape: 'values', value: 'bytes', wire: 'it' };

function headerBlindness({ options, noise }: ObservationScope, name: string): string | null {
  if (!isComparedHeader(name, options.headers.map(visible))) return `header ${name} is not compared`;
  return noise.some(({ facet, pointer }) => facet === 'headers' && visible(pointer.slice(1)) === name) ? noisy : null;
}

function suppresses(
  { pointer, what }: ObservationScope['noise'][number],
  { tokens }: { tokens: readonly string[] },
): boolean {
  return stands(pointer, tokens, what === 'value' ? 'below' : 'here');
}

/** What the rule is called that leaves a place out, or what is finer there than its shape; null if there is none. */
function ruleOver({ options, isMarkup }: ObservationScope, tokens: readonly string[], isFine: boolean): string | null {
  const leaves = ({ keep }: CompareOptions['ignore'][number]) => keep === 'nothing' || (isFine && keep === 'type');
  const isOfText = isMarkup && isFine && tokens.length === 0;
  const ignored = options.ignore.find((rule) => leaves(rule) && (isOfText || stands(rule.pointer, tokens, 'below')));
  if (ignored !== undefined) return shownRule('ignore', ignored.pointer);
  if (!isFine) return null;
  for (const word of ['unordered', 'tolerance', 'replace'] as const) {
    const rule = options[word].find(({ pointer }) => stands(pointer, tokens, 'here'));
    if (rule !== undefined) return shownRule(word, rule.pointer);
  }
  return null;
}

function shownRule(word: string, pointer: string): string {
  return ruleName(word, [...visible(pointer)].slice(0, 80).join(''));
}

/** Whether a place is where a pattern leads, or also anywhere below. A `*` of the place may be any key. */
function stands(pattern: string, tokens: readonly string[], where: 'here' | 'below'): boolean {
  const parts = patternSegments(pattern);
  let at = opened(new Set([0]), parts);
  for (const token of tokens) {
    if (where === 'below' && at.has(parts.length)) return true;
    at = opened(stepped(at, parts, token), parts);
  }
  return at.has(parts.length);
}

/** With what comes behind each `**`, which need not stand for anything. */
function opened(at: Set<number>, parts: readonly PatternSegment[]): Set<number> {
  for (const index of at) if (parts[index]?.any === 'depth') at.add(index + 1);
  return at;
}

function stepped(at: ReadonlySet<number>, parts: readonly PatternSegment[], token: string): Set<number> {
  const next = new Set<number>();
  for (const index of at) {
    const part = parts[index];
    if (part === undefined) continue;
    if (part.any === 'depth') next.add(index);
    else if (part.any === 'one' || token === '*' || visible(part.text) === token) next.add(index + 1);
  }
  return next;
}
