/** Sets the exit code of the command line. */
export type Exit = (code: number) => void;

/** What help opens with: people read the first lines, and copy them. */
export function helpExamples(commands: readonly string[]): string {
  return `Examples:\n${commands.map((command) => `  $ ${command}\n`).join('')}`;
}
