import { ParityError } from '../errors.ts';
import { terminalText } from '../report/escape.ts';
import { listTracker } from '../tracker/list.ts';
import type { TrackerRow } from '../tracker/row.ts';
import { print, printJson } from './console.ts';
import { type Options, textOption } from './options.ts';
import { trackerAt } from './tracker-file.ts';

const states = ['open', 'accepted', 'fixed', 'reopened'];

function line(row: TrackerRow): string {
  const cell = (text: string | null) => terminalText(text ?? '');
  const cases = row.cases === '1' ? '1 case' : `${cell(row.cases)} cases`;
  return `${cell(row.id)}  ${cell(row.state ?? row.status).padEnd(8)}  ${cell(row.route)}  ${cell(row.divergence)}  ${cases}  ${cell(row.lastSeen)}`;
}

/** A row for programs: what it says, without where it stands in the text. */
function plain({ cells: _, divergenceSource: __, lastSeenSource: ___, ...row }: TrackerRow): object {
  return row;
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
  if (options.json === true) await printJson(rows.map(plain));
  else await print(rows.length === 0 ? 'no rows' : rows.map(line).join('\n'));
  return 0;
}
