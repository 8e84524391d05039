import type { RequestTemplate, TestCase } from '../cases/case.ts';
import { plainText, templateOf } from '../cases/placeholder.ts';
import { maxIndentLength } from './limits.ts';

/** What a case file of probes is written with. */
export interface WriteOptions {
  /** `jsonl`: a case a line. `yaml`: the same lines in one YAML document. */
  readonly format: 'jsonl' | 'yaml';
  /** Names of environment variables by the value that they stand for: a header refers to them and never holds the value. */
  readonly secrets: ReadonlyMap<string, string>;
}

/** Takes cases of one suite; returns a case file that loads as the same requests. Nothing that may only be sent here is marked `safe`. */
export function caseFileText(cases: readonly TestCase[], { format, secrets }: WriteOptions): string {
  const rows = cases.map((testCase) => caseRow(testCase, secrets));
  const suite = cases[0]?.suite ?? 'probe';
  const routes = cases[0]?.routes ?? [];
  const frame = { suite, ...(routes.length > 0 ? { routes } : {}) };
  if (format === 'jsonl') return rows.map((row) => `${JSON.stringify({ ...frame, ...row })}\n`).join('');
  const head = Object.entries(frame).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`);
  return `${head.join('')}cases:\n${rows.map((row) => `  - ${JSON.stringify(row)}\n`).join('')}`;
}

function caseRow({ id, suite, title, tags, steps, compare }: TestCase, secrets: WriteOptions['secrets']) {
  const { request, expect } = steps[0]!;
  return {
    id: id.slice(suite.length + 1),
    title,
    tags,
    request: requestRow(request, secrets),
    ...(Object.keys(compare).length > 0 ? { compare: withoutNulls(compare) } : {}),
    ...(expect === null ? {} : { expect: withoutNulls(expect) }),
  };
}

function requestRow({ method, path, headers, body, withoutAuth }: RequestTemplate, secrets: WriteOptions['secrets']) {
  const named = headers.map(([name, value]) => [name, referring(value, secrets)] as const);
  return {
    method,
    path,
    ...(named.length > 0 ? { headers: named } : {}),
    ...(withoutAuth === true ? { auth: false } : {}),
    ...(body?.kind === 'bytes' ? bodyRow(Buffer.from(body.bytes).toString('latin1')) : {}),
  };
}

function referring(value: string, secrets: WriteOptions['secrets']): string {
  let written = plainText(value);
  for (const [secret, name] of secrets) written = written.replaceAll(secret, () => `\${${name}}`);
  return templateOf(written);
}

/** Plain text stays readable; everything else is written as its bytes. */
function bodyRow(text: string): Readonly<Record<string, string | number>> {
  const start = text.search(/[^ ]|$/);
  const isPadded = start > maxIndentLength;
  const content = isPadded ? text.slice(start) : text;
  const pad = isPadded ? { pad: text.length } : {};
  const isPlain = /^[\n\t -~]*$/.test(content) && !content.includes('{{');
  return isPlain ? { raw: content, ...pad } : { base64: Buffer.from(content, 'latin1').toString('base64'), ...pad };
}

/** Keys that are null in memory are left out in files. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutNulls(inner)]));
}
