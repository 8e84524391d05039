import type { Socket } from 'node:net';
import type { Endpoint } from '../http/endpoint.ts';
import { type AnswerHead, bodyEnd } from './answer-head.ts';
import { ByteReader, flushed, write } from './byte-reader.ts';
import { type ExchangeNote, noteExchange, type Tapping } from './exchange-note.ts';
import { type CheckedBody, checkBody, forward } from './forward.ts';
import { maxHeadMs, maxIdleMs, maxLingerMs } from './limits.ts';
import { MessageFault, TooSlow, Truncated } from './message-fault.ts';
import { ownAnswerText } from './own-answer.ts';
import type { Passage, PassageEnd } from './passage.ts';
import { readHead } from './read-head.ts';
import { NoAnswer } from './relay-answer.ts';
import { parseRequestHead, type RequestHead } from './request-head.ts';
import type { ExchangeEnd } from './tap.ts';
import { connectPeer, type Peer, TargetFailed } from './upstream.ts';

/** What the connections of all clients share. */
export interface SessionOptions {
  readonly endpoint: Endpoint;
  readonly tapping: Tapping;
  readonly keepsHost: boolean;
  /** Clients speak TLS. */
  readonly isSecure: boolean;
  /** Whether a connection to the target leads back to this proxy. */
  readonly isLoop: (target: Socket) => boolean;
}

const harmless = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * The connection of one client, and the one to the target that serves it alone: what one client does to a connection cannot reach the
 * answers of another. Requests go through one after the other.
 */
export class ClientSession {
  readonly #client: Peer;
  readonly #options: SessionOptions;
  #target: Peer | null = null;
  #isBusy = false;
  #isClosing = false;
  /** The end of the connection would end the answer under way in good order. */
  #endsByClose = false;

