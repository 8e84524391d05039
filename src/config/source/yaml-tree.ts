import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLError,
} from 'yaml';
import { maxAliasedWeight, maxDepth } from '../limits.ts';
import { quoteForMessage } from './did-you-mean.ts';
import { parseJsonTree } from './json-tree.ts';
import type { Complain, Source, Span } from './source.ts';
import type { SourceNode } from './source-node.ts';

const coreTags = new Set(
  ['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map((tag) => `tag:yaml.org,2002:${tag}`),
);

interface Walk {
  readonly complain: Complain;
  readonly base: number;
  /** Finished anchors, and `null` for those whose node is still being read. */
  readonly anchors: Map<string, SourceNode | null>;
  readonly weights: Map<SourceNode, number>;
  aliased: number;
}

/** Takes a source and the span of one YAML 1.2 (or JSON) document in it; returns its tree, or null after noting every problem. Core schema, unique keys, no custom tags. `depth`: levels above it, where it is a part of a document. */
export function parseTree(source: Source, span: Span, complain: Complain, depth = 0): SourceNode | null {
  const json = /[{[]/.test(source.text.charAt(span.start)) ? parseJsonTree(source.text, span) : null;
  return json ?? parseYamlTree(source, { span, depth }, complain);
}

function parseYamlTree(source: Source, { span, depth }: Place, complain: Complain): SourceNode | null {
  let clean = true;
  const note: Complain = (at, complaint) => {
    clean = false;
    complain(at, complaint);
  };
  // A copy: what is kept of a slice keeps all of its file.
  const text = Buffer.from(source.text.slice(span.start, span.end)).toString();
  const document = parseYaml(text, span.start, note);
  if (document === null) return null;
  const walk: Walk = { complain: note, base: span.start, anchors: new Map(), weights: new Map(), aliased: 0 };
  const root = readNode(document.contents, walk, { span, depth });
  return clean ? root : null;
}

function parseYaml(text: string, base: number, complain: Complain): Document.Parsed | null {
  const options = { schema: 'core', uniqueKeys: false, prettyErrors: false, logLevel: 'error' } as const;
  const document = guardStack(() => parseDocument(text, options));
  if (document === null || document.errors.some((error) => error.code === 'RESOURCE_EXHAUSTION')) {
    complain({ start: base, end: base }, { message: `the file is nested deeper than ${maxDepth} levels` });
    return null;
  }
  const warnings = document.warnings.filter(({ code }) => code !== 'TAG_RESOLVE_FAILED');
  complainOfYaml([...document.errors, ...warnings], { text, base, complain });
  if (document.directives.yaml.version !== '1.2') {
    complain({ start: base, end: base }, { message: 'YAML 1.1 is not supported', hint: 'drop the %YAML line' });
  }
  return document.errors.length > 0 ? null : document;
}

interface Parsing {
  readonly text: string;
  readonly base: number;
  readonly complain: Complain;
}

/** An unquoted `{{name}}` is one slip, of which every brace says something. */
function complainOfYaml(faults: readonly YAMLError[], { text, base, complain }: Parsing): void {
  const braced = new Set<number>();
  for (const { code, message, pos } of faults) {
    const { start, near } = lineAround(text, pos[0]);
    const isBraced = near.includes('{{');
    if (isBraced && braced.has(start)) continue;
    if (isBraced) braced.add(start);
    const hint = isBraced ? { hint: 'put a text that holds {{name}} in quotes' } : {};
    const told = { message: yamlMessages[code] ?? `YAML: ${message}`, ...hint };
    complain({ start: base + pos[0], end: base + pos[1] }, told);
  }
}

/** A line may be as long as its file, and have as many faults. */
const nearby = 300;

/** What stands on the line around a place, so far as it is near, and where that begins. */
function lineAround(text: string, at: number): { readonly start: number; readonly near: string } {
  const before = text.slice(Math.max(0, at - nearby), at);
  const own = before.slice(before.lastIndexOf('\n') + 1);
  return { start: at - own.length, near: own + text.slice(at, at + nearby).split('\n', 1)[0] };
}

const yamlMessages: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: 'a second YAML document begins here; a file holds one',
  TAB_AS_INDENT: 'YAML: a tab cannot indent; use spaces',
};

function guardStack<T>(parse: () => T): T | null {
  try {
    return parse();
  } catch (cause) {
    if (cause instanceof RangeError) return null;
    throw cause;
  }
}

interface Place {
  readonly span: Span;
  readonly depth: number;
}

function readNode(node: unknown, walk: Walk, place: Place): SourceNode {
  if (isAlias(node)) return readAlias(node.source, walk, spanOf(node, walk, place.span));
  const span = spanOf(node, walk, place.span);
  const nothing: SourceNode = { kind: 'null', span };
  if (place.depth >= maxDepth) {
    walk.complain(span, { message: `this is nested deeper than ${maxDepth} levels` });
    return nothing;
  }
  if (!isMap(node) && !isSeq(node) && !isScalar(node)) return nothing;
  if (node.tag !== undefined && !coreTags.has(node.tag)) {
    walk.complain(span, {
      message: `the tag ${quoteForMessage(node.tag)} is not supported`,
      hint: 'write a plain value',
    });
  }
  if (node.anchor) walk.anchors.set(node.anchor, null);
  const inner = { span, depth: place.depth + 1 };
  const result = isMap(node)
    ? readMap(node.items, walk, inner)
    : isSeq(node)
      ? ({ kind: 'list', span, items: node.items.map((item) => readNode(item, walk, inner)) } as const)
      : readScalar(node, span);
  if (node.anchor) walk.anchors.set(node.anchor, result);
  return result;
}

function readMap(pairs: readonly Pair[], walk: Walk, place: Place): SourceNode {
  const seen = new Set<string>();
  const entries = pairs.map((pair) => {
    const keyNode = pair.key;
    const keySpan = spanOf(keyNode, walk, place.span);
    if (!isScalar(keyNode) || keyNode.value === null) walk.complain(keySpan, { message: 'a key must be plain text' });
    const key = isScalar(keyNode) ? scalarText(keyNode) : '';
    if (seen.has(key)) walk.complain(keySpan, { message: `the key ${quoteForMessage(key)} is there twice` });
    seen.add(key);
    const after = { start: keySpan.end, end: keySpan.end };
    return { key, keySpan, value: readNode(pair.value, walk, { span: after, depth: place.depth }) };
  });
  return { kind: 'map', span: place.span, entries };
}

/** A key such as `200` or `no` is its text as written. */
function scalarText(scalar: Scalar): string {
  return typeof scalar.value === 'string' ? scalar.value : (scalar.source ?? String(scalar.value));
}

function readScalar(scalar: Scalar, span: Span): SourceNode {
  const { value } = scalar;
  if (typeof value === 'string') return { kind: 'text', span, value };
  if (typeof value === 'number') return { kind: 'number', span, value, text: scalar.source ?? String(value) };
  if (typeof value === 'boolean') return { kind: 'boolean', span, value };
  return { kind: 'null', span };
}

function readAlias(name: string, walk: Walk, span: Span): SourceNode {
  const nothing: SourceNode = { kind: 'null', span };
  const target = walk.anchors.get(name);
  if (target === undefined || target === null) {
    const why = target === null ? 'refers to itself' : 'has no anchor above it';
    walk.complain(span, { message: `the alias ${quoteForMessage(`*${name}`)} ${why}` });
    return nothing;
  }
  walk.aliased += weightOf(target, walk.weights);
  if (walk.aliased <= maxAliasedWeight) return target;
  if (Number.isFinite(walk.aliased))
    walk.complain(span, { message: `too many aliases: they expand to over ${maxAliasedWeight} values` });
  walk.aliased = Number.POSITIVE_INFINITY;
  return nothing;
}

/** Shared nodes count each time they occur, but are visited once. */
function weightOf(node: SourceNode, weights: Map<SourceNode, number>): number {
  const known = weights.get(node);
  if (known !== undefined) return known;
  let weight = 1;
  if (node.kind === 'text') weight += node.value.length / 16;
  if (node.kind === 'list') for (const item of node.items) weight += weightOf(item, weights);
  if (node.kind === 'map')
    for (const { key, value } of node.entries) weight += key.length / 16 + weightOf(value, weights);
  weights.set(node, weight);
  return weight;
}

function spanOf(node: unknown, walk: Walk, fallback: Span): Span {
  const range = (node as { range?: readonly [number, number, number] | null } | null)?.range;
  return range ? { start: walk.base + range[0], end: walk.base + range[1] } : fallback;
}
