import type { RunEvent } from '../model/observer.ts';
import type { Warning } from './warning.ts';

/** Probes that changed what later ones should have met unchanged. */
export function spoiled(): Warning {
  const found: Extract<RunEvent, { readonly kind: 'spoiled' }>[] = [];
  return {
    onEvent(event) {
      if (event.kind === 'spoiled') found.push(event);
    },
    sentences: () => found.map(({ sentence }) => sentence),
    isVoid: () => found.some(({ isVoid }) => isVoid),
  };
}
