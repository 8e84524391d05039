import type { RecordedExchange } from '../recorded/format.ts';
import { maxFlowSteps, minPlainIdLength } from './limits.ts';
import { jsonOf, leaves, mayBeId, requestValues, shapeText, splitTarget, type Value } from './values.ts';

/** Where a value that a later request uses was first seen in an answer. */
export interface Origin {
  /** Index of the exchange. */
  readonly at: number;
  readonly pointer: string;
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
    for (const value of leaves(jsonOf(exchange.answers[0]!.body)))
      if (mayBeId(value) && !used.has(value.text) && !origins.has(value.text))
        origins.set(value.text, { at, pointer: value.pointer ?? '' });
  }
  return grouped(
    exchanges.map((_, at) => rootOf(at)),
    links,
  );
}

/** A short value is an identifier in a place for one only: `7` may be a page, too. */
function isUse({ text, isIdPlace }: Value): boolean {
  return isIdPlace || text.length >= minPlainIdLength;
}

function grouped(roots: readonly number[], links: ReadonlyMap<string, Origin>): Flow[] {
  const groups = new Map<number, number[]>();
  for (const [at, root] of roots.entries()) groups.set(root, [...(groups.get(root) ?? []), at]);
  return [...groups.values()].map((steps) => {
    const kept = steps.slice(0, maxFlowSteps);
    const own = new Set(kept);
    return { steps: kept, links: new Map([...links].filter(([, { at }]) => own.has(at))) };
  });
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

function kindOf({ request, answers }: RecordedExchange, links: ReadonlyMap<string, Origin>): string {
  const { path, query } = splitTarget(request.path);
  const route = path.split('/').map((one) => (links.has(one) || /^\d+$|^[0-9a-f-]{16,}$/i.test(one) ? '{}' : one));
  const names = [...new URLSearchParams(query).keys()].sort();
  const bodyKind = request.body === null ? '' : shapeText(jsonOf(request.body));
  const typeOf = request.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const answer = answers[0]!;
  return JSON.stringify([
    request.method,
    route,
    names,
    typeOf,
    bodyKind,
    answer.status,
    shapeText(jsonOf(answer.body)),
  ]);
}
