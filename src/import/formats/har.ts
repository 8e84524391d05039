import { entryItem, type ImportItem, leftOut, type TrafficEntry } from '../read/entry.ts';
import { formBody, multipartBody, type TypedBody, withType } from '../read/form-bodies.ts';
import { jsonItems } from '../read/json-items.ts';
import { type ImportSource, unreadable } from '../read/source.ts';
import { isObject, jsonIn, members, pairs, text } from '../read/values.ts';

/** HAR 1.2, as browsers and proxies save it: the entries one by one. */
export async function* readHar(source: ImportSource): AsyncGenerator<ImportItem> {
  let count = 0;
  for await (const { text: written, line } of jsonItems(source, ['log', 'entries'])) {
    count += 1;
    const where = { file: source.file, line };
    if (written === null) yield leftOut('an entry that is too large', where, `entry ${count}`);
    else yield readEntry(jsonIn(written), where, source);
  }
  if (count === 0)
    throw unreadable(source.file, 'it has no entries: a HAR file has them under `log.entries`', { line: 1 });
}

function readEntry(value: unknown, where: TrafficEntry['where'], { file }: ImportSource): ImportItem {
  if (!isObject(value)) throw unreadable(file, 'the entry is not JSON', where);
  const request = members(value.request);
  const response = members(value.response);
  const [method, url] = [text(request.method), text(request.url)];
  if (/^(?:data|blob|file|about|chrome-extension):/i.test(url)) return leftOut('not an HTTP address', where, url);
  const at = Date.parse(text(value.startedDateTime));
  const posted = members(request.postData);
  const body = bodyOf(posted);
  if (body === null && (Number(request.bodySize) > 0 || text(posted.mimeType).startsWith('multipart/')))
    return leftOut('the body of the request was not recorded', where, `${method} ${url}`);
  return entryItem({
    ...{ where, method, url },
    headers: withType(pairs(request.headers), body),
    body: body?.bytes ?? null,
    response: { status: Number(response.status), headers: answerHeaders(response), body: contentOf(response) },
    at: Number.isNaN(at) ? null : new Date(at).toISOString(),
  });
}

/** Content is saved decoded, so what says how it was encoded and how long it was is left out. */
function answerHeaders(response: Readonly<Record<string, unknown>>) {
  const dropped = new Set(['content-encoding', 'content-length', 'transfer-encoding', 'connection', 'keep-alive']);
  return pairs(response.headers).filter(([name]) => !name.startsWith(':') && !dropped.has(name.toLowerCase()));
}

function bodyOf(posted: Readonly<Record<string, unknown>>): TypedBody | null {
  const written = text(posted.text);
  const mediaType = text(posted.mimeType) || null;
  if (written !== '') {
    const isBase64 = text(posted.encoding) === 'base64';
    return { bytes: Buffer.from(written, isBase64 ? 'base64' : 'utf8'), mediaType };
  }
  const fields = pairs(posted.params);
  if (fields.length === 0) return null;
  return mediaType?.startsWith('multipart/') ? multipartBody(fields) : formBody(fields);
}

function contentOf(response: Readonly<Record<string, unknown>>): Uint8Array | null {
  const content = members(response.content);
  if (typeof content.text !== 'string') return Number(content.size) > 0 ? null : Buffer.alloc(0);
  return Buffer.from(content.text, text(content.encoding) === 'base64' ? 'base64' : 'utf8');
}
