import { pointerToken } from '../../json/pointer.ts';
import type { JsonMember, JsonNode } from '../../json/tree.ts';
import { textOf } from '../kit/nodes.ts';
import { type ErrorKind, errorCodes, fieldMessages, fingerprints } from './error-words.ts';

/** An error text read: its kind, the field that it names, the value that it found and where in the request, if it says so. */
export interface ErrorReason {
  readonly kind: ErrorKind;
  /** The last part of a path, as written; of fields that are missing all, with commas between them. */
  readonly field: string | null;
  readonly got: string | null;
  /** Lines and bytes of a line from one. */
  readonly at: { readonly line: number; readonly column: number } | null;
  /** JSON Pointer of the text in the answer; empty where the whole body is the text. */
  readonly pointer: string;
}

/** What axum and actix put before the words of serde: no field, though a colon comes after it. */
const preamble = /^(?:(?:Json|Query|Form|Path) deserialize error|Failed to (?:parse|deserialize) [\w ]{3,60}): /;

function readText(text: string, pointer: string): ErrorReason | null {
  const words = text.replace(preamble, '');
  for (const { kind, pattern } of fingerprints) {
    const groups = pattern.exec(words);
    if (groups === null) continue;
    const { field, got } = groups.groups ?? {};
    return {
      kind,
      field: field === undefined ? null : lastParts(field),
      got: got ?? null,
      at: placeIn(words),
      pointer,
    };
  }
  return null;
}

function placeIn(text: string): ErrorReason['at'] {
  const found = /at line (\d{1,7}) column (\d{1,7})$/.exec(text);
  return found === null ? null : { line: Number(found[1]), column: Number(found[2]) };
}

function lastParts(field: string): string {
  const last = (path: string) =>
    path
      .replace(/\[\d*\]$/, '')
      .split(/[./]/)
      .at(-1);
  return field
    .split(/,? and |, /)
    .map(last)
    .join(',');
}

type ObjectNode = Extract<JsonNode, { kind: 'object' }>;

function of(node: JsonNode | undefined, key: string): JsonNode | undefined {
  return node?.kind === 'object' ? node.members.find((one) => one.key === key)?.value : undefined;
}

function textAt(node: JsonNode | undefined, key: string): string | null {
  const value = of(node, key);
  return value === undefined ? null : textOf(value);
}

function readCode(node: JsonNode, pointer: string): ErrorReason | null {
  const detail = of(node, 'detail');
  const item = detail?.kind === 'array' ? detail.items[0] : undefined;
  const kind = errorCodes.get(textAt(item, 'type') ?? textAt(node, 'code') ?? '');
  if (kind === undefined) return null;
  const loc = of(item, 'loc');
  const last = loc?.kind === 'array' ? loc.items.at(-1) : undefined;
  const input = of(item, 'input');
  const place = loc?.kind === 'array' && loc.items[0] !== undefined ? textOf(loc.items[0]) : null;
  return {
    kind: kind === 'bad-number' && place === 'body' ? 'wrong-type' : kind,
    field: last === undefined ? null : textOf(last),
    got: input?.kind === 'null' ? 'null' : null,
    at: null,
    pointer: `${pointer}${item === undefined ? '/message' : '/detail/0/msg'}`,
  };
}

function readFieldMessages(members: readonly JsonMember[], pointer: string): ErrorReason | null {
  for (const { key, value } of members) {
    const message = value.kind === 'array' && value.items[0] !== undefined ? textOf(value.items[0]) : null;
    const found = fieldMessages.find(([known]) => known === message);
    const own = `${pointer}/${pointerToken(key)}/0`;
    if (found !== undefined) return { kind: found[1], field: key, got: found[2], at: null, pointer: own };
  }
  return null;
}

const messageKeys = ['message', 'error', 'detail', 'title', 'reason', 'msg', 'description'];

/** Reads what an error answer says went wrong: by a code, by messages under fields, or by its text, also below `error`. Null if nothing is known. */
export function readError(text: string, json: JsonNode | null): ErrorReason | null {
  if (json?.kind !== 'object') return readText(text.trim(), '');
  const inner = of(json, 'error');
  return readObject(json, '') ?? (inner?.kind === 'object' ? readObject(inner, '/error') : null);
}

function readObject(node: ObjectNode, pointer: string): ErrorReason | null {
  const coded = readCode(node, pointer) ?? readFieldMessages(node.members, pointer);
  if (coded !== null) return coded;
  for (const key of messageKeys) {
    const message = textAt(node, key);
    const found = message === null ? null : readText(message, `${pointer}/${key}`);
    if (found !== null) return found;
  }
  return null;
}

/**
 * JSON Pointer of the text that says for people what went wrong, whether its words are known or not: under a name for it, also below
 * `error`, or the only member. Null where there is none.
 */
export function messagePointer(json: JsonNode | null): string | null {
  if (json?.kind !== 'object') return null;
  const inner = of(json, 'error');
  return messageIn(json, '') ?? (inner?.kind === 'object' ? messageIn(inner, '/error') : null);
}

function messageIn(node: ObjectNode, pointer: string): string | null {
  const [only, ...more] = node.members;
  const single = more.length === 0 ? only?.key : undefined;
  const key = messageKeys.find((name) => isText(of(node, name))) ?? single;
  return key !== undefined && isText(of(node, key)) ? `${pointer}/${pointerToken(key)}` : null;
}

function isText(node: JsonNode | undefined): boolean {
  return node?.kind === 'string';
}

const syntax: ReadonlySet<ErrorKind> = new Set(['eof', 'trailing', 'depth', 'utf8']);

/** Both texts name one fault: the same kind, and the same field where both name one. Ways to be no JSON are one kind. */
export function sameFault(a: ErrorReason, b: ErrorReason): boolean {
  const family = ({ kind }: ErrorReason) => (syntax.has(kind) ? 'syntax' : kind);
  if (family(a) !== family(b)) return false;
  return a.field === null || b.field === null || a.field.toLowerCase() === b.field.toLowerCase();
}
