import type { RE2JS } from 're2js';
import type { Capture, TestCase } from '../../cases/case.ts';
import { everyStep } from '../../cases/every-step.ts';
import { compilePattern } from '../../config/pattern.ts';
import type { Response } from '../../http/exchange.ts';
import type { PointedValue } from '../../xml/body-pointer.ts';
import { maxBodyLength } from '../limits.ts';

/** What is at a JSON Pointer (RFC 6901) in a body, or null where there is nothing. */
export type ReadPointer = (body: Uint8Array, pointer: string) => PointedValue | null;

/** A captured value: its text, and whether that is the source of a JSON value which is not a string. */
export interface Captured {
  readonly text: string;
  readonly literal: boolean;
}

/** What a capture finds in a response, or null. Of a header that is there more than once, the first value. */
export function captured(capture: Capture, response: Response, readPointer: ReadPointer): Captured | null {
  if (capture.from === 'status') return { text: String(response.status), literal: true };
  const found = valueAt(capture, response, readPointer);
  if (found === null || capture.match === undefined) return found;
  const matcher = compiled(capture.match).matcher(found.text);
  if (!matcher.find()) return null;
  const text = matcher.groupCount() > 0 ? matcher.group(1) : matcher.group();
  return typeof text === 'string' ? { text, literal: false } : null;
}

/** The names of the members and headers that the steps of a case capture from, by the names of the values; empty for a whole body. */
export function captureSources(testCase: TestCase): Record<string, string> {
  const sources: Record<string, string> = Object.create(null);
  for (const { capture } of everyStep(testCase))
    for (const [name, from] of Object.entries(capture)) sources[name] = sourceName(from);
  return sources;
}

function sourceName(capture: Capture): string {
  if (capture.from === 'header') return capture.name.toLowerCase();
  if (capture.from !== 'pointer') return '';
  const names = capture.pointer
    .split('/')
    .slice(1)
    .filter((token) => !/^\d+$/.test(token));
  return (names.at(-1) ?? '').replaceAll('~1', '/').replaceAll('~0', '~');
}

/** Where a capture looks, for messages, without an article. */
export function describeCapture(capture: Capture): string {
  if (capture.from === 'status') return 'status';
  const match = capture.match === undefined ? '' : ` that matches ${JSON.stringify(capture.match)}`;
  if (capture.from === 'body') return `body${match}`;
  return `${capture.from === 'header' ? `header ${capture.name}` : `value at ${JSON.stringify(capture.pointer)}`}${match}`;
}

function valueAt(
  capture: Exclude<Capture, { from: 'status' }>,
  response: Response,
  readPointer: ReadPointer,
): Captured | null {
  if (capture.from === 'header') return firstHeader(response, capture.name);
  if (capture.from === 'body')
    return { text: Buffer.from(response.body.subarray(0, maxBodyLength)).toString('utf8'), literal: false };
  const value = readPointer(response.body, capture.pointer);
  return value && { text: value.text, literal: !value.isString };
}

const patterns = new Map<string, RE2JS>();

/** The patterns of the case files, each compiled once. */
function compiled(pattern: string): RE2JS {
  const known = patterns.get(pattern) ?? compilePattern(pattern);
  patterns.set(pattern, known);
  return known;
}

function firstHeader({ headers }: Response, wanted: string): Captured | null {
  const value = headers.find(([name]) => name.toLowerCase() === wanted.toLowerCase())?.[1];
  return value === undefined ? null : { text: asText(value), literal: false };
}

/** A response keeps header bytes as latin1; sent again, text goes out as UTF-8. So what is UTF-8 is read as that. */
function asText(latin1: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(latin1, 'latin1'));
  } catch {
    return latin1;
  }
}
