import type { JsonMember } from '../../../json/tree.ts';
import { textOf } from '../../kit/nodes.ts';

const tagKeys = /^(?:type|kind|tag|t|variant|name|code|status|state)$/i;

/** A member that holds the name of a variant. */
export function isUnitTag({ key, value }: JsonMember): boolean {
  return tagKeys.test(key) && /^[A-Za-z][\w-]*$/.test(textOf(value) ?? '');
}
