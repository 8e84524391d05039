import type { Transport } from '../../http/send/transport.ts';

/** How long requests under way may take to end once the run is stopped, in milliseconds. */
const graceMs = 2000;

/** Ends the requests that are still under way two seconds after the signal. */
export function lateClose(transport: Transport, signal: AbortSignal): { forget(): void } {
  let timer: NodeJS.Timeout | undefined;
  const stop = () => {
    timer = setTimeout(() => void transport.close(), graceMs);
  };
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  return {
    forget() {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    },
  };
}
