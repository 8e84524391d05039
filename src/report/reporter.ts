import { ParityError } from '../errors.ts';
import type { RunRecord } from '../record/run-record.ts';
import { listedCases, type ReportDocument, reportFrame } from './document/document.ts';
import type { ReportCase, ReportFinding } from './document/report-model.ts';
import { maxReporterSeconds } from './limits.ts';

/** What a custom reporter is given: the events of one run, in this order. Secrets are masked in them. */
export type ReporterEvent =
  | { readonly type: 'run-start'; readonly run: ReportDocument['run']; readonly counts: ReportDocument['counts'] }
  | { readonly type: 'case'; readonly case: ReportCase }
  | { readonly type: 'finding'; readonly finding: ReportFinding }
  | { readonly type: 'run-end'; readonly report: Omit<ReportDocument, 'cases'>; readonly dir: string };

/** The default export of a module that `--reporter` names. It is called once for each event, and awaited. */
export type Reporter = (event: ReporterEvent) => void | Promise<void>;

function* eventsOf(record: RunRecord, dir: string): Generator<ReporterEvent> {
  const { cases: _, ...report } = reportFrame(record);
  yield { type: 'run-start', run: report.run, counts: report.counts };
  for (const { perCandidate } of listedCases(record))
    for (const each of perCandidate) yield { type: 'case', case: each };
  for (const finding of report.findings) yield { type: 'finding', finding };
  yield { type: 'run-end', report, dir };
}

const withinTime = async (reporter: Reporter, event: ReporterEvent): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const refuse = () => reject(new Error(`not finished within ${maxReporterSeconds} seconds`));
    timer = setTimeout(refuse, maxReporterSeconds * 1000);
  });
  try {
    await Promise.race([Promise.resolve(reporter(event)), late]);
  } finally {
    clearTimeout(timer);
  }
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A reporter and the name that it was given by. */
export interface NamedReporter {
  readonly name: string;
  readonly reporter: Reporter;
}

/**
 * Gives a reporter the events of a recorded run, one after the other. What it throws ends its events and costs nothing else: the record
 * and all other reports are written before. Throws ParityError PX4401.
 */
export const sendEvents = async (record: RunRecord, dir: string, { name, reporter }: NamedReporter): Promise<void> => {
  for (const event of eventsOf(record, dir))
    try {
      await withinTime(reporter, event);
    } catch (cause) {
      const message = `the reporter ${name} failed at the event "${event.type}": ${messageOf(cause)}`;
      const hint = `the run is stored in ${dir}; mend the reporter, then parity report ${record.header.id} --reporter ${name}`;
      throw new ParityError('PX4401', message, { cause, hint });
    }
};
