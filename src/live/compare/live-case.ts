import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { TestCase } from '../../cases/case.ts';
import { onlyReads } from '../../cases/every-step.ts';
import { minSecretLength } from '../../config/limits.ts';
import { isSecretName } from '../../config/secret-name.ts';
import type { SentRequest } from '../../http/exchange.ts';

/** The suite that all live requests are in. */
const suite = 'live';

/** The header that a copy carries, so that nobody copies it again. */
export const copyHeader = 'x-parity-shadow';

/** Text whose characters are the bytes of a message; null where these are not UTF-8: a case cannot write them. */
export function textOfBytes(latin1: string): string | null {
  if (/^[\0-\x7f]*$/.test(latin1)) return latin1;
  const bytes = Buffer.from(latin1, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : null;
}

type Header = readonly [name: string, value: string];

/** What a client sent, byte for byte; text is latin1. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly Header[];
  readonly body: Uint8Array | null;
}

/** The request as a case sends it; null where it cannot: bytes that are not UTF-8, or what a case file takes for a variable. */
export function requestOf({ method, path, headers, body }: Received): SentRequest | null {
  const sentPath = textOfBytes(path);
  const pairs = headers.map(([name, value]): [string, string | null] => [name, textOfBytes(value)]);
  if (sentPath === null || sentPath.includes('{{') || pairs.some(([, value]) => value === null)) return null;
  return {
    ...{ method, path: sentPath, body: body === null || body.length === 0 ? null : body },
    headers: pairs.map(([name, value]) => [name, value ?? ''] as const),
  };
}

/** The request without what tells who the client is. */
export function withoutClientCredentials(request: SentRequest): SentRequest {
  return { ...request, headers: request.headers.filter(([name]) => !isSecretName(name)) };
}

/** The credentials that a client sent, and their parts: nothing that is recorded shows them. */
export function credentialsIn({ headers }: SentRequest): string[] {
  const values = headers.filter(([name]) => isSecretName(name)).map(([, value]) => value);
  const parts = values.flatMap((value) => [
    value,
    ...value.split(/[\s;,]+/).map((part) => part.replace(/^[^=]*=/, '')),
  ]);
  return [...new Set(parts)].filter((part) => part.length >= minSecretLength);
}

/** A share in [0, 1) that is the same whenever this is asked for: a ramp only ever adds requests. */
export function rampShare({ method, path }: Pick<Received, 'method' | 'path'>, body: Uint8Array | null): number {
  const hash = createHash('sha256').update(`${method} ${path}\n`, 'latin1');
  if (body !== null) hash.update(body);
  return hash.digest().readUInt32BE(0) / 2 ** 32;
}

/** The case that a live request is. */
export function liveCase(request: SentRequest): TestCase {
  const { method, path, headers, body } = request;
  const words = `${method} ${path.split('?', 1)[0]}`.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const hash = createHash('sha256').update(`${method} ${path}\n`);
  if (body !== null) hash.update(body);
  const name = `${words.join('-').slice(0, 60)}-${hash.digest('hex').slice(0, 10)}`;
  return {
    id: `${suite}/${name}`,
    ...{ suite, title: null, tags: [], safe: onlyReads(method), compare: {}, routes: [] },
    steps: [
      {
        request: {
          ...{ method, path, headers, holdMs: 0, chunkBytes: null },
          body: body === null ? null : { kind: 'bytes', bytes: body, mediaType: null },
        },
        ...{ capture: {}, parallel: 1, expect: null },
      },
    ],
    location: { file: 'live traffic', line: 1, col: 1 },
  };
}
