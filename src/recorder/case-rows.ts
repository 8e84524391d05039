import { dataTemplateOf, templateOf } from '../cases/placeholder.ts';
import type { RecordedExchange } from '../recorded/format.ts';
import type { Flow, Origin } from './flows.ts';
import { maxYamlDepth, minPlainIdLength } from './limits.ts';
import { decoded, jsonOf, leaves, splitTarget } from './values.ts';

/** What else is known of cases. */
export interface Naming {
  /** What a file calls a request. */
  readonly titles?: ReadonlyMap<RecordedExchange, string>;
  /** Ids that there are already; the new ones are added. */
  readonly taken?: Set<string>;
}

/** A case as it stands in a file. */
export type CaseRow = Readonly<Record<string, unknown>>;

/** The name that a case has for a variable of the environment. */
export function valueName(variable: string): string {
  return `env_${variable.toLowerCase().slice(0, 56)}`;
}

/** Writes flows as cases. Ids are the method, the words of the path and the status; a second one of a name gets a number. */
export function caseRows(
  exchanges: readonly RecordedExchange[],
  flows: readonly Flow[],
  { titles = new Map(), taken = new Set() }: Naming = {},
): CaseRow[] {
  return flows.map((flow) => {
    const first = exchanges[flow.steps[0]!]!;
    const base = idOf(first, flow);
    const id = freeId(base, taken);
    const steps = stepRows(exchanges, flow);
    const compare = compareRow(exchanges, flow);
    const title = steps.length === 1 ? titles.get(first) : undefined;
    const named = title === undefined ? { id } : { id, title: templateOf(title) };
    const cookies = flow.steps.length > 1 && setsCookies(flow) ? { cookies: true } : {};
    return steps.length === 1 ? { ...named, ...steps[0], ...compare } : { ...named, ...cookies, steps, ...compare };
  });
}

function freeId(base: string, taken: Set<string>): string {
  let id = base;
  for (let count = 2; taken.has(id); count += 1) id = `${base}-${count}`;
  taken.add(id);
  return id;
}

/** Whether a step uses a cookie that another one of the flow got. */
function setsCookies({ links }: Flow): boolean {
  return [...links.values()].some(({ place }) => place === 'cookie');
}

/** A credential in an answer is not in the recording: there its presence and type are compared. */
function compareRow(exchanges: readonly RecordedExchange[], { steps, links }: Flow): CaseRow {
  const pointers = steps.flatMap((at) => {
    const { answers, variables = [] } = exchanges[at]!;
    const hidden = variables.map((name) => `\${${name}}`);
    return leaves(jsonOf(answers[0]?.body ?? null)).flatMap(({ text, pointer }) =>
      !links.has(text) && hidden.some((one) => text.includes(one)) ? (pointer ?? []) : [],
    );
  });
  if (pointers.length === 0) return {};
  const reason = 'a credential, which is not recorded';
  return { compare: { ignore: [...new Set(pointers)].map((pointer) => ({ pointer, keep: 'type', reason })) } };
}

function idOf({ request, answers }: RecordedExchange, { steps }: Flow): string {
  const words = decoded(splitTarget(request.path).path)
    .toLowerCase()
    .match(/[a-z0-9]+/g) ?? ['root'];
  const path = words.slice(0, 4).join('-').slice(0, 60);
  const end = steps.length > 1 ? 'flow' : answers[0]?.status;
  return [request.method.toLowerCase(), path, ...(end === undefined ? [] : [end])].join('-');
}

function stepRows(exchanges: readonly RecordedExchange[], flow: Flow): CaseRow[] {
  const names = captureNames(flow);
  return flow.steps.map((at) => {
    const exchange = exchanges[at]!;
    const captured = [...flow.links].filter(([, { at: from, place }]) => from === at && place !== 'cookie');
    const capture = Object.fromEntries(captured.map(([text, { place }]) => [names.get(text)!, captureRow(place)]));
    const [answer] = exchange.answers;
    return {
      request: requestRow(exchange, names, flow),
      ...(captured.length === 0 ? {} : { capture }),
      ...(answer === undefined ? {} : { expect: { status: answer.status } }),
    };
  });
}

function captureRow(place: Origin['place']): CaseRow {
  return typeof place === 'object' ? place : { header: 'location', match: '/([^/?#]+)$' };
}

