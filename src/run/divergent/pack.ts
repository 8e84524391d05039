import type { ComparedCase } from '../../findings/kept-case.ts';
import type { Exchange, Failure, Response, SentRequest, TargetReplay } from '../../http/exchange.ts';

/** What was answered to a case, and what the comparison says of it. */
export type Answers = Pick<ComparedCase, 'reference' | 'candidate' | 'comparison'>;

/** A replay with `B` in the place of bodies. */
interface ReplayWith<B> extends Omit<TargetReplay, 'exchanges' | 'captured'> {
  readonly exchanges: readonly ExchangeWith<B>[];
  captured: TargetReplay['captured'];
}

interface ExchangeWith<B> extends Omit<Exchange, 'request' | 'outcome'> {
  readonly request: Omit<SentRequest, 'body'> & { body: B | null };
  readonly outcome: (Omit<Response, 'body'> & { body: B }) | Failure;
}

/** The length of the text, which comes before it. */
const ofLength = 4;

/** Answers as bytes: JSON, in which bodies are their lengths, and behind it the bodies. What v8 serialises takes three times as long to read. */
export function pack({ reference, candidate, comparison }: Answers): Buffer {
  const bodies: Uint8Array[] = [];
  const text = JSON.stringify([withLengths(reference, bodies), withLengths(candidate, bodies), comparison]);
  const end = ofLength + Buffer.byteLength(text);
  const bytes = Buffer.allocUnsafe(bodies.reduce((sum, { length }) => sum + length, end));
  bytes.writeUInt32LE(end);
  bytes.write(text, ofLength);
  let at = end;
  for (const body of bodies) {
    bytes.set(body, at);
    at += body.length;
  }
  return bytes;
}

/** A replay with lengths for bodies, which are added to a list in their order. */
function withLengths(replay: TargetReplay, bodies: Uint8Array[]): ReplayWith<number> {
  const lengthOf = (body: Uint8Array) => {
    bodies.push(body);
    return body.length;
  };
  const exchanges = replay.exchanges.map((exchange): ExchangeWith<number> => {
    const { request, outcome } = exchange;
    return {
      ...exchange,
      request: { ...request, body: request.body === null ? null : lengthOf(request.body) },
      outcome: outcome.kind === 'response' ? { ...outcome, body: lengthOf(outcome.body) } : outcome,
    };
  });
  return { ...replay, exchanges };
}

/** The answers again, with parts of the bytes for bodies. */
export function unpack(bytes: Buffer): Answers {
  const end = bytes.readUInt32LE();
  const [reference, candidate, comparison] = JSON.parse(bytes.toString('utf8', ofLength, end)) as Text;
  let at = end;
  const bodyOf = (length: number) => {
    at += length;
    return bytes.subarray(at - length, at);
  };
  for (const replay of [reference, candidate]) restore(replay, bodyOf);
  return { reference: reference as TargetReplay, candidate: candidate as TargetReplay, comparison };
}

/** What was just read, and belongs to nobody else: lengths make room for bodies. */
type Text = readonly [ReplayWith<number | Uint8Array>, ReplayWith<number | Uint8Array>, Answers['comparison']];

function restore(replay: Text[0], bodyOf: (length: number) => Uint8Array): void {
  // Names of captured values are of files: none of them is one that every object has.
  replay.captured = Object.assign(Object.create(null), replay.captured);
  for (const { request, outcome } of replay.exchanges) {
    if (typeof request.body === 'number') request.body = bodyOf(request.body);
    if (outcome.kind === 'response' && typeof outcome.body === 'number') outcome.body = bodyOf(outcome.body);
  }
}
