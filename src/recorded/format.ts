/*
 * The format of recorded answers: JSON Lines, a header and one line an exchange. Lines are only ever appended, so a recording that was
 * cut off is whole but for its last line.
 */

/** The first line. */
export interface RecordingHeader {
  readonly schema: 'parity-recording/1';
  /** When the recording began: ISO 8601, UTC. */
  readonly recordedAt: string;
  /** Origin and base path of the recorded service; empty where it is not known. */
  readonly target: string;
  /** What made it: `record`, `har`, `mitmproxy`, `gor`. */
  readonly source: string;
}

/** A body: as text where it is UTF-8, else as base64; `omitted` is the size of one that was not kept. */
export type RecordedBody = { readonly text: string } | { readonly base64: string } | { readonly omitted: number };

type Header = readonly [name: string, value: string];

/** An answer as it came. */
export interface RecordedAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly Header[];
  readonly body: RecordedBody;
}

/** One line after the header: a request, the answer to it, and the answers to the same request sent again at once. */
export interface RecordedExchange {
  readonly at: string;
  readonly request: {
    readonly method: string;
    /** In origin form, below the base path of the service. */
    readonly path: string;
    readonly headers: readonly Header[];
    readonly body: RecordedBody | null;
  };
  readonly answers: readonly RecordedAnswer[];
  /** Names whose `${NAME}` stands for a secret in this line; any other `${…}` is text as it came. */
  readonly variables?: readonly string[];
}

/** A line of a recording, with its end. */
export function recordingLine(line: RecordingHeader | RecordedExchange): string {
  return `${JSON.stringify(line)}\n`;
}

/** The body as it is recorded. */
export function recordedBody(bytes: Uint8Array): RecordedBody {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = buffer.toString('utf8');
  return Buffer.from(text, 'utf8').equals(buffer) ? { text } : { base64: buffer.toString('base64') };
}

/** The bytes of a recorded body; null where they were not kept. */
export function bodyBytes(body: RecordedBody): Buffer | null {
  if ('omitted' in body) return null;
  return 'text' in body ? Buffer.from(body.text, 'utf8') : Buffer.from(body.base64, 'base64');
}

/** Where the recorded answers of the cases in a file are: beside it. */
export function recordingPathOf(caseFile: string): string {
  return `${caseFile}.recorded`;
}
