import { entryItem, type HeaderPairs, type ImportItem, leftOut } from '../read/entry.ts';
import { formBody, multipartBody, type TypedBody, textBody, withType } from '../read/form-bodies.ts';
import { type Operation, operationsOf, readDescription } from '../read/openapi-document.ts';
import { exampleOf, RefusedReference, type Resolver } from '../read/schema-example.ts';
import type { ImportSource } from '../read/source.ts';
import { isObject, list, type Members, members, text } from '../read/values.ts';

/** An OpenAPI description: 2.0, 3.0 or 3.1, in JSON or YAML. Nothing is fetched. */
export async function* readOpenApi(source: ImportSource): AsyncGenerator<ImportItem> {
  const description = await readDescription(source);
  const { root, base, resolver } = description;
  let made = 0;
  for (const operation of operationsOf(description)) {
    const item = readOperation(operation, { root, base, resolver, file: source.file });
    if (item.kind === 'entry' && item.entry.response === null) made += 1;
    yield item;
  }
  if (made > 0)
    yield {
      kind: 'note',
      text: `${made} cases expect no status, since the description gives no values for all of the request, or no status of success: fill in real ones`,
    };
  yield* authNotes(root, resolver);
}

interface Context {
  readonly root: Members;
  readonly base: string;
  readonly resolver: Resolver;
  readonly file: string;
}

function readOperation(operation: Operation, context: Context): ImportItem {
  const where = { file: context.file, line: operation.line };
  const example = `${operation.method} ${operation.path}`;
  try {
    const request = requestOf(operation, context);
    if (typeof request === 'string') return leftOut(request, where, example);
    const { body, isGiven, ...parts } = request;
    const status = successOf(operation.of);
    return entryItem({
      ...{
        where,
        method: operation.method,
        ...parts,
        headers: withType(parts.headers, body),
        body: body?.bytes ?? null,
      },
      response: isGiven && status !== null ? { status, headers: [], body: null } : null,
      title: text(operation.of.summary) || text(operation.of.operationId) || null,
    });
  } catch (error) {
    if (error instanceof RefusedReference) return leftOut(error.message, where, example);
    throw error;
  }
}

/** The lowest documented status that is a success. */
function successOf({ responses }: Members): number | null {
  const codes = Object.keys(members(responses))
    .filter((code) => /^2\d\d$/.test(code))
    .map(Number);
  return codes.length === 0 ? null : Math.min(...codes);
}

interface Built {
  readonly url: string;
  readonly headers: HeaderPairs;
  readonly body: TypedBody | null;
  readonly isGiven: boolean;
}

function requestOf({ path, of, parameters }: Operation, { root, base, resolver }: Context): Built | string {
  const values = parameterValues(parameters, resolver);
  const read =
    of.requestBody === undefined
      ? swaggerBody(values, of, root)
      : openApiBody(resolver.resolve(of.requestBody), resolver);
  if (typeof read === 'string') return read;
  const filled = path.replace(/\{([^{}]+)\}/g, (_, name: string) =>
    encodeURIComponent(plain(values.find((one) => one.in === 'path' && one.name === name)?.value ?? 'text')),
  );
  const query = values
    .filter((one) => one.in === 'query')
    .flatMap(queryPairs)
    .join('&');
  const cookies = values.filter((one) => one.in === 'cookie').map(({ name, value }) => `${name}=${plain(value)}`);
  const headers = values.filter((one) => one.in === 'header').map(({ name, value }) => [name, plain(value)] as const);
  return {
    url: `${base}${filled}${query === '' ? '' : `?${query}`}`,
    headers: cookies.length === 0 ? headers : [...headers, ['cookie', cookies.join('; ')]],
    body: read.body,
    isGiven: read.isGiven && values.every((one) => one.isGiven),
  };
}

interface ParameterValue {
  readonly in: string;
  readonly name: string;
  readonly value: unknown;
  readonly isGiven: boolean;
  readonly isExploded: boolean;
}

/** Parameters that are required or have an example or a default; an operation's own ones win over those of its path. */
function parameterValues(parameters: readonly unknown[], resolver: Resolver): ParameterValue[] {
  const resolved = parameters.map((one) => resolver.resolve(one));
  const byKey = new Map(resolved.map((one) => [`${text(one.in)} ${text(one.name)}`, one] as const));
  return [...byKey.values()].flatMap((one) => {
    const content = Object.values(members(one.content))[0];
    const { value, isGiven } = exampleOf(isObject(content) ? content : one, resolver);
    if (one.required !== true && one.in !== 'path' && !isGiven) return [];
    const isExploded =
      one.collectionFormat === 'multi' || (one.collectionFormat === undefined && one.explode !== false);
    return [{ in: text(one.in), name: text(one.name), value, isGiven, isExploded }];
  });
}

