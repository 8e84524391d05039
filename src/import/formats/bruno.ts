import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { maxDocumentBytes, maxFolderFiles, maxNesting } from '../limits.ts';
import { entryItem, type HeaderPairs, type ImportItem, leftOut } from '../read/entry.ts';
import { formBody, graphqlBody, multipartBody, type TypedBody, textBody, withType } from '../read/form-bodies.ts';
import { headText, type ImportSource, unreadable, wholeText } from '../read/source.ts';
import { readDocument } from '../read/values.ts';
import { basicHeader, VariableFiller } from '../read/variables.ts';
import { readBrunoExport } from './bruno-json.ts';

interface Block {
  readonly name: string;
  readonly text: string;
  readonly line: number;
}

const methods = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'http']);
const scripted = /^(?:script:|tests$)/;

/** A request of Bruno (.bru), or a folder with a collection of them. Scripts are not run. */
export async function* readBruno(source: ImportSource): AsyncGenerator<ImportItem> {
  const exported = await exportedItems(source);
  if (exported !== null) {
    yield* exported;
    return;
  }
  const isFolder = (await stat(source.file).catch(() => null))?.isDirectory() === true;
  const root = isFolder ? source.file : dirname(source.file);
  const files = isFolder ? await filesBelow(root) : [source.file];
  if (files.length === 0) throw unreadable(source.file, 'there is no .bru file in it', { line: 1 });
  const values = await variablesBelow(root);
  let scripts = 0;
  for (const file of files) {
    const written = isFolder ? await textOf(file) : await wholeText(source);
    const blocks = blocksOf(written, file);
    scripts += blocks.filter(({ name, text }) => scripted.test(name) && text.trim() !== '').length;
    const asked = blocks.find(({ name }) => methods.has(name));
    if (asked !== undefined) yield readRequest(blocks, asked, { values, file });
    else if (!isFolder) throw unreadable(file, 'it has no request: a block such as `get { url: … }`', { line: 1 });
  }
  if (scripts > 0)
    yield {
      kind: 'note',
      text: `${scripts} scripts and tests are not run: write what they check or capture into the cases`,
    };
}

/** A collection in one file, as JSON; null for anything else. */
async function exportedItems(source: ImportSource): Promise<ImportItem[] | null> {
  if (!/\.json$/i.test(source.file) && !/^\s*\{/.test(await headText(source, 100).catch(() => ''))) return null;
  const { text: written, value } = await readDocument(source);
  const items = readBrunoExport(value, { file: source.file, written });
  if (items === null)
    throw unreadable(source.file, 'it is not a Bruno collection: that has a list `items`', { line: 1 });
  return items;
}

async function filesBelow(folder: string, depth = 0): Promise<string[]> {
  if (depth > maxNesting) return [];
  const found: string[] = [];
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    // A link could lead out of the collection.
    if (entry.isDirectory() && entry.name !== 'environments' && entry.name !== 'node_modules')
      found.push(...(await filesBelow(path, depth + 1)));
    else if (entry.isFile() && entry.name.endsWith('.bru') && !['folder.bru', 'collection.bru'].includes(entry.name))
      found.push(path);
    if (found.length > maxFolderFiles)
      throw unreadable(folder, `it has more than ${maxFolderFiles} files`, { line: 1 });
  }
  return found;
}

async function textOf(file: string): Promise<string> {
  if ((await stat(file)).size > maxDocumentBytes) throw unreadable(file, 'it is too large', { line: 1 });
  return readFile(file, 'utf8');
}

/** Variables of the collection, and of its first environment. */
async function variablesBelow(root: string): Promise<ReadonlyMap<string, string>> {
  const folder = join(root, 'environments');
  const [first] = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.bru')).sort();
  const files = [join(root, 'collection.bru'), ...(first === undefined ? [] : [join(folder, first)])];
  const texts = await Promise.all(files.map((file) => textOf(file).catch(() => '')));
  const blocks = texts.flatMap((text, at) => blocksOf(text, files[at]!));
  return new Map(blocks.filter(({ name }) => /^vars(?::pre-request)?$/.test(name)).flatMap(pairsOf));
}

