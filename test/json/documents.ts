import { type JsonDocument, JsonSyntaxError } from '../../src/json/document.ts';
import { readJson } from '../../src/json/read.ts';

/** Reads a text that is JSON for certain; throws if it is not. A string stands for its UTF-8 bytes. */
export function read(text: string | Uint8Array): JsonDocument {
  const found = readJson(typeof text === 'string' ? Buffer.from(text) : text);
  if (found instanceof JsonSyntaxError) throw found;
  return found;
}

/** What `JSON.parse` makes of UTF-8 bytes. */
export function parsed(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes).toString('utf8'));
}

/** A string token of these bytes, in quotes. */
export function quoted(...bytes: readonly number[]): Buffer {
  return Buffer.from([0x22, ...bytes, 0x22]);
}
