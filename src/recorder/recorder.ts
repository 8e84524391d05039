import { type FileHandle, open } from 'node:fs/promises';
import type { Target } from '../config/config.ts';
import { openTransport, type Transport } from '../http/send/transport.ts';
import type { Tap, TappedAnswer, TappedExchange } from '../proxy/tap.ts';
import { type RecordedExchange, recordingLine } from '../recorded/format.ts';
import { RecordedSecrets } from './secrets.ts';
import { type AnsweredExchange, toRecorded } from './to-exchange.ts';

/** What a recorder is made of. */
export interface RecorderOptions {
  /** The file that lines are appended to; it must not be there. */
  readonly file: string;
  /** The service. */
  readonly target: Target;
  /** Requests that only read are sent a second time. */
  readonly twice: boolean;
  /** Cap of one body, in bytes. */
  readonly capBytes: number;
  readonly now: () => Date;
}

/** What came of a recording. */
export interface RecordingCounts {
  readonly recorded: number;
  readonly twice: number;
  /** By reason. */
  readonly leftOut: ReadonlyMap<string, number>;
  readonly variables: readonly string[];
  readonly exchanges: readonly RecordedExchange[];
}

/** Writes what goes through a proxy, one line an exchange, as it comes. */
export interface Recorder {
  readonly tap: Tap;
  /** Resolves when all lines are on the disk. Rejects with what kept one from being written. */
  close(): Promise<RecordingCounts>;
}

const onlyReading = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Opens the file of a recording and writes its header. Rejects with the error of the system where it cannot, or is there already. */
export async function openRecorder(options: RecorderOptions): Promise<Recorder> {
  const handle = await open(options.file, 'wx', 0o600);
  const recordedAt = options.now().toISOString();
  await handle.appendFile(
    recordingLine({ schema: 'parity-recording/1', recordedAt, target: options.target.url, source: 'record' }),
  );
  return new FileRecorder(handle, options);
}

class FileRecorder implements Recorder {
  readonly tap: Tap;
  readonly #handle: FileHandle;
  readonly #options: RecorderOptions;
  readonly #transport: Transport;
  readonly #secrets = new RecordedSecrets();
  readonly #leftOut = new Map<string, number>();
  readonly #exchanges: RecordedExchange[] = [];
  #twice = 0;
  /** Requests that may have changed something so far: a second answer after one of them shows another state, and no noise. */
  #writes = 0;
  #queue: Promise<void> = Promise.resolve();
  #failure: unknown = null;

  constructor(handle: FileHandle, options: RecorderOptions) {
    this.#handle = handle;
    this.#options = options;
    const { target, capBytes } = options;
    this.#transport = openTransport([target], { timeoutMs: 30_000, maxBodyBytes: capBytes, rate: null });
    this.tap = {
      wants: ({ method }) => {
        if (!onlyReading.has(method)) this.#writes += 1;
        return true;
      },
      exchanged: (exchange) => this.#take(exchange),
      refused: (reason) => this.#leaveOut(`refused: ${reason}`),
      failed: (error) => {
        this.#failure ??= error;
      },
    };
  }

  #leaveOut(reason: string): void {
    this.#leftOut.set(reason, (this.#leftOut.get(reason) ?? 0) + 1);
  }

  /** Lines are written in the order in which the answers ended. */
  #take(exchange: TappedExchange): Promise<void> {
    const { answer, end } = exchange;
    if (end === 'refused') return Promise.resolve();
    if (answer === null || end !== 'complete') {
      this.#leaveOut(end);
      return Promise.resolve();
    }
    const second = this.#askAgain(exchange);
    this.#queue = this.#queue.then(async () => this.#write({ ...exchange, answer }, await second));
    return this.#queue;
  }

  async #askAgain({ request }: TappedExchange): Promise<TappedAnswer | null> {
    const { method, path, headers, body } = request;
    const isAsked = this.#options.twice && onlyReading.has(method) && body.omitted === null;
    if (!isAsked) return null;
    const before = this.#writes;
    const sent = body.size === 0 ? null : body.bytes;
    const { outcome } = await this.#transport.send(this.#options.target.name, { method, path, headers, body: sent });
    if (outcome.kind === 'failure' || this.#writes !== before) return null;
    const bytes = Buffer.from(outcome.body);
    return { ...outcome, body: { size: bytes.length, bytes, omitted: null } };
  }

  async #write(exchange: AnsweredExchange, second: TappedAnswer | null): Promise<void> {
    const line = toRecorded(exchange, second, this.#secrets);
    this.#exchanges.push(line);
    if (second !== null) this.#twice += 1;
    await this.#handle.appendFile(recordingLine(line));
  }

  async close(): Promise<RecordingCounts> {
    await this.#queue;
    await this.#transport.close();
    await this.#handle.close();
    if (this.#failure !== null) throw this.#failure;
    const [exchanges, leftOut] = [this.#exchanges, this.#leftOut];
    return { recorded: exchanges.length, twice: this.#twice, leftOut, variables: this.#secrets.names, exchanges };
  }
}
