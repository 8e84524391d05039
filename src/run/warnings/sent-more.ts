import type { Warning } from './warning.ts';

/** A target that sends more than it was asked for. */
export function sentMore(): Warning {
  const targets = new Set<string>();
  return {
    onEvent(event) {
      if (event.kind === 'sent-more') for (const target of event.targets) targets.add(target);
    },
    sentences: () => Array.from(targets, sentence),
  };
}

function sentence(target: string): string {
  return `${target} sent more than it was asked for, so each later request to it had a connection of its own; an answer before that may be to another request: set connection: fresh for this target, and run again`;
}
