import { Kind, members } from '../../json/document.ts';
import { type BodyPlace, type JsonBody, latin1, replaceNode, sourceOf } from '../model/body.ts';
import type { Draft } from '../model/probe.ts';
import { type Seed, withHeader } from '../model/seed.ts';

const bodyText = ({ request }: Seed): string => Buffer.from(request.body ?? []).toString('latin1');

type TextRow = readonly [name: string, title: string, body: string, ...aims: string[]];

/** Bodies as text with one character for each byte. */
function bodies(rows: readonly TextRow[]): Draft[] {
  return rows.map(([name, title, body, ...aims]) => ({ name, title, aims, change: { body: latin1(body) } }));
}

/** Something behind the document, or white space around it. */
export function trailing(seed: Seed): Draft[] {
  if (seed.json === null) return [];
  const text = bodyText(seed);
  const row = (name: string, behind: string, what: string): TextRow => [name, what, text + behind, 'trailing-data'];
  return bodies([
    row('garbage', ' garbage', 'a word behind the document'),
    row('object', ' {}', 'an empty object behind the document'),
    row('line', `\n${text}`, 'the document twice, a line each'),
    row('glued', text, 'the document twice, with nothing between'),
    row('comma', ',', 'a comma behind the document'),
    row('bracket', '}', 'a brace behind the document'),
    row('nul', '\0', 'a NUL behind the document'),
    row('whitespace', ' \t\r\n', 'white space behind the document'),
    row('form-feed', '\f', 'a form feed behind the document, which JSON does not call white space'),
    ['leading-whitespace', 'white space before the document', ` \t\r\n${text}`, 'trailing-data'],
  ]);
}

const contentTypes: readonly (readonly [name: string, ...values: string[]])[] = [
  ['absent'],
  ['text-plain', 'text/plain'],
  ['text-json', 'text/json'],
  ['form', 'application/x-www-form-urlencoded'],
  ['octet-stream', 'application/octet-stream'],
  ['vendor-json', 'application/vnd.parity+json'],
  ['vendor-json-charset', 'application/vnd.parity+json; charset=utf-8'],
  ['upper-case', 'APPLICATION/JSON'],
  ['charset-utf-8', 'application/json; charset=utf-8'],
  ['charset-quoted', 'application/json;charset="UTF-8"'],
  ['charset-latin1', 'application/json; charset=latin1'],
  ['charset-utf-16', 'application/json; charset=utf-16'],
  ['charset-unknown', 'application/json; charset=parity'],
  ['parameter', 'application/json; version=1'],
  ['semicolon', 'application/json;'],
  ['open-quote', 'application/json; charset="utf-8'],
  ['empty', ''],
  ['one-word', 'json'],
  ['any', '*/*'],
  ['list', 'application/json, text/plain'],
  ['twice-same', 'application/json', 'application/json'],
  ['twice-other', 'application/json', 'text/plain'],
  ['twice-other-first', 'text/plain', 'application/json'],
];

/** The same body under another content-type, or none. */
export function contentType(seed: Seed): Draft[] {
  if (seed.request.body === null) return [];
  return contentTypes.map(([name, ...values]) => ({
    name,
    title: values.length === 0 ? 'no content-type' : `content-type: ${values.join(' and ')}`,
    aims: [/charset/.test(name) ? 'charset-param' : 'content-type-required'],
    change: withHeader(seed, 'content-type', ...values),
  }));
}

/** Bytes that are not UTF-8, and text that is not Unicode. */
export function encoding(seed: Seed): Draft[] {
  const { json, request } = seed;
  if (json === null || request.body === null) return [];
  const text = Buffer.from(request.body).toString('utf8');
  const claimed = (coding: string): Draft => ({
    name: `claims-${coding}`,
    title: `content-encoding: ${coding}, over a body that has none`,
    aims: ['content-encoding'],
    change: withHeader(seed, 'content-encoding', coding),
  });
  const utf16 = Buffer.from(text, 'utf16le');
  const whole: readonly TextRow[] = [
    ['bom', 'a byte-order mark before the document', `\xef\xbb\xbf${bodyText(seed)}`, 'byte-order-mark'],
    ['utf-16-le', 'the body in UTF-16, little end first', utf16.toString('latin1'), 'nonstandard-json'],
    ['utf-16-be-bom', 'the body in UTF-16 behind its mark', `\xfe\xff${bigEnd(utf16)}`, 'nonstandard-json'],
  ];
  return [...bodies([...whole, ...inStrings(json)]), claimed('gzip'), claimed('identity'), claimed('parity')];
}

