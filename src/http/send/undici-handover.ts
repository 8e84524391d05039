import { Duplex } from 'node:stream';
import { noteMore, watchClient } from '../connection/conduct.ts';
import type { Lane } from '../connection/connections.ts';

/**
 * A stream that the HTTP client takes for a connection on which it sends its first request: what it writes goes nowhere, since the
 * request is on its way already, and what it reads is the answer that has come over the bare connection of the lane, from `begun` on.
 */
export function standIn(lane: Lane, begun: Buffer): Duplex {
  const waiting: (() => void)[] = [];
  let isAwaited = false;
  // The client takes bytes that come before it has written a request for a fault.
  const once = (act: () => void) => void (isAwaited ? act() : waiting.push(act));
  const { socket, connection, conduct } = lane;
  const begin = () => {
    isAwaited = true;
    for (const act of waiting.splice(0)) act();
  };
  const stream = new Duplex({
    read() {},
    write(_chunk, _encoding, done) {
      setImmediate(begin);
      done();
    },
    destroy(error, done) {
      // The connection of a whole answer is watched for surplus bytes.
      if (lane.socket === socket) socket?.destroy();
      done(error);
    },
  });
  const push = (part: Buffer | null) =>
    once(() => void (stream.destroyed || stream.push(part && lane.interim.read(part))));
  lane.listener = {
    read: (part) => push(Buffer.from(part)),
    // What came before the error is to be read before it.
    cut: (error) => (error === null ? push(null) : once(() => void setImmediate(() => stream.destroy(error)))),
  };
  push(Buffer.from(begun));
  watchClient(stream, () => {
    if (connection.isIdle && !connection.isBodiless) noteMore(conduct, connection);
  });
  return stream;
}
