import type { OperationSource } from '../config/routes.ts';
import { memoizeBounded } from '../structures/memoize-bounded.ts';
import { readPointer } from '../xml/body-pointer.ts';
import { maxOperationBody, maxOperationFields, maxOperationName } from './limits.ts';

/** What of a request names its operation: its head, and its body where that is known. */
export interface Operated {
  readonly path: string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: Uint8Array | null;
}

/**
 * What a request asks for where one path serves many operations, by the conventions of AWS (`x-amz-target`, `Action=` in query or form),
 * SOAP (`SOAPAction`, `action` of the media type in 1.2), JSON-RPC (`method`) and GraphQL (`query Name`, or the first fields of an
 * operation without a name). What `sources` name comes first. Null where none of them names one. It depends on the request alone, and holds no values of it.
 */
export function operationOf(request: Operated, sources: readonly OperationSource[] = []): string | null {
  for (const source of sources) {
    const found = namedBy(source, request);
    if (found !== null) return found;
  }
  return byConvention(request);
}

/** What a source of the configuration finds; values that are not short names are no operation. */
function namedBy({ in: kind, name }: OperationSource, { path, headers = [], body = null }: Operated): string | null {
  if (kind === 'header') return named(headers.find(([one]) => one.toLowerCase() === name.toLowerCase())?.[1] ?? '');
  if (kind === 'query')
    return named(new URLSearchParams(path.slice(path.indexOf('?') + 1 || path.length)).get(name) ?? '');
  if (body === null || body.length > maxOperationBody) return null;
  const value = readPointer(body, name);
  return value === null ? null : named(value.text);
}

function byConvention({ path, headers = [], body = null }: Operated): string | null {
  const header = (wanted: string) => headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? null;
  const target = header('x-amz-target');
  if (target !== null) return named(target);
  const type = header('content-type') ?? '';
  const action = header('soapaction') ?? /^application\/soap\+xml\b.*?;\s*action="?([^";]*)/i.exec(type)?.[1] ?? null;
  if (action !== null)
    return named(
      action
        .replace(/^"|"$/g, '')
        .replace(/[/#:]+$/, '')
        .replace(/^.*[/#:]/s, ''),
    );
  return inParameters(path.slice(path.indexOf('?') + 1 || path.length)) ?? (body === null ? null : inBody(body, type));
}

function named(text: string): string | null {
  return text.length <= maxOperationName && /^[\w.:-]+$/.test(text) ? text : null;
}

/** `Action=` of the query protocol of AWS, and `query=` of GraphQL over GET. */
function inParameters(text: string): string | null {
  if (text === '' || text.length > maxOperationBody) return null;
  const parameters = new URLSearchParams(text);
  const action = parameters.get('Action');
  if (action !== null) return named(action);
  const query = parameters.get('query');
  return query === null ? null : inGraphql(query, parameters.get('operationName'));
}

/** One request object serves all that ask for its route. */
const bodies = new WeakMap<Uint8Array, string | null>();

function inBody(body: Uint8Array, type: string): string | null {
  if (body.length === 0 || body.length > maxOperationBody) return null;
  const known = bodies.get(body);
  if (known !== undefined) return known;
  const found = readBody(body, type);
  bodies.set(body, found);
  return found;
}

function readBody(body: Uint8Array, type: string): string | null {
  const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8');
  if (/^application\/x-www-form-urlencoded\b/i.test(type)) return inParameters(text);
  if (/^application\/graphql\b/i.test(type)) return inGraphql(text, null);
  if (!/"(?:jsonrpc|query)"/.test(text)) return null;
  const json = jsonIn(text);
  if (!Array.isArray(json)) return inJson(json);
  const each = [...new Set(json.slice(0, maxOperationFields).map(inJson))];
  return each.length === 1 ? each[0]! : each.includes(null) || each.length === 0 ? null : 'batch';
}

function inJson(json: unknown): string | null {
  if (typeof json !== 'object' || json === null) return null;
  const { jsonrpc, method, query, operationName } = json as Readonly<Record<string, unknown>>;
  if (typeof jsonrpc === 'string' && typeof method === 'string') return named(method);
  return typeof query === 'string' ? inGraphql(query, typeof operationName === 'string' ? operationName : null) : null;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return null;
    throw error;
  }
}

/** Strings, comments, names and brackets of a GraphQL document (GraphQL specification, 2.1). */
const graphqlToken = /"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"|#[^\n]*|\.\.\.|[_A-Za-z]\w*|[{}():]/g;

interface GraphqlOperation {
  readonly kind: string;
  readonly name: string | null;
  /** Fields of the outermost selection, without their aliases. */
  readonly fields: readonly string[];
}

/** The operation of a document by that name, or its only one: `query Name`, or `query field, field`. */
const inGraphql = (document: string, wanted: string | null): string | null => {
  const operations = operationsIn(document);
  const found = operations.find(({ name }) => name === wanted) ?? (operations.length === 1 ? operations[0] : undefined);
  if (found === undefined) return null;
  const text = `${found.kind} ${found.name ?? found.fields.join(', ')}`;
  return text.length <= maxOperationName ? text : `${text.slice(0, maxOperationName - 1)}…`;
};

const operationsIn = memoizeBounded(256, (document: string): readonly GraphqlOperation[] => {
  const operations: GraphqlOperation[] = [];
  let head: string[] = [];
  let fields: string[] = [];
  let [depth, rounds] = [0, 0];
  for (const [token] of document.matchAll(graphqlToken)) {
    if (token.startsWith('#') || token.startsWith('"')) continue;
    if (token === '(') rounds += 1;
    else if (token === ')') rounds -= 1;
    else if (rounds > 0) continue;
    else if (token === '{') depth += 1;
    else if (token === '}') {
      depth -= 1;
      if (depth < 0) return [];
      if (depth === 0) {
        const one = operationWith(head, fields);
        if (one !== null) operations.push(one);
        [head, fields] = [[], []];
      }
    } else if (depth === 0) head.push(token);
    else if (depth === 1) addField(fields, token);
  }
  return depth === 0 ? operations : [];
});

/** A name before a colon is an alias; one behind `...` is that of a fragment. */
function addField(fields: string[], token: string): void {
  if (token === ':') fields.pop();
  else if (fields.at(-1) === '...') fields[fields.length - 1] = `...${token}`;
  else if (fields.length < maxOperationFields) fields.push(token);
}

/** Null for a fragment, and for what is not an operation. */
function operationWith(head: readonly string[], fields: readonly string[]): GraphqlOperation | null {
  const [kind = 'query', name = null] = head;
  if (!['query', 'mutation', 'subscription'].includes(kind) || fields.length === 0) return null;
  const isNamed = name !== null && /^\w+$/.test(name);
  return { kind, name: isNamed ? name : null, fields };
}
