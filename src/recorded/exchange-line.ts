import type { RecordedBody, RecordedExchange, RecordingHeader } from './format.ts';

/** The header of a recording; null for an invalid line. */
export function parseHeader(line: string): RecordingHeader | null {
  const value = parse(line);
  if (!isObject(value) || value.schema !== 'parity-recording/1') return null;
  const { recordedAt, target, source } = value;
  const isDated = typeof recordedAt === 'string' && !Number.isNaN(Date.parse(recordedAt));
  if (!isDated || typeof target !== 'string' || typeof source !== 'string') return null;
  return { schema: value.schema, recordedAt, target, source };
}

/** An exchange of a recording, or what is wrong with its line. */
export function parseExchange(line: string): RecordedExchange | string {
  const value = parse(line);
  if (!isObject(value)) return 'is not a JSON object';
  if (!isRequest(value.request)) return 'has no `request` with method, path, headers and body';
  if (!Array.isArray(value.answers) || value.answers.length === 0 || !value.answers.every(isAnswer))
    return 'has no `answers`, each with status, statusText, headers and body';
  if (value.variables !== undefined && !(Array.isArray(value.variables) && value.variables.every(isName)))
    return 'has `variables` that are not names';
  return value as unknown as RecordedExchange;
}

type Members = Readonly<Record<string, unknown>>;

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && /^[A-Za-z_][A-Za-z0-9_]*$/.test(value);
}

function isRequest(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { method, path, headers, body } = value;
  const isNamed = typeof method === 'string' && typeof path === 'string' && path.startsWith('/');
  return isNamed && isHeaders(headers) && (body === null || isBody(body));
}

function isAnswer(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { status, statusText, headers, body } = value;
  return Number.isInteger(status) && typeof statusText === 'string' && isHeaders(headers) && isBody(body);
}

function isHeaders(value: unknown): boolean {
  return Array.isArray(value) && value.every(isHeader);
}

function isHeader(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && value.every((one) => typeof one === 'string');
}

function isBody(value: unknown): value is RecordedBody {
  if (!isObject(value)) return false;
  return typeof value.text === 'string' || typeof value.base64 === 'string' || Number.isInteger(value.omitted);
}
