import type { JsonNode } from '../../json/tree.ts';

/** What an answer says of the request as a whole. Bodies of two outcomes are two documents, and are not compared. */
export type AnswerOutcome = 'success' | 'redirect' | 'unchanged' | 'failure';

type ObjectNode = Extract<JsonNode, { kind: 'object' }>;
type Child = (name: string) => JsonNode | undefined;

function isNothing(node: JsonNode | undefined): boolean {
  return node === undefined || node.kind === 'null';
}

function isFalse(node: JsonNode | undefined): boolean {
  return node?.kind === 'boolean' && node.raw === 'false';
}

/** GraphQL: a list of errors, and no data (GraphQL specification, section 7.1). */
function hasErrorsAlone(child: Child): boolean {
  const errors = child('errors');
  if (errors?.kind !== 'array' || errors.items.length === 0) return false;
  const data = child('data');
  if (isNothing(data)) return true;
  return data?.kind === 'object' && data.members.length > 0 && data.members.every(({ value }) => isNothing(value));
}

/** What may be beside an error without being the thing that was asked for. */
const besideError = new Set(
  'error code message status statuscode detail details error_description jsonrpc id ok success'.split(' '),
);

/** JSON-RPC and its like: an error, and nothing else. `error: false` and `error: ""` say that there is none. */
function hasErrorAlone({ members }: ObjectNode, child: Child): boolean {
  const error = child('error');
  const isThere = error?.kind === 'object' || (error?.kind === 'string' && error.raw !== '""');
  return isThere && members.every(({ key, value }) => besideError.has(key.toLowerCase()) || isNothing(value));
}

/** A body that reports a failure whatever the status code: GraphQL, JSON-RPC, and a flag that says so. */
export function reportsFailure(json: JsonNode | null): boolean {
  if (json?.kind !== 'object') return false;
  const child: Child = (name) => json.members.find(({ key }) => key === name)?.value;
  return hasErrorsAlone(child) || hasErrorAlone(json, child) || isFalse(child('success')) || isFalse(child('ok'));
}

/** The outcome that a status code and a body report. */
export function outcomeOf(status: number, json: JsonNode | null): AnswerOutcome {
  if (status >= 400 || status < 200) return 'failure';
  if (status === 304) return 'unchanged';
  if (status >= 300) return 'redirect';
  return reportsFailure(json) ? 'failure' : 'success';
}
