import { ParityError } from '../errors.ts';
import { maxDuration } from './limits.ts';
import { quoteForMessage } from './source/did-you-mean.ts';

const milliseconds: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };
const bytes: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1000,
  mb: 1_000_000,
  gb: 1_000_000_000,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
};

/** Takes `500ms`, `10s` or `2m`; returns whole milliseconds; throws PX2102 for anything else. */
export function parseDuration(text: string): number {
  const [number, unit] = split(text);
  const duration = Math.round(number * (milliseconds[unit] ?? Number.NaN));
  if (duration >= 0 && duration <= maxDuration) return duration;
  throw new ParityError('PX2102', `${quoteForMessage(text)} is not a duration`, {
    hint: 'write it as 500ms, 10s or 2m',
  });
}

/** Takes `50/s` (or `50`); returns requests a second; throws PX2102 for anything else, and for zero. */
export function parseRate(text: string): number {
  const rate = split(text.replace(/\/s$/, ''));
  if (rate[0] > 0 && rate[0] <= 1e6 && rate[1] === '') return rate[0];
  throw new ParityError('PX2102', `${quoteForMessage(text)} is not a rate`, {
    hint: 'write requests a second as 50/s',
  });
}

/** Takes `10MiB`, `512KiB`, `1MB` or plain bytes; returns bytes; throws PX2102 for anything else, and for zero. */
export function parseSize(text: string): number {
  const [number, unit] = split(text);
  const size = number * (bytes[unit.toLowerCase()] ?? Number.NaN);
  if (Number.isSafeInteger(size) && size > 0) return size;
  throw new ParityError('PX2102', `${quoteForMessage(text)} is not a size`, {
    hint: 'write it as 10MiB, 512KiB or 1048576',
  });
}

/** Takes a whole number in decimal digits and its limits; returns it; throws PX2102 for anything else. */
export function parseWhole(text: string, limits: { min: number; max: number }): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= limits.min && number <= limits.max) return number;
  const hint = `write a whole number from ${limits.min} to ${limits.max}`;
  throw new ParityError('PX2102', `${quoteForMessage(text)} is not a number that fits`, { hint });
}

function split(text: string): [number: number, unit: string] {
  const parts = /^(\d{1,15}(?:\.\d{1,9})?)([A-Za-z]{0,3})$/.exec(text);
  return parts === null ? [Number.NaN, '?'] : [Number(parts[1]), parts[2]!];
}
