import { maxNesting } from '../limits.ts';
import { entryItem, type HeaderPairs, type ImportItem, leftOut } from '../read/entry.ts';
import { formBody, graphqlBody, multipartBody, type TypedBody, textBody, withType } from '../read/form-bodies.ts';
import { type ImportSource, unreadable } from '../read/source.ts';
import { isObject, jsonIn, lineOf, list, type Members, members, pairs, readDocument, text } from '../read/values.ts';
import { basicHeader, VariableFiller } from '../read/variables.ts';

interface Folder {
  readonly file: string;
  readonly written: string;
  readonly values: ReadonlyMap<string, string>;
  readonly auth: unknown;
  readonly depth: number;
}

/** A Postman collection of format 2.0 or 2.1. Scripts are not run. */
export async function* readPostman(source: ImportSource): AsyncGenerator<ImportItem> {
  const { text: written, value } = await readDocument(source);
  const collection = isObject(value) && isObject(value.collection) ? value.collection : value;
  if (!isObject(collection) || !Array.isArray(collection.item))
    throw unreadable(source.file, 'it is not a Postman collection: that has a list `item`', { line: 1 });
  const folder: Folder = {
    ...{ file: source.file, written, depth: 0 },
    values: new Map(pairs(collection.variable, 'key')),
    auth: collection.auth,
  };
  const scripts = { count: scriptsOf(collection) };
  yield* readItems(collection.item, folder, scripts);
  if (scripts.count > 0)
    yield {
      kind: 'note',
      text: `${scripts.count} scripts of the collection are not run: write what they check or capture into the cases`,
    };
}

function scriptsOf(of: Members): number {
  return list(of.event).filter((one) =>
    list(members(members(one).script).exec).some((line) => text(line).trim() !== ''),
  ).length;
}

function* readItems(items: readonly unknown[], folder: Folder, scripts: { count: number }): Generator<ImportItem> {
  for (const item of items) {
    if (!isObject(item)) continue;
    scripts.count += scriptsOf(item);
    if (Array.isArray(item.item)) {
      const where = { file: folder.file, line: 1 };
      if (folder.depth >= maxNesting) yield leftOut('a folder that is nested too deep', where, text(item.name));
      else yield* readItems(item.item, { ...folder, auth: item.auth ?? folder.auth, depth: folder.depth + 1 }, scripts);
    } else if (item.request !== undefined) yield readRequest(item, folder);
  }
}

function readRequest(item: Members, { file, written, values, auth }: Folder): ImportItem {
  const request = typeof item.request === 'string' ? { url: item.request } : members(item.request);
  const filler = new VariableFiller(values);
  const url = urlOf(request.url, filler);
  const where = { file, line: lineOf(written, JSON.stringify(text(item.name))) };
  const method = text(request.method) || 'GET';
  const body = bodyOf(members(request.body), filler);
  if (typeof body === 'string') return leftOut(body, where, `${method} ${url}`);
  const own = authOf(request.auth === undefined ? auth : request.auth, filler);
  const { headers, query } = {
    headers: [...filler.fillPairs(pairs(request.header, 'key')), ...own.headers],
    query: own.query,
  };
  return entryItem({
    ...{ where, method, headers: withType(headers, body), body: body?.bytes ?? null },
    url: query === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${query}`,
    variables: filler.names,
    title: text(item.name) || null,
  });
}

/** Path variables, `:id`, have their values beside the address. */
function urlOf(url: unknown, filler: VariableFiller): string {
  const raw = typeof url === 'string' ? url : text(members(url).raw);
  const own = new Map(pairs(members(url).variable, 'key'));
  const [path = '', ...query] = raw.split('?');
  const filled = path.replace(/(?<=\/):([A-Za-z_][\w-]*)/g, (_, name: string) => own.get(name) || `{{${name}}}`);
  return filler.fillUrl([filled, ...query].join('?'));
}

function bodyOf(body: Members, filler: VariableFiller): TypedBody | null | string {
  const mode = text(body.mode);
  if (body.disabled === true || mode === '' || mode === 'none') return null;
  if (mode === 'raw') {
    const language = text(members(members(body.options).raw).language);
    const written = filler.fill(text(body.raw));
    const isJson = language === 'json' || jsonIn(written) !== undefined;
    return written === '' ? null : textBody(written, isJson ? 'application/json' : null);
  }
  if (mode === 'urlencoded') return formBody(filler.fillPairs(pairs(body.urlencoded, 'key')));
  if (mode === 'graphql') {
    const { query, variables } = members(body.graphql);
    return graphqlBody(filler.fill(text(query)), filler.fill(text(variables)));
  }
  if (mode !== 'formdata') return `a body of the kind ${mode}: put the file beside the case, file: NAME`;
  if (list(body.formdata).some((one) => members(one).type === 'file'))
    return 'a form with a file: put it beside the case, multipart with file: NAME';
  return multipartBody(filler.fillPairs(pairs(body.formdata, 'key')));
}

/** What `auth` of a request or of its folder sends. */
function authOf(auth: unknown, filler: VariableFiller): { readonly headers: HeaderPairs; readonly query: string } {
  const type = text(members(auth).type);
  const given = members(auth)[type];
  const values = new Map(
    Array.isArray(given)
      ? pairs(given, 'key')
      : Object.entries(members(given)).map(([key, value]) => [key, text(value)]),
  );
  const of = (name: string) => filler.fill(values.get(name) ?? '');
  if (type === 'bearer') return { headers: [['authorization', `Bearer ${of('token')}`]], query: '' };
  if (type === 'basic') return { headers: [basicHeader(of('username'), of('password'), filler)], query: '' };
  if (type !== 'apikey') return { headers: [], query: '' };
  if (of('in') === 'query') return { headers: [], query: `${encodeURIComponent(of('key'))}=${of('value')}` };
  return { headers: [[of('key') || 'x-api-key', of('value')]], query: '' };
}
