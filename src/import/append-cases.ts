import { isMap, isSeq, parseDocument, stringify } from 'yaml';
import type { CaseRow } from './curl/case-row.ts';

/** Takes the text of a case file (empty for a new one), its ending and rows; returns the text with the rows behind its cases, all else byte for byte as it was, or null where they cannot be put there. */
export function appendCases(text: string, ending: string, rows: readonly CaseRow[]): string | null {
  if (ending === '.jsonl') return appendLines(text, rows);
  if (text.trim() === '') return `${text}cases:\n${rowsText(rows, 2)}`;
  const cases = casesIn(text);
  if (cases === null) return null;
  const before = text.slice(0, cases.end).replace(/[ \t]*$/, '');
  const gap = before.endsWith('\n') ? '' : '\n';
  const appended = `${before}${gap}${rowsText(rows, cases.indent)}${text.slice(cases.end)}`;
  return casesIn(appended)?.count === cases.count + rows.length ? appended : null;
}

function appendLines(text: string, rows: readonly CaseRow[]): string {
  const gap = text === '' || text.endsWith('\n') ? '' : '\n';
  return `${text}${gap}${rows.map((row) => `${JSON.stringify(row)}\n`).join('')}`;
}

function rowsText(rows: readonly CaseRow[], indent: number): string {
  const text = stringify(rows, { lineWidth: 0, indent: 2 });
  return text.replace(/^(?=.)/gm, ' '.repeat(indent));
}

/** The list of cases of a YAML file that is written with a dash for each: where it ends, how it is indented and how many there are. */
function casesIn(text: string): { readonly end: number; readonly indent: number; readonly count: number } | null {
  const document = parseDocument(text);
  if (document.errors.length > 0 || !isMap(document.contents)) return null;
  const cases = document.contents.get('cases', true);
  if (!isSeq(cases) || cases.flow === true || cases.range == null || cases.items.length === 0) return null;
  const [start, end] = cases.range;
  return { end, indent: start - (text.lastIndexOf('\n', start - 1) + 1), count: cases.items.length };
}

/** Takes the text of a case file; returns the ids of its cases, as far as they can be read. */
export function idsIn(text: string, ending: string): Set<string> {
  const found =
    ending === '.jsonl' ? text.matchAll(/"id"\s*:\s*"([^"]*)"/g) : text.matchAll(/\bid["']?:\s*["']?([\w.-]+)/g);
  return new Set(Array.from(found, ([, id]) => id!));
}
