import type { Exchange } from './exchange.ts';

/** The items in an order that depends on the seed and on `key` alone. */
export function seededOrder<T>(items: readonly T[], seed: number, key: string): T[] {
  let state = hash(`${seed}/${key}`);
  const order = [...items];
  for (let i = order.length - 1; i > 0; i -= 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const j = Math.floor((state / 2 ** 32) * (i + 1));
    [order[i], order[j]] = [order[j] as T, order[i] as T];
  }
  return order;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of Buffer.from(text, 'utf8')) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value;
}

/** Sorts the copies of a parallel step so that those of two targets compare as sets: by status, then body bytes; failures last. */
export function compareExchanges(a: Exchange, b: Exchange): number {
  const [left, right] = [a.outcome, b.outcome];
  if (left.kind === 'failure' || right.kind === 'failure') {
    if (left.kind !== right.kind) return left.kind === 'failure' ? 1 : -1;
    return left.kind === 'failure' && right.kind === 'failure'
      ? left.reason < right.reason
        ? -1
        : Number(left.reason > right.reason)
      : 0;
  }
  return left.status - right.status || Buffer.compare(left.body, right.body);
}
