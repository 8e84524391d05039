import { type HeaderPair, readHeaders } from '../../config/headers.ts';
import { namePattern } from '../../config/names.ts';
import { memoizeBounded } from '../../structures/memoize-bounded.ts';
import type { RequestTemplate, TestCase } from '../case.ts';
import { maxJsonlReaderLineLength, maxLevels } from '../limits.ts';
import { type Budget, spend } from './budget.ts';

interface PlainSource {
  /** Suite of a line that names none. */
  readonly suite: string;
  readonly file: string;
  readonly budget: Budget;
}

type Members = Readonly<Record<string, unknown>>;

const caseKeys = new Set(['suite', 'id', 'title', 'tags', 'safe', 'request']);
const requestKeys = new Set(['method', 'path', 'headers', 'json']);
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE']);
const plainPath = /^\/[!"$-~]*$/;
/** In a shorter text there cannot be more levels than that. */
const shortText = 2 * maxLevels;

/**
 * Reads the lines of one source: of a JSON line that a program wrote, the case, in a small part of the time that reading it with all its
 * positions takes; null wherever there is anything to look at more closely. Such a line is JSON as `JSON.stringify` writes it, so
 * nothing of its spelling is lost: no key is there twice, and every number stands as it will be sent.
 */
export function plainLines(source: PlainSource): (text: string, line: number) => TestCase | null {
  return (text, line) => {
    if (text.length > maxJsonlReaderLineLength || isFilledIn(text)) return null;
    const value = parsed(text);
    return isMap(value) && hasOnly(value, caseKeys) ? caseOf(value, source, line) : null;
  };
}

const nothing: Readonly<Record<string, never>> = Object.freeze({});
const noRoutes: readonly string[] = Object.freeze([]);

function caseOf(value: Members, source: PlainSource, line: number): TestCase | null {
  const { suite = source.suite, id, title = null, tags = [], safe = false } = value;
  if (!isName(suite) || !isName(id) || typeof safe !== 'boolean') return null;
  if ((title !== null && typeof title !== 'string') || value.title === null || !isTexts(tags)) return null;
  const request = requestOf(value.request);
  if (request === null || (request.body !== null && !spend(source.budget, request.body.text.length))) return null;
  return {
    id: `${suite}/${id}`,
    suite,
    title,
    tags: [...new Set(tags)],
    safe,
    steps: [{ request, capture: nothing, parallel: 1, expect: null }],
    compare: nothing,
    routes: noRoutes,
    location: { file: source.file, line, col: 1 },
  };
}

interface PlainRequest extends RequestTemplate {
  readonly body: { readonly kind: 'json'; readonly text: string } | null;
}

function requestOf(value: unknown): PlainRequest | null {
  if (!isMap(value) || !hasOnly(value, requestKeys)) return null;
  const { method = 'GET', path, headers = {}, json } = value;
  if (typeof method !== 'string' || !methods.has(method)) return null;
  if (typeof path !== 'string' || !plainPath.test(path) || !isMap(headers)) return null;
  const text = json === undefined ? null : JSON.stringify(json);
  const pairs = pairsOf(`${text === null ? ' ' : 'j'}${JSON.stringify(headers)}`);
  if (pairs === null || (text !== null && !isShallow(text, json))) return null;
  const body = text === null ? null : ({ kind: 'json', text } as const);
  return { method, path, headers: pairs, body, holdMs: 0, chunkBytes: null };
}

/** Cases of one source have few sets of headers between them. The key is `j` for a JSON body or a space, then the headers. */
const pairsOf = memoizeBounded(64, (key: string): readonly HeaderPair[] | null => {
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

/** Whether anything in a text is to be filled in. */
function isFilledIn(text: string): boolean {
  return text.includes('{{') || text.includes('${');
}

/** The value of a text that `JSON.stringify` could have written; undefined for any other. */
function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a body, in a case and its request, is not too deep. */
function isShallow(text: string, value: unknown): boolean {
  return text.length <= shortText || typeof value !== 'object' || value === null || isWithin(maxLevels - 2, value);
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
