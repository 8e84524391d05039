import { textOf } from '../../../src/drift/kit/nodes.ts';
import type { JsonNode } from '../../../src/json/tree.ts';

/** The type that a decoder written for one answer has. */
export type Typed =
  | { readonly kind: 'integer' | 'float' | 'text' | 'time' | 'flag' | 'any' }
  | { readonly kind: 'list'; readonly item: Typed }
  | { readonly kind: 'record'; readonly members: readonly (readonly [key: string, type: Typed])[] };

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/** The type of an answer: every member is required, a list has items like its first, null says nothing. */
export function typeOf(node: JsonNode): Typed {
  switch (node.kind) {
    case 'object': {
      const members = new Map(node.members.map(({ key, value }) => [key, typeOf(value)]));
      return { kind: 'record', members: [...members] };
    }
    case 'array':
      return { kind: 'list', item: node.items[0] === undefined ? { kind: 'any' } : typeOf(node.items[0]) };
    case 'number':
      return { kind: /^-?\d+$/.test(node.raw) ? 'integer' : 'float' };
    case 'string':
      return { kind: time.test(textOf(node) ?? '') ? 'time' : 'text' };
    case 'boolean':
      return { kind: 'flag' };
    default:
      return { kind: 'any' };
  }
}
