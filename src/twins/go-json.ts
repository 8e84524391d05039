import { GoJsonError, scanValue } from './go-scan.ts';
import type { JsonObject, JsonValue, Submission } from './json-value.ts';

export { GoJsonError } from './go-scan.ts';

const CONTEXT_TYPE = 'struct { Environment *string "json:\\"environment\\"" }';
const ARTIFACT_TYPE = 'map[string]interface {}';

/** A submission while it is filled in, and the first type error, which encoding/json gives once it has read everything. */
interface Filled {
  kind: string;
  artifact: Map<string, JsonValue>;
  environment: string | null;
  error: string | null;
}

/**
 * Reads the body of `POST /v1/validate` as Go 1.26's encoding/json fills the struct `submission`: keys in any casing,
 * the last duplicate wins, null leaves the zero value, unknown keys are skipped. Throws GoJsonError.
 */
export function readGoSubmission(bytes: Buffer): Submission {
  const value = scanValue(bytes);
  const filled: Filled = { kind: '', artifact: new Map(), environment: null, error: null };
  if (isObject(value)) {
    for (const [key, item] of value.pairs) fillField(filled, key, item);
  } else if (value !== null) {
    refuse(filled, nameOf(value), 'value of type main.submission');
  }
  if (filled.error !== null) throw new GoJsonError(filled.error);
  return filled;
}

function fillField(filled: Filled, key: string, value: JsonValue): void {
  const name = fold(key);
  if (name === 'kind') fillKind(filled, value);
  else if (name === 'artifact') fillArtifact(filled, value);
  else if (name === 'context') fillContext(filled, value);
}

function fillKind(filled: Filled, value: JsonValue): void {
  if (typeof value === 'string') filled.kind = value;
  else if (value !== null) refuse(filled, nameOf(value), 'struct field submission.kind of type string');
}

/** A second artifact is merged into the first: encoding/json fills the map that is there. */
function fillArtifact(filled: Filled, value: JsonValue): void {
  if (value === null) {
    filled.artifact = new Map();
  } else if (isObject(value)) {
    for (const [key, item] of value.pairs) {
      const big = infiniteNumber(item);
      if (big !== null) refuse(filled, `number ${big}`, 'struct field submission.artifact of type float64');
      filled.artifact.set(key, item);
    }
  } else {
    refuse(filled, nameOf(value), `struct field submission.artifact of type ${ARTIFACT_TYPE}`);
  }
}

function fillContext(filled: Filled, value: JsonValue): void {
  if (value === null) {
    filled.environment = null;
  } else if (isObject(value)) {
    for (const [key, item] of value.pairs) {
      if (fold(key) !== 'environment') continue;
      if (item === null || typeof item === 'string') filled.environment = item;
      else refuse(filled, nameOf(item), 'struct field .context.environment of type string');
    }
  } else {
    refuse(filled, nameOf(value), `struct field submission.context of type ${CONTEXT_TYPE}`);
  }
}

function refuse(filled: Filled, what: string, where: string): void {
  filled.error ??= `json: cannot unmarshal ${what} into Go ${where}`;
}

/** A number in a value that is no `float64`, or null; in a loop, for a value may be 10,000 deep. */
function infiniteNumber(value: JsonValue): string | null {
  const waiting = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (Array.isArray(next)) for (const item of next) waiting.push(item);
    else if (isObject(next)) for (const [, item] of next.pairs) waiting.push(item);
    else if (typeof next === 'object' && next !== null && !Number.isFinite(Number(next.number))) return next.number;
  }
  return null;
}

function nameOf(value: JsonValue): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  return isObject(value) ? 'object' : 'number';
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && 'pairs' in value;
}

/** Unicode simple folding as far as it touches ASCII: the Kelvin sign is a k, the long s an s. */
function fold(key: string): string {
  return key.replaceAll('\u212a', 'k').replaceAll('\u017f', 's').toLowerCase();
}
