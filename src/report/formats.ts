import type { RunRecord } from '../record/run-record.ts';
import type { TerminalOptions } from './text/terminal.ts';

export type Format = 'terminal' | 'json' | 'md' | 'html' | 'junit' | 'github' | 'sarif' | 'har';

/** A report in parts, which joined are the whole: many where its length grows with the cases. The options tell the terminal's width, characters and colour. */
export type Renderer = (record: RunRecord, options: TerminalOptions) => Iterable<string>;

/** There is nothing to show but a table of cases. */
const isAllMatch = ({ footer, cases }: RunRecord): boolean =>
  footer?.findings.length === 0 &&
  cases.every(({ comparisons }) => comparisons.every(({ outcome }) => outcome === 'match'));

/** Each is imported where it is asked for; all read the record alone. */
const loaders: Readonly<Record<Format, (record?: RunRecord) => Promise<Renderer>>> = {
  terminal: async () => {
    const { renderTerminal } = await import('./text/terminal.ts');
    return (record, options) => [renderTerminal(record, options)];
  },
  json: async () => (await import('./document/json-parts.ts')).jsonParts,
  md: async () => {
    const { renderMarkdown } = await import('./text/markdown.ts');
    return (record) => [renderMarkdown(record)];
  },
  html: async (record) => {
    const [{ renderHtml }, { blocks }] = await Promise.all([
      import('./html/page.ts'),
      record !== undefined && isAllMatch(record) ? { blocks: null } : import('./html/blocks.ts'),
    ]);
    return (one) => [renderHtml(one, blocks)];
  },
  junit: async () => (await import('./text/junit.ts')).junitParts,
  github: async () => {
    const { renderGithubSummary } = await import('./text/github.ts');
    return (record) => [renderGithubSummary(record)];
  },
  sarif: async () => {
    const { renderSarif } = await import('./text/sarif.ts');
    return (record) => [renderSarif(record)];
  },
  har: async () => (await import('./text/har.ts')).harParts,
};

/** Names of the formats, as `--reporter` takes them. */
export const formats = Object.keys(loaders) as readonly Format[];

/** The renderer of a format: for this record alone where one is given, so that no more is loaded than it needs. */
export const loadRenderer = (format: Format, record?: RunRecord): Promise<Renderer> => loaders[format](record);
