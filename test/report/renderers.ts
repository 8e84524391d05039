import type { RunRecord } from '../../src/record/run-record.ts';
import { type Format, formats, loadRenderer } from '../../src/report/formats.ts';
import type { TerminalOptions } from '../../src/report/text/terminal.ts';

type Whole = (record: RunRecord, options: TerminalOptions) => string;

/** The whole of a report, by its format. */
export const renderers = Object.fromEntries(
  await Promise.all(
    formats.map(async (format): Promise<[Format, Whole]> => {
      const render = await loadRenderer(format);
      return [format, (record, options) => [...render(record, options)].join('')];
    }),
  ),
) as Readonly<Record<Format, Whole>>;

/** The report document as JSON. */
export function renderJson(record: RunRecord): string {
  return renderers.json(record, { colour: false, width: 80, unicode: true });
}

/** The page. */
export function renderHtml(record: RunRecord): string {
  return renderers.html(record, { colour: false, width: 80, unicode: true });
}
