import { maxNesting } from '../limits.ts';
import { entryItem, type HeaderPairs, type ImportItem, leftOut } from '../read/entry.ts';
import { formBody, graphqlBody, multipartBody, type TypedBody, textBody, withType } from '../read/form-bodies.ts';
import { isObject, lineOf, list, type Members, members, pairs, text } from '../read/values.ts';
import { basicHeader, VariableFiller } from '../read/variables.ts';

interface Collection {
  readonly file: string;
  readonly written: string;
  readonly values: ReadonlyMap<string, string>;
}

/** A collection that Bruno exported as JSON; null where a value is none. Scripts are not run. */
export function readBrunoExport(value: unknown, { file, written }: Omit<Collection, 'values'>): ImportItem[] | null {
  if (!isObject(value) || !Array.isArray(value.items)) return null;
  const environments = list(value.environments).map((one) => pairs(members(one).variables));
  const values = new Map(environments[0] ?? []);
  const requests = requestsOf(value.items, 0);
  const items = requests.map((one) => readRequest(one, { file, written, values }));
  const scripts = requests.filter(isScripted).length;
  if (scripts > 0)
    items.push({
      kind: 'note',
      text: `the scripts and tests of ${scripts} requests are not run: write what they check or capture into the cases`,
    });
  return items;
}

function requestsOf(items: readonly unknown[], depth: number): Members[] {
  if (depth > maxNesting) return [];
  return items
    .filter(isObject)
    .flatMap((one) =>
      Array.isArray(one.items) ? requestsOf(one.items, depth + 1) : isObject(one.request) ? [one] : [],
    );
}

function isScripted({ request }: Members): boolean {
  const { script, tests } = members(request);
  return text(tests).trim() !== '' || Object.values(members(script)).some((one) => text(one).trim() !== '');
}

function readRequest(item: Members, { file, written, values }: Collection): ImportItem {
  const request = members(item.request);
  const filler = new VariableFiller(values);
  const where = { file, line: lineOf(written, JSON.stringify(text(item.name))) };
  const path = new Map(pairs(list(request.params).filter((one) => members(one).type === 'path')));
  const asked = text(request.url).replace(
    /(?<=\/):([A-Za-z_]\w*)/g,
    (_, name: string) => path.get(name) || `{{${name}}}`,
  );
  const url = filler.fillUrl(asked);
  const method = text(request.method) || 'GET';
  if (!/^(?:http|graphql)/.test(text(item.type) || 'http'))
    return leftOut('no HTTP request', where, `${method} ${url}`);
  const body = bodyOf(members(request.body), filler);
  if (typeof body === 'string') return leftOut(body, where, `${method} ${url}`);
  const headers = [...filler.fillPairs(pairs(request.headers)), ...authOf(members(request.auth), filler)];
  return entryItem({
    ...{ where, method, url, headers: withType(headers, body), body: body?.bytes ?? null },
    ...{ variables: filler.names, title: text(item.name) || null },
  });
}

function bodyOf(body: Members, filler: VariableFiller): TypedBody | null | string {
  const mode = text(body.mode);
  const plain = filler.fill(text(body[mode]));
  const types: Readonly<Record<string, string>> = {
    json: 'application/json',
    text: 'text/plain',
    xml: 'application/xml',
  };
  if (mode === '' || mode === 'none') return null;
  if (types[mode] !== undefined) return plain === '' ? null : textBody(plain, types[mode]!);
  if (mode === 'graphql') {
    const { query, variables } = members(body.graphql);
    return graphqlBody(filler.fill(text(query)), filler.fill(text(variables)));
  }
  if (mode === 'formUrlEncoded') return formBody(filler.fillPairs(pairs(body.formUrlEncoded)));
  if (mode !== 'multipartForm') return `a body of the kind ${mode}: put the file beside the case, file: NAME`;
  if (list(body.multipartForm).some((one) => members(one).type === 'file'))
    return 'a form with a file: put it beside the case, multipart with file: NAME';
  return multipartBody(filler.fillPairs(pairs(body.multipartForm)));
}

function authOf(auth: Members, filler: VariableFiller): HeaderPairs {
  const mode = text(auth.mode);
  const of = (name: string) => filler.fill(text(members(auth[mode])[name]));
  if (mode === 'bearer') return [['authorization', `Bearer ${of('token')}`]];
  if (mode === 'basic') return [basicHeader(of('username'), of('password'), filler)];
  return mode === 'apikey' && of('placement') !== 'queryparams' ? [[of('key') || 'x-api-key', of('value')]] : [];
}
