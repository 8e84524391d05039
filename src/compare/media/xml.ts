import { isXmlType } from '../headers/media-type.ts';
import { compareJson } from '../json/compare-json.ts';
import { rulesInXml } from '../rules/compiled-rules.ts';
import { type BodyReader, otherKind, xmlOf } from './body-content.ts';
import { atLeastBytes } from './embedded-json.ts';

/**
 * XML by its infoset, as a tree that is compared as JSON is: pointers are `/order/item/1/@id`. As text where neither side can be read
 * as XML; another kind where one side can.
 */
export const readXmlBodies: BodyReader = (reference, candidate, { options }) => {
  if (!isXmlType(reference.type) && !isXmlType(candidate.type)) return null;
  const [a, b] = xmlOf([reference, candidate]);
  if (a == null && b == null) return null;
  if (a == null || b == null) return otherKind(reference, candidate);
  return atLeastBytes(compareJson(a, b, { ...options, rules: rulesInXml(options.rules) }), reference, candidate);
};
