import { setFlagsFromString } from 'node:v8';

/** What a function may run, in bytes of its code, before the engine of Node 20 looks whether to optimise it: its own measure, and ours. */
const [usual, patient] = [67_584, 270_000];

/** A run that takes so long, in milliseconds, or has so many cases is no short one. */
const shortMs = 1000;
const shortCases = 2000;

/**
 * Has the engine of Node 20, which optimises after so little use that a third of a short run's processor time goes into code that is
 * hardly run again, wait longer at the beginning. Later versions weigh better: theirs is left alone.
 */
export function optimiseLater(version: string): void {
  if (!version.startsWith('20.')) return;
  setFlagsFromString(`--interrupt-budget=${patient}`);
  setTimeout(() => setFlagsFromString(`--interrupt-budget=${usual}`), shortMs).unref();
}

/** Lets it optimise as usual at once where there are so many cases that their code will be run again. */
export function optimiseFor(cases: number, version: string): void {
  if (cases > shortCases && version.startsWith('20.')) setFlagsFromString(`--interrupt-budget=${usual}`);
}