const bigEnd = (bytes: Buffer): string => Buffer.from(bytes).swap16().toString('latin1');

const oddContents: readonly (readonly [name: string, what: string, source: string, aim: string])[] = [
  ['invalid', 'a byte that is not UTF-8', '\xff', 'invalid-utf8-request'],
  ['overlong', 'an overlong slash', '\xc0\xaf', 'invalid-utf8-request'],
  ['cut', 'half a UTF-8 sequence', '\xe2\x82', 'invalid-utf8-request'],
  ['raw-surrogate', 'a surrogate in UTF-8', '\xed\xa0\x80', 'invalid-utf8-request'],
  ['high-surrogate', 'a high surrogate alone', '\\ud800', 'invalid-utf8-request'],
  ['low-surrogate', 'a low surrogate alone', '\\udc00', 'invalid-utf8-request'],
  ['swapped-surrogates', 'two surrogates in the wrong order', '\\udc00\\ud800', 'invalid-utf8-request'],
  ['escaped-nul', 'NUL as an escape', '\\u0000', 'unicode-replacement'],
  ['raw-nul', 'a NUL byte', '\0', 'nonstandard-json'],
  ['raw-tab', 'a raw tab', '\t', 'nonstandard-json'],
  ['raw-newline', 'a raw line feed', '\n', 'nonstandard-json'],
  ['delete', 'U+007F', '\x7f', 'unicode-replacement'],
  ['separators', 'U+2028 and U+2029', '\xe2\x80\xa8\xe2\x80\xa9', 'escape-line-separators'],
  ['html', 'characters that HTML escapes', '<a>&', 'escape-html'],
  ['emoji', 'a character beyond the BMP as escapes', '\\ud83d\\ude00', 'unicode-replacement'],
  ['noncharacter', 'U+FFFF', '\xef\xbf\xbf', 'unicode-replacement'],
  ['slash', 'an escaped slash', '\\/', 'escape-html'],
];

/** Odd contents at the end of two strings, and in a key. */
function inStrings(json: JsonBody): TextRow[] {
  const values = twoStrings(json).flatMap((place) => oddContents.map((row) => inString(json, place, row)));
  const first = json.members[0];
  if (first === undefined) return values;
  const key = sourceOf(json, first.key);
  const named = (source: string): string => Buffer.from(replaceNode(json, first.key, source)).toString('latin1');
  return [
    ...values,
    ['key-invalid', 'a byte that is not UTF-8 in a key', named(`${key.slice(0, -1)}\xff"`), 'invalid-utf8-request'],
    ['key-escaped', 'the first key with its first letter as an escape', named(escapedKey(key)), 'nonstandard-json'],
  ];
}

/** The first string, and the first of another object: the first one is often a word from a list, which nothing odd may end. */
function twoStrings({ strings }: JsonBody): BodyPlace[] {
  const parent = ({ pointer }: BodyPlace): string => pointer.slice(0, pointer.lastIndexOf('/'));
  const [first] = strings;
  const second = strings.find((place) => first !== undefined && parent(place) !== parent(first));
  return [first, second].filter((place) => place !== undefined);
}

function inString(json: JsonBody, { node, pointer, slug }: BodyPlace, row: (typeof oddContents)[number]): TextRow {
  const [name, what, source, aim] = row;
  const body = replaceNode(json, node, `${sourceOf(json, node).slice(0, -1)}${source}"`);
  return [`${slug}.${name}`, `${pointer || 'the body'} ends with ${what}`, Buffer.from(body).toString('latin1'), aim];
}

