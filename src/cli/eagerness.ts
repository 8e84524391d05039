import { setFlagsFromString } from 'node:v8';

/**
 * Has the engine of Node 20, which optimises after so little use that of a run of seconds a third of the processor's time goes into code
 * that is hardly run again, wait four times as long. Later versions weigh better; theirs is left alone.
 */
export function optimiseLater(version: string): void {
  if (version.startsWith('20.')) setFlagsFromString('--interrupt-budget=270000');
}
