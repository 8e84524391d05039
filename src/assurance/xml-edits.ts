import { isXmlType } from '../compare/headers/media-type.ts';
import { type Body, bodyOf, xmlOf } from '../compare/media/body-content.ts';
import type { Response } from '../http/exchange.ts';
import { maxDraws } from './limits.ts';
import type { Random } from './seeded-random.ts';

type XmlEditKind = 'value' | 'key-dropped';

/** What is done to an XML body. */
export const xmlEditKinds: readonly XmlEditKind[] = ['value', 'key-dropped'];

/** An element of text alone, in the source of a document whose charset has the letters of ASCII. */
const textElement = /<([A-Za-z_][\w.:-]*)(?:\s[^<>]*)?>[^<>&]*[^<>&\s][^<>&]*(<\/\1>)/g;

/** The body is XML by name, and can be compared as such. */
export function isReadableXml(body: Body): boolean {
  return isXmlType(body.type) && xmlOf([body])[0] != null;
}

/**
 * The body with a letter more in the text of one element, or without that element; null where no element of text can be changed so that
 * the document means something else, as one in a comment cannot.
 */
export function editXml({ headers, body }: Response, kind: XmlEditKind, random: Random): Buffer | null {
  const source = Buffer.from(body).toString('latin1');
  const elements = [...source.matchAll(textElement)];
  for (let draw = 0; draw < Math.min(maxDraws, elements.length); draw += 1) {
    const { 0: element, 2: end = '', index } = elements[random(elements.length)]!;
    const after = index + element.length;
    const edited =
      kind === 'value' ? `${source.slice(0, after - end.length)}x${source.slice(after - end.length)}` : null;
    const bytes = Buffer.from(edited ?? source.slice(0, index) + source.slice(after), 'latin1');
    const [a, b] = xmlOf([bodyOf(headers, body), bodyOf(headers, bytes)]);
    if (a != null && b != null && !a.bytes.equals(b.bytes)) return bytes;
  }
  return null;
}