function queryPairs({ name, value, isExploded }: ParameterValue): string[] {
  const pair = (key: string, one: unknown) => `${encodeURIComponent(key)}=${encodeURIComponent(plain(one))}`;
  if (Array.isArray(value) && isExploded) return value.map((one) => pair(name, one));
  if (isObject(value) && isExploded) return Object.entries(value).map(([key, one]) => pair(key, one));
  return [pair(name, value)];
}

function plain(value: unknown): string {
  if (Array.isArray(value)) return value.map(plain).join(',');
  return isObject(value) ? Object.entries(value).flat().map(plain).join(',') : text(value);
}

interface ReadBody {
  readonly body: TypedBody | null;
  readonly isGiven: boolean;
}

const noBody: ReadBody = { body: null, isGiven: true };

function openApiBody(requestBody: Members, resolver: Resolver): ReadBody | string {
  const content = Object.entries(members(requestBody.content));
  if (content.length === 0) return noBody;
  const known = content.find(([type]) => /json/i.test(type)) ?? content.find(([type]) => /form|^text\//i.test(type));
  if (known === undefined) return `a body of the type ${content[0]![0]}: write the case by hand`;
  const { value, isGiven } = exampleOf(members(known[1]), resolver);
  return { body: bodyAs(known[0], value), isGiven };
}

function bodyAs(type: string, value: unknown): TypedBody {
  const pairs = Object.entries(members(value)).map(
    ([name, one]) => [name, isObject(one) ? JSON.stringify(one) : plain(one)] as const,
  );
  if (/x-www-form-urlencoded/i.test(type)) return formBody(pairs);
  if (/multipart/i.test(type)) return multipartBody(pairs);
  if (/json/i.test(type))
    return textBody(typeof value === 'string' && /^\s*[[{]/.test(value) ? value : JSON.stringify(value), type);
  return textBody(typeof value === 'string' ? value : JSON.stringify(value), type);
}

/** Version 2.0: the body is a parameter, and so is each field of a form. */
function swaggerBody(values: readonly ParameterValue[], of: Members, root: Members): ReadBody {
  const types = [...list(of.consumes), ...list(root.consumes)].map(text);
  const body = values.find((one) => one.in === 'body');
  if (body !== undefined)
    return {
      body: bodyAs(types.find((type) => /json/i.test(type)) ?? 'application/json', body.value),
      isGiven: body.isGiven,
    };
  const fields = values.filter((one) => one.in === 'formData').map(({ name, value }) => [name, plain(value)] as const);
  if (fields.length === 0) return noBody;
  return {
    body: types.some((type) => /multipart/i.test(type)) ? multipartBody(fields) : formBody(fields),
    isGiven: true,
  };
}

/** What the targets of parity.yaml need, for the security that operations ask for. */
function* authNotes(root: Members, resolver: Resolver): Generator<ImportItem> {
  const schemes = members(members(root.components).securitySchemes ?? root.securityDefinitions);
  for (const [name, written] of Object.entries(schemes)) {
    const scheme = schemeOf(written, resolver);
    const [type, kind] = [text(scheme.type), text(scheme.scheme).toLowerCase()];
    const variable = name.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase();
    if (type === 'apiKey' && scheme.in !== 'cookie')
      yield {
        kind: 'note',
        text: `security ${name}: give the targets auth: { apiKey: { ${text(scheme.in)}: ${text(scheme.name)}, value: "\${${variable}}" } }`,
      };
    else if (type === 'basic' || kind === 'basic')
      yield {
        kind: 'note',
        text: `security ${name}: give the targets auth: { basic: { user: …, password: "\${${variable}}" } }`,
      };
    else yield { kind: 'note', text: `security ${name}: give the targets auth: { bearer: "\${${variable}}" }` };
  }
}

function schemeOf(written: unknown, resolver: Resolver): Members {
  try {
    return resolver.resolve(written);
  } catch (error) {
    if (error instanceof RefusedReference) return {};
    throw error;
  }
}
