import type { Exchange } from '../http/exchange.ts';

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

/** FNV-1a over the UTF-8 bytes, 32 bits. */
function hash(text: string): number {
  const bytes = /[^\0-\x7f]/.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text;
  let value = 0x811c9dc5;
  for (let at = 0; at < bytes.length; at += 1) value = Math.imul(value ^ bytes.charCodeAt(at), 0x01000193);
  return value >>> 0;
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
