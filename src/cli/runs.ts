import { terminalText } from '../json/printable.ts';
import type { RunHeader } from '../record/types.ts';
import { toReportDocument } from '../report/document/document.ts';
import { openFindings } from '../report/document/wording.ts';
import { runsIn } from '../report/history.ts';
import { print, printJson } from './console.ts';
import type { Options } from './options.ts';
import { runFolders } from './run-folders.ts';
import { tableLines } from './table.ts';
import { lastOption, noRuns } from './trend.ts';

/** What kind of run it was. */
function kindOf({ replayOf, derivedFrom, shard, selfCheck }: RunHeader): string {
  if (replayOf !== undefined) return `replay of ${replayOf}`;
  if (derivedFrom !== undefined) return `probe from ${derivedFrom}`;
  if (shard !== undefined && shard.total > 1) return `shard ${shard.index}/${shard.total}`;
  return selfCheck === true ? 'self-check' : 'run';
}

/** `parity runs`: the newest runs, the newest first, also those that were cut off. Nothing is sent. 3 if there is none. */
export async function runsCommand(options: Options): Promise<number> {
  const last = lastOption(options);
  const folder = await runFolders(options);
  const runs = [];
  for await (const record of runsIn(folder.path, last)) {
    const { run, verdict, counts, ...report } = toReportDocument(record);
    const { id, startedAt, finishedAt } = run;
    const ended = record.footer === null ? 'cut off' : verdict;
    const open = openFindings({ ...report, run, verdict, counts }).length;
    runs.push({
      id,
      startedAt,
      finishedAt,
      kind: kindOf(record.header),
      verdict: ended,
      selected: counts.selected,
      total: counts.total,
      open,
    });
  }
  if (options.json === true) await printJson({ schema: 'parity-runs/1', runs });
  else if (runs.length === 0) await print(noRuns(folder));
  else {
    const rows = runs.map(({ id, startedAt, kind, verdict, selected, total, open }) => {
      const cases = selected === total ? `${total}` : `${selected} of ${total}`;
      const cells = [id, startedAt.slice(0, 16).replace('T', ' '), kind, verdict, cases, `${open}`];
      return cells.map(terminalText);
    });
    await print(tableLines([['run', 'begun', 'kind', 'verdict', 'cases', 'open'], ...rows]).join('\n'));
  }
  return runs.length === 0 ? 3 : 0;
}
