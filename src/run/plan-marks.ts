import { createHash } from 'node:crypto';
import type { Config } from '../config/config.ts';

/** What a run was asked for, beside its configuration. */
export interface PlanParts {
  /** Hash of all that the case files hold. */
  readonly cases: string;
  readonly selectors: readonly string[];
  readonly grep: string | null;
  readonly tags: readonly string[];
  /** What else narrows the selection; none if absent. */
  readonly filters?: readonly string[];
  /** How many more times a case is sent, for each reason. */
  readonly again: readonly number[];
}

function mark(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}

/** A hash of each thing that the outcome of a run depends on, by the words for it. No secret goes into them. */
export function planMarks({ targets, compare, routes }: Config, parts: PlanParts): Readonly<Record<string, string>> {
  return {
    'the case files': parts.cases,
    'the selection': mark([parts.selectors, parts.grep, [...parts.tags].sort(), ...(parts.filters ?? [])]),
    'the targets': mark(
      targets.map(({ name, url, role, headers, recorded, tls, proxy }) => [
        ...[name, url, role, headers.map(([one]) => one)],
        ...(recorded === undefined ? [] : [recorded.recordedAt, recorded.places.length]),
        ...(tls === undefined ? [] : [{ cert: tls.cert, name: tls.serverName }]),
        ...(proxy === undefined ? [] : [{ proxy: [proxy.host, proxy.port] }]),
      ]),
    ),
    'the versions of the targets': mark(targets.map(({ version, commit }) => [version ?? null, commit ?? null])),
    'the rules of comparison': mark([compare, routes]),
    'how often a case is sent': mark(parts.again),
  };
}

/** The words for what differs between two plans; a record of an older version has none, and differs in everything. */
export function planDifferences(
  a: Readonly<Record<string, string>> | undefined,
  b: Readonly<Record<string, string>> | undefined,
): string[] {
  if (a === undefined || b === undefined) return ['the version that recorded it'];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => a[name] !== b[name]).sort();
}
