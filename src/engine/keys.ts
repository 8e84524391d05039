/** The runs that are open, by id. */
export const openRuns = 'parity:runs';

/** The queue of the parts of a run; a colon would be taken for one of BullMQ's own. */
export function partQueue(run: string): string {
  return `parity-${run}`;
}

/** The queue of the one job that comes once all parts have ended. */
export function mergeQueue(run: string): string {
  return `parity-${run}-merge`;
}

/** What is kept in Redis of a run. No secret is among it: records are redacted before they are written. */
export function runKeys(run: string) {
  const key = (name: string) => `parity:run:${run}:${name}`;
  return {
    /** What the run is: JSON of an announcement. */
    announcement: key('announcement'),
    /** There while its first process lives. */
    alive: key('alive'),
    /** By part: how often it was begun, and how many of these ended with the worker. */
    attempts: key('attempts'),
    crashes: key('crashes'),
    /** By part: the attempt that finished it. */
    done: key('done'),
    /** By target: when the next request may go out. */
    pace: (target: string) => key(`pace:${target}`),
    /** By case: the attempt that may send what may be sent once only. */
    claims: (part: number) => key(`claims:${part}`),
    /** By case: how many workers began to send it alone. */
    suspects: (part: number) => key(`suspects:${part}`),
    /** The files of a part, as one attempt wrote them. */
    files: (part: number, attempt: number) => ({
      lines: key(`part:${part}:${attempt}:lines`),
      answers: key(`part:${part}:${attempt}:answers`),
      bodies: key(`part:${part}:${attempt}:bodies`),
    }),
    /** Patterns for the files of all attempts at a part, and for all keys. */
    allFiles: (part: number) => key(`part:${part}:*`),
    all: key('*'),
  };
}

export type RunKeys = ReturnType<typeof runKeys>;
