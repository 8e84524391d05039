import { maxEntryBytes, maxNesting } from '../limits.ts';
import { entryItem, type ImportItem, leftOut, type TrafficEntry } from '../read/entry.ts';
import { type ImportSource, unreadable } from '../read/source.ts';

/*
 * Flows as mitmproxy saves them: tnetstrings one after another. A tnetstring is its length, a colon, so many bytes, and a letter for its
 * kind: `,` bytes, `;` text, `#` integer, `^` float, `!` boolean, `~` nothing, `]` list, `}` dictionary.
 */

type Value = Buffer | string | number | boolean | null | readonly Value[] | ReadonlyMap<string, Value>;

class NotFlows extends Error {}

/** A file of flows that mitmdump or mitmproxy wrote. */
export async function* readMitmproxy(source: ImportSource): AsyncGenerator<ImportItem> {
  let count = 0;
  for await (const bytes of flowsOf(source)) {
    count += 1;
    const where = { file: source.file, line: 1 };
    if (bytes === 'large' || bytes === 'cut') {
      yield leftOut(
        bytes === 'large' ? 'a flow that is too large' : 'a flow that the file cuts off',
        where,
        `flow ${count}`,
      );
      continue;
    }
    yield readFlow(bytes, { where, count });
  }
  if (count === 0) throw unreadable(source.file, 'it has no flows', { line: 1 });
}

/** The content of each dictionary of the file. */
async function* flowsOf(source: ImportSource): AsyncGenerator<Buffer | 'large' | 'cut'> {
  let parts: Buffer[] = [];
  let [held, needed, skip, offset] = [0, 1, 0, 0];
  for await (const chunk of source.chunks()) {
    let bytes = chunk;
    if (skip > 0) {
      const skipped = Math.min(skip, bytes.length);
      skip -= skipped;
      bytes = bytes.subarray(skipped);
    }
    parts.push(bytes);
    held += bytes.length;
    if (held < needed) continue;
    let all = Buffer.concat(parts);
    for (;;) {
      const head = lengthOf(all, source.file, offset);
      if (head === null) break;
      const end = head.start + head.length;
      if (head.length > maxEntryBytes) {
        yield 'large';
        skip = Math.max(0, end + 1 - all.length);
        all = all.subarray(Math.min(all.length, end + 1));
        continue;
      }
      needed = end + 1;
      if (all.length <= end) break;
      if (all[end] !== 0x7d) throw unreadable(source.file, `no flow ends at byte ${offset + end + 1}`, { line: 1 });
      yield all.subarray(head.start, end);
      all = all.subarray(end + 1);
      [offset, needed] = [offset + end + 1, 1];
    }
    [parts, held] = [[all], all.length];
  }
  if (held > 0 || skip > 0) yield 'cut';
}

/** Null where more bytes are needed. */
function lengthOf(
  bytes: Buffer,
  file: string,
  offset: number,
): { readonly start: number; readonly length: number } | null {
  const colon = bytes.subarray(0, 13).indexOf(0x3a);
  const digits = bytes.toString('latin1', 0, colon < 0 ? Math.min(13, bytes.length) : colon);
  if (!/^\d{0,12}$/.test(digits) || (colon >= 0 && digits === ''))
    throw unreadable(file, `it is not a file of flows: no length is at byte ${offset + 1}`, { line: 1 });
  return colon < 0 ? null : { start: colon + 1, length: Number(digits) };
}

function readFlow(
  bytes: Buffer,
  { where, count }: { readonly where: TrafficEntry['where']; readonly count: number },
): ImportItem {
  let flow: ReadonlyMap<string, Value>;
  try {
    flow = dictionary(bytes, 0);
  } catch (error) {
    if (error instanceof NotFlows) return leftOut('a flow that cannot be read', where, `flow ${count}`);
    throw error;
  }
  const [request, response] = [asMap(flow.get('request')), asMap(flow.get('response'))];
  const type = textOf(flow.get('type'));
  if (type !== 'http' || request === null) return leftOut('no HTTP request', where, `flow ${count}: ${type}`);
  if (flow.get('websocket') instanceof Map)
    return leftOut('a WebSocket connection', where, textOf(request.get('path')));
  const seconds = Number(request.get('timestamp_start') ?? 0);
  const content = response?.get('content');
  return entryItem({
    ...{
      where,
      method: textOf(request.get('method')),
      url: textOf(request.get('path')),
      headers: pairsOf(request.get('headers')),
    },
    body: Buffer.isBuffer(request.get('content')) ? (request.get('content') as Buffer) : null,
    response:
      response === null
        ? { status: 0, headers: [], body: null }
        : {
            ...{ status: Number(response.get('status_code')), headers: pairsOf(response.get('headers')) },
            body: Buffer.isBuffer(content) ? content : null,
          },
    at: seconds > 0 && seconds < 8.64e12 ? new Date(seconds * 1000).toISOString() : null,
  });
}

function asMap(value: Value | undefined): ReadonlyMap<string, Value> | null {
  return value instanceof Map ? (value as ReadonlyMap<string, Value>) : null;
}

function textOf(value: Value | undefined): string {
  return Buffer.isBuffer(value) ? value.toString('utf8') : typeof value === 'string' ? value : '';
}

function pairsOf(value: Value | undefined): (readonly [string, string])[] {
  if (!Array.isArray(value)) return [];
  return value.filter(Array.isArray).map((one) => [textOf(one[0]), textOf(one[1])] as const);
}

interface Read {
  readonly value: Value;
  readonly end: number;
}

function read(bytes: Buffer, from: number, depth: number): Read {
  const colon = bytes.indexOf(0x3a, from);
  const digits = colon < 0 ? '' : bytes.toString('latin1', from, Math.min(colon, from + 13));
  const end = colon + 1 + Number(digits);
  if (!/^\d{1,12}$/.test(digits) || end >= bytes.length || depth > maxNesting) throw new NotFlows();
  return { value: valueAs(bytes.subarray(colon + 1, end), bytes[end]!, depth), end: end + 1 };
}

function valueAs(bytes: Buffer, kind: number, depth: number): Value {
  switch (String.fromCharCode(kind)) {
    case ',':
      return bytes;
    case ';':
      return bytes.toString('utf8');
    case '#':
    case '^':
      return Number(bytes.toString('latin1'));
    case '!':
      return bytes.toString('latin1') === 'true';
    case '~':
      return null;
    case ']':
      return items(bytes, depth + 1);
    case '}':
      return dictionary(bytes, depth + 1);
    default:
      throw new NotFlows();
  }
}

function items(bytes: Buffer, depth: number): Value[] {
  const found: Value[] = [];
  for (let at = 0; at < bytes.length; ) {
    const { value, end } = read(bytes, at, depth);
    found.push(value);
    at = end;
  }
  return found;
}

function dictionary(bytes: Buffer, depth: number): ReadonlyMap<string, Value> {
  const all = items(bytes, depth);
  return new Map(
    all.flatMap((key, at) => (at % 2 === 0 && at + 1 < all.length ? [[textOf(key), all[at + 1]!] as const] : [])),
  );
}
