import { readFile } from 'node:fs/promises';
import { kill } from 'node:process';

/** A process that is not taken for another one that has its id later. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it began, in the system's own clock; empty where the system does not say. */
  readonly born: string;
}

/** The identity of the process that has this id now. */
export async function identityOf(pid: number): Promise<ProcessIdentity> {
  return { pid, born: await bornAt(pid) };
}

/** Whether it still runs: a process with its id that began at another time is another one. */
export async function isAlive({ pid, born }: ProcessIdentity): Promise<boolean> {
  try {
    kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
  const now = await bornAt(pid);
  return born === '' || now === '' || now === born;
}

/** Field 22 of `/proc/ID/stat` (proc(5)), counted behind the name of the program, which may hold anything. */
async function bornAt(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}
