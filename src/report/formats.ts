import type { RunRecord } from '../record/run-record.ts';
import { jsonParts } from './document/json-parts.ts';
import { renderHtml } from './html/page.ts';
import { renderGithubSummary } from './text/github.ts';
import { harParts } from './text/har.ts';
import { junitParts } from './text/junit.ts';
import { renderMarkdown } from './text/markdown.ts';
import { renderSarif } from './text/sarif.ts';
import { renderTerminal, type TerminalOptions } from './text/terminal.ts';

export type Format = 'terminal' | 'json' | 'md' | 'html' | 'junit' | 'github' | 'sarif' | 'har';
export type Renderer = (record: RunRecord, options: TerminalOptions) => string;

const joined = (parts: Iterable<string>): string => [...parts].join('');

/** The report document as indented JSON with a final line feed. */
export const renderJson = (record: RunRecord): string => joined(jsonParts(record));

/** Formats whose length grows with the number of cases: in parts, which joined are the whole. */
const inParts: Readonly<Partial<Record<Format, (record: RunRecord) => Iterable<string>>>> = {
  json: jsonParts,
  junit: junitParts,
  har: harParts,
};

/** One renderer a format; all read the record alone. The options tell the terminal's width, characters and colour. */
export const renderers: Readonly<Record<Format, Renderer>> = {
  terminal: renderTerminal,
  json: renderJson,
  md: (record) => renderMarkdown(record),
  html: renderHtml,
  junit: (record) => joined(junitParts(record)),
  github: renderGithubSummary,
  sarif: renderSarif,
  har: (record) => joined(harParts(record)),
};

/** Names of the formats, as `--reporter` takes them. */
export const formats = Object.keys(renderers) as readonly Format[];

/** A report in parts: one where it is short. */
export const reportParts = (format: Format, record: RunRecord, options: TerminalOptions): Iterable<string> =>
  inParts[format]?.(record) ?? [renderers[format](record, options)];