function escapedKey(key: string): string {
  return /^"[A-Za-z]/.test(key) ? `"\\u00${key.charCodeAt(1).toString(16)}${key.slice(2)}` : key;
}

/** Values that only some readers take for JSON. */
const oddValues: readonly (readonly [name: string, source: string])[] = [
  ['nan', 'NaN'],
  ['infinity', '-Infinity'],
  ['leading-zero', '01'],
  ['plus', '+1'],
  ['bare-point', '1.'],
  ['leading-point', '.5'],
  ['hex', '0x10'],
  ['underscore', '1_000'],
  ['upper-literal', 'TRUE'],
  ['python-literal', 'None'],
  ['undefined', 'undefined'],
  ['single-quotes', "'text'"],
  ['hex-escape', '"\\x41"'],
  ['unknown-escape', '"\\q"'],
  ['trailing-comma-array', '[1,]'],
  ['empty-place', '[1,,2]'],
];

/** Text that is nearly JSON: the whole document in other dress, and odd values in the place of its first leaf. */
export function syntax(seed: Seed): Draft[] {
  const { json } = seed;
  if (json === null) return [];
  const leaf = json.numbers[0] ?? json.strings[0] ?? json.members.at(-1);
  const values: TextRow[] = oddValues.flatMap(([name, source]) => {
    if (leaf === undefined) return [];
    const body = Buffer.from(replaceNode(json, leaf.node, source)).toString('latin1');
    return [[name, `${leaf.pointer || 'the body'} is ${source}`, body, 'nonstandard-json'] as const];
  });
  return bodies([...documents(seed, json), ...values]);
}

function documents(seed: Seed, json: JsonBody): TextRow[] {
  const text = bodyText(seed);
  const trimmed = text.trimEnd();
  const rows: TextRow[] = [
    ['comment', 'a comment before the document', `/* parity */${text}`, 'nonstandard-json'],
    ['line-comment', 'a line comment behind the document', `${text} // parity\n`, 'nonstandard-json'],
    ['cut', 'the last byte is missing', trimmed.slice(0, -1), 'nonstandard-json'],
    ['cut-in-half', 'the second half is missing', text.slice(0, text.length >> 1), 'nonstandard-json'],
  ];
  if (json.document.kind[0] !== Kind.object || members(json.document, 0).length === 0) return rows;
  const first = json.members[0]!;
  const key = sourceOf(json, first.key);
  const named = (source: string): string => Buffer.from(replaceNode(json, first.key, source)).toString('latin1');
  return [
    ...rows,
    ['trailing-comma', 'a comma behind the last member', `${trimmed.slice(0, -1)},}`, 'nonstandard-json'],
    ['single-quoted-key', 'the first key in single quotes', named(`'${key.slice(1, -1)}'`), 'nonstandard-json'],
    ['unquoted-key', 'the first key without quotes', named(key.slice(1, -1)), 'nonstandard-json'],
  ];
}

/** Other documents altogether, and none. */
export function root(seed: Seed): Draft[] {
  if (seed.request.body === null) return [];
  const empty: Draft = {
    name: 'empty-untyped',
    title: 'no body and no content-type',
    aims: ['empty-body'],
    change: { ...withHeader(seed, 'content-type'), body: null },
  };
  const rows: TextRow[] = [
    ['empty', 'an empty body', '', 'empty-body'],
    ['whitespace', 'a body of white space', ' \r\n\t ', 'empty-body'],
    ['null', 'the body is null', 'null', 'root-scalar'],
    ['true', 'the body is true', 'true', 'root-scalar'],
    ['zero', 'the body is 0', '0', 'root-scalar'],
    ['empty-string', 'the body is ""', '""', 'root-scalar'],
    ['empty-array', 'the body is []', '[]', 'array-for-struct'],
    ['empty-object', 'the body is {}', '{}', 'missing-required'],
    ['wrapped', 'the document in an array', `[${bodyText(seed)}]`, 'array-for-struct'],
    ['as-string', 'the document in a string', JSON.stringify(bodyText(seed)), 'root-scalar'],
  ];
  return [...bodies(rows), empty];
}
