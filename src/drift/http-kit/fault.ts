import type { JsonNode } from '../../json/tree.ts';
import { maxMemberLength } from '../limits.ts';
import type { ErrorReason } from './error-text.ts';

/** What was asked, as far as an error text can be about it. */
export interface Faulty {
  readonly body: Buffer;
  /** The body as a tree; null if it is none. */
  readonly json: JsonNode | null;
  readonly pairs: readonly { readonly name: string; readonly value: string | null }[];
}

/** A key and its value up to the end of the text, strings to their end, other values at least begun. */
const lastMember = /"([\w.-]{1,80})"[ \t\r\n]{0,40}:[ \t\r\n]{0,40}(?:"[^"\\]{0,200}"|[^\s",:{}[\]]{1,40})$/;

/**
 * An error text held against the request that it is about: a field that it tells only the place of has a name, `expected value`
 * for a value that is there is one of the wrong type (serde_json, for numbers where an enum is due), a query parameter that must
 * be a positive number may be none at all, and of the fields that are said to be missing those count that are not there, or null.
 */
export function refineError(error: ErrorReason, asked: Faulty): ErrorReason {
  if (error.kind === 'missing-field') return settleMissing(error, asked.json);
  if (error.kind === 'out-of-range' && isNoNumber(error, asked)) return { ...error, kind: 'bad-number' };
  const field = error.field ?? fieldAt(error.at, asked);
  if (error.kind !== 'no-value') return { ...error, field };
  return { ...error, kind: asked.json === null || field === null ? 'syntax' : 'wrong-type', field };
}

function isNoNumber({ field }: ErrorReason, { pairs }: Faulty): boolean {
  return pairs.some(({ name, value }) => name === field && value !== null && !/^[+-]?\d/.test(value));
}

function fieldAt(at: ErrorReason['at'], { body, json }: Faulty): string | null {
  if (at === null || json === null) return null;
  const lines = body.toString('latin1').split('\n', at.line);
  if (lines.length < at.line) return null;
  const line = lines.pop() ?? '';
  const before = [...lines, line.slice(0, at.column)].join('\n');
  return lastMember.exec(before.slice(-maxMemberLength))?.[1] ?? null;
}

function settleMissing(error: ErrorReason, json: JsonNode | null): ErrorReason {
  if (json?.kind === 'null') return { ...error, kind: 'wrong-type', got: 'null', field: null };
  const fields = error.field?.split(',') ?? [];
  const kindOf = (field: string) =>
    json?.kind === 'object' ? json.members.find(({ key }) => key === field)?.value.kind : undefined;
  const open = fields.filter((field) => [undefined, 'null'].includes(kindOf(field)));
  const [only = null, ...more] = open.length > 0 ? open : fields;
  if (only === null || more.length > 0) return { ...error, field: null };
  // A decoder that tells the place means a member that is not there, maybe of an inner object.
  return kindOf(only) === 'null' && error.at === null
    ? { ...error, kind: 'wrong-type', got: 'null', field: only }
    : { ...error, field: only };
}
