import type { OutFolder } from '../config/out.ts';
import { ParityError } from '../errors.ts';
import { terminalText } from '../json/printable.ts';
import { readRun } from '../record/read.ts';
import { type ReportDocument, toReportDocument } from '../report/document/document.ts';
import { type LadderMove, movesBetween } from '../report/document/ladder-moves.ts';
import type { ReportFinding } from '../report/document/report-model.ts';
import { findingPlace, plural } from '../report/document/wording.ts';
import { readHistory } from '../report/history.ts';
import { print, printJson } from './console.ts';
import type { Options } from './options.ts';
import { findRunIn, runFolders } from './run-folders.ts';

const shownMoves = 100;
const shownUnjudged = 10;

function findingLine(word: string): (finding: ReportFinding) => string {
  return ({ id, route, title, ...place }) =>
    `${word.padEnd(12)}  ${terminalText(id)}  ${terminalText(`${route}  ${findingPlace(place)}  ${title}`)}`;
}

function moveLine({ case: id, candidate, before, after, headers }: LadderMove): string {
  const rungs = before === after ? [] : [`${before} → ${after}`];
  const said = [...rungs, ...(headers === null ? [] : [`headers ${headers} now`])].join(', ');
  return `${'moved'.padEnd(12)}  ${terminalText(id)}  ${terminalText(candidate)}  ${said}`;
}

/** Both runs of a comparison: of one run alone the newest is the other one, and of the newest the one before it. Throws ParityError PX2502. */
async function runsOf([a, b]: Names, { path }: OutFolder): Promise<readonly [string, string]> {
  if (a !== undefined && b !== undefined) return [a, b];
  const [newest, earlier] = (await readHistory(path, 2)).map(({ run }) => run.id).reverse();
  if (newest !== undefined && a !== undefined && a !== 'latest' && a !== newest) return [a, newest];
  if (newest !== undefined && earlier !== undefined) return [earlier, newest];
  throw new ParityError('PX2502', `there are no two runs to compare in ${path}`, {
    hint: 'record another one with parity run; replays and probes do not count',
  });
}

type Names = readonly [a: string | undefined, b: string | undefined];

/** `parity diff RUN_A RUN_B`: what opened, what closed, what moved on the ladder. 0; 3 if one of the runs was cut off. */
export async function diffCommand(asked: Names, options: Options): Promise<number> {
  const folder = await runFolders(options);
  const names = await runsOf(asked, folder);
  const [a, b] = await Promise.all(names.map(async (name) => toReportDocument(await readRun(findRunIn(folder, name)))));
  const [before, after] = [a!, b!];
  const moves = movesBetween(before, after);
  if (options.json === true)
    await printJson({ schema: 'parity-diff/1', before: before.run.id, after: after.run.id, ...moves });
  else await print(said(before, after, moves).join('\n'));
  return before.run.finishedAt === null || after.run.finishedAt === null ? 3 : 0;
}

function said(before: ReportDocument, after: ReportDocument, moves: ReturnType<typeof movesBetween>): string[] {
  const { opened, firstJudged, closed, notJudged, ladder } = moves;
  const [rest, unjudged] = [ladder.length - shownMoves, notJudged.length - shownUnjudged];
  const lines = [
    ...opened.map(findingLine('opened')),
    ...firstJudged.map(findingLine('first judged')),
    ...closed.map(findingLine('closed')),
    ...notJudged.slice(0, shownUnjudged).map(findingLine('not judged')),
    ...(unjudged > 0 ? [`and ${plural(unjudged, 'more finding')} whose cases the second run did not judge`] : []),
    ...ladder.slice(0, shownMoves).map(moveLine),
    ...(rest > 0 ? [`and ${plural(rest, 'more case')} that moved: --json has them`] : []),
  ];
  const counts = `${opened.length} opened, ${closed.length} closed, ${plural(ladder.length, 'case')} moved`;
  return [
    `from ${terminalText(before.run.id)} (${before.verdict}) to ${terminalText(after.run.id)} (${after.verdict})`,
    ...(lines.length === 0 ? [] : ['', ...lines]),
    '',
    counts,
  ];
}
