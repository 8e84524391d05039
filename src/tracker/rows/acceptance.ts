import type { TrackerRow } from './row.ts';

/** What an accepted row says of itself on a day. */
export interface Acceptance {
  /** The last day on which it holds (YYYY-MM-DD); null if it has none, or none that can be read. */
  readonly until: string | null;
  /** That day is over, or cannot be read: the row counts as open. */
  readonly expired: boolean;
  /** What people should know of it; null if there is nothing to say. */
  readonly note: string | null;
}

/** How far people widened an acceptance. */
export interface Widening {
  /** To new cases of its routes. */
  readonly cases: boolean;
  /** To other values at its place. */
  readonly values: boolean;
}

/** What stands under Decision for each way to widen an acceptance. */
export const wideningWords: Readonly<Record<keyof Widening, string>> = {
  cases: '[scope: route]',
  values: '[values: any]',
};

/** A row in, how far its Decision widens the acceptance out; what is struck out does not count. */
export function wideningOf({ standing }: Pick<TrackerRow, 'standing'>): Widening {
  const text = standing ?? '';
  return { cases: /\[\s*scope:\s*route\s*\]/i.test(text), values: /\[\s*values:\s*any\s*\]/i.test(text) };
}

const soonDays = 14;
const dayLength = 24 * 60 * 60 * 1000;

/** An accepted row and the day of the run (YYYY-MM-DD) in, what became of the acceptance out. */
export function acceptanceOf(row: TrackerRow, today: string): Acceptance {
  const written = expiryIn(row);
  const until = written !== null && isDay(written) ? written : null;
  if (written !== null && until === null) {
    const note = `${row.id} is accepted until a day that cannot be read: it counts as open. Write it as YYYY-MM-DD.`;
    return { until, expired: true, note };
  }
  if (until !== null && until < today) {
    return { until, expired: true, note: `${row.id} was accepted until ${until}: it counts as open again.` };
  }
  return { until, expired: false, note: soon(row, until, today) ?? unreasoned(row) };
}

/** Whether a text is a day of the calendar, as YYYY-MM-DD. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

const month =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const year = String.raw`(?:19|20|21)\d\d`;

/** What people write for a day, whether it can be read or not; `2.0` and `the apps are out` are none. */
const dayLike = [
  String.raw`\d{4}-\d\d?-\d\d?(?!\d)`,
  String.raw`(?:19|20|21)\d{6}(?!\d)`,
  String.raw`${year}(?:[-/]\d\d?){1,2}(?!\d)`,
  String.raw`\d\d?[-/]\d\d?(?:[-/]\d{2,4})?(?!\d)`,
  String.raw`(?:\d\d?\.\d\d?\.${year}|${year}\.\d\d?\.\d\d?)(?!\d)`,
  String.raw`(?:\d\d?(?:st|nd|rd|th)?\.? ?(?:of )?)?(?:${month})\b`,
  String.raw`q[1-4]\b`,
  String.raw`${year}(?![\w./-])`,
].join('|');
const ofPart = '(?:(?:the )?(?:end|start|beginning|middle) of |(?:early|mid|late)[ -]|the )?';
const weekday = '(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?';
const untilDay = new RegExp(String.raw`\buntil:? ?[<("'[]?${weekday}${ofPart}(${dayLike})`, 'gi');

/** The column Until if it says anything, else the last `until YYYY-MM-DD`, or `until` what looks like a day, under Decision. */
function expiryIn({ until, standing }: TrackerRow): string | null {
  if (until !== null && until !== '') return until;
  return [...(standing ?? '').matchAll(untilDay)].at(-1)?.[1] ?? null;
}

function soon({ id }: TrackerRow, until: string | null, today: string): string | null {
  if (until === null) return null;
  const left = Math.round((Date.parse(until) - Date.parse(today)) / dayLength);
  return left > soonDays ? null : `${id} is accepted until ${until}: ${left === 1 ? '1 day' : `${left} days`} left.`;
}

function unreasoned({ id, decision, line }: TrackerRow): string | null {
  if (decision === null || decision !== '') return null;
  return `Tracker line ${line}: ${id} is accepted without a reason; say why under Decision.`;
}
