import { pointerToken } from '../../../../json/pointer.ts';
import type { JsonNode } from '../../../../json/tree.ts';
import type { ExchangePair } from '../../../http-kit/exchange-pair.ts';
import type { Owns } from '../../../http-kit/owned.ts';

export const zeroes = new Set(['0', '0.0', 'false', '""', 'null']);

type Member = { readonly key: string; readonly value: JsonNode };

function membersOf(node: JsonNode | null): readonly Member[] {
  return node?.kind === 'object' ? node.members : [];
}

export function valueAt(node: JsonNode | null, key: string): JsonNode | null {
  return membersOf(node).find((one) => one.key === key)?.value ?? null;
}

/** Members that the request sets to null, of which the first side shows a value and the second none. */
export function filledByFirst({ asked, first, second }: ExchangePair): string[] {
  if (!asked.writes || !first.accepts || !second.accepts || second.json?.kind !== 'object') return [];
  const nulls = membersOf(asked.json).filter(({ value }) => value.kind === 'null');
  return nulls
    .map(({ key }) => key)
    .filter((key) => (valueAt(first.json, key)?.kind ?? 'null') !== 'null')
    .filter((key) => (valueAt(second.json, key)?.kind ?? 'null') === 'null');
}

const updates = new Set(['PATCH', 'PUT']);

/** Of these the ones that must have been there before: the request changes a thing, and the value is not an empty one. */
export function keptByFirst(scene: ExchangePair): string[] {
  return updates.has(scene.asked.method)
    ? filledByFirst(scene).filter((key) => !isBlank(valueAt(scene.first.json, key)))
    : [];
}

function isBlank(node: JsonNode | null): boolean {
  if (node === null) return true;
  if (node.kind === 'object') return node.members.length === 0;
  return node.kind === 'array' ? node.items.length === 0 : zeroes.has(node.raw);
}

/** The divergences at these members, whichever side they were found on. */
export function at(found: (scene: ExchangePair) => string[]): Owns {
  return (scene, { facet, pointer }) =>
    facet === 'body' && found(scene).some((key) => pointer === `/${pointerToken(key)}`);
}
