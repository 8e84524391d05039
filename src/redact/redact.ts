import { isSecretName } from '../config/secret-name.ts';
import type { RecordedExchange } from '../record/types.ts';
import { knownSecrets, masked } from './find-secrets.ts';
import { maxTogether } from './limits.ts';

export type Mask = <T>(value: T) => T;

/** Takes the secrets, to which more may be added, and what else hides something in a text; returns a function that redacts every string of a plain value, however the secrets are written in it. */
export function maskOf(secrets: ReadonlySet<string>, hide?: (text: string) => string): Mask {
  const known = knownSecrets();
  let count = 0;
  const text = (value: string) => known.redactCut(hide === undefined ? value : hide(value));
  const deep = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return sameOr(value, value.map(deep));
    const entries = Object.entries(value);
    const hidden = entries.map(([key, inner]) => [known.redactCut(key), deep(inner)] as const);
    const isSame = hidden.every(([key, inner], at) => key === entries[at]![0] && inner === entries[at]![1]);
    return isSame ? value : Object.fromEntries(hidden);
  };
  return <T>(value: T) => {
    if (secrets.size === 0 && hide === undefined) return value;
    if (secrets.size !== count) for (const secret of [...secrets].slice(count)) known.add(secret);
    count = secrets.size;
    return deep(value) as T;
  };
}

/** What is the same costs no memory of its own: a finding may list a hundred thousand cases. */
function sameOr(value: readonly unknown[], hidden: readonly unknown[]): readonly unknown[] {
  return hidden.every((one, at) => one === value[at]) ? value : hidden;
}

interface Sides {
  readonly reference: string | null;
  readonly candidate: string | null;
}

/** Takes two sides, what hides secrets, and what hides them at that place; returns them masked; where masking makes the same of two that differ, it says so. */
export function maskApart<T extends Sides>(value: T, mask: Mask, hide: (text: string) => string): T {
  const side = (text: string | null) => (text === null ? null : mask(maskJoined(hide(text), mask)));
  const shown = { ...mask(value), reference: side(value.reference), candidate: side(value.candidate) };
  const isHidden = shown.reference === shown.candidate && value.reference !== value.candidate;
  return isHidden ? { ...shown, candidate: `${shown.candidate} (another value, masked)` } : shown;
}

/** The headers with the values left out that are credentials by their names. */
export function maskHeaders(headers: readonly (readonly [string, string])[]): (readonly [string, string])[] {
  return headers.map(([name, value]) => [name, isSecretName(name) ? masked : value]);
}

/** The exchange with the values of headers that carry credentials left out, and of others where they hold a secret only together. */
export function maskCredentials(exchange: RecordedExchange, mask: Mask): RecordedExchange {
  const { request, response } = exchange;
  return {
    ...exchange,
    request: withoutCredentials(request, mask),
    response: response === null ? null : withoutCredentials(response, mask),
  };
}

/** The same of a request or response alone. */
export function withoutCredentials<T extends Pick<RecordedExchange['request'], 'headers'>>(of: T, mask: Mask): T {
  return { ...of, headers: maskSplit(maskHeaders(of.headers), mask) };
}

/** A secret may be split over header lines: none of them shows its part if all values together hold one that no value holds alone. */
function maskSplit(
  headers: readonly (readonly [string, string])[],
  mask: Mask,
): readonly (readonly [string, string])[] {
  const shown = maskTogether(
    headers.map(([, value]) => value),
    mask,
  );
  return headers.map(([name], at) => [name, shown[at]!]);
}

/** What is between the values of header lines of one name. */
const joint = ' | ';

function maskJoined(text: string, mask: Mask): string {
  return text.includes(joint) ? maskTogether(text.split(joint), mask).join(joint) : text;
}

/** Values that follow one another, none of which shows a part of a secret that they hold together. */
function maskTogether(values: readonly string[], mask: Mask): string[] {
  const shown = values.map((value) => mask(value));
  const joined = (start: number, end: number) =>
    end - start === 1 ? shown[start]! : mask(values.slice(start, end).join(''));
  const hidden = new Set<number>();
  for (let size = 2; size <= maxTogether; size += 1)
    for (let start = 0; start + size <= values.length; start += 1) {
      const end = start + size;
      const all = joined(start, end);
      // Where fewer of them hold it, the others are none of its parts.
      if (all === shown[start] + joined(start + 1, end) || all === joined(start, end - 1) + shown[end - 1]) continue;
      for (let at = start; at < end; at += 1) hidden.add(at);
    }
  return shown.map((value, at) => (hidden.has(at) ? masked : value));
}
