import { someOf } from '../../config/some-of.ts';
import type { Fallen } from '../../replay/services/services.ts';
import { maxServiceExitNamed } from '../limits.ts';
import type { Warning } from './warning.ts';

/** A service that ended during the run. */
export function serviceEnded(): Warning {
  const found: string[] = [];
  return {
    onEvent(event) {
      if (event.kind === 'service-ended') found.push(event.sentence);
    },
    sentences: () => found,
  };
}

/** A sentence on a service that ended during a run: how, behind which cases that it did not answer, and its last words. */
export function exitText({ how, output }: Fallen, unanswered: readonly string[]): string {
  const said = output.length === 0 ? '' : `; its last output: ${output.join(' | ')}`;
  return `${how} during the run${about(unanswered)}${said}`;
}

function about(ids: readonly string[]): string {
  if (ids.length === 0) return '';
  return `, about when ${someOf(ids, maxServiceExitNamed)} ${ids.length === 1 ? 'was' : 'were'} sent`;
}
