import type { Exchange, TargetReplay } from '../../http/exchange.ts';
import { type JsonDocument, JsonSyntaxError, Kind } from '../../json/document.ts';
import { readJson } from '../../json/read.ts';
import { sourceText, stringText } from '../../json/text.ts';
import { maxSearchedBytes } from '../limits.ts';

/** Which members of a body have which values: the names by the texts of strings and numbers. */
type NamesByValue = ReadonlyMap<string, ReadonlySet<string>>;

const noNames: NamesByValue = new Map();
const known = new WeakMap<Uint8Array, NamesByValue>();

/** The names of the members that have a value in a body: of an item of a list, that of the list; empty for the whole body. */
function namesByValue(body: Uint8Array | null): NamesByValue {
  if (body === null || body.length === 0 || body.length > maxSearchedBytes) return noNames;
  const found = known.get(body) ?? readNames(readJson(Buffer.from(body)));
  known.set(body, found);
  return found;
}

function readNames(document: JsonDocument | JsonSyntaxError): NamesByValue {
  if (document instanceof JsonSyntaxError) return noNames;
  const names = new Map<string, Set<string>>();
  const stack: { readonly node: number; readonly name: string }[] = [{ node: 0, name: '' }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { node, name } = top;
    const kind = document.kind[node];
    const end = document.next[node]!;
    if (kind === Kind.object)
      for (let key = node + 1; key < end; key = document.next[key + 1]!)
        stack.push({ node: key + 1, name: stringText(document, key) });
    else if (kind === Kind.array)
      for (let item = node + 1; item < end; item = document.next[item]!) stack.push({ node: item, name });
    else if (kind === Kind.string || kind === Kind.number) {
      const text = kind === Kind.string ? stringText(document, node) : sourceText(document, node);
      names.set(text, (names.get(text) ?? new Set()).add(name));
    }
  }
  return names;
}

/** A value that either side captured under one name. */
export type Own = readonly [reference: string, candidate: string];

function namesInBoth([a, b]: readonly [NamesByValue, NamesByValue], [x, y]: Own): string[] {
  const others = b.get(y);
  return others === undefined ? [] : [...(a.get(x) ?? [])].filter((name) => others.has(name));
}

/** The names under which both requests carry a value: members of the body, pairs of the query, the segment before it in the path. */
function namesInRequests(a: Exchange, b: Exchange, own: Own): string[] {
  const bodies = [namesByValue(a.request.body), namesByValue(b.request.body)] as const;
  const [left, right] = [targetParts(a.request.path), targetParts(b.request.path)];
  const inPath = left.flatMap(({ name, value }, at) => (value === own[0] && right[at]?.value === own[1] ? [name] : []));
  return [...namesInBoth(bodies, own), ...inPath];
}

function targetParts(target: string): { readonly name: string; readonly value: string }[] {
  const [path = '', query = ''] = target.split('?', 2);
  const segments = path.split('/').map(decoded);
  return [
    ...segments.map((value, at) => ({ name: segments[at - 1] ?? '', value })),
    ...query.split('&').map((pair) => {
      const at = pair.indexOf('=');
      return { name: decoded(pair.slice(0, Math.max(at, 0))), value: decoded(pair.slice(at + 1)) };
    }),
  ];
}

function decoded(piece: string): string {
  if (!piece.includes('%')) return piece;
  try {
    return decodeURIComponent(piece);
  } catch {
    return piece;
  }
}

/** The answers of both sides to one step. */
export interface AnswerPair {
  readonly reference: TargetReplay;
  readonly candidate: TargetReplay;
  /** Index of the exchange. */
  readonly exchange: number;
}

/**
 * The names of the members that may hold a captured value in an answer: those that requests so far used it under, and those under which
 * both sides showed it in an earlier answer.
 */
export function placesOf({ reference, candidate, exchange }: AnswerPair, own: Own): ReadonlySet<string> {
  const names = new Set<string>();
  for (let at = 0; at <= exchange; at += 1) {
    const [a, b] = [reference.exchanges[at], candidate.exchanges[at]];
    if (a === undefined || b === undefined) break;
    for (const name of namesInRequests(a, b, own)) names.add(name);
    if (at === exchange || a.outcome.kind !== 'response' || b.outcome.kind !== 'response') continue;
    const bodies = [namesByValue(a.outcome.body), namesByValue(b.outcome.body)] as const;
    for (const name of namesInBoth(bodies, own)) names.add(name);
  }
  return names;
}

/** Both requests of a step carry the value, each side its own. */
export function isCarried({ reference, candidate, exchange }: AnswerPair, own: Own): boolean {
  const [a, b] = [reference.exchanges[exchange], candidate.exchanges[exchange]];
  return a !== undefined && b !== undefined && namesInRequests(a, b, own).length > 0;
}

/** Both answers hold both values: the two targets share their data, and each shows what is there. */
export function holdsBoth({ reference, candidate, exchange }: AnswerPair, own: Own): boolean {
  return [reference, candidate].every(({ exchanges }) => {
    const outcome = exchanges[exchange]?.outcome;
    if (outcome?.kind !== 'response') return false;
    const body = Buffer.from(outcome.body);
    return own.every((value) => body.includes(value));
  });
}

/** `orderId`, `order_id` and `order-id` in words of small letters. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.replace(/s$/, ''));
}

/** A member of one name may hold what another name stands for: `order_id` and `ids` what was captured from `id`. */
export function isNameFor(member: string, name: string): boolean {
  if (member === name) return true;
  const [words, wanted] = [wordsOf(member), wordsOf(name)];
  return wanted.length > 0 && wanted.every((word, at) => words[words.length - wanted.length + at] === word);
}
