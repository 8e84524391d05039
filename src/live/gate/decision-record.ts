import type { LiveState } from '../counts/live-state.ts';
import type { Gate, Readiness } from './readiness.ts';
import { readinessLines, readinessSentence } from './readiness-text.ts';

/** The decision record of a cutover, in the form of MADR 4: the sentence of the gate, and its line for each route as inert code. */
export function cutoverRecord(state: LiveState, { gate, readiness }: { gate: Gate; readiness: Readiness }): string {
  const { candidate, reference } = state;
  const isReady = readiness.verdict === 'ready';
  const outcome = isReady
    ? `Chosen option: "Replace ${reference} by ${candidate}", because the gate says that it is ready.`
    : 'Not decided yet: the gate says that it is not ready.';
  const fence = '````';
  return [
    `---\nstatus: ${isReady ? 'accepted' : 'proposed'}\ndate: ${state.updatedAt.slice(0, 10)}\n---`,
    `# Replace ${reference} by ${candidate}`,
    '## Context and Problem Statement',
    `\`\`${inert(readinessSentence(state, readiness, gate))}\`\``,
    '## Considered Options',
    `* Replace ${reference} by ${candidate}\n* Keep ${reference}`,
    '## Decision Outcome',
    outcome,
    '### Confirmation',
    `\`parity ready ${state.run}\` with the same gate says:`,
    `${fence}\n${readinessLines(readiness).map(inert).join('\n')}\n${fence}`,
  ]
    .join('\n\n')
    .concat('\n');
}

/** Routes come from outside: a row of backticks would end the code that they are in. */
function inert(text: string): string {
  return text.replaceAll('`', "'");
}
