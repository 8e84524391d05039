import type { OutFolder } from '../config/out.ts';
import { ParityError } from '../errors.ts';
import { terminalText } from '../json/printable.ts';
import { type TrendRun, trendOf } from '../report/document/trend.ts';
import { readHistory } from '../report/history.ts';
import { print, printJson } from './console.ts';
import { type Options, textOption } from './options.ts';
import { doubt, runFolders } from './run-folders.ts';
import { tableLines } from './table.ts';

const shownIds = 4;

/** The value of --last. */
export function lastOption(options: Options): number {
  const text = textOption(options, 'last') ?? '20';
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new ParityError('PX2001', `--last is "${text}"`, { hint: '--last takes a number of runs from 1 to 9999' });
}

function idList(sign: string, ids: readonly string[]): string[] {
  if (ids.length === 0) return [];
  const rest = ids.length - shownIds;
  const shown = ids.slice(0, shownIds).map(terminalText).join(' ');
  return [`${sign}${ids.length} (${shown}${rest > 0 ? ` and ${rest} more` : ''})`];
}

function cells(run: TrendRun): string[] {
  const { ladder, conclusive } = run;
  const held = [ladder.status, ladder.shape, ladder.value, ladder.wire].map((count) => `${count}/${conclusive}`);
  const cases = run.selected === run.total ? `${run.total}` : `${run.selected} of ${run.total}`;
  const when = run.startedAt.slice(0, 16).replace('T', ' ');
  return [terminalText(run.id), terminalText(when), run.verdict, cases, ...held, `${run.open}`, `${run.accepted}`];
}

const heads = [
  'run',
  'begun',
  'verdict',
  'cases',
  'status',
  'shape',
  'value',
  'wire',
  'open',
  'accepted',
  'opened and closed',
];

function table(runs: readonly TrendRun[]): string {
  const rows = runs.map((run) => [...cells(run), [...idList('+', run.opened), ...idList('-', run.closed)].join('  ')]);
  return tableLines([heads, ...rows]).join('\n');
}

/** What there is to say of a folder without runs. */
export function noRuns(folder: OutFolder): string {
  const why = doubt(folder);
  return terminalText(`no runs in ${folder.path}${why === null ? '' : `; ${why}`}`);
}

/** `parity trend`: how the newest runs went, the oldest first. What the first of them opened, the run before it tells. Nothing is sent. 3 if there is no run. */
export async function trendCommand(options: Options): Promise<number> {
  const last = lastOption(options);
  const folder = await runFolders(options);
  const runs = trendOf(await readHistory(folder.path, last + 1)).slice(-last);
  if (options.json === true) await printJson({ schema: 'parity-trend/1', runs });
  else await print(runs.length === 0 ? noRuns(folder) : table(runs));
  return runs.length === 0 ? 3 : 0;
}
