import { renderGithubSummary } from './github.ts';
import { renderHtml } from './html.ts';
import { jsonParts } from './json-parts.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import type { RunRecord } from './record.ts';
import { renderTerminal, type TerminalOptions } from './terminal.ts';

export type Format = 'terminal' | 'json' | 'md' | 'html' | 'junit' | 'github';
export type Renderer = (record: RunRecord, options: TerminalOptions) => string;

/** The report document as indented JSON with a final line feed. */
export const renderJson = (record: RunRecord): string => [...jsonParts(record)].join('');

/** One renderer a format; all read the record alone. The options tell the terminal's width, characters and colour. */
export const renderers: Readonly<Record<Format, Renderer>> = {
  terminal: renderTerminal,
  json: renderJson,
  md: (record) => renderMarkdown(record),
  html: renderHtml,
  junit: renderJunit,
  github: renderGithubSummary,
};

/** Names of the formats, as `--reporter` takes them. */
export const formats = Object.keys(renderers) as readonly Format[];
