import { type Expander, expandEnvironment } from './environment.ts';
import { minSecretLength } from './limits.ts';
import { isSecretName } from './secret-name.ts';
import { quoteForMessage } from './source/did-you-mean.ts';
import type { Complaint, Span } from './source/source.ts';
import type { SourceNode } from './source/source-node.ts';
import { itemsOf } from './source/tree-access.ts';

export type HeaderPair = readonly [name: string, value: string];

/** Headers as written: the pairs in order, and the lower-case names that a null value removes. */
export interface Headers {
  readonly pairs: readonly HeaderPair[];
  readonly removed: ReadonlySet<string>;
}

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const unsendable = /[^\t\x20-\x7e\x80-\xff]/;

const refused: Readonly<Record<string, string>> = {
  'transfer-encoding': 'the client frames the body itself',
  'content-length': 'the client counts the body itself',
  expect: 'the client does not wait for `100 Continue`',
  upgrade: 'a connection that changes its protocol cannot be compared',
  connection: 'the client keeps its connections itself',
  'keep-alive': 'the client keeps its connections itself',
  host: 'it comes from the url of the target',
};

interface Line {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: SourceNode;
}

/** Takes a headers node that fits its schema; returns the pairs with `${NAME}` filled in; notes names and values that cannot be sent (RFC 9110, 5.1 and 5.5). */
export function readHeaders(node: SourceNode | null, expander: Expander): Headers {
  const pairs: HeaderPair[] = [];
  const removed = new Set<string>();
  for (const line of node === null ? [] : linesOf(node)) {
    if (!nameIsGood(line, expander)) continue;
    if (line.value.kind === 'null') {
      removed.add(line.name.toLowerCase());
      continue;
    }
    const own = isSecretName(line.name) ? { ...expander, isCredential: true } : expander;
    const value = line.value.kind === 'text' ? expandEnvironment(line.value, own) : null;
    if (value === null || !valueIsGood(value, line, expander)) continue;
    for (const one of basicSecrets(line.name, value)) expander.secrets.add(one);
    pairs.push([line.name, value]);
  }
  return { pairs, removed };
}

/** What a header of basic credentials (RFC 7617) says in Base64: a server may show it decoded. */
function basicSecrets(name: string, value: string): string[] {
  const encoded = isSecretName(name) ? /^Basic +([\w+/-]+=*)$/i.exec(value)?.[1] : undefined;
  if (encoded === undefined) return [];
  const both = Buffer.from(encoded, 'base64').toString('utf8');
  const password = both.slice(both.indexOf(':') + 1);
  return [encoded, both, password].filter((one) => one.length >= minSecretLength);
}

/** Takes a header value; returns what keeps it from being sent, or null: CR, LF, NUL and other controls, or a character beyond latin1. */
export function headerValueFault(value: string): string | null {
  const bad = unsendable.exec(value)?.[0];
  if (bad === undefined) return null;
  const code = `U+${bad.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
  return bad < ' ' || bad === '\x7f' ? `holds the control character ${code}` : `holds ${code}, which is not latin1`;
}

/** Takes a text; returns whether it is a token (RFC 9110, 5.6.2), as names of headers and methods are. */
export function isToken(text: string): boolean {
  return token.test(text);
}

function linesOf(node: SourceNode): Line[] {
  if (node.kind === 'map') {
    return node.entries.flatMap(({ key, keySpan, value }) =>
      (value.kind === 'list' ? value.items : [value]).map((one) => ({ name: key, nameSpan: keySpan, value: one })),
    );
  }
  return itemsOf(node).flatMap((pair) => {
    const [name, value] = itemsOf(pair);
    return name?.kind === 'text' && value !== undefined ? [{ name: name.value, nameSpan: name.span, value }] : [];
  });
}

function nameIsGood(line: Line, expander: Expander): boolean {
  const lower = line.name.toLowerCase();
  const why = Object.hasOwn(refused, lower) ? refused[lower] : undefined;
  const complaint: Complaint | null = !isToken(line.name)
    ? { message: `${quoteForMessage(line.name)} is not a header name` }
    : why !== undefined
      ? { message: `the header \`${lower}\` cannot be set: ${why}`, hint: 'remove it' }
      : line.value.kind === 'null' && lower !== 'content-type'
        ? { message: `the header \`${lower}\` has no value`, hint: 'null only removes the default `content-type`' }
        : null;
  if (complaint !== null) expander.complain(line.nameSpan, complaint);
  return complaint === null;
}

function valueIsGood(value: string, line: Line, expander: Expander): boolean {
  const fault = headerValueFault(value);
  if (fault !== null) expander.complain(line.value.span, { message: `the value of \`${line.name}\` ${fault}` });
  return fault === null;
}
