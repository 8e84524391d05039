import { maxEntryBytes, maxWaiting } from '../limits.ts';
import { entryItem, type ImportItem, leftOut, type TrafficEntry, type Where } from '../read/entry.ts';
import { readMessage } from '../read/raw-http.ts';
import { type ImportSource, unreadable } from '../read/source.ts';

const separator = Buffer.from('\n🐵🙈🙉\n');

interface Record {
  readonly bytes: Buffer | null;
  readonly line: number;
}

/** A file of GoReplay (`.gor`): requests (1), answers (2) and replayed answers (3), which belong together by id. */
export async function* readGor(source: ImportSource): AsyncGenerator<ImportItem> {
  const waiting = new Map<string, { readonly bytes: Buffer; readonly where: Where; readonly at: string | null }>();
  let count = 0;
  for await (const { bytes, line } of recordsOf(source)) {
    const where = { file: source.file, line };
    count += 1;
    if (bytes === null) {
      yield leftOut('a request or answer that is too large', where, `record ${count}`);
      continue;
    }
    const end = bytes.indexOf(10);
    const [kind, id = '', time = ''] = bytes.toString('latin1', 0, Math.max(end, 0)).split(' ');
    if (end < 0 || !/^[123]$/.test(kind ?? '') || id === '') {
      if (count === 1) throw unreadable(source.file, 'it does not begin as a GoReplay file: `1 ID TIME`', { line });
      yield leftOut('an invalid record', where, bytes.toString('latin1', 0, 60));
      continue;
    }
    const payload = bytes.subarray(end + 1);
    if (kind === '1') {
      waiting.set(id, { bytes: Buffer.from(payload), where, at: timeOf(time) });
      if (waiting.size <= maxWaiting) continue;
    }
    const done = kind === '1' ? waiting.keys().next().value! : id;
    const request = waiting.get(done);
    if (kind === '3' || request === undefined) continue;
    waiting.delete(done);
    yield readExchange(request, kind === '2' ? payload : null);
  }
  for (const request of waiting.values()) yield readExchange(request, null);
  if (count === 0) throw unreadable(source.file, 'it is empty', { line: 1 });
}

async function* recordsOf(source: ImportSource): AsyncGenerator<Record> {
  let rest: Buffer = Buffer.alloc(0);
  let [line, isLarge] = [1, false];
  for await (const chunk of source.chunks()) {
    const from = Math.max(0, rest.length - separator.length);
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(separator, from); end >= 0; end = bytes.indexOf(separator, start)) {
      const record = bytes.subarray(start, end);
      yield { bytes: isLarge ? null : record, line };
      line += newlines(record) + 2;
      [start, isLarge] = [end + separator.length, false];
    }
    rest = bytes.subarray(start);
    if (rest.length <= maxEntryBytes) continue;
    line += newlines(rest);
    [rest, isLarge] = [Buffer.from(rest.subarray(-separator.length)), true];
  }
  if (isLarge || rest.toString('latin1').trim() !== '') yield { bytes: isLarge ? null : rest, line };
}

function newlines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count += 1;
  return count;
}

/** Nanoseconds since 1970. */
function timeOf(text: string): string | null {
  const ms = Number(text) / 1e6;
  return ms > 0 && ms < 8.64e15 ? new Date(ms).toISOString() : null;
}

function readExchange(
  { bytes, where, at }: { readonly bytes: Buffer; readonly where: Where; readonly at: string | null },
  answer: Buffer | null,
): ImportItem {
  const message = readMessage(bytes);
  const example = bytes.toString('latin1', 0, 80).split('\r\n', 1)[0]!;
  if (typeof message === 'string') return leftOut(message, where, example);
  const [, method, url] = /^(\S+) (\S+) HTTP\/\d/.exec(message.start) ?? [];
  if (method === undefined) return leftOut('no request line', where, example);
  const response = answer === null ? null : responseOf(answer);
  if (typeof response === 'string') return leftOut(response, where, example);
  return entryItem({ ...{ where, at, method, url: url!, headers: message.headers, body: message.body, response } });
}

function responseOf(bytes: Buffer): TrafficEntry['response'] | string {
  const message = readMessage(bytes);
  if (typeof message === 'string') return message;
  const status = Number(/^HTTP\/\S+ (\d{3})/.exec(message.start)?.[1] ?? 0);
  return { status, headers: message.headers, body: message.body };
}
