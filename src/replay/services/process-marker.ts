import { readdirSync, readFileSync } from 'node:fs';

/** A variable in the environment of all that a run starts, by which it is found again. */
export const markName = 'PARITY_SERVICE';

/**
 * The ids of the processes that have this mark and have left the process group. Of those that this user may look at, and none where the
 * system does not tell (it does on Linux: proc(5)).
 */
export function strays(mark: string, group: number): number[] {
  const wanted = Buffer.from(`${markName}=${mark}\0`);
  return processes().filter((id) => told(id, 'environ')?.includes(wanted) === true && groupOf(id) !== group);
}

/** Behind the name of the command, which may hold anything, come its state, its parent and its group. */
function groupOf(id: number): number | null {
  const stat = told(id, 'stat')?.toString('latin1') ?? '';
  const group = /^ \w \d+ (\d+)/.exec(stat.slice(stat.lastIndexOf(')') + 1))?.[1];
  return group === undefined ? null : Number(group);
}

function processes(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/** Null for a process that is gone, or somebody else's. */
function told(id: number, what: 'environ' | 'stat'): Buffer | null {
  try {
    return readFileSync(`/proc/${id}/${what}`);
  } catch {
    return null;
  }
}
