import { isXmlType } from '../../compare/headers/media-type.ts';
import { bodyOf, textOf, typeOf } from '../../compare/media/body-content.ts';
import type { Exchange } from '../../http/exchange.ts';
import { maxXmlLength } from '../../xml/limits.ts';
import { perCase } from './warning.ts';

/** XML bodies that are too long to be read. */
export const xmlAsText = perCase(
  'were compared as text, for their XML is too long to be read',
  ({ testCase, replays }) => {
    const long = replays.find(({ exchanges }) => exchanges.some(isLongXml));
    const most = maxXmlLength / (1024 * 1024);
    return long === undefined
      ? []
      : [
          `${testCase.id}: the XML of ${long.target} has more than ${most} Mi characters, so it was compared as text: white space, prefixes and the order of attributes count, too`,
        ];
  },
);

function isLongXml({ outcome }: Exchange): boolean {
  if (outcome.kind !== 'response' || !isXmlType(typeOf(outcome.headers))) return false;
  const body = bodyOf(outcome.headers, outcome.body);
  return body.problem === null && body.bytes.length > maxXmlLength && (textOf(body)?.length ?? 0) > maxXmlLength;
}
