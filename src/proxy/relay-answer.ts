import { type AnswerHead, answerHeadText, type BodyEnd, bodyEnd, parseAnswerHead } from './answer-head.ts';
import {
  type BodyReader,
  bodyUntilClose,
  ChunkedBody,
  chunkAround,
  lastChunk,
  noBody,
  sizedBody,
} from './body-reader.ts';
import { write } from './byte-reader.ts';
import { maxInterimAnswers } from './limits.ts';
import { MessageFault } from './message-fault.ts';
import type { Passage, PassageEnd } from './passage.ts';
import { readHead } from './read-head.ts';
import { type Peer, TargetFailed } from './upstream.ts';

/** The target ended the connection without a byte of an answer. */
export class NoAnswer extends TargetFailed {
  constructor() {
    super('the target ended the connection without an answer');
  }
}

/** Passes on the answer to one request, as it comes. Throws NoAnswer, TargetFailed, and MessageFault with status 502. */
export async function relayAnswer(passage: Passage, target: Peer): Promise<PassageEnd> {
  const { head, client, note } = passage;
  const answer = await finalHead(passage, target);
  note.answerHead(answer);
  const end = bodyEnd(answer, head.method);
  const isUpgraded = answer.status === 101;
  const keepsClient = head.keepsConnection && end !== 'close' && !passage.isClosing() && answer.keepsConnection;
  await write(client.socket, answerHeadText(answer, head, keepsClient));
  if (!isUpgraded) await relayBody(passage, bodyOf(answer, end, target), end === 'chunked' && !head.isHttp10);
  // Bytes beyond the answer belong to no request (RFC 9112, 9.2).
  const keepsTarget = answer.keepsConnection && end !== 'close' && !target.reader.hasMore;
  return { keepsClient: keepsClient && !isUpgraded, keepsTarget, isUpgraded };
}

async function finalHead({ head, client }: Passage, target: Peer): Promise<AnswerHead> {
  for (let interim = 0; interim <= maxInterimAnswers; interim++) {
    const answer = parseAnswerHead(await answerLines(target, interim === 0));
    if (answer.status === 101 && !head.wantsWebSocket)
      throw new MessageFault('upgrade', 'the target changed the protocol without being asked', 502);
    if (answer.status >= 200 || answer.status === 101) return answer;
    if (!head.isHttp10) await write(client.socket, answerHeadText(answer, head, true));
  }
  throw new MessageFault(
    'interim-answers',
    `the target sent more than ${maxInterimAnswers} informational answers`,
    502,
  );
}

async function answerLines({ reader }: Peer, isFirst: boolean): Promise<string[]> {
  const lines = await readHead(reader).catch((error: unknown) => {
    if (error instanceof MessageFault) throw new MessageFault(error.reason, error.message, 502);
    throw isFirst && reader.buffered.length === 0
      ? new NoAnswer()
      : new TargetFailed('the target ended the connection in the head of its answer');
  });
  if (lines === null)
    throw isFirst ? new NoAnswer() : new TargetFailed('the target ended the connection before its answer');
  return lines;
}

function bodyOf({ framing }: AnswerHead, end: BodyEnd, { reader, socket }: Peer): BodyReader {
  if (end === 'none') return noBody;
  if (end === 'chunked') return new ChunkedBody({ reader });
  return end === 'length' ? sizedBody({ reader }, framing.length ?? 0) : bodyUntilClose({ reader }, socket);
}

async function relayBody({ client, note }: Passage, body: BodyReader, isChunked: boolean): Promise<void> {
  for (let piece = await nextPiece(body); piece !== null; piece = await nextPiece(body)) {
    note.answerPiece(piece);
    await write(client.socket, isChunked ? chunkAround(piece) : piece);
  }
  if (isChunked) await write(client.socket, lastChunk(body.trailers));
}

async function nextPiece(body: BodyReader): Promise<Buffer | null> {
  try {
    return await body.next();
  } catch (error) {
    const what =
      error instanceof MessageFault ? error.message : 'the target ended the connection in the middle of its answer';
    throw new TargetFailed(what);
  }
}
