import type { JsonNode } from '../../../json/tree.ts';

export type ArrayNode = Extract<JsonNode, { kind: 'array' }>;

export function arrayOf(items: readonly JsonNode[]): ArrayNode {
  return { kind: 'array', items };
}
