import { isJsonType, isLinesType } from './headers/media-type.ts';
import { compareJson } from './json/compare-json.ts';
import type { JsonOptions } from './json/json-options.ts';
import { readBinary } from './media/binary.ts';
import {
  type Body,
  type BodyComparison,
  type BodyReader,
  excerptBody,
  jsonOf,
  looksLikeJson,
  one,
  otherBytes,
  otherKind,
  same,
  together,
  typeFault,
} from './media/body-content.ts';
import { atLeastBytes } from './media/embedded-json.ts';
import { readForm } from './media/form.ts';

import { readEvents, readLines } from './media/line-stream.ts';
import { readMultipart } from './media/multipart.ts';
import { readText } from './media/text.ts';
import { readXmlBodies } from './media/xml.ts';
import { shorten } from './model/excerpt.ts';

/** Takes two texts of JSON; returns whether they differ in nothing but white space at their ends, as a line feed. */
export function isSameButForEnd(reference: Buffer, candidate: Buffer): boolean {
  const end = trimmedEnd(reference);
  return end === trimmedEnd(candidate) && reference.compare(candidate, 0, end, 0, end) === 0;
}

/** Where the white space begins that stands at the end and that JSON knows (RFC 8259, section 2). What comes before a byte-order mark is not JSON. */
function trimmedEnd(bytes: Buffer): number {
  let end = bytes.length;
  for (let byte = bytes[end - 1]; byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09; ) {
    end -= 1;
    byte = bytes[end - 1];
  }
  return end;
}

/** JSON (RFC 8259) where either side has it by name or looks like it, whatever the name. */
const readDocuments: BodyReader = (reference, candidate, { options }) => {
  const pair = [reference, candidate] as const;
  if (pair.every((body) => isLinesType(body.type))) return null;
  if (!pair.some((body) => isJsonType(body.type) || looksLikeJson(body))) return null;
  const a = jsonOf(reference);
  // No rule makes anything of what comes before the end.
  const isAsItIs = options.rules.none && options.origins === undefined && !checksOwnValues(options);
  if (a !== null && isAsItIs && isSameButForEnd(reference.bytes, candidate.bytes))
    return otherBytes(reference, candidate);
  const b = jsonOf(candidate);
  if (a !== null && b !== null) return atLeastBytes(compareJson(a, b, options), reference, candidate);
  if ((a === null && b === null) || pair.some((body) => isLinesType(body.type))) return null;
  return otherKind(reference, candidate);
};

/** One function for each kind of body, asked in this order until one knows the kind. Each looks at both types and at the bytes. */
export const bodyReaders: ReadonlyMap<string, BodyReader> = new Map([
  ['multipart', readMultipart],
  ['events', readEvents],
  ['form', readForm],
  ['json', readDocuments],
  ['lines', readLines],
  ['xml', readXmlBodies],
  ['text', readText],
  ['binary', readBinary],
]);

const readers = [...bodyReaders.values()];

/** Compares two bodies on the ladder's upper three rungs. Equal bytes end it at once. */
export function compareBodies(reference: Body, candidate: Body, options: JsonOptions): BodyComparison {
  return compareWith(readers, [reference, candidate], options);
}

/** What stands inside a part is read as what it is, but that a multipart body in a part is bytes. */
const innerReaders = [...bodyReaders].filter(([name]) => name !== 'multipart').map(([, reader]) => reader);

function compareWith(known: readonly BodyReader[], pair: readonly [Body, Body], options: JsonOptions): BodyComparison {
  const [reference, candidate] = pair;
  const isSame = reference.problem === candidate.problem && reference.bytes.equals(candidate.bytes);
  if (isSame && (reference.bytes.length === 0 || !checksOwnValues(options))) return same;
  if (options.rules.ignored('') === 'nothing') return otherBytes(reference, candidate);
  const oneSided = compareWithout(reference, candidate);
  if (oneSided !== null) return oneSided;
  const inside = (a: Body, b: Body, inner: JsonOptions) => compareWith(innerReaders, [a, b], inner);
  for (const reader of reference.problem === null ? known : [readBinary]) {
    const found = reader(reference, candidate, { options, inside });
    if (found === null) continue;
    // Of the same bytes no spelling differs: all that there can be is a value of one side's own.
    return isSame ? ownValuesIn(found) : withFault(found, reference, candidate);
  }
  if (isSame) return same;
  return otherKind(reference, candidate);
}

/** Bytes that are the same differ in what they say where they hold a value of one side's own. */
function checksOwnValues({ isForeign }: JsonOptions): boolean {
  return isForeign != null;
}

function ownValuesIn(found: BodyComparison): BodyComparison {
  return found.divergences.some(({ rung }) => rung !== 'wire') ? found : same;
}

/** One side has no body, or one that is not decoded; null if both are there to be read, or both are not decoded. */
function compareWithout(reference: Body, candidate: Body): BodyComparison | null {
  if (candidate.bytes.length === 0) return one('missing', 'shape', [excerptBody(reference), null]);
  if (reference.bytes.length === 0) return one('extra', 'shape', [null, excerptBody(candidate)]);
  return (reference.problem === null) === (candidate.problem === null) ? null : otherKind(reference, candidate);
}

/**
 * A body that belies its content type, where the other side's does not, is a divergence of its own. It breaks `wire`, which other
 * bytes break anyway: what the bodies say is found elsewhere, and that the types differ is for the headers to say.
 */
function withFault(found: BodyComparison, reference: Body, candidate: Body): BodyComparison {
  if (reference.type.essence === candidate.type.essence) return found;
  const [a, b] = [typeFault(reference), typeFault(candidate)];
  const fault = a ?? b;
  if (fault === null || (a !== null && b !== null)) return found;
  const told = found.divergences.some((each) =>
    [each.reference, each.candidate].some((side) => side?.startsWith(fault)),
  );
  if (told) return found;
  return together([one('type', 'wire', [a ?? typeName(reference), b ?? typeName(candidate)]), found]);
}

function typeName({ type }: Body): string {
  return type.essence === ''
    ? 'no content type'
    : `the content type says ${shorten(type.essence, 80)}, which the body is`;
}
