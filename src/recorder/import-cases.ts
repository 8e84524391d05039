import type { RecordedExchange } from '../recorded/format.ts';
import { frameOf } from './case-file.ts';
import { type CaseRow, caseRows } from './case-rows.ts';
import { findFlows, withoutRepeats } from './flows.ts';
import { maxInlineBody, maxInlineJson } from './limits.ts';
import type { KeptEntry } from './reduce.ts';
import { RecordedSecrets } from './secrets.ts';
import { bodyText, withoutSecrets } from './to-exchange.ts';

/** Cases of what was read, without credentials. */
export interface ImportedCases {
  readonly rows: readonly CaseRow[];
  /** What all of them have in common: `serial`, `values`. */
  readonly frame: Readonly<Record<string, unknown>>;
  /** Large bodies, by the name that a case has for their file. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** Names of variables that stand for credentials and open values. */
  readonly variables: readonly string[];
  /** What was kept, as it is recorded. */
  readonly exchanges: readonly RecordedExchange[];
}

export interface CaseOptions {
  /** All requests, also those that show nothing that another one does not. */
  readonly isAll: boolean;
  readonly suite: string;
  /** Ids that there are already. */
  readonly taken: Set<string>;
}

/** Makes cases of the requests that were kept. */
export function importCases(kept: readonly KeptEntry[], { isAll, suite, taken }: CaseOptions): ImportedCases {
  const secrets = new RecordedSecrets();
  for (const { exchange } of kept) secrets.learn(textsOf(exchange));
  const titles = new Map<RecordedExchange, string>();
  const exchanges = kept.map(({ entry, exchange }) => {
    const hidden = withoutSecrets(exchange, secrets);
    if (entry.title !== null) titles.set(hidden, secrets.hide(entry.title.slice(0, 200), new Set()));
    return hidden;
  });
  const found = findFlows(exchanges);
  const flows = isAll ? found : withoutRepeats(exchanges, found);
  const rows = caseRows(exchanges, flows, { titles, taken });
  const files = new Map<string, Buffer>();
  const written = rows.map((row) => withFiles(row, { suite, files }));
  const text = JSON.stringify(written);
  const frame = frameOf(exchanges, text);
  const inHeaders = Array.from(text.matchAll(/\$\{(\w+)\}/g), ([, name]) => name!);
  const inValues = Object.values((frame.values ?? {}) as Readonly<Record<string, string>>).map((one) =>
    one.slice(2, -1),
  );
  const known = new Set(exchanges.flatMap((one) => one.variables ?? []));
  const variables = [...new Set([...inHeaders, ...inValues])].filter((name) => known.has(name)).sort();
  return { rows: written, frame, files, variables, exchanges };
}

function textsOf({ request, answers }: RecordedExchange): Parameters<RecordedSecrets['learn']>[0] {
  const bodies = [request.body, ...answers.map(({ body }) => body)];
  return {
    path: request.path,
    headers: [...request.headers, ...answers.flatMap(({ headers }) => headers)],
    bodies: bodies.flatMap(bodyText),
  };
}

interface Files {
  readonly suite: string;
  readonly files: Map<string, Buffer>;
}

/** Puts large bodies into files beside the cases. */
function withFiles(row: CaseRow, into: Files): CaseRow {
  const id = String(row.id);
  if (Array.isArray(row.steps)) {
    const steps = (row.steps as readonly CaseRow[]).map((step, at) => stepWithFile(step, `${id}-${at + 1}`, into));
    return { ...row, steps };
  }
  return stepWithFile(row, id, into);
}

function stepWithFile(step: CaseRow, name: string, { suite, files }: Files): CaseRow {
  const { raw, base64, json, ...request } = step.request as Body;
  const bytes = largeBody({ raw, base64, json });
  if (bytes === null) return step;
  const file = `_bodies/${suite}-${name}.bin`;
  files.set(file, bytes);
  return { ...step, request: { ...request, file } };
}

interface Body {
  readonly raw?: string | undefined;
  readonly base64?: string | undefined;
  readonly json?: unknown;
}

/** Null for a body that a person reads in a case, and for one with placeholders, which no file may have. */
function largeBody({ raw, base64, json }: Body): Buffer | null {
  if (base64 !== undefined) return base64.length > maxInlineBody ? Buffer.from(base64, 'base64') : null;
  const text = raw ?? (json === undefined ? '' : JSON.stringify(json));
  const max = raw === undefined ? maxInlineJson : maxInlineBody;
  return text.length > max && !text.includes('{{') ? Buffer.from(text) : null;
}
