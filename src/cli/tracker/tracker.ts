import { ParityError } from '../../errors.ts';
import { terminalText } from '../../json/printable.ts';
import { listTracker } from '../../tracker/list.ts';
import { plainRow, type TrackerRow } from '../../tracker/rows/row.ts';
import { print, printJson } from '../console.ts';
import { type Options, textOption } from '../options.ts';
import { tableLines } from '../table.ts';
import { trackerAt } from '../tracker-file.ts';

const states = ['open', 'accepted', 'fixed', 'reopened'];

function cells({ id, state, status, route, divergence, cases, lastSeen, decision }: TrackerRow): string[] {
  const count = cases === '1' ? '1 case' : `${cases ?? '?'} cases`;
  return [id, state ?? status, route, divergence, count, lastSeen, decision].map((text) => terminalText(text ?? ''));
}

function stateOption(options: Options): string | undefined {
  const state = textOption(options, 'state');
  if (state === undefined || states.includes(state)) return state;
  throw new ParityError('PX2001', `--state is "${state}"`, { hint: `--state takes ${states.join(', ')}` });
}

/** The drift class that a row names, before the place. */
function classOf({ divergence }: TrackerRow): string {
  return divergence?.split(' at ', 1)[0]?.trim() ?? '';
}

/** `parity tracker list`: the rows that name a finding, in the file's order. */
export async function trackerList(options: Options): Promise<number> {
  const [state, name] = [stateOption(options), textOption(options, 'class')];
  const route = textOption(options, 'route')?.toLowerCase();
  const { file, tracking } = await trackerAt(options);
  const rows = (await listTracker(file, tracking)).filter(
    (row) =>
      (state === undefined || row.state === state) &&
      (name === undefined || classOf(row) === name) &&
      (route === undefined || row.route?.toLowerCase().includes(route) === true),
  );
  if (options.json === true) await printJson(rows.map(plainRow));
  else await print(rows.length === 0 ? 'no rows' : tableLines(rows.map(cells)).join('\n'));
  return 0;
}
