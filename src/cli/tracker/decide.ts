import { ParityError } from '../../errors.ts';
import { terminalText } from '../../json/printable.ts';
import { recentRuns } from '../../report/history.ts';
import { decideTracker } from '../../tracker/decide.ts';
import { clearLock } from '../../tracker/file/lock.ts';
import { maxShapeTextListed } from '../../tracker/limits.ts';
import { rowOf } from '../../tracker/list.ts';
import { isDay } from '../../tracker/rows/acceptance.ts';
import { isCutShort } from '../../tracker/rows/accepted-shape.ts';
import { type NewRow, newRow } from '../../tracker/rows/row.ts';
import { seenCells } from '../../tracker/rows/row-cells.ts';

import { print } from '../console.ts';
import { type Options, textOption } from '../options.ts';
import { type TrackerAt, trackerAt } from '../tracker-file.ts';

function wordOption(options: Options, name: string): string | null {
  return textOption(options, name)?.trim() || null;
}

/** A last day in the past would accept nothing. */
function untilOption(options: Options): string | null {
  const until = wordOption(options, 'until');
  if (until === null) return null;
  const today = new Date().toISOString().slice(0, 10);
  if (isDay(until) && until >= today) return until;
  const why = isDay(until) ? 'is over' : 'is not a date';
  throw new ParityError('PX2001', `--until ${until} ${why}`, {
    hint: `--until takes a date from ${today} on, as YYYY-MM-DD`,
  });
}

/** The value of a flag that takes one word: PX2001 for any other. */
function isWidened(options: Options, flag: 'scope' | 'values', word: string): boolean {
  const value = wordOption(options, flag);
  if (value === null || value === word) return value !== null;
  throw new ParityError('PX2001', `--${flag} is "${value}"`, { hint: `--${flag} takes ${word}, or is left out` });
}

/** A row that has a reason already can be accepted more widely without a new one. */
async function hasReason({
  file,
  id,
  tracking,
}: Pick<TrackerAt, 'file' | 'tracking'> & { id: string }): Promise<boolean> {
  const { standing } = await rowOf(file, id, tracking);
  return standing !== null && standing !== '';
}

/** What a run knows of a finding. */
interface Known {
  /** The row that it would get: people may accept it before a run was allowed to write it. */
  readonly row: NewRow | null;
  readonly pin: string | null;
}

/** A filtered run, a probe or a replay that came later does not show a finding: so many of the newest runs are looked at. */
const searchedRuns = 20;

/** What the newest run that shows a finding knows of it. */
async function fromRuns(id: string, out: string): Promise<Known> {
  for await (const { header, footer } of recentRuns(out, searchedRuns)) {
    const finding = footer?.findings.find((one) => one.id === id);
    if (finding === undefined) continue;
    const reference = header.targets.find((target) => target.role === 'reference')?.name ?? '';
    const seen = seenCells({ today: header.startedAt.slice(0, 10), versions: new Map(), report: null }, finding);
    return { row: newRow(finding, reference, seen), pin: finding.pin ?? null };
  }
  return { row: null, pin: null };
}

/** An acceptance of what nobody has seen lately stands for whatever comes. */
function unheld(out: string): string {
  return `warning: none of the last ${searchedRuns} runs in ${terminalText(out)} shows it, so what it covers is not recorded: it covers whatever is there until a run that may write the tracker shows it`;
}

/** What is not listed is not covered. */
const cutShort = `warning: it was seen at more than ${maxShapeTextListed} places, which is more than a row lists: those that it does not list are not covered; --scope route and --values any cover all of them`;

/** `parity tracker accept|reopen ID`. An acceptance without a reason is worth nothing to the next reader: PX2001. */
export async function trackerDecide(name: string, state: 'accepted' | 'reopened', options: Options): Promise<number> {
  const id = name.toUpperCase();
  const reason = wordOption(options, 'reason');
  const widening = { cases: isWidened(options, 'scope', 'route'), values: isWidened(options, 'values', 'any') };
  const until = untilOption(options);
  const { file, tracking, out } = await trackerAt(options);
  const isWider = widening.cases || widening.values;
  if (state === 'accepted' && reason === null && !(isWider && (await hasReason({ file, id, tracking }))))
    throw new ParityError('PX2001', `${id} is not accepted without a reason`, { hint: 'say why: --reason "…"' });
  const known = state === 'accepted' ? await fromRuns(id, out) : { row: null, pin: null };
  const decision = { id, state, reason, owner: wordOption(options, 'owner'), until, widening, ...known };
  const { written, isHeld } = await decideTracker(file, decision, tracking);
  const long = until === null ? '' : ` until ${until}`;
  await print(written ? `${id} is ${state}${long}` : `${id} was ${state}${long} already`);
  if (state === 'accepted' && known.row === null && !isHeld) await print(unheld(out));
  if (known.pin !== null && isCutShort(known.pin)) await print(cutShort);
  return 0;
}

/** `parity tracker unlock`: takes away a lock that nobody holds any more; with `--force` any lock. */
export async function trackerUnlock(options: Options): Promise<number> {
  const { file } = await trackerAt(options);
  const holder = await clearLock(file, { name: file, force: options.force === true });
  await print(holder === null ? `${file} is not locked` : `${file} is unlocked; it was held ${holder}`);
  return 0;
}
