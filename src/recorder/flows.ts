import type { RecordedExchange } from '../recorded/format.ts';
import { maxFlowSteps, minPlainIdLength } from './limits.ts';
import { decoded, jsonOf, leaves, mayBeId, requestValues, shapeText, splitTarget, type Value } from './values.ts';

/** Where a value that a later request uses was first seen in an answer. */
export interface Origin {
  /** Index of the exchange. */
  readonly at: number;
  /** JSON Pointer into the body; `location` for the last segment of that header, `cookie` for a cookie that was set. */
  readonly place: { readonly pointer: string } | 'location' | 'cookie';
}

/** Requests that belong together, by index, in their order. */
export interface Flow {
  readonly steps: readonly number[];
  /** By the value: only those that a step uses. */
  readonly links: ReadonlyMap<string, Origin>;
}

/** Finds the identifiers that an answer gave and a later request used, and puts the requests that share one into one flow. */
export function findFlows(exchanges: readonly RecordedExchange[]): Flow[] {
  const origins = new Map<string, Origin>();
  const used = new Set<string>();
  const flowOf = exchanges.map((_, at) => at);
  const links = new Map<string, Origin>();
  const rootOf = (at: number): number => (flowOf[at] === at ? at : rootOf(flowOf[at]!));
  for (const [at, exchange] of exchanges.entries()) {
    const values = requestValues(exchange);
    for (const value of values) {
      const origin = origins.get(value.text);
      if (origin === undefined || !isUse(value)) continue;
      flowOf[rootOf(at)] = rootOf(origin.at);
      links.set(value.text, origin);
    }
    for (const { text } of values) used.add(text);
    for (const [text, place] of answerIds(exchange))
      if (!used.has(text) && !origins.has(text)) origins.set(text, { at, place });
  }
  return grouped(
    exchanges.map((_, at) => rootOf(at)),
    { links, usesOf: (at) => usedOrigins(exchanges[at]!, links) },
  );
}

/** What an answer gives that a later request may use, by value. */
function answerIds({ answers }: RecordedExchange): (readonly [text: string, place: Origin['place']])[] {
  const [answer] = answers;
  if (answer === undefined) return [];
  const inBody = leaves(jsonOf(answer.body))
    .filter(mayBeId)
    .map(({ text, pointer }) => [text, { pointer: pointer ?? '' }] as const);
  const inHeaders = answer.headers.flatMap(([name, value]): (readonly [string, Origin['place']])[] => {
    const lower = name.toLowerCase();
    const [, segment] = lower === 'location' ? (/\/([^/?#]+)$/.exec(value) ?? []) : [];
    if (segment !== undefined) return [[decoded(segment), 'location']];
    if (lower !== 'set-cookie') return [];
    return [[/^[^=]*=([^;]*)/.exec(value)?.[1] ?? '', 'cookie']];
  });
  return [...inBody, ...inHeaders].filter(([text]) => text !== '');
}

/** The exchanges that gave what a request uses. */
function usedOrigins(exchange: RecordedExchange, links: ReadonlyMap<string, Origin>): number[] {
  return requestValues(exchange).flatMap((value) => {
    const origin = isUse(value) ? links.get(value.text) : undefined;
    return origin === undefined ? [] : [origin.at];
  });
}

/** A short value is an identifier in a place for one only: `7` may be a page, too. */
function isUse({ text, isIdPlace }: Value): boolean {
  return isIdPlace || text.length >= minPlainIdLength;
}

interface Uses {
  readonly links: ReadonlyMap<string, Origin>;
  /** Of an exchange, those that gave what it uses. */
  readonly usesOf: (at: number) => readonly number[];
}

function grouped(roots: readonly number[], { links, usesOf }: Uses): Flow[] {
  const groups = new Map<number, number[]>();
  for (const [at, root] of roots.entries()) {
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [at]);
    else group.push(at);
  }
  return [...groups.values()].flatMap((group) =>
    divided(group, usesOf).map((steps) => {
      const own = new Set(steps);
      return { steps, links: new Map(group.length === 1 ? [] : [...links].filter(([, { at }]) => own.has(at))) };
    }),
  );
}

/** A long flow becomes several, each of which begins with the requests whose answers it uses. */
function divided(group: readonly number[], usesOf: Uses['usesOf']): (readonly number[])[] {
  if (group.length <= maxFlowSteps) return [group];
  const flows: (readonly number[])[] = [];
  for (let from = 0; from < group.length; from += maxFlowSteps / 2) {
    const steps = new Set(group.slice(from, from + maxFlowSteps / 2));
    // A set goes on to what is added to it meanwhile.
    for (const at of steps) if (steps.size < maxFlowSteps) for (const origin of usesOf(at)) steps.add(origin);
    flows.push([...steps].sort((a, b) => a - b));
  }
  return flows;
}

/** Keeps the flows of which one request at least is of a route shape, status and shapes of request and answer that no flow before has. */
export function withoutRepeats(exchanges: readonly RecordedExchange[], flows: readonly Flow[]): Flow[] {
  const seen = new Set<string>();
  return flows.filter(({ steps, links }) => {
    const kinds = steps.map((at) => kindOf(exchanges[at]!, links));
    const isNew = kinds.some((kind) => !seen.has(kind));
    for (const kind of kinds) seen.add(kind);
    return isNew;
  });
}

/** Method, route shape, status and shapes of request and answer, as one text. */
export function kindOf({ request, answers }: RecordedExchange, links: ReadonlyMap<string, Origin>): string {
  const { path, query } = splitTarget(request.path);
  const route = path.split('/').map((one) => (links.has(one) || /^\d+$|^[0-9a-f-]{16,}$/i.test(one) ? '{}' : one));
  const names = [...new URLSearchParams(query).keys()].sort();
  const bodyKind = request.body === null ? '' : shapeText(jsonOf(request.body));
  const typeOf = request.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const [answer] = answers;
  return JSON.stringify([
    request.method,
    route,
    names,
    typeOf,
    bodyKind,
    // What a person wrote down without an answer differs by its headers.
    answer?.status ?? request.headers.map(([name]) => name.toLowerCase()).sort(),
    shapeText(jsonOf(answer?.body ?? null)),
  ]);
}
