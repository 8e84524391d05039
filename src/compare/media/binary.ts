import { maxJudgedBytes } from '../limits.ts';
import { isIgnored } from '../rules/compiled-rules.ts';
import { type BodyReader, differingBytes, digest, one, otherBytes, spared } from './body-content.ts';

/** Bytes that are nothing else: length, SHA-256 and where the first one differs. Reads every body. */
export const readBinary: BodyReader = (reference, candidate, { options }) => {
  if (isIgnored(options.rules, '')) return otherBytes(reference, candidate);
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
