import { shownSides } from '../json/foreign-values.ts';
import type { JsonOptions } from '../json/json-options.ts';
import { maxJudgedBytes } from '../limits.ts';
import { shorten, visibleText } from '../model/excerpt.ts';
import { isIgnored } from '../rules/compiled-rules.ts';
import {
  type BodyComparison,
  type BodyReader,
  differingBytes,
  digest,
  one,
  otherBytes,
  same,
  spared,
} from './body-content.ts';

/** Bytes that are nothing else: length, SHA-256 and where the first one differs. Reads every body. */
export const readBinary: BodyReader = (reference, candidate, { options }) => {
  if (isIgnored(options.rules, '')) return otherBytes(reference, candidate);
  if (reference.bytes.equals(candidate.bytes)) return foreignBytes(reference.bytes, options) ?? same;
  const about = (bytes: Buffer) => `, sha-256 ${digest(bytes)}`;
  const [a, b] = [reference.bytes, candidate.bytes];
  const shown = () => differingBytes(a, b, about);
  const isShort = Math.max(a.length, b.length) <= maxJudgedBytes;
  const texts = () => [a.toString('latin1'), b.toString('latin1')] as const;
  const kind = isShort
    ? options.judge?.({ a: '', b: '', texts: texts(), hasPieces: false, isBinary: true, shown })
    : 'value';
  return kind === null ? spared : one('bytes', 'value', shown());
};

/** Equal bytes that hold a captured value or the origin of one side alone, as an id in protobuf; null if they hold none. */
function foreignBytes(bytes: Buffer, options: JsonOptions): BodyComparison | null {
  if (options.isForeign == null || bytes.length > maxJudgedBytes) return null;
  const text = bytes.toString('latin1');
  const owner = options.isForeign(text, { member: '' });
  return owner === null ? null : one('value', 'value', shownSides(shorten(visibleText(text)), owner));
}
