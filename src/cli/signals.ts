import { stopCodes } from '../run/verdict.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** How a command line is stopped from outside. */
export interface Stopping {
  /** Aborted by the first signal, with its name for a reason. */
  readonly signal: AbortSignal;
  /** What has to be done before the process ends, however it ends. */
  readonly atLast: (act: () => void) => void;
  /** Leaves signals to the system again. */
  readonly forget: () => void;
}

/** The first SIGINT, SIGTERM or SIGHUP asks to come to an end, which takes what the notice says; the second one ends the process at once. */
export function stopOnSignals(notice = 'requests under way have two seconds'): Stopping {
  const stop = new AbortController();
  const last: (() => void)[] = [];
  const onExit = () => {
    for (const act of last) act();
  };
  const onSignal = (signal: NodeJS.Signals) => {
    if (stop.signal.aborted) process.exit(stopCodes[signal]);
    process.stderr.write(`stopping: ${notice}; once more ends at once\n`);
    stop.abort(signal);
  };
  process.on('exit', onExit);
  for (const signal of signals) process.on(signal, onSignal);
  return {
    signal: stop.signal,
    atLast: (act) => void last.push(act),
    forget() {
      process.off('exit', onExit);
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}
