import { type JsonNode, stringNode } from '../../../json/tree.ts';
import { textOf } from '../../kit/nodes.ts';
import type { Normaliser } from '../../kit/normalising.ts';

/** Longer texts are compared, but not looked into. */
const maxTextLength = 100_000;

/** Gives another text for a string that is not ASCII alone; null where it stays the same. */
export function changing(change: (text: string) => string): Normaliser {
  return (node: JsonNode) => {
    const text = textOf(node);
    if (text === null || text.length > maxTextLength || /^[\x00-\x7f]*$/.test(text)) return null;
    const changed = change(text);
    return changed === text ? null : stringNode(changed);
  };
}
