import { isOfMedia } from '../config/media-pattern.ts';
import type { CompareOptions } from '../config/rules.ts';
import type { MediaType } from './media.ts';

const narrowed = new WeakMap<CompareOptions, Map<string, CompareOptions>>();
const patterns = new WeakMap<CompareOptions, readonly string[]>();

/**
 * The options without the rules that are for another media type than both bodies have. The same object where all rules are in
 * force, and one object for each set of rules that can be: what is compiled of them is compiled once.
 */
export function inForce(options: CompareOptions, types: readonly MediaType[]): CompareOptions {
  const known = patternsOf(options);
  if (known.length === 0) return options;
  const lost = new Set(known.filter((pattern) => !types.every(({ essence }) => isOfMedia(essence, pattern))));
  if (lost.size === 0) return options;
  const sets = narrowed.get(options) ?? new Map<string, CompareOptions>();
  narrowed.set(options, sets);
  const key = [...lost].join('\n');
  const found = sets.get(key) ?? without(options, lost);
  sets.set(key, found);
  return found;
}

function patternsOf(options: CompareOptions): readonly string[] {
  const { ignore, unordered, tolerance, replace } = options;
  const found = patterns.get(options) ?? [
    ...new Set([...ignore, ...unordered, ...tolerance, ...replace].flatMap(({ media }) => media ?? [])),
  ];
  patterns.set(options, found);
  return found;
}

function without(options: CompareOptions, lost: ReadonlySet<string>): CompareOptions {
  const stays = ({ media }: { media?: string }) => media === undefined || !lost.has(media);
  return {
    ...options,
    ignore: options.ignore.filter(stays),
    unordered: options.unordered.filter(stays),
    tolerance: options.tolerance.filter(stays),
    replace: options.replace.filter(stays),
  };
}