  constructor(socket: Socket, options: SessionOptions) {
    this.#client = { socket, reader: new ByteReader(socket) };
    this.#options = options;
    socket.on('close', () => this.#target?.socket.destroy());
  }

  /** Serves requests until the connection ends. Never rejects. */
  async run(): Promise<void> {
    const { socket } = this.#client;
    try {
      while (await this.#serveNext());
      await this.#hangUp();
    } catch {
      await this.#cutOff();
    } finally {
      this.#target?.socket.destroy();
      socket.destroy();
    }
  }

  /** Ends the connection: at once where no request is under way, else after the answer to it. */
  close(): void {
    this.#isClosing = true;
    if (!this.#isBusy) this.#client.socket.destroy();
  }

  destroy(): void {
    this.#client.socket.destroy();
  }

  async #serveNext(): Promise<boolean> {
    const head = await this.#nextRequest();
    if (head === null) return false;
    this.#isBusy = true;
    const end = await this.#pass(head);
    this.#isBusy = false;
    return end && !this.#isClosing;
  }

  /** The next request; null where there is none, or one that is refused. */
  async #nextRequest(): Promise<RequestHead | null> {
    const { reader } = this.#client;
    try {
      const lines = await readHead(reader, { idleMs: maxIdleMs, headMs: maxHeadMs });
      return lines === null ? null : parseRequestHead(lines, this.#options.isSecure);
    } catch (error) {
      if (error instanceof MessageFault) await this.#refuse(error);
      else if (error instanceof TooSlow && reader.buffered.length > 0)
        await this.#answer(408, error.message, 'http_request_error');
      return null;
    }
  }

  async #refuse(fault: MessageFault): Promise<void> {
    this.#options.tapping.tap.refused?.(fault.reason, fault.message);
    await this.#answer(fault.status, fault.message, 'http_request_error');
  }

  async #answer(status: number, sentence: string, error: string): Promise<void> {
    await write(this.#client.socket, ownAnswerText({ status, sentence, error }));
  }

  /** Passes one request and its answer on; false where the connection is to be closed. */
  async #pass(head: RequestHead): Promise<boolean> {
    const { tapping, endpoint, keepsHost } = this.#options;
    const note = new OnceNote(noteExchange(head, tapping));
    const passage = { head, client: this.#client, note, endpoint, keepsHost, isClosing: () => this.#isClosing };
    try {
      const end = await this.#exchange(passage, await checkBody(passage));
      if (end.isUpgraded) await this.#tunnel(note);
      await flushed(this.#client.socket);
      note.end('complete');
      return end.keepsClient;
    } catch (error) {
      await this.#fail(error, note, head.method);
      return false;
    }
  }

  async #exchange(passage: Passage, checked: CheckedBody): Promise<PassageEnd> {
    const { method, framing } = passage.head;
    const mayRepeat = harmless.has(method) && !framing.isChunked && (framing.length ?? 0) === 0;
    const used = mayRepeat ? this.#usable() : null;
    const end = await (used === null ? this.#onFresh(passage, checked) : this.#onUsed(passage, checked, used));
    if (!end.keepsTarget && !end.isUpgraded) this.#dropTarget();
    return end;
  }

  /** The connection of the last request, if it lives and nothing has come over it since. */
  #usable(): Peer | null {
    const target = this.#target;
    const isUsable = target?.socket.writable === true && !target.socket.destroyed && !target.reader.hasMore;
    return isUsable ? target : null;
  }

  /** A target may close a used connection at the very moment that a request goes out: that one is sent once more. */
  async #onUsed(passage: Passage, checked: CheckedBody, target: Peer): Promise<PassageEnd> {
    try {
      return await forward(passage, target, checked);
    } catch (error) {
      if (!(error instanceof NoAnswer) || this.#client.socket.destroyed) throw error;
      return this.#onFresh(passage, checked);
    }
  }

  async #onFresh(passage: Passage, checked: CheckedBody): Promise<PassageEnd> {
    this.#dropTarget();
    const target = await connectPeer(this.#options.endpoint);
    this.#target = target;
    if (this.#client.socket.destroyed) target.socket.destroy();
    if (this.#options.isLoop(target.socket))
      throw new TargetFailed('the target is this proxy itself', 508, 'proxy_loop_detected');
    return forward(passage, target, checked);
  }

  #dropTarget(): void {
    this.#target?.socket.destroy();
    this.#target = null;
  }

  /** What both send from now on goes through as it is, until one of them ends. */
  async #tunnel(note: ExchangeNote): Promise<void> {
    const target = this.#target;
    if (target === null) return;
    note.end('upgraded', 'the connection became a WebSocket');
    await Promise.all([pump(this.#client, target), pump(target, this.#client)]);
  }

  /** Says what went wrong, where the client has nothing of an answer yet; what has begun is cut off. */
  async #fail(error: unknown, note: OnceNote, method: string): Promise<void> {
    const { socket } = this.#client;
    const message = error instanceof Error ? error.message : String(error);
    this.#dropTarget();
    const hasBegun = note.answer !== null;
    this.#endsByClose = note.answer !== null && bodyEnd(note.answer, method) === 'close';
    const isRefused = error instanceof MessageFault && error.status < 500;
    if (isRefused) this.#options.tapping.tap.refused?.(error.reason, message);
    note.end(endOf(error, socket), message);
    if (hasBegun || socket.destroyed || error instanceof Truncated) throw error;
    if (isRefused) return this.#answer(error.status, message, 'http_request_error');
    if (error instanceof MessageFault) return this.#answer(502, message, 'http_protocol_error');
    if (error instanceof TargetFailed) return this.#answer(error.status, message, error.proxyError);
    throw error;
  }

  /** The client gets what it has of an answer, and can see that it is not whole. */
  async #cutOff(): Promise<void> {
    const { socket } = this.#client;
    if (socket.destroyed) return;
    await flushed(socket);
    if (this.#endsByClose && !this.#options.isSecure) socket.resetAndDestroy();
  }

  /** Ends the connection so that the client can read all that was sent to it. */
  async #hangUp(): Promise<void> {
    const { socket, reader } = this.#client;
    if (socket.destroyed) return;
    await flushed(socket);
    socket.end();
    const until = performance.now() + maxLingerMs;
    for (let left = maxLingerMs; left > 0; left = until - performance.now()) {
      if (!(await reader.more(left).catch(() => false))) return;
      reader.take(reader.buffered.length);
    }
  }
}

function endOf(error: unknown, client: Socket): ExchangeEnd {
  if (client.destroyed || error instanceof Truncated || error instanceof TooSlow) return 'client-gone';
  return error instanceof MessageFault && error.status < 500 ? 'refused' : 'target-failed';
}

/** Ends only once, and knows the answer that has begun. */
class OnceNote implements ExchangeNote {
  answer: AnswerHead | null = null;
  #hasEnded = false;
  readonly #note: ExchangeNote;

  constructor(note: ExchangeNote) {
    this.#note = note;
  }

  requestPiece(piece: Buffer): void {
    this.#note.requestPiece(piece);
  }

  answerHead(head: AnswerHead): void {
    this.answer = head;
    this.#note.answerHead(head);
  }

  answerPiece(piece: Buffer): void {
    this.#note.answerPiece(piece);
  }

  end(end: ExchangeEnd, message?: string): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#note.end(end, message);
  }
}

async function pump(from: Peer, to: Peer): Promise<void> {
  try {
    while (from.reader.buffered.length > 0 || (await from.reader.more()))
      await write(to.socket, from.reader.take(from.reader.buffered.length));
    to.socket.end();
  } catch {
    to.socket.destroy();
  }
}
