import { createHash } from 'node:crypto';
import type { Response } from '../../http/exchange.ts';
import { visible } from '../../processes/output.ts';
import { readPointer } from '../../xml/body-pointer.ts';
import { maxNames, maxSaid, maxSaidLength } from '../limits.ts';

/** What an answer shows of the implementation that gave it. */
export interface Build {
  /** Eight hex digits of all that is said below, and of how its headers are written and in what order. */
  readonly fingerprint: string;
  /** What it says of itself, as `server: nginx/1.25`; empty if nothing. */
  readonly says: readonly string[];
  /** Of a health page in JSON that has one. */
  readonly version?: string;
}

/** What of an answer comes before its body, as far as it tells builds apart. */
export type Head = Pick<Response, 'statusText' | 'headers'>;

/** Headers that name a program, never a request. */
const naming =
  /^(?:server|x-powered-by|x-generator|x-aspnet(?:mvc)?-version|x-(?:app-|api-|service-|server-)?version|x-(?:build|commit|revision|release))$/i;
/** Headers that come and go with what was answered before. */
const passing = /^(?:age|set-cookie|retry-after|warning|x-cache.*)$/i;

/** What the head of an answer shows of its build; the same for the same request to the same build, whenever it is sent. */
export function buildOf({ statusText, headers }: Head, version?: string): Build {
  const named = headers.filter(([name]) => naming.test(name)).slice(0, maxSaid);
  const told = named.map(([name, value]) => `${name.toLowerCase()}: ${visible(value.slice(0, maxSaidLength))}`);
  const says = [...told.sort(), ...(version === undefined ? [] : [`version: ${version}`])];
  const written = headers.map(([name]) => name).filter((name) => !passing.test(name));
  const marks = JSON.stringify([says, written.slice(0, maxNames), statusText]);
  const fingerprint = createHash('sha256').update(marks).digest('hex').slice(0, 8);
  return { fingerprint, says, ...(version === undefined ? {} : { version }) };
}

/** As `buildOf`, of a health page: its JSON member `version` or `commit` is what the target says of itself, too. */
export function buildOfHealth(response: Response): Build {
  const found = ['/version', '/commit'].map((pointer) => readPointer(response.body, pointer)?.text ?? '');
  const version = found.find((text) => /^[\w.+-]{1,64}$/.test(text) && text !== 'null');
  return buildOf(response, version);
}
