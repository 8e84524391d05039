import { patternFault as namePatternFault } from './header-patterns.ts';
import { isToken } from './headers.ts';
import { compilePattern } from './pattern.ts';
import { pointerFault } from './pointer-pattern.ts';
import type { CompareOptions, IgnoreRule, ReplaceRule, Rung, ToleranceRule, UnorderedRule } from './rules.ts';
import { quoteForMessage } from './source/did-you-mean.ts';
import type { Complain } from './source/source.ts';
import type { SourceNode } from './source/source-node.ts';
import { entryOf, field, itemsOf, numberOf, textOf } from './source/tree-access.ts';

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Takes a `compare` node that fits its schema; returns the keys it has; notes invalid pointers and header names. */
export function readCompare(node: SourceNode | null, complain: Complain): Partial<CompareOptions> {
  const options: Writable<Partial<CompareOptions>> = {};
  const level = textOf(field(node, 'level'));
  if (level !== null) options.level = level as Rung;
  if (entryOf(node, 'headers'))
    options.headers = itemsOf(field(node, 'headers')).map((one) => headerName(one, complain));
  if (entryOf(node, 'ignore')) options.ignore = itemsOf(field(node, 'ignore')).map((one) => ignoreRule(one, complain));
  if (entryOf(node, 'unordered'))
    options.unordered = itemsOf(field(node, 'unordered')).map((one) => unorderedRule(one, complain));
  if (entryOf(node, 'tolerance')) {
    options.tolerance = itemsOf(field(node, 'tolerance')).map((one) => toleranceRule(one, complain));
  }
  if (entryOf(node, 'replace'))
    options.replace = itemsOf(field(node, 'replace')).map((one) => replaceRule(one, complain));
  const origins = field(node, 'origins');
  if (origins?.kind === 'boolean') options.origins = origins.value;
  return options;
}

function headerName(node: SourceNode, complain: Complain): string {
  const name = textOf(node) ?? '';
  const fault = namePatternFault(name);
  if (!isToken(name)) complain(node.span, { message: `${quoteForMessage(name)} is not a header name` });
  else if (fault !== null) complain(node.span, { message: fault, hint: 'e.g. access-control-*' });
  return name.toLowerCase();
}

function termsOf(node: SourceNode): { media?: string; reason: string | null } {
  const media = textOf(field(node, 'media'));
  return { ...(media === null ? {} : { media: media.toLowerCase() }), reason: textOf(field(node, 'reason')) };
}

function ignoreRule(node: SourceNode, complain: Complain): IgnoreRule {
  return {
    pointer: pointer(field(node, 'pointer'), complain),
    keep: textOf(field(node, 'keep')) === 'nothing' ? 'nothing' : 'type',
    ...termsOf(node),
  };
}

function toleranceRule(node: SourceNode, complain: Complain): ToleranceRule {
  const relative = numberOf(field(node, 'relative'));
  const absolute = numberOf(field(node, 'absolute'));
  if (relative === null && absolute === null) {
    complain(node.span, { message: 'a tolerance needs `relative` or `absolute`', hint: 'e.g. relative: 1e-9' });
  }
  return { pointer: pointer(field(node, 'pointer'), complain), relative, absolute, ...termsOf(node) };
}

function unorderedRule(node: SourceNode, complain: Complain): UnorderedRule {
  if (node.kind === 'text') return { pointer: pointer(node, complain), key: null, reason: null };
  const key = textOf(field(node, 'key'));
  if (key?.startsWith('/')) pointer(field(node, 'key'), complain);
  return { pointer: pointer(field(node, 'pointer'), complain), key, ...termsOf(node) };
}

function replaceRule(node: SourceNode, complain: Complain): ReplaceRule {
  const pattern = field(node, 'pattern');
  const fault = patternFault(textOf(pattern) ?? '');
  if (pattern !== null && fault !== null)
    complain(pattern.span, { message: fault, hint: 'RE2 syntax: no lookaround and no backreferences' });
  return {
    pointer: pointer(field(node, 'pointer'), complain),
    pattern: textOf(pattern) ?? '',
    with: textOf(field(node, 'with')) ?? '',
    ...termsOf(node),
  };
}

function patternFault(pattern: string): string | null {
  try {
    compilePattern(pattern);
    return null;
  } catch (cause) {
    return `${quoteForMessage(pattern)} is not a regular expression: ${cause instanceof Error ? quoteForMessage(cause.message) : 'unknown fault'}`;
  }
}

function pointer(node: SourceNode | null, complain: Complain): string {
  const text = textOf(node) ?? '';
  const fault = pointerFault(text);
  if (node !== null && fault !== null) complain(node.span, fault);
  return text;
}
