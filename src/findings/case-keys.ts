import { memoizeBounded } from '../structures/memoize-bounded.ts';

const sharedKeys = memoizeBounded(1024, (text: string): readonly string[] => text.split(' '));

/** The keys of the divergences of each case, sorted. Most cases have the same ones. */
export function caseKeys(): { add(id: string, key: string): void; all(): readonly (readonly string[])[] } {
  const done: (readonly string[])[] = [];
  let [last, open]: [string | null, Set<string>] = [null, new Set()];
  const close = () => {
    if (last !== null) done.push(sharedKeys([...open].sort().join(' ')));
  };
  return {
    add(id, key) {
      if (id !== last) {
        close();
        [last, open] = [id, new Set()];
      }
      open.add(key);
    },
    all() {
      close();
      last = null;
      return done;
    },
  };
}
