import { randomBytes } from 'node:crypto';

/** `20261121-042248-1c83f2`: the day, the time, and its milliseconds in hex before what tells apart runs of one moment. Sorts by time. */
export function newRunId(now: Date): string {
  const digits = now.toISOString().replace(/[-:T]/g, '');
  const within = now.getMilliseconds().toString(16).padStart(3, '0') + randomBytes(2).toString('hex').slice(1);
  return `${digits.slice(0, 8)}-${digits.slice(8, 14)}-${within}`;
}
