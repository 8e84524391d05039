import { headers, sizeProbes } from './groups/headers.ts';
import { casing, duplicate, missing, nulls, structArray, type, unknown } from './groups/members.ts';
import { depth, number } from './groups/numbers.ts';
import { method, path, query } from './groups/target.ts';
import { contentType, encoding, root, syntax, trailing } from './groups/text.ts';
import type { Draft } from './model/probe.ts';
import type { Seed } from './model/seed.ts';

/** One function for each group of probes, in the order in which they are reported. */
export const probeGroups: Readonly<Record<string, (seed: Seed) => readonly Draft[]>> = {
  valid: () => [{ name: 'as-is', title: 'the request as it is', aims: [], change: {} }],
  missing,
  null: nulls,
  type,
  unknown,
  duplicate,
  casing,
  'struct-array': structArray,
  trailing,
  'content-type': contentType,
  encoding,
  syntax,
  root,
  depth,
  number,
  query,
  path,
  method,
  headers,
  limits: sizeProbes,
};

/** The names of the groups, in their order. */
export const groupNames: readonly string[] = Object.keys(probeGroups);
