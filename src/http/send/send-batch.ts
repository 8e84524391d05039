/** A request that is ready to go out. */
export interface Posted {
  start(): void;
  /** Called in the place of `start` where it is too late. */
  abort(): void;
}

/** Where requests wait for the end of a turn of the event loop. */
export interface Outbox {
  post(posted: Posted): void;
  /** Resolves when what is posted in this turn has gone out. */
  flushed(): Promise<void>;
  /** Nothing goes out any more. */
  close(): void;
}

/** So many go out at once even if others are on their way: the servers have something to do while answers are read. */
const fullBatch = 16;

/**
 * Lets requests go out together that become ready in one turn of the event loop, after the answers that came in it were read. A
 * server on the same machine that is woken for each of them costs both more than the request itself.
 */
export function outbox(): Outbox {
  let waiting: Posted[] = [];
  let turn: Promise<void> | null = null;
  let isOpen = true;
  const flush = () => {
    const batch = waiting;
    waiting = [];
    for (const posted of batch) posted.start();
  };
  const atEnd = () => {
    turn ??= new Promise((ended) => {
      setImmediate(() => {
        turn = null;
        flush();
        ended();
      });
    });
    return turn;
  };
  return {
    post(posted) {
      if (!isOpen) return posted.abort();
      const count = waiting.push(posted);
      if (count >= fullBatch) flush();
      else void atEnd();
    },
    flushed: atEnd,
    close() {
      isOpen = false;
      for (const posted of waiting.splice(0)) posted.abort();
    },
  };
}
