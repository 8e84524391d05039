import type { JsonOptions } from '../../compare/json/json-options.ts';
import type { Divergence } from '../../compare/model/divergence.ts';
import { type JsonDocument, JsonSyntaxError } from '../../json/document.ts';
import { readJson } from '../../json/read.ts';
import { toTree } from '../../json/tree.ts';
import { lineUp, type Readable } from '../kit/array-alignment.ts';
import { maxBodyBytes } from '../limits.ts';

/** Two bodies of one exchange. */
export interface Bodies {
  readonly reference: Buffer;
  readonly candidate: Buffer;
  /** The comparison's own rules: what it forgives, the proof forgives. */
  readonly options: JsonOptions;
}

/** Two bodies that differ, with where they do. */
export interface Sample extends Bodies {
  /** The body's divergences, each with its index in the case's list. */
  readonly divergences: readonly (readonly [index: number, divergence: Divergence])[];
}

/** Two bodies that agree. */
export interface Agreed extends Bodies {
  /** Id of the case that they were answered to. */
  readonly case: string;
}

/** Samples that need not all be in memory: each is made again when it is asked for. An array is one, too. */
export interface Samples {
  readonly length: number;
  /** The sample of that index, which there is. */
  at(index: number): Sample | undefined;
}

/** Both bodies, their items lined up; or null if one of them is not JSON, too large or nested too deeply. */
export function readPair({ reference, candidate, options }: Bodies): readonly [Readable, Readable] | null {
  const [a, b] = [readBody(reference), readBody(candidate)];
  if (a === null || b === null) return null;
  lineUp(a, b, options);
  return [a, b];
}

/** A body, or null if it is not JSON or too large. */
export function documentIn(bytes: Buffer): JsonDocument | null {
  const document = bytes.length > maxBodyBytes ? null : readJson(bytes);
  return document instanceof JsonSyntaxError ? null : document;
}

/** The same, and its tree; null also if it is nested too deeply. */
export function readBody(bytes: Buffer): Readable | null {
  const document = documentIn(bytes);
  const tree = document && toTree(document);
  return tree && { document: document!, tree };
}
