import { isIgnored } from '../rules/compiled-rules.ts';
import { type BodyReader, differingBytes, digest, one, otherBytes } from './body-content.ts';

/** Bytes that are nothing else: length, SHA-256 and where the first one differs. Reads every body. */
export const readBinary: BodyReader = (reference, candidate, { options }) => {
  if (isIgnored(options.rules, '')) return otherBytes(reference, candidate);
  const about = (bytes: Buffer) => `, sha-256 ${digest(bytes)}`;
  return one('bytes', 'value', differingBytes(reference.bytes, candidate.bytes, about));
};
