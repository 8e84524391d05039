import { entryItem, type ImportItem, leftOut } from '../read/entry.ts';
import { type ImportSource, linesOf, unreadable } from '../read/source.ts';
import { isObject, jsonIn, type Members, members, text } from '../read/values.ts';

/** What a line says of one request. */
interface Logged {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly time: string;
}

const requestPart = '"([A-Za-z-]{1,20}) ((?:[^"\\\\]|\\\\.)*?)(?: HTTP/[\\d.]+)?"';
/** nginx and Apache combined or common: client, two names, `[time]`, request, status. */
const combined = new RegExp(`^(?:\\S+ )?\\S+ \\S+ .{0,200}?\\[([^\\]]{1,60})\\] ${requestPart} (\\d{3})\\b`);
/** Application Load Balancer of AWS: kind, time, balancer, client, target, three durations, two statuses, two sizes, request. */
const balancer = new RegExp(
  `^(?:https?|h2|grpcs|wss?) (\\S+) \\S+ \\S+ \\S+ -?[\\d.]+ -?[\\d.]+ -?[\\d.]+ (\\d{3}|-) \\S+ \\d+ \\d+ ${requestPart}`,
);
/** Envoy: `[time]`, request, status, flags. */
const envoy = new RegExp(`^\\[([^\\]]{1,60})\\] ${requestPart} (\\d{1,3}) `);
/** What no case can be made of without its body. */
const needsBody = new Set(['POST', 'PUT', 'PATCH']);

/** A log of requests: nginx or Apache combined, JSON lines, ALB or Envoy; each line for itself. */
export async function* readAccessLog(source: ImportSource): AsyncGenerator<ImportItem> {
  const firstBad: string[] = [];
  let [read, seen] = [0, 0];
  for await (const { number, text: line } of linesOf(source)) {
    if (line === '' || line?.startsWith('#')) continue;
    seen += 1;
    const where = { file: source.file, line: number };
    const logged = line === null ? null : readLine(line);
    if (logged === null) {
      if (firstBad.length === 0) firstBad.push(String(number));
      yield leftOut(
        line === null ? 'a line that is too long' : 'a line of no known format',
        where,
        line ?? `line ${number}`,
      );
      continue;
    }
    read += 1;
    const { method, url, status } = logged;
    if (needsBody.has(method.toUpperCase()))
      yield leftOut(`a log has no bodies: ${method.toUpperCase()}`, where, `${method} ${url}`);
    else
      yield entryItem({
        ...{ where, method, url, at: timeOf(logged.time) },
        response: { status, headers: [], body: null },
      });
  }
  if (read === 0)
    throw unreadable(source.file, seen === 0 ? 'it is empty' : 'no line is one of a known log format', {
      line: Number(firstBad[0] ?? 1),
    });
}

function readLine(line: string): Logged | null {
  const first = line.charCodeAt(0);
  if (first === 0x7b) return readJsonLine(line);
  if (first === 0x5b) {
    const found = envoy.exec(line);
    return found && { time: found[1]!, method: found[2]!, url: unescaped(found[3]!), status: Number(found[4]) };
  }
  const found = combined.exec(line);
  if (found !== null)
    return { time: found[1]!, method: found[2]!, url: unescaped(found[3]!), status: Number(found[4]) };
  const balanced = balancer.exec(line);
  return (
    balanced && { time: balanced[1]!, status: Number(balanced[2]), method: balanced[3]!, url: unescaped(balanced[4]!) }
  );
}

/** nginx writes `\x22`, Apache `\"`: on the request line both came as bytes, which are percent-encoded. */
function unescaped(written: string): string {
  if (!written.includes('\\')) return written;
  return written.replace(/\\x([\da-f]{2})|\\(.)/gi, (_, hex: string | undefined, letter: string | undefined) =>
    hex === undefined ? encodeURIComponent(letter!) : `%${hex.toUpperCase()}`,
  );
}

/** Members by which formats call the same, in small letters. */
const names = {
  request: ['request', 'request_line', 'requestline'],
  method: ['method', 'request_method', 'http_method', 'requestmethod', 'verb', 'http.request.method'],
  url: [
    'request_uri',
    'uri',
    'url',
    'path',
    'request_path',
    'requesturi',
    'requesturl',
    'x-envoy-original-path',
    'url.original',
    'requestpath',
  ],
  query: ['args', 'query_string', 'query', 'url.query'],
  status: [
    'status',
    'status_code',
    'response_code',
    'responsecode',
    'response_status',
    'statuscode',
    'http.response.status_code',
    'originstatus',
    'downstreamstatus',
  ],
  time: ['time_iso8601', 'time', 'timestamp', '@timestamp', 'start_time', 'ts', 'time_local', 'date'],
};

function readJsonLine(line: string): Logged | null {
  const value = jsonIn(line);
  if (!isObject(value)) return null;
  const flat = flatMembers(value);
  const of = (list: readonly string[]) => list.map((name) => flat.get(name) ?? '').find((found) => found !== '') ?? '';
  const [, inLine, target] = /^([A-Za-z-]+) (\S+)(?: HTTP\/[\d.]+)?$/.exec(of(names.request)) ?? [];
  const method = inLine ?? of(names.method);
  const url = target ?? of(names.url);
  const query = target === undefined ? of(names.query).replace(/^\?/, '') : '';
  const status = Number(of(names.status));
  if (method === '' || url === '' || !Number.isInteger(status)) return null;
  return { method, url: query === '' || url.includes('?') ? url : `${url}?${query}`, status, time: of(names.time) };
}

/** Members, and those of objects in them by their own names and with their path, in small letters; the outer ones win. */
function flatMembers(value: Members): ReadonlyMap<string, string> {
  const flat = new Map<string, string>();
  const put = (name: string, inner: unknown) => {
    if (!flat.has(name) && !isObject(inner)) flat.set(name, text(inner));
  };
  for (const [key, inner] of Object.entries(value)) put(key.toLowerCase(), inner);
  for (const [key, inner] of Object.entries(value))
    for (const [name, leaf] of Object.entries(members(inner))) {
      put(name.toLowerCase(), leaf);
      put(`${key}.${name}`.toLowerCase(), leaf);
      for (const [last, deep] of Object.entries(members(leaf))) put(`${key}.${name}.${last}`.toLowerCase(), deep);
    }
  return flat;
}

const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** `10/Oct/2000:13:55:36 -0700`, ISO 8601, or seconds since 1970. */
function timeOf(written: string): string | null {
  const [, day, month, year, clock, zone] = /^(\d\d)\/(\w{3})\/(\d{4}):([\d:]{8}) ([+-]\d{4})$/.exec(written) ?? [];
  if (day !== undefined) {
    const number = String(months.indexOf(month!) / 3 + 1).padStart(2, '0');
    return validTime(`${year}-${number}-${day}T${clock}${zone!.slice(0, 3)}:${zone!.slice(3)}`);
  }
  return validTime(/^\d{9,11}(?:\.\d+)?$/.test(written) ? Number(written) * 1000 : written);
}

function validTime(time: string | number): string | null {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
