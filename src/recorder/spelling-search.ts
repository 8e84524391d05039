import { minSecretLength } from '../config/limits.ts';

/** Finds spellings of credentials in texts, however many there are: by their first characters, in one pass over a text. */
export class SpellingSearch {
  /** By their first characters, the longest first. */
  readonly #byStart = new Map<string, (readonly [written: string, name: string])[]>();

  add(written: string, name: string): void {
    const start = written.slice(0, minSecretLength);
    const known = this.#byStart.get(start) ?? [];
    known.push([written, name]);
    known.sort(([a], [b]) => b.length - a.length);
    this.#byStart.set(start, known);
  }

  /** The text with what `replacement` makes of the name of each spelling in its place. */
  replace(text: string, replacement: (name: string) => string): string {
    if (this.#byStart.size === 0) return text;
    let [shown, from] = ['', 0];
    for (let at = 0; at + minSecretLength <= text.length; ) {
      const spellings = this.#byStart.get(text.slice(at, at + minSecretLength));
      const found = spellings?.find(([written]) => text.startsWith(written, at));
      if (found === undefined) {
        at += 1;
        continue;
      }
      shown += text.slice(from, at) + replacement(found[1]);
      at += found[0].length;
      from = at;
    }
    return from === 0 ? text : shown + text.slice(from);
  }
}
