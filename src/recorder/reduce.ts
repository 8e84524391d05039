import type { TrafficEntry } from '../import/read/entry.ts';
import { type RecordedAnswer, type RecordedBody, type RecordedExchange, recordedBody } from '../recorded/format.ts';
import { kindOf } from './flows.ts';
import { maxKept, maxKeptBytes, maxRemembered, maxRememberedBytes } from './limits.ts';
import { RouteShapes } from './route-shapes.ts';
import { plainAnswer } from './to-exchange.ts';
import { decoded, jsonOf, leaves, mayBeId, requestValues } from './values.ts';

interface Remembered {
  readonly at: number;
  readonly entry: TrafficEntry;
  readonly exchange: RecordedExchange;
  readonly bytes: number;
  readonly ids: readonly string[];
  /** Those whose answers it used. */
  readonly uses: readonly Remembered[];
}

/** A request that is kept, as it was read. */
export interface KeptEntry {
  readonly entry: TrafficEntry;
  readonly exchange: RecordedExchange;
}

/** What became of an entry. */
export type Taken = 'kept' | 'merged' | 'tooMany';

/**
 * Keeps one request for each route shape, status and shapes of request and answer, and those whose answers it used. Of the others only
 * the newest are remembered, within `maxRememberedBytes`.
 */
export class TrafficReducer {
  readonly #isAll: boolean;
  readonly #routes = new RouteShapes();
  readonly #kinds = new Set<string>();
  readonly #kept = new Map<number, Remembered>();
  readonly #origins = new Map<string, Remembered>();
  readonly #remembered: Remembered[] = [];
  #count = 0;
  #keptBytes = 0;
  #rememberedBytes = 0;

  constructor(isAll: boolean) {
    this.#isAll = isAll;
  }

  add(entry: TrafficEntry): Taken {
    const exchange = plainExchange(entry);
    const uses = this.#origins.size === 0 ? [] : this.#usesOf(exchange);
    const kind = kindOf(this.#routes.shaped(exchange), new Map());
    const one: Remembered = {
      at: this.#count,
      entry,
      exchange,
      bytes: sizeOf(exchange),
      ids: answerIds(exchange),
      uses,
    };
    this.#count += 1;
    const isNew = this.#isAll || !this.#kinds.has(kind);
    const taken = isNew ? this.#keepAll(one) : 'merged';
    if (taken === 'kept') this.#kinds.add(kind);
    if (one.ids.length > 0) this.#remember(one);
    return taken;
  }

  /** In the order in which they were read. */
  get kept(): readonly KeptEntry[] {
    const all = [...this.#kept].sort(([a], [b]) => a - b).map(([, one]) => one);
    return this.#isAll ? all : this.#withoutLateRepeats(all);
  }

  /** Which segments of paths are values is known at the end only. */
  #withoutLateRepeats(all: readonly Remembered[]): Remembered[] {
    const seen = new Set<string>();
    const kept = new Set<Remembered>();
    for (const one of all) {
      const kind = kindOf(this.#routes.shaped(one.exchange), new Map());
      if (seen.has(kind)) continue;
      seen.add(kind);
      kept.add(one);
    }
    // A set goes on to what is added to it meanwhile.
    for (const one of kept) for (const origin of one.uses) kept.add(origin);
    return all.filter((one) => kept.has(one));
  }

  #usesOf(exchange: RecordedExchange): Remembered[] {
    const found = [...requestValues(exchange).map(({ text }) => text), ...headerWords(exchange)].flatMap(
      (text) => this.#origins.get(text) ?? [],
    );
    return [...new Set(found)];
  }

  #keepAll(one: Remembered): Taken {
    const needed = new Set([one]);
    // A set goes on to what is added to it meanwhile.
    for (const each of needed) for (const origin of each.uses) if (!this.#kept.has(origin.at)) needed.add(origin);
    const bytes = [...needed].reduce((sum, each) => sum + each.bytes, 0);
    if (this.#kept.size + needed.size > maxKept || this.#keptBytes + bytes > maxKeptBytes) return 'tooMany';
    for (const each of needed) this.#kept.set(each.at, each);
    this.#keptBytes += bytes;
    return 'kept';
  }

  #remember(one: Remembered): void {
    for (const id of one.ids) if (!this.#origins.has(id)) this.#origins.set(id, one);
    this.#remembered.push(one);
    this.#rememberedBytes += one.bytes;
    while (this.#rememberedBytes > maxRememberedBytes || this.#remembered.length > maxRemembered) {
      const oldest = this.#remembered.shift()!;
      this.#rememberedBytes -= oldest.bytes;
      for (const id of oldest.ids) if (this.#origins.get(id) === oldest) this.#origins.delete(id);
    }
  }
}

function answerIds({ answers: [answer] }: RecordedExchange): string[] {
  if (answer === undefined || answer.headers.length === 0) return [];
  const inHeaders = answer.headers.flatMap(([name, value]) => {
    const lower = name.toLowerCase();
    if (lower === 'location') return decoded(/\/([^/?#]+)$/.exec(value)?.[1] ?? '');
    return lower === 'set-cookie' ? (/^[^=]*=([^;]*)/.exec(value)?.[1] ?? '') : [];
  });
  const inBody = leaves(jsonOf(answer.body)).filter(mayBeId);
  return [...inBody.map(({ text }) => text), ...inHeaders].filter((text) => text !== '');
}

/** The parts of headers that a credential may be. */
function headerWords({ request }: RecordedExchange): string[] {
  return request.headers
    .filter(([name]) => !/^(?:accept.*|content-.*|origin|cache-control|pragma)$/i.test(name))
    .flatMap(([, value]) => [value, ...value.split(/[\s;,=]+/)]);
}

function sizeOf({ request, answers }: RecordedExchange): number {
  return (
    400 + request.path.length + bodySize(request.body) + answers.reduce((sum, { body }) => sum + bodySize(body), 0)
  );
}

function bodySize(body: RecordedBody | null): number {
  if (body === null || 'omitted' in body) return 0;
  return 'text' in body ? body.text.length : body.base64.length;
}

const noTime = new Date(0).toISOString();

function plainExchange({ at, request, response, variables }: TrafficEntry): RecordedExchange {
  const { method, path, headers, body } = request;
  return {
    at: at ?? noTime,
    request: { method, path, headers, body: body === null ? null : recordedBody(body) },
    answers: response === null ? [] : [answerOf(response)],
    ...(variables.length === 0 ? {} : { variables }),
  };
}

function answerOf({ status, headers, body }: NonNullable<TrafficEntry['response']>): RecordedAnswer {
  if (body === null) return { status, statusText: '', headers, body: { omitted: 0 } };
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return plainAnswer({ status, statusText: '', headers, body: { size: bytes.length, bytes, omitted: null } });
}
