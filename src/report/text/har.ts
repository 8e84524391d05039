import { visibleJson } from '../../json/printable.ts';
import type { RunRecord } from '../../record/run-record.ts';
import type { RecordedBody, RecordedCase, RecordedExchange, RunHeader } from '../../record/types.ts';
import { listedCases } from '../document/document.ts';
import { exchangesOf } from '../document/report-cases.ts';

type Pairs = readonly (readonly [string, string])[];
type Target = RunHeader['targets'][number];

/** HAR 1.2 writes -1 where a size is not known. */
const unknownSize = -1;

const nameValues = (pairs: Iterable<readonly [string, string]>) =>
  Array.from(pairs, ([name, value]) => ({ name, value }));

const headerOf = (headers: Pairs, wanted: string): string =>
  headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? '';

const queryOf = (path: string) => {
  const at = path.indexOf('?');
  return at < 0 ? [] : nameValues(new URLSearchParams(path.slice(at + 1)));
};

const cutNote = (body: RecordedBody) => (body.truncated ? { comment: 'cut in the record' } : {});

/** HAR has no encoding for what was posted: bytes that are not text are named, not shown. */
const postDataOf = (headers: Pairs, body: RecordedBody) => ({
  mimeType: headerOf(headers, 'content-type'),
  text: body.text ?? '',
  ...(body.base64 === undefined ? cutNote(body) : { comment: 'binary', _base64: body.base64 }),
});

const requestOf = ({ method, path, headers, body }: RecordedExchange['request'], { url }: Target) => ({
  method,
  url: url.replace(/\/$/, '') + path,
  httpVersion: 'HTTP/1.1',
  cookies: [],
  headers: nameValues(headers),
  queryString: queryOf(path),
  ...(body === null ? {} : { postData: postDataOf(headers, body) }),
  headersSize: unknownSize,
  bodySize: body?.bytes ?? 0,
});

const contentOf = (headers: Pairs, body: RecordedBody) => ({
  size: body.bytes,
  mimeType: headerOf(headers, 'content-type'),
  ...(body.base64 === undefined ? { text: body.text ?? '' } : { text: body.base64, encoding: 'base64' }),
  ...cutNote(body),
});

/** What browsers write where there was no answer. */
const noResponse = ({ failure }: RecordedExchange) => ({
  ...{ status: 0, statusText: '', httpVersion: '', cookies: [], headers: [], content: { size: 0, mimeType: '' } },
  ...{ redirectURL: '', headersSize: unknownSize, bodySize: unknownSize },
  _error: failure === null ? 'no response' : `${failure.reason}: ${failure.message}`,
});

const responseOf = (exchange: RecordedExchange) => {
  if (exchange.response === null) return noResponse(exchange);
  const { status, statusText, headers, body } = exchange.response;
  return {
    ...{ status, statusText, httpVersion: 'HTTP/1.1', cookies: [], headers: nameValues(headers) },
    content: contentOf(headers, body),
    redirectURL: headerOf(headers, 'location'),
    headersSize: unknownSize,
    bodySize: unknownSize,
  };
};

interface Sent {
  readonly runCase: RecordedCase;
  readonly target: Target;
  readonly startedAt: string;
}

const entryOf = (exchange: RecordedExchange, { runCase, target, startedAt }: Sent) => ({
  startedDateTime: startedAt,
  time: exchange.durationMs,
  request: requestOf(exchange.request, target),
  response: responseOf(exchange),
  cache: {},
  timings: { send: 0, wait: exchange.durationMs, receive: 0 },
  comment: `${runCase.id} on ${target.name}, step ${exchange.step + 1}`,
  _case: runCase.id,
  _target: target.name,
});

function* entriesOf(record: RunRecord): Generator<string> {
  const { targets, startedAt } = record.header;
  for (const { runCase } of listedCases(record))
    for (const target of targets)
      for (const exchange of exchangesOf(runCase, target.name))
        yield JSON.stringify(entryOf(exchange, { runCase, target, startedAt }));
}

/**
 * The recorded exchanges of a run as HAR 1.2, in parts. The record keeps those of cases that did not match, and no time of each: all of
 * them have the time at which the run began.
 */
export function* harParts(record: RunRecord): Generator<string> {
  const { tool } = record.header;
  const creator = { name: tool.name, version: tool.version };
  yield `{"log":{"version":"1.2","creator":${visibleJson(JSON.stringify(creator))},"entries":[`;
  let separator = '\n';
  for (const entry of entriesOf(record)) {
    yield separator + visibleJson(entry);
    separator = ',\n';
  }
  yield '\n]}}\n';
}
