import { createInterface } from 'node:readline';
import { ParityError } from '../../errors.ts';
import { terminalText } from '../../json/printable.ts';
import { plural } from '../../report/document/wording.ts';
import { listTracker } from '../../tracker/list.ts';
import { isDay } from '../../tracker/rows/acceptance.ts';
import type { TrackerRow } from '../../tracker/rows/row.ts';
import { print } from '../console.ts';
import { openPage, pageOf } from '../open-report.ts';
import { type Options, textOption } from '../options.ts';
import { trackerAt } from '../tracker-file.ts';
import { trackerDecide } from './decide.ts';

/** Asks one question; null where the terminal was closed. */
type Ask = (question: string) => Promise<string | null>;

interface Review {
  readonly options: Options;
  readonly ask: Ask;
}

const choices = '[a]ccept  [s]kip  [o]pen in the page  [q]uit';

/** What a person needs to decide about a row. */
function rowText({
  id,
  status,
  divergence,
  sentence,
  route,
  reference,
  candidate,
  cases,
  firstSeen,
  decision,
}: TrackerRow): string {
  const facts: readonly (readonly [string, string | null])[] = [
    ['route', route],
    ['reference', reference],
    ['candidate', candidate],
    ['cases', cases],
    ['first seen', firstSeen],
    ['decision', decision],
  ];
  const told = facts.filter(([, text]) => text !== null && text !== '');
  return [
    `${id}  ${terminalText(status)}  ${terminalText(divergence ?? '')}`,
    ...(sentence === null ? [] : [`  ${terminalText(sentence)}`]),
    ...told.map(([name, text]) => `  ${name.padEnd(10)}  ${terminalText(text ?? '')}`),
  ].join('\n');
}

/** A last day from today on, asked until it is one; empty for none, null where the terminal was closed. */
async function askUntil(ask: Ask): Promise<string | null> {
  const today = new Date().toISOString().slice(0, 10);
  for (;;) {
    const answer = await ask('until (YYYY-MM-DD, empty for no last day): ');
    const day = answer?.trim() ?? null;
    if (day === null || day === '' || (isDay(day) && day >= today)) return day;
    await print(
      `${terminalText(day)} ${isDay(day) ? 'is over' : 'is not a date'}: write one from ${today} on, as YYYY-MM-DD`,
    );
  }
}

/** Whether the row was accepted: without a reason it is not. */
async function accept(id: string, { options, ask }: Review): Promise<boolean> {
  const reason = (await ask('reason: '))?.trim() ?? '';
  if (reason === '') {
    await print('not accepted: an acceptance needs a reason');
    return false;
  }
  const owner = await ask('owner (empty for none): ');
  const until = owner === null ? null : await askUntil(ask);
  if (owner === null || until === null) return false;
  await trackerDecide(id, 'accepted', { ...options, reason, owner, ...(until === '' ? {} : { until }) });
  return true;
}

/** The row in the page of the newest run; why it cannot be shown is told, and the review goes on. */
async function show(id: string, options: Options): Promise<void> {
  try {
    const page = await pageOf('latest', options);
    await print(`${terminalText(page)}#${id}`);
    await openPage(page, id);
  } catch (error) {
    if (!(error instanceof ParityError)) throw error;
    await print(terminalText(`${error.message}${error.hint === undefined ? '' : `; ${error.hint}`}`));
  }
}

/** What was decided about a row: `quit` ends the review. */
async function decide(row: TrackerRow, review: Review): Promise<'accepted' | 'skipped' | 'quit'> {
  for (;;) {
    const word = (await review.ask(`${choices}: `))?.trim().toLowerCase() ?? 'q';
    if (word === 'q' || word === 'quit') return 'quit';
    if (word === 's' || word === 'skip' || word === '') return 'skipped';
    if (word === 'o' || word === 'open') await show(row.id ?? '', review.options);
    else if (word !== 'a' && word !== 'accept') await print(`type one of a, s, o, q`);
    else if (await accept(row.id ?? '', review)) return 'accepted';
  }
}

async function reviewed(rows: readonly TrackerRow[], review: Review): Promise<number> {
  let accepted = 0;
  for (const [at, row] of rows.entries()) {
    await print(`\n${at + 1} of ${rows.length}\n${rowText(row)}`);
    const done = await decide(row, review);
    if (done === 'quit') break;
    if (done === 'accepted') accepted += 1;
  }
  return accepted;
}

/** `parity tracker review`: walks through the open rows. 0; 130 after Ctrl-C. Throws ParityError PX2001 where nobody can be asked. */
export async function trackerReview(options: Options): Promise<number> {
  if (process.stdin.isTTY !== true || process.stdout.isTTY !== true)
    throw new ParityError('PX2001', 'parity tracker review asks questions, and this is not a terminal', {
      hint: 'parity tracker list --state open lists the rows; parity tracker accept ID --reason "…" accepts one',
    });
  const { file, tracking } = await trackerAt(options);
  const route = textOption(options, 'route')?.toLowerCase() ?? '';
  const rows = (await listTracker(file, tracking)).filter(
    (row) => (row.state === 'open' || row.state === 'reopened') && (row.route ?? '').toLowerCase().includes(route),
  );
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  let isInterrupted = false;
  terminal.once('SIGINT', () => {
    isInterrupted = true;
    terminal.close();
  });
  // What is typed before it is asked for is an answer, too.
  const lines = terminal[Symbol.asyncIterator]();
  const ask: Ask = async (question) => {
    if (!isInterrupted) process.stdout.write(question);
    const line = await lines.next();
    return line.done === true ? null : line.value;
  };
  const accepted = await reviewed(rows, { options, ask });
  terminal.close();
  await print(`\naccepted ${accepted} of ${plural(rows.length, 'open row')}`);
  return isInterrupted ? 130 : 0;
}
