import { pointerToken } from '../../json/pointer.ts';
import type { JsonMember, JsonNode } from '../../json/tree.ts';
import { textOf } from '../kit/nodes.ts';

/** What went wrong, as an error text says it; one word for all runtimes. */
export type ErrorKind =
  | 'missing-field'
  | 'unknown-field'
  | 'duplicate-field'
  | 'unknown-variant'
  | 'wrong-type'
  | 'out-of-range'
  | 'bad-number'
  | 'bad-param'
  | 'bad-escape'
  | 'no-value'
  | 'not-found'
  | 'syntax'
  | 'eof'
  | 'trailing'
  | 'depth'
  | 'too-large'
  | 'content-type'
  | 'utf8'
  | 'time'
  | 'semicolon'
  | 'unsupported-value';

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

interface Fingerprint {
  readonly kind: ErrorKind;
  /** May have groups named `field` and `got`. No pattern can backtrack over more than one run of characters. */
  readonly pattern: RegExp;
}

const said = (kind: ErrorKind, pattern: RegExp): Fingerprint => ({ kind, pattern });

/** In this order: the first that matches says what it is. The words of serde, axum, encoding/json, net/http, pydantic, ajv, Jackson, V8 and STJ. */
const fingerprints: readonly Fingerprint[] = [
  said('missing-field', /missing field `(?<field>[^`]*)`/),
  said('missing-field', /must have required property '(?<field>[^']*)'/),
  said('missing-field', /missing required (?:creator property|properties[^']{0,80}) '(?<field>[^']*)'/i),
  said('missing-field', /^(?<field>[\w.]{1,80}) is required\.?$/),
  said('missing-field', /^(?<field>[\w.]{1,80}(?:, [\w.]{1,80}){0,8},? and [\w.]{1,80}) are required\.?$/),
  said('unknown-field', /unknown field [`"](?<field>[^`"]*)[`"]/),
  said('unknown-field', /Unrecognized field "(?<field>[^"]*)"/),
  said('unknown-field', /must NOT have additional properties/),
  said('duplicate-field', /duplicate field `(?<field>[^`]*)`/),
  said('duplicate-field', /duplicate (?:object member name|key) "(?<field>[^"]*)"/i),
  said('unknown-variant', /(?:(?<field>[\w.[\]]{1,120}): )?unknown variant `(?<got>[^`]*)`/),
  said('unknown-variant', /not one of the values accepted for Enum class/),
  said('unknown-variant', /must be equal to one of the allowed values/),
  said(
    'time',
    /parsing time "|^time: |input (?:contains invalid characters|is not enough for unique|is out of range)|premature end of input/,
  ),
  said('unsupported-value', /json: unsupported (?:value|type): (?<got>\S+)/),
  said('depth', /recursion limit exceeded|exceeded max depth|[Nn]esting depth|maximum (?:configured )?depth/),
  said('trailing', /trailing characters|after top-level value|non-whitespace character after JSON|Trailing token/),
  said(
    'eof',
    /EOF while parsing|^(?:unexpected )?EOF$|[Uu]nexpected end of JSON input|end-of-input|No content to map|Body cannot be empty/,
  ),
  said(
    'out-of-range',
    /invalid value: (?<got>[^,]*), expected|number too (?:large|small) to fit|value out of range|number out of range/,
  ),
  said(
    'out-of-range',
    /^(?<field>[\w.-]{1,80}) must be (?:a )?(?:positive|non-negative|greater|less|at least|at most|between)\b/,
  ),
  said(
    'out-of-range',
    /cannot unmarshal number (?<got>-?[\d.eE+-]+) into Go (?:struct field (?<field>\S+)|value) of type float(?:32|64)/,
  ),
  said('out-of-range', /cannot unmarshal number (?<got>-?\d+) into Go (?:struct field (?<field>\S+)|value) of type/),
  said(
    'wrong-type',
    /cannot unmarshal (?<got>\w+(?: -?[\d.eE+-]+)?) into Go (?:struct field (?<field>\S+)|value) of type/,
  ),
  said('bad-param', /^Invalid URL: (?:Cannot parse|can not parse) |^can not parse "|^UUID parsing failed: /),
  said('utf8', /[Ii]nvalid UTF-8|invalid unicode code point|lone leading surrogate|unexpected end of hex escape/),
  said('bad-escape', /invalid URL escape "(?<got>[^"]*)"|Failed to decode param/),
  said('bad-number', /strconv\.Parse\w+: parsing "(?<got>[^"]*)": invalid syntax/),
  said('bad-number', /invalid digit found in string|invalid float literal|cannot parse integer from empty string/),
  said('wrong-type', /(?:(?<field>[\w.[\]]{1,120}): )?invalid type: (?<got>[^,]*), expected/),
  said('wrong-type', /body\/(?<field>\S+) must be /),
  said(
    'wrong-type',
    /Cannot deserialize value of type|JSON value could not be converted|data did not match any variant/,
  ),
  said('content-type', /^Expected request with `Content-Type|^Content type error|[Uu]nsupported [Mm]edia [Tt]ype/),
  said(
    'too-large',
    /length limit exceeded|request body too large|[Rr]equest entity too large|[Pp]ayload [Tt]oo [Ll]arge|[Bb]ody is too large/,
  ),
  said('semicolon', /invalid semicolon separator in query/),
  said('no-value', /(?:(?<field>[\w.[\]]{1,120}): )?expected value at line/),
  said('not-found', /^(?!(?:page|route|path|endpoint|resource|method) )[A-Za-z][\w-]{0,60} not found\.?$/i),
  said('syntax', /invalid character '[^']{1,8}' (?:looking for|after|in)|Unexpected token|Unrecognized token/),
  said(
    'syntax',
    /expected (?:ident|`.`(?: or `.`)?) at line|trailing comma|key must be a string|control character|invalid (?:escape|number) at|Expected property name|JSON parse error/,
  ),
];

