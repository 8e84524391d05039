import { stringify } from 'yaml';
import type { RecordedExchange } from '../recorded/format.ts';
import { caseRows, valueName } from './case-rows.ts';
import { findFlows, withoutRepeats } from './flows.ts';

/** A case file, and what it came from. */
export interface MadeCases {
  readonly text: string;
  readonly cases: number;
  /** Requests that show nothing that another one does not. */
  readonly merged: number;
  /** Requests whose body was over the cap: they cannot be sent again. */
  readonly leftOut: number;
}

/** Makes a case file of recorded exchanges: YAML, or JSON Lines where the name of the file says so. */
export function makeCases(exchanges: readonly RecordedExchange[], suite: string, isLines: boolean): MadeCases {
  const whole = exchanges.filter(({ request: { body, method } }) => method !== 'TRACE' && !(body && 'omitted' in body));
  const flows = withoutRepeats(whole, findFlows(whole));
  const kept = flows.flatMap(({ steps }) => steps.map((at) => whole[at]!));
  const rows = caseRows(whole, flows);
  const frame = { suite, ...frameOf(kept, JSON.stringify(rows)) };
  const text = isLines
    ? rows.map((row) => `${JSON.stringify({ ...frame, ...row })}\n`).join('')
    : stringify({ ...frame, cases: rows }, { lineWidth: 0, aliasDuplicateObjects: false });
  return {
    text,
    cases: rows.length,
    merged: whole.length - kept.length,
    leftOut: exchanges.length - whole.length,
  };
}

/** Requests that change something keep the order in which they were recorded. `written` is all cases as text. */
export function frameOf(exchanges: readonly RecordedExchange[], written: string): Readonly<Record<string, unknown>> {
  const variables = [...new Set(exchanges.flatMap((one) => one.variables ?? []))].sort();
  const named = new Set(Array.from(written.matchAll(/\{\{(env_\w+)\}\}/g), ([, name]) => name));
  const used = variables.filter((name) => named.has(valueName(name)));
  const values = Object.fromEntries(used.map((name) => [valueName(name), `\${${name}}`]));
  const writes = exchanges.some(({ request }) => !['GET', 'HEAD', 'OPTIONS'].includes(request.method));
  return {
    ...(writes ? { serial: true } : {}),
    ...(used.length === 0 ? {} : { values }),
  };
}
