import { readdirSync, readFileSync } from 'node:fs';

/** A variable in the environment of all that a run starts, by which it is found again. */
export const markName = 'PARITY_SERVICE';

/**
 * The ids of the processes that have this mark, what has left the group of its service among them. Of those that this user may look at,
 * and none where the system does not tell (it does on Linux: proc(5)).
 */
export function marked(mark: string): number[] {
  const wanted = Buffer.from(`${markName}=${mark}\0`);
  return processes().filter((id) => environmentOf(id)?.includes(wanted) === true);
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
function environmentOf(id: number): Buffer | null {
  try {
    return readFileSync(`/proc/${id}/environ`);
  } catch {
    return null;
  }
}