/** What axum and actix put before the words of serde: no field, though a colon stands behind it. */
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

/** The types of pydantic's errors (docs.pydantic.dev, errors/validation_errors), and the codes of Fastify. */
const codes: ReadonlyMap<string, ErrorKind> = new Map([
  ['missing', 'missing-field'],
  ['extra_forbidden', 'unknown-field'],
  ['json_invalid', 'syntax'],
  ['enum', 'unknown-variant'],
  ['literal_error', 'unknown-variant'],
  ['datetime_parsing', 'time'],
  ['datetime_from_date_parsing', 'time'],
  ['int_parsing', 'bad-number'],
  ['float_parsing', 'bad-number'],
  ['int_parsing_size', 'out-of-range'],
  ...['string', 'int', 'bool', 'float', 'list', 'dict', 'model', 'model_attributes'].map(
    (name) => [`${name}_type`, 'wrong-type'] as const,
  ),
  ['int_from_float', 'wrong-type'],
  ['FST_ERR_CTP_EMPTY_JSON_BODY', 'eof'],
  ['FST_ERR_CTP_INVALID_JSON_BODY', 'syntax'],
  ['FST_ERR_CTP_INVALID_MEDIA_TYPE', 'content-type'],
  ['FST_ERR_CTP_BODY_TOO_LARGE', 'too-large'],
]);

/** Messages of Django REST framework, each under the name of its field. */
const fieldMessages: readonly (readonly [message: string, kind: ErrorKind, got: string | null])[] = [
  ['This field is required.', 'missing-field', null],
  ['This field may not be null.', 'wrong-type', 'null'],
  ['A valid integer is required.', 'wrong-type', null],
  ['Not a valid string.', 'wrong-type', null],
];

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
  const kind = codes.get(textAt(item, 'type') ?? textAt(node, 'code') ?? '');
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
