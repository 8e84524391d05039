import { headerValueFault } from '../config/headers.ts';
import { ParityError } from '../errors.ts';
import type { BodyTemplate, RequestTemplate } from './case.ts';
import { encodeFormPiece } from './form.ts';
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

const none: ReadonlySet<string> = new Set();

/** Takes a template, the captured values and the names of those that are JSON but no string; returns the request with each value filled in once, encoded for where it stands, in JSON with its type. Throws PX2301 for a value that no header can hold, PX2302 for one that is not there. */
export function fillRequest(template: RequestTemplate, variables: Variables, literals = none): FilledRequest {
  if (last !== null && last.template === template) return last.filled;
  if (!isPlain(template)) return fillAll(template, variables, literals);
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

function fillAll(template: RequestTemplate, variables: Variables, literals: ReadonlySet<string>): FilledRequest {
  const { method, path, headers, body, withoutAuth } = template;
  return {
    method,
    path: fill(path, variables, { value: encodePathPiece, brace: '{' }),
    headers: headers.map(([name, value]) => [name, fillHeader(name, value, variables)]),
    body: body === null ? null : fillBody(body, variables, literals),
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

function fill(text: string, variables: Variables, { value, brace }: Encoding): string {
  return fillPlaceholders(text, (name) => (name === braceName ? brace : value(variableOf(name, variables))));
}

function variableOf(name: string, variables: Variables): string {
  if (Object.hasOwn(variables, name)) return variables[name]!;
  throw new ParityError('PX2302', `no value was captured for {{${name}}}`, {
    hint: 'see the answers of earlier steps',
  });
}

/** Everything outside the unreserved characters of RFC 3986, section 2.3, goes out as %XX of its UTF-8 bytes. */
function encodePathPiece(value: string): string {
  return Array.from(Buffer.from(value, 'utf8'), (byte) => {
    const char = String.fromCharCode(byte);
    return /[A-Za-z0-9._~-]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}

function fillHeader(name: string, value: string, variables: Variables): string {
  const filled = fill(value, variables, verbatim);
  const fault = filled === value ? null : headerValueFault(filled);
  if (fault === null) return filled;
  const hint = 'capture another value, or send it in the path or body';
  throw new ParityError('PX2301', `a captured value cannot stand in the header \`${name}\`: it ${fault}`, { hint });
}

function fillBody(body: BodyTemplate, variables: Variables, literals: ReadonlySet<string>): Uint8Array {
  if (body.kind === 'bytes') return body.bytes;
  if (body.kind === 'json') return Buffer.from(fillJson(body.text, variables, literals), 'utf8');
  return Buffer.from(fill(body.text, variables, body.encoding === 'form' ? asForm : verbatim), 'utf8');
}

/** A string that is nothing but a placeholder becomes the value with its type. */
function fillJson(text: string, variables: Variables, literals: ReadonlySet<string>): string {
  return fillJsonPlaceholders(text, (name, isWhole) => {
    if (name === braceName) return '{';
    const value = variableOf(name, variables);
    if (isWhole && literals.has(name)) return value;
    return isWhole ? JSON.stringify(value) : encodeJsonPiece(value);
  });
}

function encodeJsonPiece(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}