/** A name for each captured value, after the member that it was captured from. */
function captureNames({ links }: Flow): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const [text, { place }] of links) {
    if (place === 'cookie') continue;
    const pointer = typeof place === 'object' ? place.pointer : 'location';
    const last = pointer.slice(pointer.lastIndexOf('/') + 1).replace(/[^A-Za-z0-9_-]/g, '-');
    const base = /^[A-Za-z]/.test(last) ? last.slice(0, 50) : 'value';
    let name = base;
    for (let count = 2; taken.has(name); count++) name = `${base}-${count}`;
    taken.add(name);
    names.set(text, name);
  }
  return names;
}

type Names = ReadonlyMap<string, string>;

function requestRow({ request, variables = [] }: RecordedExchange, names: Names, { links }: Flow): CaseRow {
  const secrets = new Map(
    variables.map((name) => [`\${${name}}`, names.get(`\${${name}}`) ?? valueName(name)] as const),
  );
  const { method } = request;
  const cookies = [...links].filter(([, { place }]) => place === 'cookie').map(([text]) => text);
  const headers = request.headers.filter(
    ([name, value]) => name.toLowerCase() !== 'cookie' || !cookies.some((cookie) => value.includes(cookie)),
  );
  const written = headerRows(headers.map(([name, value]) => [name, fill(value, secrets, dataTemplateOf)]));
  return {
    method,
    path: pathOf(request.path, names, secrets),
    ...(headers.length === 0 ? {} : { headers: written }),
    ...bodyRow(request.body, names, secrets),
  };
}

/** A map, but for a name that comes twice. */
function headerRows(pairs: readonly (readonly [string, string])[]): unknown {
  const isUnique = new Set(pairs.map(([name]) => name.toLowerCase())).size === pairs.length;
  return isUnique && pairs.every(([name]) => name !== '__proto__') ? Object.fromEntries(pairs) : pairs;
}

/** The text as a template, with placeholders for what the keys stand for. */
function fill(text: string, places: Names, template: (text: string) => string): string {
  const [first] = places;
  if (first === undefined) return template(text);
  const [key, name] = first;
  const rest = new Map([...places].slice(1));
  return text
    .split(key)
    .map((piece) => fill(piece, rest, template))
    .join(`{{${name}}}`);
}

function pathOf(target: string, names: Names, secrets: Names): string {
  const { path, query } = splitTarget(target);
  const exact = (text: string) => {
    const name = names.get(decoded(text));
    return name === undefined ? fill(text, secrets, templateOf) : `{{${name}}}`;
  };
  const segments = path.split('/').map(exact).join('/');
  if (!target.includes('?')) return segments;
  const pairs = query.split('&').map((pair) => {
    const at = pair.indexOf('=');
    return at < 0
      ? fill(pair, secrets, templateOf)
      : `${fill(pair.slice(0, at), secrets, templateOf)}=${exact(pair.slice(at + 1))}`;
  });
  return `${segments}?${pairs.join('&')}`;
}

function bodyRow(body: RecordedExchange['request']['body'], names: Names, secrets: Names): CaseRow {
  if (body === null || 'omitted' in body) return {};
  if ('base64' in body) return { base64: body.base64 };
  const json = jsonOf(body);
  const isPlain = json !== undefined && isWritable(json, 0) && JSON.stringify(json) === withoutBlanks(body.text);
  if (isPlain) return { json: jsonTemplate(json, names, secrets) };
  const long = [...names].filter(([text]) => text.length >= minPlainIdLength);
  return { raw: fill(body.text, new Map([...secrets, ...long]), templateOf) };
}

/** JSON without the white space between its tokens. */
function withoutBlanks(text: string): string {
  let [shown, from, isString] = ['', 0, false];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]!;
    if (isString && character === '\\') at += 1;
    else if (character === '"') isString = !isString;
    else if (!isString && /\s/.test(character)) {
      shown += text.slice(from, at);
      from = at + 1;
    }
  }
  return shown + text.slice(from);
}

/** Whether JSON comes back as it was when it is written as YAML. */
function isWritable(json: unknown, depth: number): boolean {
  if (typeof json !== 'object' || json === null) return json !== null || depth > 0;
  if (depth >= maxYamlDepth || Object.hasOwn(json, '__proto__')) return false;
  return Object.values(json).every((one) => isWritable(one, depth + 1));
}

function jsonTemplate(json: unknown, names: Names, secrets: Names): unknown {
  if (typeof json === 'string' || typeof json === 'number') {
    const name = names.get(String(json));
    if (name !== undefined) return `{{${name}}}`;
    return typeof json === 'string' ? fill(json, secrets, templateOf) : json;
  }
  if (Array.isArray(json)) return json.map((one) => jsonTemplate(one, names, secrets));
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => [templateOf(key), jsonTemplate(value, names, secrets)]),
  );
}
