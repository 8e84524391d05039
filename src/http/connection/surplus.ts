import type { Failure, Response } from '../exchange.ts';
import { lost } from '../failure.ts';

/** One connection to a target, from its first byte to its last. */
export interface Connection {
  /** It carries no request: each has its answer. */
  isIdle: boolean;
  /** Bytes came over it that belong to no answer. */
  hasSurplus: boolean;
  /** Its last answer has no body, whatever its head says (RFC 9112, 6.3). */
  isBodiless: boolean;
}

export function newConnection(): Connection {
  return { isIdle: false, hasSurplus: false, isBodiless: false };
}

const answerStart = Buffer.from('HTTP/', 'latin1');

export function beginsAnswer(bytes: Buffer): boolean {
  const length = Math.min(bytes.length, answerStart.length);
  return bytes.compare(answerStart, 0, length, 0, length) === 0;
}

/** A status whose answers have no body. */
export function isBodiless(status: number): boolean {
  return status === 204 || status === 304;
}

/** Bytes behind an answer that may have no body are the body that it should not have, unless another answer begins with them. */
export function isStrayBody(connection: Connection, bytes: Buffer): boolean {
  return connection.isBodiless && !beginsAnswer(bytes);
}

/** Weak, so that an answer is held no longer than the case that it belongs to. */
const connections = new WeakMap<Response, Connection>();

/** Notes which connection an answer came over. */
export function cameOver(response: Response, connection: Connection): void {
  connection.isIdle = true;
  connections.set(response, connection);
}

/** Surplus bytes can still follow the answer: it came over a real connection. */
export function isWatched(response: Response): boolean {
  return connections.has(response);
}

/** The connection of the answer carried bytes that belong to no answer, so the answer may belong to another request. */
export function hasSurplus(response: Response): boolean {
  return connections.get(response)?.hasSurplus === true;
}

/** The failure of an answer on a connection that carried more bytes than its answers have. */
export function surplusBytes(target: string): Failure {
  return lost(
    'surplus-bytes',
    `${target} sent more bytes than its answer has, so it is not known which of them answer the request`,
    'let the server send one answer for each request, and nothing after it',
  );
}
