import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ParityError } from '../../errors.ts';
import { terminalText } from '../../json/printable.ts';
import { siblingName, storingSync } from '../../record/lines/files.ts';
import { type Check, isNumber, isString, listOf, mapOf, oneOf, orNull, shapeOf } from '../../record/validators.ts';
import { maxStateBytes } from '../limits.ts';
import type { LiveState } from './live-state.ts';

/** The name of the state in a run folder. */
const stateName = 'live.json';

/** A count: a whole number that no sum of such takes out of the exact ones. */
const isCount: Check<number> = (value): value is number => isNumber(value) && Number.isSafeInteger(value) && value >= 0;

const counts = mapOf(isCount);

const route = shapeOf({
  ...{ route: isString, copied: isCount, matched: isCount, divergent: isCount, suppressed: isCount },
  ...{ inconclusive: isCount, refused: isCount, absent: isCount, lost: counts, skipped: counts },
  signatures: mapOf(shapeOf({ count: isCount, cases: listOf(isString) })),
  latest: orNull(isString),
});

const isLiveState: Check<LiveState> = shapeOf({
  schema: oneOf('parity-live/1'),
  ...{ run: isString, startedAt: isString, updatedAt: isString, reference: isString, candidate: isString },
  routes: listOf(route),
});

/** Stores the state in the run folder in one step: a process that is killed leaves the old one. Throws ParityError PX4201. */
export function storeState(dir: string, state: LiveState): void {
  const path = join(dir, stateName);
  storingSync(path, () => {
    const beside = siblingName(path);
    writeFileSync(beside, `${JSON.stringify(state)}\n`, { mode: 0o600 });
    renameSync(beside, path);
  });
}

/** Whether a folder is that of a live comparison. */
export function isLiveRun(dir: string): boolean {
  return statSync(join(dir, stateName), { throwIfNoEntry: false })?.isFile() === true;
}

/** The state that a live comparison stored last. Throws ParityError PX2506 where there is none, or one that is not ours. */
export function readState(dir: string): LiveState {
  const path = join(dir, stateName);
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined)
    throw new ParityError('PX2506', `${terminalText(dir)} holds no live comparison: ${stateName} is not there`, {
      hint: 'parity shadow writes it; name its run folder, or the folder of run folders with --out',
    });
  const value = size > maxStateBytes ? null : parsed(path);
  if (isLiveState(value)) return value;
  throw new ParityError('PX2506', `${terminalText(path)} is not the state of a live comparison`, {
    hint: 'it was changed or cut off; record a new one with: parity shadow',
  });
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/** The folder of the live comparison below `out` that was begun last; null if there is none. */
export async function newestLiveRun(out: string): Promise<string | null> {
  const names = await readdir(out).catch(() => []);
  const found = names
    .filter((name) => /^\d{8}-\d{6}-/.test(name))
    .sort()
    .findLast((name) => isLiveRun(join(out, name)));
  return found === undefined ? null : join(out, found);
}
