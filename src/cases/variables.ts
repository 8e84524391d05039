import { headerValueFault } from '../config/headers.ts';
import { ParityError } from '../errors.ts';
import type { BodyTemplate, RequestTemplate } from './case.ts';
import { encodeFormPiece } from './form.ts';
import { fillPath, type OwnTarget } from './path-value.ts';
import { braceName, fillJsonPlaceholders, fillPlaceholders, placeholderNames } from './placeholder.ts';

export type Variables = Readonly<Record<string, string>>;

/** A request that is ready to be sent. */
export interface FilledRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array | null;
  readonly withoutAuth?: true;
}

/** All targets get the same request, where no value of their own is filled in. */
let last: { readonly template: RequestTemplate; readonly filled: FilledRequest } | null = null;

/** What a request is filled in with beside the captured values. */
export interface Filling {
  /** The names of captured values that are JSON, but no string. */
  readonly literals: ReadonlySet<string>;
  /** The target that it is sent to; null for none. */
  readonly self: OwnTarget | null;
}

const noTarget: Filling = { literals: new Set(), self: null };

/** Takes a template, the captured values and the target; returns the request with each value filled in once, encoded for where it stands, in JSON with its type. Throws PX2301 for a value that no header can hold, PX2302 for one that is not there, PX2303 for one that no path can hold. */
export function fillRequest(template: RequestTemplate, variables: Variables, filling = noTarget): FilledRequest {
  if (last !== null && last.template === template) return last.filled;
  if (!isPlain(template)) return fillAll(template, { ...filling, variables });
  const filled = asWritten(template);
  last = { template, filled };
  return filled;
}

/** Takes a template; returns the request where nothing is to be filled in. */
export function asWritten({ method, path, headers, body, withoutAuth }: RequestTemplate): FilledRequest {
  const bytes = body && (body.kind === 'bytes' ? body.bytes : Buffer.from(body.text));
  // What is shared by many cases stays one object: others make something of it once.
  const filled = { method, path, headers, body: bytes };
  return withoutAuth === undefined ? filled : { ...filled, withoutAuth };
}

/** Takes a template; returns the names of all that is to be filled in, in order. */
export function namesIn({ path, headers, body }: RequestTemplate): string[] {
  const text = body === null || body.kind === 'bytes' ? '' : body.text;
  return [path, text, ...headers.map(([, value]) => value)].flatMap(placeholderNames);
}

/** Whether a request, sent for a template, is as this one was written. */
export function isAsWritten(request: FilledRequest, template: RequestTemplate): boolean {
  const { method, path, headers, body } = template;
  // What is filled in gets headers of its own.
  if (request.headers !== headers || request.method !== method || request.path !== path) return false;
  return (request.body === null) === (body === null);
}

function isPlain({ path, headers, body }: RequestTemplate): boolean {
  const isFilled = (text: string) => text.includes('{{');
  if (isFilled(path) || headers.some(([, value]) => isFilled(value))) return false;
  return body === null || body.kind === 'bytes' || !isFilled(body.text);
}

interface Values extends Filling {
  readonly variables: Variables;
}

function fillAll(template: RequestTemplate, values: Values): FilledRequest {
  const { method, path, headers, body, withoutAuth } = template;
  return {
    method,
    path: fillPath(path, { lookUp: (name) => lookUp(name, values), self: values.self }),
    headers: headers.map(([name, value]) => [name, fillHeader(name, value, values)]),
    body: body === null ? null : fillBody(body, values),
    ...(withoutAuth === undefined ? {} : { withoutAuth }),
  };
}

interface Encoding {
  readonly value: (value: string) => string;
  /** How a brace of the case itself is written. */
  readonly brace: string;
}

const verbatim: Encoding = { value: (text) => text, brace: '{' };
const asForm: Encoding = { value: encodeFormPiece, brace: encodeFormPiece('{') };

function fill(text: string, values: Values, { value, brace }: Encoding): string {
  return fillPlaceholders(text, (name, filter) => {
    if (name === braceName) return brace;
    return filter === 'raw' ? lookUp(name, values) : value(lookUp(name, values));
  });
}

/** `origin` and `host` are reserved: no value is captured under them. */
function lookUp(name: string, { variables, self }: Values): string {
  if (self !== null && name === 'origin') return self.origin;
  if (self !== null && name === 'host') return self.authority;
  if (Object.hasOwn(variables, name)) return variables[name]!;
  throw new ParityError('PX2302', `no value was captured for {{${name}}}`, {
    hint: 'see the answers of earlier steps',
  });
}

function fillHeader(name: string, value: string, values: Values): string {
  const filled = fill(value, values, verbatim);
  const fault = filled === value ? null : headerValueFault(filled);
  if (fault === null) return filled;
  const hint = 'capture another value, or send it in the path or body';
  throw new ParityError('PX2301', `a captured value cannot stand in the header \`${name}\`: it ${fault}`, { hint });
}

function fillBody(body: BodyTemplate, values: Values): Uint8Array {
  if (body.kind === 'bytes') return body.bytes;
  if (body.kind === 'json') return Buffer.from(fillJson(body.text, values), 'utf8');
  return Buffer.from(fill(body.text, values, body.encoding === 'form' ? asForm : verbatim), 'utf8');
}

/** A string that is nothing but a placeholder becomes the value with its type. */
function fillJson(text: string, values: Values): string {
  return fillJsonPlaceholders(text, (name, filter, isWhole) => {
    if (name === braceName) return '{';
    const value = lookUp(name, values);
    if (isWhole && values.literals.has(name)) return value;
    if (filter === 'raw') return isWhole ? `"${value}"` : value;
    return isWhole ? JSON.stringify(value) : encodeJsonPiece(value);
  });
}

function encodeJsonPiece(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}
