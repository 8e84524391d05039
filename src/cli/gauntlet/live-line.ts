/** A line on standard error that says what runs and for how long; silent where that is not a terminal. */
export interface LiveLine {
  begin(name: string): void;
  end(name: string): void;
  /** Takes the line away, so that another one can be written; it comes back within a second. */
  clear(): void;
  close(): void;
}

/** Takes how many there are to run; returns the line. */
export function liveLine(total: number): LiveLine {
  const { stderr } = process;
  if (stderr.isTTY !== true || process.env.CI === 'true')
    return { begin: () => {}, end: () => {}, clear: () => {}, close: () => {} };
  const running = new Map<string, number>();
  let finished = 0;
  const show = () => {
    const parts = Array.from(running, ([name, began]) => `${name} ${Math.floor((performance.now() - began) / 1000)}s`);
    const text = `${finished}/${total}  ${parts.join(', ')}`.slice(0, (stderr.columns || 80) - 3);
    stderr.write(`\r\x1b[2K  ${text}`);
  };
  const clear = () => void stderr.write('\r\x1b[2K');
  const timer = setInterval(show, 1000).unref();
  return {
    begin(name) {
      running.set(name, performance.now());
      show();
    },
    end(name) {
      running.delete(name);
      finished += 1;
    },
    clear,
    close() {
      clearInterval(timer);
      clear();
    },
  };
}
