import { didYouMean, quote } from '../config/closest.ts';
import { isToken } from '../config/headers.ts';
import { entriesOf, textOf } from '../config/node.ts';
import { pointerFault } from '../config/pointer-pattern.ts';
import type { Complain, Source, Span } from '../config/source.ts';
import type { Entry, SourceNode } from '../config/tree.ts';
import type { Capture } from './case.ts';
import { isVariableName, placeholderNames } from './placeholder.ts';

/** Takes a `capture` node that fits its schema; returns the captures by name; notes names and sources that are none. */
export function readCaptures(node: SourceNode | null, complain: Complain): Record<string, Capture> {
  const captures: Record<string, Capture> = {};
  for (const entry of entriesOf(node)) {
    if (!isVariableName(entry.key)) {
      const hint = 'use a letter, then letters, digits, `_`, `-`';
      complain(entry.keySpan, { message: `${quote(entry.key)} cannot name a captured value`, hint });
    }
    const capture = readCapture(entry, complain);
    if (capture !== null) captures[entry.key] = capture;
  }
  return captures;
}

function readCapture({ value, keySpan }: Entry, complain: Complain): Capture | null {
  const [source, ...more] = entriesOf(value);
  if (source === undefined || more.length > 0) {
    complain(keySpan, { message: 'a captured value has exactly one of `pointer`, `header` and `status`' });
    return null;
  }
  if (source.key === 'status') return { from: 'status' };
  const text = textOf(source.value) ?? '';
  const notHeader = { message: `${quote(text)} is not a header name` };
  const fault = source.key === 'pointer' ? pointerFault(text) : isToken(text) ? null : notHeader;
  if (fault !== null) complain(source.value.span, fault);
  return source.key === 'pointer' ? { from: 'pointer', pointer: text } : { from: 'header', name: text.toLowerCase() };
}

/** Takes a request node and the names that earlier steps capture; notes every `{{name}}` in it that stands for nothing. */
export function checkPlaceholders(
  node: SourceNode,
  known: ReadonlySet<string>,
  place: { source: Source; complain: Complain },
): void {
  visit(node, { ...place, known, visited: new Set() });
}

/** Shared nodes are looked at once, or aliases could multiply the work. */
function visit(node: SourceNode, search: Search): void {
  if (search.visited.has(node)) return;
  search.visited.add(node);
  if (node.kind === 'text') check(node.value, node.span, search);
  if (node.kind === 'list') for (const item of node.items) visit(item, search);
  if (node.kind !== 'map') return;
  for (const { key, keySpan, value } of node.entries) {
    check(key, keySpan, search);
    visit(value, search);
  }
}

function check(text: string, span: Span, search: Search): void {
  for (const name of placeholderNames(text)) if (!search.known.has(name)) noteUnknown(name, span, search);
}

interface Search {
  readonly source: Source;
  readonly complain: Complain;
  readonly known: ReadonlySet<string>;
  readonly visited: Set<SourceNode>;
}

function noteUnknown(name: string, span: Span, { source, complain, known }: Search): void {
  complain(spanInside(name, span, source.text), {
    message: `\`{{${name}}}\` is filled in by no row of \`with\` and captured by no earlier step`,
    hint: didYouMean(name, [...known]) ?? 'to send the braces as they are, use `base64` or `file`',
  });
}

function spanInside(name: string, span: Span, text: string): Span {
  for (const written of [`{{${name}}}`, `{{ ${name} }}`]) {
    const start = text.indexOf(written, span.start);
    if (start !== -1 && start < span.end) return { start, end: start + written.length };
  }
  return span;
}
