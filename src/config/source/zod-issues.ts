import type { z } from 'zod';
import { maxIssues, maxKeys } from '../limits.ts';
import { didYouMean, quoteForMessage } from './did-you-mean.ts';
import { asMap, keyHint } from './foreign-keys.ts';
import type { Complain } from './source.ts';
import type { SourceNode } from './source-node.ts';
import { entryOf, locate, plainValue } from './tree-access.ts';

type Issue = z.core.$ZodIssue;

/** Takes a tree and its zod schema; notes every issue at its node; returns whether there was none. */
export function conforms(root: SourceNode, schema: z.ZodType, complain: Complain): boolean {
  return parseNode(root, schema, complain) !== null;
}

/** As `conforms`, but returns what the schema makes of the tree, or null if there was an issue. */
export function parseNode<Schema extends z.ZodType>(
  root: SourceNode,
  schema: Schema,
  complain: Complain,
): { readonly value: z.output<Schema> } | null {
  const result = schema.safeParse(plainValue(root));
  for (const issue of result.error?.issues.slice(0, maxIssues) ?? []) noteIssue(root, issue, complain);
  return result.success ? { value: result.data } : null;
}

function noteIssue(root: SourceNode, issue: Issue, complain: Complain): void {
  if (issue.code === 'invalid_union') noteUnion(root, issue, complain);
  else if (issue.code === 'unrecognized_keys') noteKeys(root, issue, complain);
  else noteValue(root, issue, complain);
}

function noteValue(root: SourceNode, issue: Issue, complain: Complain): void {
  const { span, node } = locate(root, issue.path);
  const [message, hint] = describe(issue, node);
  complain(span, { message, hint });
}

function noteKeys(root: SourceNode, issue: z.core.$ZodIssueUnrecognizedKeys, complain: Complain): void {
  const { span, node } = locate(root, issue.path);
  const where = issue.path.length === 0 ? '' : ` in ${nameOf(issue.path)}`;
  for (const key of issue.keys.slice(0, maxIssues)) {
    const hint = keyHint(key, issue.message.split('\n'));
    complain(entryOf(node, key)?.keySpan ?? span, { message: `unknown key ${quoteForMessage(key)}${where}`, hint });
  }
}

/** Of the branches of a union, the one whose kind fits is what the person meant. */
function noteUnion(root: SourceNode, issue: z.core.$ZodIssueInvalidUnion, complain: Complain): void {
  const fitting = issue.errors.filter((branch) => !branch.some(isKindIssue)).sort((a, b) => a.length - b.length)[0];
  if (fitting !== undefined) {
    for (const inner of fitting) noteIssue(root, { ...inner, path: [...issue.path, ...inner.path] } as Issue, complain);
    return;
  }
  const { span, node } = locate(root, issue.path);
  if (node === null) {
    complain(span, { message: `${nameOf(issue.path)} is missing` });
    return;
  }
  const kinds = [...new Set(issue.errors.flat().filter(isKindIssue).map(expectedKind))].join(' or ');
  complain(span, {
    message: `${nameOf(issue.path)} must be ${kinds}, not ${kindOf(node)}`,
    hint: quoteHint(kinds, node),
  });
}

function isKindIssue(issue: Issue): boolean {
  return issue.path.length === 0 && (issue.code === 'invalid_type' || isNestedKind(issue));
}

function isNestedKind(issue: Issue): boolean {
  return issue.code === 'invalid_union' && issue.errors.every((branch) => branch.some(isKindIssue));
}

function expectedKind(issue: Issue): string {
  if (issue.code === 'invalid_union') return issue.errors.flat().filter(isKindIssue).map(expectedKind).join(' or ');
  return issue.code === 'invalid_type' ? (kindWords[issue.expected] ?? issue.expected) : issue.code;
}

function describe(issue: Issue, node: SourceNode | null): [message: string, hint?: string | undefined] {
  const name = nameOf(issue.path);
  if (node === null) return [`${name} is missing`];
  switch (issue.code) {
    case 'invalid_type': {
      const kind = expectedKind(issue);
      const hint = mapHint(issue, node) ?? ownHint(issue) ?? quoteHint(kind, node);
      return [`${name} must be ${kind}, not ${kindOf(node)}`, hint];
    }
    case 'invalid_value':
      return [
        `${name} must be ${issue.values.map((value) => `\`${String(value)}\``).join(', ')}, not ${shown(node)}`,
        node.kind === 'text' ? didYouMean(node.value, issue.values.map(String)) : undefined,
      ];
    case 'too_small':
      return [`${name} must ${bound(issue.origin, 'at least', issue.minimum)}`];
    case 'too_big':
      return [`${name} must ${bound(issue.origin, 'at most', issue.maximum)}`];
    default:
      return [`${name} ${issue.message}`];
  }
}

function bound(origin: string, side: string, limit: number | bigint): string {
  const counted = origin === 'array' ? ' item(s)' : origin === 'string' ? ' character(s)' : '';
  return `${counted === '' ? 'be' : 'have'} ${side} ${limit}${counted}`;
}

function nameOf(path: readonly PropertyKey[]): string {
  const last = path.at(-1);
  if (last === undefined) return 'this';
  if (typeof last !== 'number') return `\`${String(last).slice(0, 60)}\``;
  return path.length === 1 ? `item ${last + 1}` : `item ${last + 1} of ${nameOf(path.slice(0, -1))}`;
}

function shown(node: SourceNode): string {
  return node.kind === 'text' ? quoteForMessage(node.value) : kindOf(node);
}

function quoteHint(kind: string, node: SourceNode | null): string | undefined {
  const scalar = node?.kind === 'number' || node?.kind === 'boolean';
  return scalar && kind.includes('text') && !kind.includes('number') ? 'put it in quotes' : undefined;
}

/** How the text that belongs here is written, where its schema says so. */
function ownHint({ expected, message }: z.core.$ZodIssueInvalidType): string | undefined {
  return expected === 'string' && !message.startsWith('Invalid input') ? message : undefined;
}

/** The keys of the map that should stand here, or how what is there is written as one. */
function mapHint({ expected, message }: z.core.$ZodIssueInvalidType, node: SourceNode): string | undefined {
  if (expected !== 'object' || message.includes(' ')) return undefined;
  const keys = message.split('\n');
  const written = node.kind === 'text' ? asMap(node.value, keys) : null;
  if (written !== null) return `write it as ${written}`;
  return keys.length > maxKeys ? undefined : `its keys: ${keys.join(', ')}`;
}

const kindWords: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a map',
  record: 'a map',
  array: 'a list',
  tuple: 'a pair',
  null: 'null',
};

function kindOf(node: SourceNode | null): string {
  const kind = node?.kind ?? 'nothing';
  return (
    { map: 'a map', list: 'a list', text: 'text', number: 'a number', boolean: 'true or false' }[kind as string] ?? kind
  );
}
