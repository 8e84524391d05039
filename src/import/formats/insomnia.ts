import { maxNesting } from '../limits.ts';
import { entryItem, type HeaderPairs, type ImportItem, leftOut } from '../read/entry.ts';
import { formBody, graphqlBody, multipartBody, type TypedBody, textBody, withType } from '../read/form-bodies.ts';
import { type ImportSource, unreadable } from '../read/source.ts';
import { isObject, jsonIn, lineOf, list, type Members, members, pairs, readDocument, text } from '../read/values.ts';
import { basicHeader, VariableFiller } from '../read/variables.ts';

/** An Insomnia export: format 4 (JSON) or 5 (YAML). Scripts are not run. */
export async function* readInsomnia(source: ImportSource): AsyncGenerator<ImportItem> {
  const { text: written, value } = await readDocument(source);
  const requests = requestsOf(value);
  if (requests === null)
    throw unreadable(
      source.file,
      'it is not an Insomnia export: that has `resources`, or `type: collection.insomnia.rest/5.0`',
      { line: 1 },
    );
  const values = variablesOf(value);
  for (const request of requests)
    yield readRequest(request, { values, where: { file: source.file, line: lineOf(written, text(request.name)) } });
  const scripts = requests.filter((one) => isScripted(one) || isScripted(members(one.scripts))).length;
  if (scripts > 0)
    yield {
      kind: 'note',
      text: `the scripts of ${scripts} requests are not run: write what they check or capture into the cases`,
    };
}

function isScripted(of: Members): boolean {
  return [of.preRequestScript, of.afterResponseScript, of.preRequest, of.afterResponse].some(
    (one) => text(one).trim() !== '',
  );
}

function requestsOf(value: unknown): readonly Members[] | null {
  if (!isObject(value)) return null;
  if (Array.isArray(value.resources))
    return value.resources
      .filter(isObject)
      .filter((one) => one._type === 'request' || one._type === 'grpc_request' || one._type === 'websocket_request');
  if (!text(value.type).startsWith('collection.insomnia.rest/')) return null;
  return nested(list(value.collection), 0);
}

function nested(items: readonly unknown[], depth: number): Members[] {
  if (depth > maxNesting) return [];
  return items
    .filter(isObject)
    .flatMap((one) => (Array.isArray(one.children) ? nested(one.children, depth + 1) : [one]));
}

/** Of all environments: what a sub-environment holds wins. */
function variablesOf(value: unknown): ReadonlyMap<string, string> {
  const root = members(value);
  const environments = list(root.resources).filter((one) => members(one)._type === 'environment');
  const fifth = members(root.environments);
  const all = [...environments, fifth, ...list(fifth.subEnvironments)].map((one) => members(members(one).data));
  return new Map(all.flatMap((data) => flat(data, '', 0)));
}

function flat(data: Members, prefix: string, depth: number): (readonly [string, string])[] {
  return Object.entries(data).flatMap(([key, value]) => {
    if (isObject(value)) return depth < maxNesting ? flat(value, `${prefix}${key}.`, depth + 1) : [];
    return [[prefix + key, text(value)] as const];
  });
}

interface Context {
  readonly values: ReadonlyMap<string, string>;
  readonly where: { readonly file: string; readonly line: number };
}

function readRequest(request: Members, { values, where }: Context): ImportItem {
  const filler = new VariableFiller(values);
  const url = filler
    .fillUrl(text(request.url))
    .replace(/(?<=\/):([A-Za-z_]\w*)/g, (whole, name: string) => pathValue(request, name) ?? whole);
  const method = text(request.method) || 'GET';
  if (/\{%/.test(JSON.stringify(request)))
    return leftOut('a template tag {% … %}, which is not run', where, `${method} ${url}`);
  if (text(request._type) !== '' && request._type !== 'request') return leftOut('no HTTP request', where, url);
  const body = bodyOf(members(request.body), filler);
  if (typeof body === 'string') return leftOut(body, where, `${method} ${url}`);
  const query = filler
    .fillPairs(pairs(request.parameters))
    .map(
      ([name, value]) => `${encodeURIComponent(name)}=${/^\$\{\w+\}$/.test(value) ? value : encodeURIComponent(value)}`,
    )
    .join('&');
  const headers = [...filler.fillPairs(pairs(request.headers)), ...authOf(members(request.authentication), filler)];
  return entryItem({
    ...{ where, method, headers: withType(headers, body), body: body?.bytes ?? null },
    url: query === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${query}`,
    variables: filler.names,
    title: text(request.name) || null,
  });
}

function pathValue(request: Members, name: string): string | undefined {
  return pairs(request.pathParameters).find(([one]) => one === name)?.[1];
}

function bodyOf(body: Members, filler: VariableFiller): TypedBody | null | string {
  const mediaType = text(body.mimeType);
  if (text(body.fileName) !== '') return 'a body in a file: put it beside the case, file: NAME';
  if (mediaType === 'application/graphql') {
    const graphql = members(jsonIn(text(body.text)));
    return graphqlBody(filler.fill(text(graphql.query)), JSON.stringify(graphql.variables ?? {}));
  }
  if (Array.isArray(body.params) && body.params.length > 0) {
    if (body.params.some((one) => members(one).type === 'file'))
      return 'a form with a file: put it beside the case, multipart with file: NAME';
    const fields = filler.fillPairs(pairs(body.params));
    return mediaType.startsWith('multipart/') ? multipartBody(fields) : formBody(fields);
  }
  const written = filler.fill(text(body.text));
  return written === '' ? null : textBody(written, mediaType || null);
}

function authOf(auth: Members, filler: VariableFiller): HeaderPairs {
  const of = (name: string) => filler.fill(text(auth[name]));
  if (auth.disabled === true) return [];
  if (auth.type === 'bearer') return [['authorization', `${of('prefix') || 'Bearer'} ${of('token')}`]];
  if (auth.type === 'basic') return [basicHeader(of('username'), of('password'), filler)];
  return auth.type === 'apikey' && auth.addTo !== 'queryParams' ? [[of('key') || 'x-api-key', of('value')]] : [];
}
