import { dataTemplateOf, templateOf } from '../cases/placeholder.ts';
import type { RecordedExchange } from '../recorded/format.ts';
import type { Flow } from './flows.ts';
import { decoded, jsonOf, leaves, splitTarget } from './values.ts';

/** A case as it stands in a file. */
export type CaseRow = Readonly<Record<string, unknown>>;

/** The name that a case has for a variable of the environment. */
export function valueName(variable: string): string {
  return `env_${variable.toLowerCase().slice(0, 56)}`;
}

/** Writes flows as cases. Ids are the method, the words of the path and the status; a second one of a name gets a number. */
export function caseRows(exchanges: readonly RecordedExchange[], flows: readonly Flow[]): CaseRow[] {
  const taken = new Map<string, number>();
  return flows.map((flow) => {
    const first = exchanges[flow.steps[0]!]!;
    const base = idOf(first, flow);
    const count = (taken.get(base) ?? 0) + 1;
    taken.set(base, count);
    const id = count === 1 ? base : `${base}-${count}`;
    const steps = stepRows(exchanges, flow);
    const compare = compareRow(exchanges, flow);
    return steps.length === 1 ? { id, ...steps[0], ...compare } : { id, steps, ...compare };
  });
}

/** A credential in an answer is not in the recording: there its presence and type are compared. */
function compareRow(exchanges: readonly RecordedExchange[], { steps, links }: Flow): CaseRow {
  const pointers = steps.flatMap((at) => {
    const { answers, variables = [] } = exchanges[at]!;
    const hidden = variables.map((name) => `\${${name}}`);
    return leaves(jsonOf(answers[0]!.body)).flatMap(({ text, pointer }) =>
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
  return `${request.method.toLowerCase()}-${path}-${steps.length > 1 ? 'flow' : answers[0]!.status}`;
}

function stepRows(exchanges: readonly RecordedExchange[], flow: Flow): CaseRow[] {
  const names = captureNames(flow);
  return flow.steps.map((at) => {
    const exchange = exchanges[at]!;
    const captured = [...flow.links].filter(([, origin]) => origin.at === at);
    const capture = Object.fromEntries(captured.map(([text, { pointer }]) => [names.get(text)!, { pointer }]));
    return {
      request: requestRow(exchange, names),
      ...(captured.length === 0 ? {} : { capture }),
      expect: { status: exchange.answers[0]!.status },
    };
  });
}

/** A name for each captured value, after the member that it was captured from. */
function captureNames({ links }: Flow): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const [text, { pointer }] of links) {
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

function requestRow({ request, variables = [] }: RecordedExchange, names: Names): CaseRow {
  const secrets = new Map(
    variables.map((name) => [`\${${name}}`, names.get(`\${${name}}`) ?? valueName(name)] as const),
  );
  const { method, headers } = request;
  const written = headers.map(([name, value]) => [name, fill(value, secrets, dataTemplateOf)]);
  return {
    method,
    path: pathOf(request.path, names, secrets),
    ...(headers.length === 0 ? {} : { headers: written }),
    ...bodyRow(request.body, names, secrets),
  };
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
  const isPlain =
    json !== undefined && JSON.stringify(json) === body.text.replace(/(?<=[[{,:])\s+|\s+(?=[\]},:])/g, '');
  const isMade = json !== undefined && JSON.stringify(json) === body.text;
  if (isMade || (isPlain && names.size > 0)) return { json: jsonTemplate(json, names, secrets) };
  return { raw: fill(body.text, secrets, templateOf) };
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