/** Blocks begin with `name {` and end with `}`, both at the beginning of a line. */
function blocksOf(written: string, file: string): Block[] {
  const blocks: Block[] = [];
  let open: { name: string; lines: string[]; line: number; end: string } | null = null;
  for (const [at, line] of written.split(/\r?\n/).entries()) {
    const [, name, kind] = /^([\w:-]+)\s*([{[])\s*$/.exec(line) ?? [];
    if (open === null && name !== undefined) open = { name, lines: [], line: at + 1, end: kind === '{' ? '}' : ']' };
    else if (open !== null && line.trimEnd() === open.end) {
      blocks.push({ name: open.name, text: open.lines.join('\n'), line: open.line });
      open = null;
    } else open?.lines.push(line);
  }
  if (open !== null) throw unreadable(file, `the block ${open.name} is not closed`, { line: open.line });
  return blocks;
}

/** Lines `name: value`; `~` comes before those that are switched off. */
function pairsOf({ text }: Block): (readonly [string, string])[] {
  return text.split('\n').flatMap((line) => {
    const [, name, value] = /^\s*([^~\s:][^:]*?)\s*:\s?(.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [[name, value!.trim()] as const];
  });
}

function readRequest(
  blocks: readonly Block[],
  asked: Block,
  { values, file }: { values: ReadonlyMap<string, string>; file: string },
): ImportItem {
  const named = (name: string) => blocks.filter((one) => one.name === name).flatMap(pairsOf);
  const filler = new VariableFiller(new Map([...values, ...named('vars:pre-request')]));
  const request = new Map(pairsOf(asked));
  const path = new Map(named('params:path'));
  const written = (request.get('url') ?? '').replace(
    /(?<=\/):([A-Za-z_]\w*)/g,
    (_, name: string) => path.get(name) ?? `{{${name}}}`,
  );
  const url = filler.fillUrl(written);
  const method = asked.name === 'http' ? (request.get('method') ?? 'GET') : asked.name.toUpperCase();
  const where = { file, line: asked.line };
  const body = bodyOf(request.get('body') ?? 'none', blocks, filler);
  if (typeof body === 'string') return leftOut(body, where, `${method} ${url}`);
  const headers = [...filler.fillPairs(named('headers')), ...authOf(request.get('auth') ?? 'none', named, filler)];
  const title = named('meta').find(([name]) => name === 'name')?.[1] ?? basename(file, '.bru');
  return entryItem({
    ...{ where, method, url, title },
    headers: withType(headers, body),
    body: body?.bytes ?? null,
    variables: filler.names,
  });
}

function bodyOf(kind: string, blocks: readonly Block[], filler: VariableFiller): TypedBody | null | string {
  const block =
    blocks.find(({ name }) => name === `body:${kind}`) ??
    (kind === 'json' ? blocks.find(({ name }) => name === 'body') : undefined);
  if (kind === 'none' || block === undefined) return null;
  const plain = filler.fill(block.text.replace(/^ {2}/gm, ''));
  if (kind === 'json') return textBody(plain, 'application/json');
  if (kind === 'xml') return textBody(plain, 'application/xml');
  if (kind === 'text') return textBody(plain, 'text/plain');
  if (kind === 'graphql')
    return graphqlBody(plain, filler.fill(blocks.find(({ name }) => name === 'body:graphql:vars')?.text ?? ''));
  if (kind === 'form-urlencoded') return formBody(filler.fillPairs(pairsOf(block)));
  if (kind !== 'multipart-form') return `a body of the kind ${kind}: put the file beside the case, file: NAME`;
  if (/@file\(/.test(block.text)) return 'a form with a file: put it beside the case, multipart with file: NAME';
  return multipartBody(filler.fillPairs(pairsOf(block)));
}

function authOf(kind: string, named: (name: string) => HeaderPairs, filler: VariableFiller): HeaderPairs {
  const values = new Map(named(`auth:${kind}`));
  const of = (name: string) => filler.fill(values.get(name) ?? '');
  if (kind === 'bearer') return [['authorization', `Bearer ${of('token')}`]];
  if (kind === 'basic') return [basicHeader(of('username'), of('password'), filler)];
  return kind === 'apikey' && of('placement') !== 'queryparams' ? [[of('key') || 'x-api-key', of('value')]] : [];
}
