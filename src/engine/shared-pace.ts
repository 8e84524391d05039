import type { Redis } from 'ioredis';
import { monotonic } from '../http/send/rate-limit.ts';
import type { Middleware } from '../replay/middleware/middleware.ts';
import type { RunKeys } from './keys.ts';

/** Reserves times for so many requests, by the clock of Redis in microseconds; returns how long to wait, in milliseconds. */
const reserve = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local start = tonumber(redis.call('GET', KEYS[1]) or '0')
if start < now then start = now end
redis.call('SET', KEYS[1], string.format('%.0f', start + tonumber(ARGV[1]) * tonumber(ARGV[2])), 'EX', 86400)
return math.ceil((start - now) / 1000)`;

/** Spaces the requests to each target evenly over all workers: `rate` requests a second. */
export function sharedPace({ redis, keys, rate }: { redis: Redis; keys: RunKeys; rate: number }): Middleware {
  const pass = async (target: string, count: number, signal: AbortSignal | undefined) => {
    const waitMs = Number(await redis.eval(reserve, 1, keys.pace(target), String(1_000_000 / rate), String(count)));
    if (waitMs > 0) await monotonic.wait(waitMs, signal);
  };
  return (transport) => ({
    ...transport,
    send: async (target, request, options = {}) => {
      await pass(target, 1, options.signal);
      return transport.send(target, request, options);
    },
    sendTogether: async (target, request, options) => {
      await pass(target, options.copies, options.signal);
      return transport.sendTogether(target, request, options);
    },
  });
}
