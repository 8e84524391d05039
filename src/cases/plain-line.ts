import { type HeaderPair, readHeaders } from '../config/headers.ts';
import { namePattern } from '../config/names.ts';
import { lately } from '../structures/lately.ts';
import { type Budget, spend } from './budget.ts';
import type { RequestTemplate, TestCase } from './case.ts';

interface PlainContext {
  /** Suite of a line that names none. */
  readonly suite: string;
  readonly file: string;
  readonly line: number;
  readonly budget: Budget;
}

type Members = Readonly<Record<string, unknown>>;

const caseKeys = new Set(['suite', 'id', 'title', 'tags', 'safe', 'request']);
const requestKeys = new Set(['method', 'path', 'headers', 'json']);
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE']);
const plainPath = /^\/[!"$-~]*$/;

/** Longer lines take their time anyway, and deeper ones may nest deeper than is allowed. */
const longestLine = 64 * 1024;
const mostLevels = 180;
/** In a shorter line there cannot be more levels than that. */
const shortLine = 2 * mostLevels;

/**
 * The case of a JSON line that a program wrote, made in a tenth of the time that reading it with all its places takes; null wherever
 * there is anything to look at more closely. It is JSON as `JSON.stringify` writes it, so nothing of its spelling is lost: no key is
 * there twice, and every number stands as it will be sent.
 */
export function plainLine(text: string, context: PlainContext): TestCase | null {
  if (text.length > longestLine || text.includes('{{') || text.includes('${')) return null;
  const value = parsed(text);
  if (!isMap(value) || !hasOnly(value, caseKeys) || !isMap(value.request)) return null;
  if (text.length > shortLine && !isWithin(mostLevels, value)) return null;
  const { suite = context.suite, id, title = null, tags = [], safe = false } = value;
  if (!isName(suite) || !isName(id) || typeof safe !== 'boolean') return null;
  if ((title !== null && typeof title !== 'string') || value.title === null || !isTexts(tags)) return null;
  const request = plainRequest(value.request, context.budget);
  if (request === null) return null;
  return {
    id: `${suite}/${id}`,
    suite,
    title,
    tags: tags.length === 0 ? tags : [...new Set(tags)],
    safe,
    steps: [{ request, capture: {}, parallel: 1, expect: null }],
    compare: {},
    routes: [],
    location: { file: context.file, line: context.line, col: 1 },
  };
}

function plainRequest(value: Members, budget: Budget): RequestTemplate | null {
  const { method = 'GET', path, headers = {}, json } = value;
  if (!hasOnly(value, requestKeys) || typeof method !== 'string' || !methods.has(method)) return null;
  if (typeof path !== 'string' || !plainPath.test(path) || !isMap(headers)) return null;
  const text = json === undefined ? null : JSON.stringify(json);
  const pairs = pairsOf(`${text === null ? ' ' : 'j'}${JSON.stringify(headers)}`);
  if (pairs === null || (text !== null && !spend(budget, text.length))) return null;
  return {
    method,
    path,
    headers: pairs,
    body: text === null ? null : { kind: 'json', text },
    holdMs: 0,
    chunkBytes: null,
  };
}

/** Cases of one source have few sets of headers between them. The key is `j` for a JSON body or a space, then the headers. */
const pairsOf = lately(64, (key: string): readonly HeaderPair[] | null => {
  const headers: unknown = JSON.parse(key.slice(1));
  if (!isMap(headers)) return null;
  const span = { start: 0, end: 0 };
  const lines = Object.entries(headers);
  if (!lines.every(([, value]) => typeof value === 'string')) return null;
  const entries = lines.map(([name, value]) => {
    return { key: name, keySpan: span, value: { kind: 'text', span, value: String(value) } } as const;
  });
  let isGood = true;
  const complain = () => {
    isGood = false;
  };
  const { pairs } = readHeaders({ kind: 'map', span, entries }, { env: {}, secrets: new Set(), complain });
  if (!isGood) return null;
  const isNamed = pairs.some(([name]) => name.toLowerCase() === 'content-type');
  return key.startsWith('j') && !isNamed ? [...pairs, ['content-type', 'application/json']] : pairs;
});

/** The value of a text that `JSON.stringify` could have written; undefined for any other. */
function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether lists and objects stand in each other at most so deep. */
function isWithin(levels: number, value: object): boolean {
  if (levels === 0) return false;
  for (const inner of Object.values(value))
    if (typeof inner === 'object' && inner !== null && !isWithin(levels - 1, inner)) return false;
  return true;
}

function isMap(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasOnly(value: Members, keys: ReadonlySet<string>): boolean {
  for (const key of Object.keys(value)) if (!keys.has(key)) return false;
  return true;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && namePattern.test(value);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
