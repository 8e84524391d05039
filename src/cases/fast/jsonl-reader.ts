import { type HeaderPair, readHeaders } from '../../config/headers.ts';
import { namePattern } from '../../config/names.ts';
import { memoizeBounded } from '../../structures/memoize-bounded.ts';
import type { RequestTemplate, Step, TestCase } from '../case.ts';
import { maxJsonlReaderLineLength, maxLevels, maxShells, maxUnlike } from '../limits.ts';
import { type Budget, spend } from './budget.ts';
import { type Filling, type Frame, frameOf } from './line-template.ts';

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
 * places takes; null wherever there is anything to look at more closely. Such a line is JSON as `JSON.stringify` writes it, so
 * nothing of its spelling is lost: no key is there twice, and every number stands as it will be sent. One that is like a line before
 * but for its filling is not even parsed.
 */
export function plainLines(source: PlainSource): (text: string, line: number) => TestCase | null {
  let known: { readonly frame: Frame; readonly shell: Shell }[] = [];
  let unlike = 0;
  const learn = (value: Members, shell: Shell) => {
    unlike += 1;
    known = unlike > maxUnlike ? [] : [...known.slice(1 - maxShells), { frame: frameOf(value), shell }];
  };
  return (text, line) => {
    if (text.length > maxJsonlReaderLineLength) return null;
    for (const { frame, shell } of known) {
      const filling = frame.fillingOf(text);
      const found = filling && filled(shell, filling, { ...source, line });
      if (found === null) continue;
      unlike = 0;
      return found;
    }
    const value = isFilledIn(text) ? undefined : parsed(text);
    if (!isMap(value)) return null;
    const shell = shellOf(value, source.suite);
    if (shell === null) return null;
    if (unlike <= maxUnlike) learn(value, shell);
    return filled(shell, shell.own, { ...source, line });
  };
}

/** What the lines of one frame have in common. */
interface Shell {
  /** What the frame does not leave out. */
  readonly own: Filling;
  readonly suite: string;
  readonly tags: readonly string[];
  readonly safe: boolean;
  readonly method: string;
  readonly headers: readonly HeaderPair[];
  /** What was made of the line before: one after the other, lines often ask for the same. */
  last: Asked;
}

interface Asked {
  readonly path: string;
  readonly json: string | null;
  readonly steps: readonly [Step];
}

/** What the frame of a line holds, and what the line asks for; null if there is anything to look at more closely. */
function shellOf(value: Members, sourceSuite: string): Shell | null {
  if (!hasOnly(value, caseKeys) || !isMap(value.request)) return null;
  const { suite = sourceSuite, id, title = null, tags = [], safe = false } = value;
  if (!isName(suite) || !isName(id) || typeof safe !== 'boolean') return null;
  if ((title !== null && typeof title !== 'string') || value.title === null || !isTexts(tags)) return null;
  const { method = 'GET', path, headers = {}, json: body } = value.request;
  if (!hasOnly(value.request, requestKeys) || typeof method !== 'string' || !methods.has(method)) return null;
  if (!isPath(path) || !isMap(headers)) return null;
  const json = body === undefined ? null : JSON.stringify(body);
  const pairs = pairsOf(`${json === null ? ' ' : 'j'}${JSON.stringify(headers)}`);
  if (pairs === null || (json !== null && !isShallow(json, body))) return null;
  return {
    own: { id, title, path, json },
    ...{ suite, tags: [...new Set(tags)], safe, method, headers: pairs },
    last: { path, json, steps: stepsOf({ method, headers: pairs }, path, json) },
  };
}

const nothing: Readonly<Record<string, never>> = Object.freeze({});
const noRoutes: readonly string[] = Object.freeze([]);

function stepsOf(
  { method, headers }: Pick<RequestTemplate, 'method' | 'headers'>,
  path: string,
  json: string | null,
): readonly [Step] {
  const body = json === null ? null : ({ kind: 'json', text: json } as const);
  const request = { method, path, headers, body, holdMs: 0, chunkBytes: null };
  return [{ request, capture: nothing, parallel: 1, expect: null }];
}

/** The case of a line that fills a frame; null if the filling needs a closer look. */
function filled(
  shell: Shell,
  filling: Filling,
  { file, line, budget }: PlainSource & { line: number },
): TestCase | null {
  const { own, suite, tags, safe } = shell;
  const id = filling.id ?? own.id;
  const title = filling.title ?? own.title;
  if (!isName(id) || (title !== null && isFilledIn(title))) return null;
  const asked = askedOf(shell, filling.path ?? own.path!, filling.json ?? own.json);
  if (asked === null || (asked.json !== null && !spend(budget, asked.json.length))) return null;
  return {
    id: `${suite}/${id}`,
    suite,
    title,
    tags,
    safe,
    steps: asked.steps,
    compare: nothing,
    routes: noRoutes,
    location: { file, line, col: 1 },
  };
}

function askedOf(shell: Shell, path: string, json: string | null): Asked | null {
  const { last } = shell;
  if (path === last.path && json === last.json) return last;
  if (!isPath(path) || isFilledIn(path)) return null;
  if (json !== null && json !== last.json) {
    if (isFilledIn(json)) return null;
    const body = parsed(json);
    if (body === undefined || !isShallow(json, body)) return null;
  }
  shell.last = { path, json, steps: stepsOf(shell, path, json) };
  return shell.last;
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

/** Whether anything in a text is to be filled in. Between a place of a frame and what stands around it there cannot be. */
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

function isPath(value: unknown): value is string {
  return typeof value === 'string' && plainPath.test(value);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
