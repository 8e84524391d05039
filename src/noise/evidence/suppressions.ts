import type { CompareOptions, IgnoreRule, UnorderedRule } from '../../config/rules.ts';
import type { NoisyPlace } from './self-diff.ts';

/** The rules that forgive this noise and no more: values keep presence and type, arrays lose only their order. */
export function rulesFor(noise: readonly NoisyPlace[]): Pick<CompareOptions, 'ignore' | 'unordered'> {
  if (noise.length === 0) return { ignore: [], unordered: [] };
  const body = noise.filter((place) => place.facet === 'body');
  const values = body.filter((place) => place.what === 'value');
  const ignore = values.map(
    ({ pointer, reason = 'differs each time on both sides' }): IgnoreRule => ({
      pointer,
      keep: 'type',
      reason,
      isInferred: true,
    }),
  );
  const unordered = body
    .filter((place) => place.what === 'order')
    .map(
      ({ pointer, key = null }): UnorderedRule => ({
        pointer,
        key,
        reason: 'another order each time on both sides',
        isInferred: true,
      }),
    );
  return { ignore: unique(ignore, (rule) => rule.pointer), unordered: unique(unordered, (rule) => rule.pointer) };
}

/** A list with each thing once, by its key: the last of them where the first was. */
export function unique<T>(list: readonly T[], key: (one: T) => string): T[] {
  return [...new Map(list.map((one) => [key(one), one])).values()];
}

/** The options with these rules added. */
export function withRules(
  options: CompareOptions,
  rules: Pick<CompareOptions, 'ignore' | 'unordered'>,
): CompareOptions {
  if (rules.ignore.length + rules.unordered.length === 0) return options;
  return {
    ...options,
    ignore: [...options.ignore, ...rules.ignore],
    unordered: [...options.unordered, ...rules.unordered],
  };
}
