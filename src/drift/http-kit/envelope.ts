import type { JsonNode } from '../../json/tree.ts';
import type { Answered } from './exchange-pair.ts';

type ObjectNode = Extract<JsonNode, { kind: 'object' }>;

function keysOf(node: ObjectNode): Set<string> {
  return new Set(node.members.map(({ key }) => key.toLowerCase()));
}

function kindAt(node: ObjectNode, key: string): JsonNode['kind'] | null {
  return node.members.find((one) => one.key.toLowerCase() === key)?.value.kind ?? null;
}

/** Forms of an error answer, the most telling first. Keys are compared without regard to case. */
const forms: readonly (readonly [name: string, is: (node: ObjectNode, keys: ReadonlySet<string>) => boolean])[] = [
  ['problem', (_, keys) => keys.has('type') && keys.has('title')],
  ['spring', (_, keys) => keys.has('timestamp') && keys.has('status') && keys.has('error')],
  ['fastify', (_, keys) => keys.has('statuscode') && keys.has('message')],
  ['code-message', (_, keys) => keys.has('code') && keys.has('message')],
  ['detail', (_, keys) => keys.has('detail')],
  ['errors', (_, keys) => keys.has('errors')],
  ['error-object', (node) => kindAt(node, 'error') === 'object'],
  ['error-string', (node) => kindAt(node, 'error') === 'string'],
  ['message', (node) => kindAt(node, 'message') === 'string'],
];

/**
 * The form in which an answer says that something failed: `empty`, `text`, `html` or one of JSON; null for a form that nobody
 * knows, which is not an envelope but an answer like any other.
 */
export function envelopeOf({ body, json, type, text }: Answered): string | null {
  if (body.length === 0) return 'empty';
  if (json?.kind === 'object') {
    if (type.essence === 'application/problem+json') return 'problem';
    const keys = keysOf(json);
    return forms.find(([, is]) => is(json, keys))?.[0] ?? null;
  }
  if (json !== null) return null;
  if (type.essence === 'text/html' || /^\s{0,20}<(?:!doctype|html)/i.test(text)) return 'html';
  return type.essence === 'text/plain' ? 'text' : null;
}

const formMembers: Readonly<Record<string, readonly string[]>> = {
  problem: ['type', 'title', 'status', 'detail', 'instance'],
  spring: ['timestamp', 'status', 'error', 'message', 'path'],
  fastify: ['statuscode', 'code', 'error', 'message'],
  'code-message': ['code', 'message'],
  detail: ['detail'],
  errors: ['errors'],
  'error-object': ['error'],
  'error-string': ['error'],
  message: ['message'],
};

const noMembers: ReadonlySet<string> = new Set();
const membersByForm = new Map(Object.entries(formMembers).map(([form, names]) => [form, new Set(names)]));

/** The members that make a form of an error answer, in lower case; none for a form that is not JSON. */
export function membersOfForm(form: string | null): ReadonlySet<string> {
  return membersByForm.get(form ?? '') ?? noMembers;
}

/** Answers that frameworks give by themselves where no route fits, by their text. Written by nobody, so nobody meant the difference. */
const pages: readonly (readonly [runtime: string, pattern: RegExp])[] = [
  ['go', /^404 page not found\n?$/],
  ['go', /^Method Not Allowed\n?$/],
  ['fastapi', /^\{"detail":\s?"(?:Not Found|Method Not Allowed)"\}$/],
  ['django-rest', /^\{"detail":\s?"(?:Not found\.|Method [^}]{1,40} not allowed\.)"\}$/],
  ['fastify', /^\{"message":"Route [^}]{1,2000} not found","error":"Not Found","statusCode":404\}$/],
  ['nest', /^\{"message":"Cannot [A-Z]{1,20} [^}]{1,2000}","error":"Not Found","statusCode":404\}$/],
  ['express', /<pre>Cannot [A-Z]{1,20} [^<]{1,2000}<\/pre>/],
  ['flask', /<title>(?:404 Not Found|405 Method Not Allowed)<\/title>/],
  ['django', /<h1>(?:Not Found|Method Not Allowed)<\/h1>/],
  ['koa', /^(?:Not Found|Method Not Allowed)$/],
  ['echo', /^\{"message":"(?:Not Found|Method Not Allowed)"\}\n?$/],
  ['spring', /^\{"timestamp":[^}]{1,400}"error":"(?:Not Found|Method Not Allowed)"[^}]{1,2000}\}$/],
  ['problem', /^\{[^}]{0,400}"title":\s?"(?:Not Found|Method Not Allowed)"[^}]{0,800}\}$/],
  ['javalin', /^Endpoint [A-Z]{1,20} \S{1,2000} not found$/],
  ['jdk', /^<h1>404 Not Found<\/h1>No context found for request$/],
];

/** Who writes this page for a path or a method that no route has; `bare` for no body at all, null for an answer that somebody wrote. */
export function defaultPage({ body, text }: Answered): string | null {
  if (body.length === 0) return 'bare';
  return pages.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}
