import { type BodyReader, ChunkedBody, chunkAround, lastChunk, noBody, sizedBody } from './body-reader.ts';
import { write } from './byte-reader.ts';
import type { ExchangeNote } from './exchange-note.ts';
import { maxCheckedBytes, maxFirstChunkMs, maxStallMs } from './limits.ts';
import type { Passage, PassageEnd } from './passage.ts';
import { relayAnswer } from './relay-answer.ts';
import { requestHeadText } from './request-head.ts';
import type { Peer } from './upstream.ts';

/** The body of a request, of which the first pieces have been read and checked. */
export interface CheckedBody {
  readonly body: BodyReader;
  readonly first: readonly Buffer[];
}

/**
 * Reads what has come of a chunked request, so that one with a fault in it does not reach the target. Throws MessageFault.
 * A client that waits for an answer to its head is not waited for.
 */
export async function checkBody({ head, client, note }: Passage): Promise<CheckedBody> {
  const source = { reader: client.reader, stallMs: maxStallMs };
  const { framing, expectsContinue } = head;
  const plain = framing.length === null ? noBody : sizedBody(source, framing.length);
  const body = noted(framing.isChunked ? new ChunkedBody(source) : plain, note);
  const first: Buffer[] = [];
  if (!framing.isChunked || expectsContinue) return { body, first };
  if (!client.reader.hasMore) await client.reader.more(maxFirstChunkMs).catch(() => false);
  for (let size = 0; client.reader.hasMore && size < maxCheckedBytes; ) {
    const piece = await body.next();
    if (piece === null) break;
    first.push(piece);
    size += piece.length;
  }
  return { body, first };
}

function noted(body: BodyReader, note: ExchangeNote): BodyReader {
  return {
    get trailers() {
      return body.trailers;
    },
    async next() {
      const piece = await body.next();
      if (piece !== null) note.requestPiece(piece);
      return piece;
    },
  };
}

/** Sends a request over a connection to the target, and its answer back. Throws what ended the exchange early. */
export async function forward(passage: Passage, target: Peer, checked: CheckedBody): Promise<PassageEnd> {
  const { head, endpoint, keepsHost } = passage;
  const destination = { prefix: endpoint.prefix, authority: keepsHost ? null : endpoint.authority };
  // A target that takes no more may have answered all the same: reading its answer says what has become of it.
  await write(target.socket, requestHeadText(head, destination)).catch(() => {});
  const upload = new Upload(checked, head.framing.isChunked, target);
  const end = await Promise.race([relayAnswer(passage, target), upload.fault]);
  return upload.isDone ? end : { ...end, keepsClient: false, keepsTarget: false };
}

/** Sends the body of a request while the answer may be on its way back already. */
class Upload {
  isDone = false;
  /** Rejects where the body has a fault or is cut off; never resolves. */
  readonly fault: Promise<never>;

  constructor(checked: CheckedBody, isChunked: boolean, target: Peer) {
    this.fault = new Promise((_, reject) => {
      this.#send(checked, isChunked, target).catch((error: unknown) => {
        // A target that takes no more of the body may have answered all the same.
        if (!target.socket.destroyed && !(error instanceof TargetClosed)) {
          target.socket.destroy();
          reject(error);
        }
      });
    });
    this.fault.catch(() => {});
  }

  async #send({ body, first }: CheckedBody, isChunked: boolean, target: Peer): Promise<void> {
    const put = (piece: Buffer) => this.#write(target, isChunked ? chunkAround(piece) : piece);
    for (const piece of first) await put(piece);
    for (let piece = await body.next(); piece !== null; piece = await body.next()) await put(piece);
    if (isChunked) await this.#write(target, lastChunk(body.trailers));
    this.isDone = true;
  }

  async #write(target: Peer, bytes: Buffer | string): Promise<void> {
    await write(target.socket, bytes).catch(() => {
      throw new TargetClosed();
    });
  }
}

class TargetClosed extends Error {}
