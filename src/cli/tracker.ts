import { resolve } from 'node:path';
import { ParityError } from '../errors.ts';
import { terminalText } from '../report/escape.ts';
import { decideTracker } from '../tracker/decide.ts';
import { listTracker } from '../tracker/list.ts';
import type { TrackerRow } from '../tracker/row.ts';
import { print } from './console.ts';
import { type Options, textOption } from './options.ts';
import { readConfig } from './session.ts';

const states = ['open', 'accepted', 'fixed', 'reopened'];

async function trackerFile(options: Options): Promise<string> {
  const flag = textOption(options, 'tracker');
  if (flag !== undefined) return resolve(flag);
  const { tracker } = await readConfig({ config: options.config });
  if (tracker !== null) return tracker;
  throw new ParityError('PX2602', 'the configuration names no tracker', {
    hint: 'name one: --tracker docs/ARCHITECTURE_COMPARISON.md',
  });
}

function line(row: TrackerRow): string {
  const cell = (text: string | null) => terminalText(text ?? '');
  const cases = row.cases === '1' ? '1 case' : `${cell(row.cases)} cases`;
  return `${cell(row.id)}  ${cell(row.state ?? row.status).padEnd(8)}  ${cell(row.route)}  ${cell(row.divergence)}  ${cases}  ${cell(row.lastSeen)}`;
}

/** `parity tracker list`: the rows that name a finding, in the file's order. */
export async function trackerList(options: Options): Promise<number> {
  const state = textOption(options, 'state');
  if (state !== undefined && !states.includes(state))
    throw new ParityError('PX2001', `--state is "${state}"`, { hint: `--state takes ${states.join(', ')}` });
  const rows = (await listTracker(await trackerFile(options))).filter(
    (row) => state === undefined || row.state === state,
  );
  if (options.json === true)
    await print(
      JSON.stringify(
        rows.map(({ cells: _, ...row }) => row),
        null,
        2,
      ),
    );
  else await print(rows.length === 0 ? 'no rows' : rows.map(line).join('\n'));
  return 0;
}

/** `parity tracker accept|reopen ID`. An acceptance without a reason is worth nothing to the next reader: PX2001. */
export async function trackerDecide(id: string, state: 'accepted' | 'reopened', options: Options): Promise<number> {
  const reason = textOption(options, 'reason')?.trim() ?? '';
  if (state === 'accepted' && reason === '')
    throw new ParityError('PX2001', `${id} is not accepted without a reason`, { hint: 'say why: --reason "…"' });
  const file = await trackerFile(options);
  const { written } = await decideTracker(file, { id: id.toUpperCase(), state, reason: reason === '' ? null : reason });
  await print(written ? `${id.toUpperCase()} is ${state}` : `${id.toUpperCase()} was ${state} already`);
  return 0;
}
