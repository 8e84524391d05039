import { readdirSync, readFileSync } from 'node:fs';
import { env, kill } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { maxGraceMs, maxKillMs } from './limits.ts';

/** A variable in the environment of all that is started, by which it is found again: marks with a blank between them, the outermost first. */
const markName = 'PARITY_SERVICE';

/** The environment with one more mark: what starts something of its own keeps the marks it was started with. */
export function marked(variables: NodeJS.ProcessEnv, marks: readonly string[]): NodeJS.ProcessEnv {
  return { ...variables, [markName]: [variables[markName] ?? '', ...marks].join(' ').trim() };
}

/** From now on all that this process starts has this mark, too; returns what undoes it. */
export function markAll(mark: string): () => void {
  const before = env[markName];
  Object.assign(env, marked(env, [mark]));
  return () => {
    if (before === undefined) delete env[markName];
    else env[markName] = before;
  };
}

/** What was started together. */
export interface Family {
  /** In the environment of all that it started. */
  readonly mark: string;
  /** Id of the process group, or null for what has this mark and nothing else. */
  readonly group: number | null;
}

/**
 * The ids of those that live of a process group, and of those that have its mark and have left it. Of those that this user may look
 * at. Null where the system does not say (it does on Linux: proc(5)).
 */
function living({ mark, group }: Family): number[] | null {
  return (
    processes()?.filter((id) => {
      const stat = statOf(id);
      return stat !== null && !stat.isDead && ((group !== null && stat.group === group) || hasMark(id, mark));
    }) ?? null
  );
}

/** Asks all that was started together to end, and kills what is left after so many milliseconds. */
export async function endFamily(family: Family, graceMs = maxGraceMs): Promise<void> {
  signalFamily(family, 'SIGTERM');
  await untilGone(family, graceMs, () => {});
  await untilGone(family, maxKillMs, () => signalFamily(family, 'SIGKILL'));
}

async function untilGone(family: Family, waitMs: number, poll: () => void): Promise<void> {
  const deadline = performance.now() + waitMs;
  while (isAnyAlive(family) && performance.now() < deadline) {
    poll();
    await sleep(20);
  }
}

/** Whether something lives of what was started together. */
function isAnyAlive(family: Family): boolean {
  const found = living(family);
  return found === null ? family.group !== null && send(-family.group, 0) : found.length > 0;
}

/** Sends a signal to all that was started together. */
export function signalFamily(family: Family, signal: NodeJS.Signals): void {
  if (family.group !== null) send(-family.group, signal);
  for (const id of living(family) ?? []) if (statOf(id)?.group !== family.group) send(id, signal);
}

function send(id: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return kill(id, signal);
  } catch {
    return false;
  }
}

function hasMark(id: number, mark: string): boolean {
  const environ = read(id, 'environ');
  const at = environ?.indexOf(`${markName}=`) ?? -1;
  if (environ === null || at < 0 || (at > 0 && environ[at - 1] !== 0)) return false;
  const end = environ.indexOf(0, at);
  const value = environ.toString('latin1', at + markName.length + 1, end < 0 ? environ.length : end);
  return value.split(' ').includes(mark);
}

/** Behind the name of the command, which may hold anything, come its state, its parent and its group. A dead process may wait for its parent to ask how it ended. */
function statOf(id: number): { readonly group: number; readonly isDead: boolean } | null {
  const stat = read(id, 'stat')?.toString('latin1') ?? '';
  const [, state, group] = /^ (\w) \d+ (\d+)/.exec(stat.slice(stat.lastIndexOf(')') + 1)) ?? [];
  return group === undefined ? null : { group: Number(group), isDead: state === 'Z' || state === 'X' };
}

function processes(): number[] | null {
  try {
    const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return ids.length === 0 ? null : ids.map(Number);
  } catch {
    return null;
  }
}

/** Null for a process that is gone, or somebody else's. */
function read(id: number, what: 'environ' | 'stat'): Buffer | null {
  try {
    return readFileSync(`/proc/${id}/${what}`);
  } catch {
    return null;
  }
}
