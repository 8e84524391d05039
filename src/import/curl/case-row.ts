import type { CurlBody, CurlPart, CurlRequest } from './request.ts';
import { variablesIn, writeVariables } from './variable-marks.ts';

/** The keys of a case in a case file. */
export interface CaseRow {
  readonly id: string;
  readonly title: string;
  readonly values?: Readonly<Record<string, string>>;
  readonly request: Readonly<Record<string, unknown>>;
}

type Naming = Pick<CaseRow, 'id' | 'title'>;

/** Takes a request; returns the case that sends it. A variable in a header is `${NAME}`; elsewhere it is `{{name}}`, one of its `values`. */
export function caseRowOf({ method, path, headers, body }: CurlRequest, naming: Naming): CaseRow {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? null;
  const written = body === null ? {} : bodyKeys(body, type);
  const isImplied = 'json' in written ? type === 'application/json' : 'form' in written && type === formType;
  const sent = isImplied ? headers.filter(([name]) => name.toLowerCase() !== 'content-type') : headers;
  const names = [...new Set([path, ...textsOf(body)].flatMap(variablesIn))];
  const values = Object.fromEntries(names.map((name) => [valueName(name), `\${${name}}`]));
  return {
    ...naming,
    ...(names.length === 0 ? {} : { values }),
    request: {
      method,
      path: template(path),
      ...(sent.length === 0 ? {} : { headers: headerKeys(sent) }),
      ...written,
    },
  };
}

function textsOf(body: CurlBody | null): string[] {
  if (body?.kind === 'text') return [body.text];
  if (body?.kind !== 'multipart') return [];
  return body.parts.flatMap((part) => ('value' in part.content ? [part.content.value] : []));
}

/** A value goes by the name of its variable in lower case: `API_KEY` as `{{api_key}}`. */
function valueName(variable: string): string {
  const lower = variable.toLowerCase().replace(/^_+/, '');
  return /^[a-z]/.test(lower) && lower !== 'origin' && lower !== 'host' ? lower : `v_${lower}`;
}

/** A map, but for a name that comes twice. */
function headerKeys(headers: CurlRequest['headers']): unknown {
  const pairs = headers.map(([name, value]) => [name, headerTemplate(value)] as const);
  const isUnique = new Set(pairs.map(([name]) => name.toLowerCase())).size === pairs.length;
  return isUnique && pairs.every(([name]) => name !== '__proto__') ? Object.fromEntries(pairs) : pairs;
}

const formType = 'application/x-www-form-urlencoded';

function bodyKeys(body: CurlBody, type: string | null): Record<string, unknown> {
  if (body.kind === 'file') return { file: body.file };
  if (body.kind === 'bytes') return { base64: body.base64 };
  if (body.kind === 'multipart') return { multipart: body.parts.map(partKeys) };
  const json = /[/+]json\b/i.test(type ?? '') ? jsonKeys(body.text) : null;
  const form = json === null && type === formType ? formKeys(body.text) : null;
  return json ?? form ?? { raw: template(body.text) };
}

function partKeys({ name, content, filename, type }: CurlPart): Record<string, string> {
  return {
    name: template(name),
    ...('value' in content ? { value: template(content.value) } : content),
    ...(filename === null ? {} : { filename: template(filename) }),
    ...(type === null ? {} : { type: template(type) }),
  };
}

/** Null for JSON that another spelling would change: its order, its numbers, names that come twice. */
function jsonKeys(text: string): { readonly json: unknown } | null {
  try {
    const value: unknown = JSON.parse(text);
    const compact = text.replace(/("(?:[^"\\]|\\.)*")|\s+/gs, '$1');
    if (JSON.stringify(value) !== compact || value === null) return null;
    const json = templates(value);
    return JSON.stringify(json).includes('__proto__') ? null : { json };
  } catch {
    return null;
  }
}

function templates(value: unknown): unknown {
  if (typeof value === 'string') return template(value);
  if (Array.isArray(value)) return value.map(templates);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [template(key), templates(inner)]));
}

/** Null for a form that another spelling would change. */
function formKeys(text: string): { readonly form: Record<string, string> } | null {
  const fields = new URLSearchParams(text);
  const form = Object.fromEntries(Array.from(fields, ([name, value]) => [template(name), template(value)]));
  const isSame = fields.size === Object.keys(form).length && marksDecoded(fields.toString()) === text;
  return isSame && text !== '' && !Object.hasOwn(form, '__proto__') ? { form } : null;
}

/** Marks stay as they are where all else is encoded. */
function marksDecoded(encoded: string): string {
  return encoded.replace(/%EF%B7%(?:90|91)/g, (mark) => decodeURIComponent(mark));
}

function headerTemplate(text: string): string {
  return writeVariables(text, (name) => `\${${name}}`, literal);
}

function template(text: string): string {
  return writeVariables(text, (name) => `{{${valueName(name)}}}`, literal);
}

/** Braces that would open a placeholder or a variable, here or with what comes behind them, are written as `{{'{'}}`. */
function literal(piece: string, isLast: boolean): string {
  return piece.replace(isLast ? /\{(?=\{)|(?<=\$)\{/g : /\{(?=\{|$)|(?<=\$)\{/g, "{{'{'}}");
}
