import { isOfMedia } from '../../config/media-pattern.ts';
import type { CompareOptions } from '../../config/rules.ts';
import type { MediaType } from '../headers/media-type.ts';

const narrowed = new WeakMap<CompareOptions, Map<string, CompareOptions>>();
const patterns = new WeakMap<CompareOptions, readonly string[]>();

/**
 * The options without the rules that are for another media type than both bodies have. The same object where all rules are in
 * force, and one object for each set of rules that can be: what is compiled of them is compiled once.
 */
export function rulesForMedia(options: CompareOptions, types: readonly MediaType[]): CompareOptions {
  if (!dependsOnMedia(options)) return options;
  const lost = new Set(
    patternsOf(options).filter((pattern) => !types.every(({ essence }) => isOfMedia(essence, pattern))),
  );
  if (lost.size === 0) return options;
  const sets = narrowed.get(options) ?? new Map<string, CompareOptions>();
  narrowed.set(options, sets);
  const key = [...lost].join();
  const found = sets.get(key) ?? without(options, lost);
  sets.set(key, found);
  return found;
}

/** Some rule is for one media type. */
export function dependsOnMedia(options: CompareOptions): boolean {
  return patternsOf(options).length > 0;
}

function patternsOf(options: CompareOptions): readonly string[] {
  const found = patterns.get(options) ?? namedIn(options);
  patterns.set(options, found);
  return found;
}

function namedIn({ ignore, unordered, tolerance, replace }: CompareOptions): string[] {
  const named = [...ignore, ...unordered, ...tolerance, ...replace].map(({ media }) => media);
  return [...new Set(named)].filter((media) => media !== undefined);
}

function without(options: CompareOptions, lost: ReadonlySet<string | undefined>): CompareOptions {
  const stays = ({ media }: { media?: string }) => !lost.has(media);
  return {
    ...options,
    ignore: options.ignore.filter(stays),
    unordered: options.unordered.filter(stays),
    tolerance: options.tolerance.filter(stays),
    replace: options.replace.filter(stays),
  };
}
