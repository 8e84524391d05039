import type { Login, LoginPlace } from './config.ts';
import { type Expander, expandEnvironment } from './environment.ts';
import { type HeaderPair, headerValueFault, isToken, readHeaders } from './headers.ts';
import { pointerFault } from './pointer-pattern.ts';
import type { SourceNode } from './source/source-node.ts';
import { entriesOf, field, scalarText, textOf } from './source/tree-access.ts';

/** The credentials of one target: what goes into each of its requests, and how to come by what it hands out itself. */
export interface Auth {
  readonly headers: readonly HeaderPair[];
  /** Query parameters, not encoded. */
  readonly query: readonly HeaderPair[];
  readonly login: Login | null;
}

const none: Auth = { headers: [], query: [], login: null };

/** Takes an `auth` node that fits its schema, or null; returns the credentials; notes secrets that are written out and what cannot be sent. */
export function readAuth(node: SourceNode | null, expander: Expander): Auth {
  const [first, second] = entriesOf(node);
  if (first === undefined) return none;
  if (second !== undefined)
    expander.complain(second.keySpan, { message: `\`${second.key}\` cannot be combined with \`${first.key}\`` });
  return { ...none, ...readers[first.key]?.(first.value, expander) };
}

const readers: Readonly<Record<string, (node: SourceNode, expander: Expander) => Partial<Auth>>> = {
  bearer: (node, expander) => ({ headers: [['authorization', `Bearer ${sendable(node, expander)}`]] }),
  basic: readBasic,
  apiKey: readApiKey,
  login: (node, expander) => ({ login: readLogin(node, expander) }),
};

/** RFC 7617: the user's name has no colon. */
function readBasic(node: SourceNode, expander: Expander): Partial<Auth> {
  const user = expanded(field(node, 'user'), expander);
  if (user.includes(':'))
    expander.complain(field(node, 'user')!.span, { message: 'the user of `basic` holds a colon' });
  const password = secret(field(node, 'password'), expander);
  const both = Buffer.from(`${user}:${password}`, 'utf8').toString('base64');
  // A server that shows its request encodes it as a whole: it is looked for in other spellings, too.
  expander.secrets.add(both);
  return { headers: [['authorization', `Basic ${both}`]] };
}

function readApiKey(node: SourceNode, expander: Expander): Partial<Auth> {
  const [header, query] = [field(node, 'header'), field(node, 'query')];
  if ((header === null) === (query === null))
    expander.complain(node.span, { message: '`apiKey` has one of `header` and `query`' });
  const value = field(node, 'value');
  if (query !== null) return { query: [[textOf(query) ?? '', secret(value, expander)]] };
  return { headers: [[headerName(header, expander), sendable(value, expander)]] };
}

function headerName(node: SourceNode | null, expander: Expander): string {
  const name = textOf(node) ?? '';
  if (node !== null && !isToken(name)) expander.complain(node.span, { message: `\`${name}\` is not a header name` });
  return name.toLowerCase();
}

function expanded(node: SourceNode | null, expander: Expander): string {
  return node?.kind === 'text' ? (expandEnvironment(node, expander) ?? '') : '';
}

/** A configuration is shared and stored: no secret stands in it. */
function secret(node: SourceNode | null, expander: Expander): string {
  if (node !== null && !/\$\{/.test(textOf(node) ?? ''))
    expander.complain(node.span, {
      message: 'a secret is written out',
      hint: `put it into the environment and write \${NAME}`,
      private: true,
    });
  return expanded(node, { ...expander, isCredential: true });
}

function sendable(node: SourceNode | null, expander: Expander): string {
  const value = secret(node, expander);
  const fault = headerValueFault(value);
  if (fault !== null && node !== null) expander.complain(node.span, { message: `the value ${fault}`, private: true });
  return value;
}

function readLogin(node: SourceNode, expander: Expander): Login {
  const { pairs } = readHeaders(field(node, 'headers'), expander);
  const body = readBody(node, expander);
  const hasType = pairs.some(([name]) => name.toLowerCase() === 'content-type');
  const type: readonly HeaderPair[] = body.type === null || hasType ? [] : [['content-type', body.type]];
  return {
    request: {
      method: textOf(field(node, 'method')) ?? 'POST',
      path: textOf(field(node, 'path')) ?? '/',
      headers: [...pairs, ...type],
      body: body.text === null ? null : new TextEncoder().encode(body.text),
    },
    token: readToken(field(node, 'token'), expander),
    as: readPlace(field(node, 'as'), expander),
  };
}

function readBody(
  node: SourceNode,
  expander: Expander,
): { readonly text: string | null; readonly type: string | null } {
  const [json, form] = [field(node, 'json'), field(node, 'form')];
  if (json !== null) return { text: jsonText(json, expander), type: 'application/json' };
  if (form === null) return { text: null, type: null };
  const fields = entriesOf(form).map(({ key, value }) => [key, expanded(value, expander) || (scalarText(value) ?? '')]);
  return {
    text: new URLSearchParams(fields as [string, string][]).toString(),
    type: 'application/x-www-form-urlencoded',
  };
}

function jsonText(node: SourceNode, expander: Expander): string {
  if (node.kind === 'map')
    return `{${node.entries.map(({ key, value }) => `${JSON.stringify(key)}:${jsonText(value, expander)}`).join(',')}}`;
  if (node.kind === 'list') return `[${node.items.map((item) => jsonText(item, expander)).join(',')}]`;
  if (node.kind === 'text') return JSON.stringify(expanded(node, expander));
  return node.kind === 'null' ? 'null' : JSON.stringify(node.value);
}

function readToken(node: SourceNode | null, { complain }: Expander): Login['token'] {
  const [first, second] = entriesOf(node);
  const name = textOf(first?.value ?? null) ?? '';
  if (node !== null && (first === undefined || second !== undefined))
    complain(node.span, { message: '`token` has one of `pointer`, `header` and `cookie`' });
  const fault = first?.key === 'pointer' ? pointerFault(name) : null;
  if (fault !== null && first !== undefined) complain(first.value.span, fault);
  return { from: (first?.key ?? 'pointer') as Login['token']['from'], name };
}

/** Without a word, the token is a bearer token (RFC 6750). */
function readPlace(node: SourceNode | null, expander: Expander): LoginPlace {
  const [first] = entriesOf(node);
  if (first === undefined) return { in: 'header', name: 'authorization', prefix: 'Bearer ' };
  const name = textOf(first.value) ?? '';
  if (first.key === 'query') return { in: 'query', name, prefix: '' };
  if (first.key === 'cookie') return { in: 'header', name: 'cookie', prefix: `${name}=` };
  return { in: 'header', name: headerName(first.value, expander), prefix: '' };
}
