import { didYouMean, quoteForMessage } from '../../config/source/did-you-mean.ts';
import type { Complain, Source, Span } from '../../config/source/source.ts';
import type { SourceNode } from '../../config/source/source-node.ts';
import { field, textOf } from '../../config/source/tree-access.ts';
import { filters, type Placeholder, placeholdersIn, reservedNames } from '../placeholder.ts';

/** Where a request stands, and the names that it may have filled in: those that earlier steps capture. */
interface Checking {
  readonly known: ReadonlySet<string>;
  readonly source: Source;
  readonly complain: Complain;
}

/** Takes a request; notes what is written in it to be filled in, and would be sent as it stands. */
export function checkTemplates(request: SourceNode, checking: Checking): void {
  checkPlaceholders(request, checking);
  checkLookalikes(field(request, 'path'), checking);
  checkVariables(request, checking);
}

/** Notes every `{{name}}` that has no value, and every filter that is unknown. */
function checkPlaceholders(request: SourceNode, checking: Checking): void {
  for (const { text, span } of textsIn(request))
    for (const placeholder of placeholdersIn(text)) {
      const { name, filter } = placeholder;
      const isKnown = checking.known.has(name) || reservedNames.includes(name);
      if (filter !== null && !filters.includes(filter)) noteFilter(placeholder, span, checking);
      else if (!isKnown) noteUnknown(placeholder, span, checking);
    }
}

/** What others write for a value that is filled in: `${name}`, `{name}`, and `:name` as a segment. */
const lookalike = /\$\{([\w-]+)\}|(?<!\{)\{([\w-]+)\}(?!\})|(?<=\/):([\w-]+)(?![^/?#])/g;

/** Notes the names of captured values in another spelling in a path. */
function checkLookalikes(path: SourceNode | null, { known, complain }: Checking): void {
  for (const match of (textOf(path) ?? '').matchAll(lookalike)) {
    const name = match[1] ?? match[2] ?? match[3]!;
    if (!known.has(name)) continue;
    complain(path!.span, {
      message: `${quoteForMessage(match[0])} would be sent as it stands, and an earlier step captures \`${name}\``,
      hint: `write {{${name}}}; to send it as it is, capture under another name`,
    });
  }
}

/** An environment variable, as headers and `values` have it. */
const variable = /\$\{[A-Z_][A-Z0-9_]*(?::-[^{}]*)?\}/;

/** Notes environment variables in the path, and those that are all of a text in the body. What rows of a file bring is data. */
function checkVariables(request: SourceNode, { source, complain }: Checking): void {
  const note = (span: Span, found: string) => {
    if (!source.text.slice(span.start, span.end).includes(found)) return;
    complain(span, {
      message: `${quoteForMessage(found)} would be sent as it stands: headers and \`values\` alone know environment variables`,
      hint: `set \`values: { name: ${JSON.stringify(found)} }\` and write {{name}} here; to send it as it is, write \${{'{'}}${found.slice(2)}`,
    });
  };
  const path = field(request, 'path');
  const inPath = variable.exec(textOf(path) ?? '');
  if (inPath !== null) note(path!.span, inPath[0]);
  for (const key of ['json', 'form', 'multipart'])
    for (const { text, span, isKey } of textsIn(field(request, key)))
      if (!isKey && variable.exec(text)?.[0] === text) note(span, text);
}

interface Text {
  readonly text: string;
  readonly span: Span;
  /** The key of a member. */
  readonly isKey: boolean;
}

/** The texts in a node, in order. Shared nodes are looked at once, or aliases could multiply the work. */
function textsIn(node: SourceNode | null): readonly Text[] {
  const found: Text[] = [];
  const visited = new Set<SourceNode>();
  const visit = (one: SourceNode) => {
    if (visited.has(one)) return;
    visited.add(one);
    if (one.kind === 'text') found.push({ text: one.value, span: one.span, isKey: false });
    if (one.kind === 'list') for (const item of one.items) visit(item);
    if (one.kind !== 'map') return;
    for (const { key, keySpan, value } of one.entries) {
      found.push({ text: key, span: keySpan, isKey: true });
      visit(value);
    }
  };
  if (node !== null) visit(node);
  return found;
}

function noteUnknown({ name, written }: Placeholder, span: Span, { source, complain, known }: Checking): void {
  complain(spanInside(written, span, source.text), {
    message: `\`{{${name}}}\` has no value: no earlier step captures it, and not every row of \`with\` has it`,
    hint: didYouMean(name, [...known, ...reservedNames]) ?? asBraces(`{{${name}}}`),
  });
}

function noteFilter({ name, filter, written }: Placeholder, span: Span, { source, complain }: Checking): void {
  complain(spanInside(written, span, source.text), {
    message: `unknown filter ${quoteForMessage(filter ?? '')} of \`{{${name}}}\``,
    hint: didYouMean(filter ?? '', filters) ?? `the filter is: ${filters.join(', ')}; ${asBraces(written)}`,
  });
}

function asBraces(written: string): string {
  return `to send the braces as they are, write {{'{'}}${written.slice(1)}`;
}

function spanInside(written: string, span: Span, text: string): Span {
  const start = text.indexOf(written, span.start);
  return start !== -1 && start < span.end ? { start, end: start + written.length } : span;
}
