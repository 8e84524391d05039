/** A message that cannot be passed on, because another reader may take it for something else (RFC 9112, 11). */
export class MessageFault extends Error {
  /** The status that the client gets. */
  readonly status: number;
  /** A stable word in kebab-case. */
  readonly reason: string;

  constructor(reason: string, message: string, status = 400) {
    super(message);
    this.name = 'MessageFault';
    this.reason = reason;
    this.status = status;
  }
}

/** A connection that ended in the middle of a message. */
export class Truncated extends Error {
  constructor(what: string) {
    super(`the connection ended in the middle of ${what}`);
    this.name = 'Truncated';
  }
}

/** A client that let its time for the head of a request pass. */
export class TooSlow extends Error {
  constructor() {
    super('the client took too long to send its request');
    this.name = 'TooSlow';
  }
}
