import type { Redis } from 'ioredis';
import { ParityError } from '../errors.ts';
import { connectMs } from './limits.ts';

/** How BullMQ is told where Redis is: each of its parts makes a connection of its own. */
export interface ConnectionOptions {
  readonly host: string;
  readonly port: number;
  readonly username?: string;
  readonly password?: string;
  readonly db?: number;
  readonly tls?: object;
  readonly maxRetriesPerRequest: null;
}

/** Redis, and the queue that is built on it. */
export interface Engine {
  readonly bull: typeof import('bullmq');
  readonly redis: Redis;
  readonly connection: ConnectionOptions;
  /** `HOST:PORT`, for messages. */
  readonly address: string;
  close(): void;
}

/**
 * Connects to Redis. Throws ParityError PX2006 for an invalid address, PX2706 where a client library is missing, PX1301 where Redis
 * cannot be reached.
 */
export async function openEngine(url: string): Promise<Engine> {
  const connection = connectionOf(url);
  const address = `${connection.host}:${connection.port}`;
  const { bull, ioredis } = await loadClients();
  const redis = new ioredis.Redis({
    ...connection,
    lazyConnect: true,
    connectTimeout: connectMs,
    retryStrategy: (times) => (isConnected ? Math.min(times * 100, 1000) : null),
  });
  let isConnected = false;
  let problem = '';
  // Without a listener an error ends the process; what fails is seen by who waits for it.
  redis.on('error', (error: Error) => {
    problem = error.message;
  });
  try {
    await redis.connect();
    await redis.ping();
    isConnected = true;
  } catch (error) {
    redis.disconnect();
    throw new ParityError('PX1301', `Redis at ${address} cannot be reached: ${problem || String(error)}`, {
      hint: 'start redis-server there, or name another address with --engine redis://HOST:PORT',
      cause: error,
    });
  }
  return { bull, redis, connection, address, close: () => redis.disconnect() };
}

async function loadClients() {
  try {
    return { bull: await import('bullmq'), ioredis: await import('ioredis') };
  } catch (error) {
    throw new ParityError('PX2706', '--engine needs the packages bullmq and ioredis, which are not installed', {
      hint: 'npm install bullmq ioredis',
      cause: error,
    });
  }
}

function connectionOf(text: string): ConnectionOptions {
  const url = URL.canParse(text) ? new URL(text) : null;
  const db = /^\/?(\d{1,4})?$/.exec(url?.pathname ?? '');
  if (url === null || db === null || url.hostname === '' || !/^rediss?:$/.test(url.protocol))
    throw new ParityError('PX2006', '--engine takes the address of a Redis server', {
      hint: 'for example --engine redis://127.0.0.1:6379',
    });
  const { username, password } = url;
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port === '' ? 6379 : url.port),
    ...(username === '' ? {} : { username: decodeURIComponent(username) }),
    ...(password === '' ? {} : { password: decodeURIComponent(password) }),
    ...(db[1] === undefined ? {} : { db: Number(db[1]) }),
    ...(url.protocol === 'rediss:' ? { tls: {} } : {}),
    maxRetriesPerRequest: null,
  };
}
