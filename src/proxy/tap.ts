import { maxSpooledBytes } from './limits.ts';

/** The copy of a body. */
export interface TappedBody {
  /** How many bytes came. */
  readonly size: number;
  /** Null where they were not kept. */
  readonly bytes: Buffer | null;
  /** Why not: the body is over the cap, or there was no room for it beside the others. */
  readonly omitted: 'over-cap' | 'no-room' | null;
}

type Header = readonly [name: string, value: string];

/** A request as it came; text is latin1. */
export interface TappedRequest {
  readonly method: string;
  /** In origin form, byte for byte, without the path of the target's URL. */
  readonly path: string;
  /** The host that the client named. */
  readonly host: string;
  /** The end-to-end fields but for host, framing and expectation. */
  readonly headers: readonly Header[];
}

/** An answer as it came from the target. */
export interface TappedAnswer {
  readonly status: number;
  readonly statusText: string;
  /** All fields, in order and casing as received. */
  readonly headers: readonly Header[];
  readonly body: TappedBody;
}

/** How an exchange ended: anything but `complete` says that a part of it is missing. */
export type ExchangeEnd = 'complete' | 'client-gone' | 'target-failed' | 'refused' | 'upgraded';

/** The copy of one exchange. */
export interface TappedExchange {
  /** Of the first byte of the request's head, in milliseconds since 1970. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly request: TappedRequest & { readonly body: TappedBody };
  /** Null where none came. */
  readonly answer: TappedAnswer | null;
  readonly end: ExchangeEnd;
  /** One sentence where the end is not `complete`. */
  readonly message: string | null;
}

/** Who gets copies. Nothing that it does delays or changes what the client gets. */
export interface Tap {
  /** Whether a copy of this exchange is wanted, asked once for each; bodies of others are not kept. */
  wants?(request: TappedRequest): boolean;
  /** Called once for each exchange that was wanted, after the client has its answer. The bodies count as kept until the promise settles. */
  exchanged(exchange: TappedExchange): void | Promise<void>;
  /** Called for each request that was refused because it has no meaning, or more than one. */
  refused?(reason: string, message: string): void;
  /** Called with what one of the others threw: the client has its answer all the same. */
  failed(error: unknown): void;
}

/** The room for bodies that are kept at one time. */
export class SpoolRoom {
  #left = maxSpooledBytes;

  take(count: number): boolean {
    if (count > this.#left) return false;
    this.#left -= count;
    return true;
  }

  give(count: number): void {
    this.#left += count;
  }
}

/** Keeps a copy of one body as long as it is within the cap and the room. */
export class Spool {
  #parts: Buffer[] = [];
  #kept = 0;
  #size = 0;
  #omitted: TappedBody['omitted'] = null;
  readonly #room: SpoolRoom;
  readonly #capBytes: number;

  constructor(room: SpoolRoom, capBytes: number) {
    this.#room = room;
    this.#capBytes = capBytes;
  }

  add(piece: Buffer): void {
    this.#size += piece.length;
    if (this.#omitted !== null) return;
    if (this.#size > this.#capBytes) this.#drop('over-cap');
    else if (!this.#room.take(piece.length)) this.#drop('no-room');
    else {
      this.#kept += piece.length;
      this.#parts.push(Buffer.from(piece));
    }
  }

  #drop(why: 'over-cap' | 'no-room'): void {
    this.#omitted = why;
    this.release();
  }

  /** Gives the room back. */
  release(): void {
    this.#room.give(this.#kept);
    this.#kept = 0;
    this.#parts = [];
  }

  get body(): TappedBody {
    return {
      size: this.#size,
      bytes: this.#omitted === null ? Buffer.concat(this.#parts) : null,
      omitted: this.#omitted,
    };
  }
}
