import type { Config } from '../../config/config.ts';
import type { RunObserver } from '../model/observer.ts';
import { warnings } from '../warnings/warnings.ts';
import { exerciseNotes } from './exercise-notes.ts';

/** What the reader of a run must know beside the outcomes. Probes are there to be refused: that half of them were is no news. */
export function watchWarnings(config: Config, isOfProbes: boolean): RunObserver {
  const all = Object.values(warnings).map((warningOf) => warningOf(config));
  return {
    name: 'the notes',
    onCase(result) {
      for (const one of all) one.onCase?.(result);
    },
    onEvent(event) {
      for (const one of all) one.onEvent?.(event);
    },
    atEnd: ({ isNothing, unexercised }) => ({
      notes: [...all.flatMap((one) => one.sentences(isNothing)), ...(isOfProbes ? [] : exerciseNotes(unexercised))],
      isVoid: all.some((one) => one.isVoid?.() === true),
    }),
  };
}
