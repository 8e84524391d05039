import type { Transport } from '../../http/send/transport.ts';

/** Puts something between a run and what sends its requests. */
export type Middleware = (transport: Transport) => Transport;

/** A transport behind middleware, the innermost first. */
export function behind(transport: Transport, middleware: readonly Middleware[]): Transport {
  return middleware.reduce((inner, wrap) => wrap(inner), transport);
}
