import { didYouMean, quote } from '../config/closest.ts';
import { isToken } from '../config/headers.ts';
import { entriesOf, field, textOf } from '../config/node.ts';
import { compilePattern } from '../config/pattern.ts';
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
  const keys = entriesOf(value).map(({ key }) => key);
  if (keys.length === 1 && keys[0] === 'status') return { from: 'status' };
  if (!keys.includes('status') && keys.length > 0 && !(keys.includes('pointer') && keys.includes('header')))
    return readPlace(value, complain);
  complain(keySpan, {
    message: 'a captured value comes from one of `pointer`, `header`, `match` and `status`',
    hint: '`match` may stand beside `pointer` or `header`',
  });
  return null;
}

/** Takes a map of `pointer` or `header` and `match`; returns the place in an answer that it names; notes what is wrong with it. */
export function readPlace(node: SourceNode, complain: Complain): Exclude<Capture, { from: 'status' }> | null {
  const [pointer, header, match] = ['pointer', 'header', 'match'].map((key) => field(node, key));
  const pattern = match === null || match === undefined ? null : readPattern(match, complain);
  const matching = pattern === null ? {} : { match: pattern };
  if (pointer) {
    const fault = pointerFault(textOf(pointer) ?? '');
    if (fault !== null) complain(pointer.span, fault);
    return { from: 'pointer', pointer: textOf(pointer) ?? '', ...matching };
  }
  if (!header) return pattern === null ? null : { from: 'body', match: pattern };
  const name = textOf(header) ?? '';
  if (!isToken(name)) complain(header.span, { message: `${quote(name)} is not a header name` });
  return { from: 'header', name: name.toLowerCase(), ...matching };
}

/** User patterns run on an engine that takes linear time. */
function readPattern(node: SourceNode, complain: Complain): string | null {
  const pattern = textOf(node) ?? '';
  try {
    compilePattern(pattern);
    return pattern;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'unknown reason';
    complain(node.span, {
      message: `${quote(pattern)} is not a regular expression (${why})`,
      hint: 'see the RE2 syntax',
    });
    return null;
  }
}

/** Takes a request node and the names that earlier steps capture; notes every `{{name}}` in it that stands for nothing. */
export function checkPlaceholders(
  node: SourceNode,
  known: ReadonlySet<string>,
  place: { source: Source; complain: Complain },
): void {
  visit(node, { ...place, known, visited: new Set() });
}

/** What others write for a value that is filled in: `${name}`, `{name}`, and `:name` as a segment. */
const lookalike = /\$\{([\w-]+)\}|(?<!\{)\{([\w-]+)\}(?!\})|(?<=\/):([\w-]+)(?![^/?#])/g;

/** Takes the path of a request and the names that earlier steps capture; notes what would be sent as it stands, and is the name of one in another spelling. */
export function checkLookalikes(node: SourceNode | null, known: ReadonlySet<string>, complain: Complain): void {
  for (const match of (textOf(node) ?? '').matchAll(lookalike)) {
    const name = match[1] ?? match[2] ?? match[3]!;
    if (!known.has(name)) continue;
    complain(node!.span, {
      message: `${quote(match[0])} would be sent as it stands, and an earlier step captures \`${name}\``,
      hint: `write {{${name}}}; to send it as it is, capture under another name`,
    });
  }
}

/** An environment variable, as headers and `values` have it. */
const variable = /\$\{[A-Z_][A-Z0-9_]*(?::-[^{}]*)?\}/;

/**
 * Takes a request; notes environment variables that are written in its path, and those that are all of a text in its body: they would be
 * sent as they stand. What rows of a file bring is data.
 */
export function checkVariables(
  request: SourceNode,
  { source, complain }: { source: Source; complain: Complain },
): void {
  const note = ({ span }: SourceNode, found: string) => {
    if (!source.text.slice(span.start, span.end).includes(found)) return;
    complain(span, {
      message: `${quote(found)} would be sent as it stands: headers and \`values\` alone know environment variables`,
      hint: `set \`values: { name: ${JSON.stringify(found)} }\` and write {{name}} here; to send it as it is, write \${{'{'}}${found.slice(2)}`,
    });
  };
  const path = field(request, 'path');
  const inPath = variable.exec(textOf(path) ?? '');
  if (inPath !== null) note(path!, inPath[0]);
  const seen = new Set<SourceNode>();
  const look = (node: SourceNode) => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.kind === 'text' && variable.exec(node.value)?.[0] === node.value) note(node, node.value);
    if (node.kind === 'list') node.items.forEach(look);
    if (node.kind === 'map') for (const { value } of node.entries) look(value);
  };
  for (const key of ['json', 'form', 'multipart']) {
    const body = field(request, key);
    if (body !== null) look(body);
  }
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
    hint: didYouMean(name, [...known]) ?? `to send the braces as they are, write {{'{'}}{${name}}}`,
  });
}

function spanInside(name: string, span: Span, text: string): Span {
  for (const written of [`{{${name}}}`, `{{ ${name} }}`]) {
    const start = text.indexOf(written, span.start);
    if (start !== -1 && start < span.end) return { start, end: start + written.length };
  }
  return span;
}
