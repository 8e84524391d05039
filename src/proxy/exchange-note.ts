import type { AnswerHead } from './answer-head.ts';
import { endToEndHeaders, type RequestHead } from './request-head.ts';
import { type ExchangeEnd, Spool, type SpoolRoom, type Tap, type TappedRequest } from './tap.ts';

/** What the proxy gives to the tap. */
export interface Tapping {
  readonly tap: Tap;
  readonly room: SpoolRoom;
  /** Of one body, in bytes. */
  readonly capBytes: number;
  /** The exchanges that the tap is at work on. */
  readonly pending: Set<Promise<void>>;
}

/** Takes notes of one exchange while it goes through. */
export interface ExchangeNote {
  requestPiece(piece: Buffer): void;
  answerHead(head: AnswerHead): void;
  answerPiece(piece: Buffer): void;
  /** To be called once, when the client has its answer. */
  end(end: ExchangeEnd, message?: string): void;
}

const unwanted: ExchangeNote = { requestPiece() {}, answerHead() {}, answerPiece() {}, end() {} };

/** Begins to take notes of an exchange, where the tap wants them. */
export function noteExchange(head: RequestHead, tapping: Tapping): ExchangeNote {
  const request = tappedRequest(head);
  return isWanted(request, tapping.tap) ? new WantedNote(request, tapping) : unwanted;
}

function isWanted(request: TappedRequest, tap: Tap): boolean {
  try {
    return tap.wants?.(request) ?? true;
  } catch (error) {
    tap.failed(error);
    return false;
  }
}

function tappedRequest(head: RequestHead): TappedRequest {
  const host = head.fields.find(({ lower }) => lower === 'host')?.value ?? '';
  return { method: head.method, path: head.target, host, headers: endToEndHeaders(head) };
}

class WantedNote implements ExchangeNote {
  readonly #startedAt = Date.now();
  readonly #began = performance.now();
  readonly #request: TappedRequest;
  readonly #tapping: Tapping;
  readonly #sent: Spool;
  readonly #received: Spool;
  #answer: AnswerHead | null = null;

  constructor(request: TappedRequest, tapping: Tapping) {
    this.#request = request;
    this.#tapping = tapping;
    this.#sent = new Spool(tapping.room, tapping.capBytes);
    this.#received = new Spool(tapping.room, tapping.capBytes);
  }

  requestPiece(piece: Buffer): void {
    this.#sent.add(piece);
  }

  answerHead(head: AnswerHead): void {
    this.#answer = head;
  }

  answerPiece(piece: Buffer): void {
    this.#received.add(piece);
  }

  end(end: ExchangeEnd, message?: string): void {
    const { tap, pending } = this.#tapping;
    const work = this.#give(tap, end, message ?? null)
      .catch((error: unknown) => tap.failed(error))
      .finally(() => {
        this.#sent.release();
        this.#received.release();
        pending.delete(work);
      });
    pending.add(work);
  }

  async #give(tap: Tap, end: ExchangeEnd, message: string | null): Promise<void> {
    const answer = this.#answer;
    await tap.exchanged({
      startedAt: this.#startedAt,
      durationMs: performance.now() - this.#began,
      request: { ...this.#request, body: this.#sent.body },
      answer: answer && {
        status: answer.status,
        statusText: answer.statusText,
        headers: answer.fields.map(({ name, value }) => [name, value] as const),
        body: this.#received.body,
      },
      end,
      message,
    });
  }
}
