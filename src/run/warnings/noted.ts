import type { Warning } from './warning.ts';

/** What a source of cases has to say of them. */
export function noted(): Warning {
  const found: string[] = [];
  return {
    onEvent(event) {
      if (event.kind === 'noted') found.push(event.sentence);
    },
    sentences: () => found,
  };
}
