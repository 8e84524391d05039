import { maxReadAnswer, maxReadField, maxReadLine } from '../limits.ts';

const kinds = {
  ...{ severity: 'severity', priority: 'severity', level: 'severity' },
  ...{ where: 'where', location: 'where', file: 'where', path: 'where', filename: 'where' },
  ...{ line: 'line', lines: 'line', line_number: 'line' },
  ...{ what: 'what', title: 'what', finding: 'what', issue: 'what', description: 'what', summary: 'what' },
  ...{ message: 'what', problem: 'what' },
  ...{ why: 'why', reason: 'why', impact: 'why', rationale: 'why' },
  verdict: 'verdict',
} as const;
type Kind = (typeof kinds)[keyof typeof kinds];
const names = Object.keys(kinds).join('|');

/** One labelled part of an answer. */
export interface Field {
  readonly kind: Kind;
  readonly value: string;
  /** An object of JSON ends before it. */
  readonly isAfterObject: boolean;
}

/** The part of an answer that is read: of one that is too long the beginning, and the end with the verdict. */
export function readPart(text: string): string {
  if (text.length <= maxReadAnswer) return text;
  return `${text.slice(0, maxReadAnswer)}\n\n${text.slice(-maxReadLine)}`;
}

/** Takes an answer; returns its labelled parts in order: of lines `LABEL: text` and tables, or of JSON, also where it breaks off. */
export function fieldsOf(text: string): Field[] {
  const [json, lines] = [jsonFields(text), lineFields(text)];
  // Lines may quote some JSON, and a verdict may follow JSON.
  return count(json) > count(lines) ? [...json, ...lines.filter(({ kind }) => kind === 'verdict')] : lines;
}

function count(fields: readonly Field[]): number {
  return fields.filter(({ kind }) => kind === 'severity').length;
}

const jsonField = new RegExp(`"(${names})"\\s{0,8}:\\s{0,8}(?:"([^"\\\\]*(?:\\\\[^][^"\\\\]*)*)|(\\d{1,9}))|\\}`, 'gi');

function jsonFields(text: string): Field[] {
  const fields: Field[] = [];
  let isAfterObject = false;
  for (const [, name, string, number] of text.matchAll(jsonField)) {
    if (name === undefined) isAfterObject = true;
    else {
      fields.push({ kind: kindOf(name), value: cutField(number ?? unescaped(string!)), isAfterObject });
      isAfterObject = false;
    }
  }
  return fields;
}

function kindOf(name: string): Kind {
  return kinds[name.toLowerCase() as keyof typeof kinds];
}

function unescaped(string: string): string {
  try {
    return JSON.parse(`"${string.replace(/\n/g, '\\n')}"`) as string;
  } catch {
    return string;
  }
}

function cutField(value: string): string {
  return value.slice(0, maxReadField).trim();
}

/** What may come before a label: marks of lists, quotes, headings, and bold. */
const decoration = /^[\s>#*+•_`[-]{0,40}(?:\d{1,3}[.)]\s{0,4}[*_`[]{0,4})?/;
const label = new RegExp(`^(${names})[*_\`\\]"]{0,4}\\s{0,4}[:=：][*_\`]{0,4}\\s{0,8}`, 'i');
const bareSeverity = /^severity[*_`\]]{0,4}\s{1,4}(?=[*_`[]{0,4}[a-z])/i;
/** A label within a line that begins with one: after a severity or a place in any case, in a sentence only where it cannot be one of its words. */
const inner = /(?:[|;·,]\s{0,4}|\s{1,4})[*_`]{0,4}(severity|where|what|why)[*_`]{0,4}\s?[:=][*_`]{0,4}\s{0,4}/gi;
const clearLabel = /^[|;·]|[*_`]|[A-Z]{3}/;

function lineFields(text: string): Field[] {
  const fields: Field[] = [];
  let columns: (Kind | null)[] | null = null;
  let open: { kind: Kind; value: string } | null = null;
  const close = () => {
    if (open !== null) fields.push({ ...open, value: cutField(open.value), isAfterObject: false });
    open = null;
  };
  for (const whole of text.split('\n')) {
    const line = whole.slice(0, maxReadLine).trimEnd();
    const cells = cellsOf(line);
    columns = cells === null ? null : (columns ?? columnsOf(cells));
    const parts = columns === null ? labelled(line) : [];
    if (columns !== null && cells !== null) {
      close();
      fields.push(...rowFields(cells, columns));
    } else if (parts.length > 0) {
      close();
      for (const part of parts) {
        close();
        open = part;
      }
    } else open = continued(open, line, close);
  }
  close();
  return fields;
}

/** A text may go on in the next line, up to an empty one; a label may stand alone above its text. */
function continued(open: { kind: Kind; value: string } | null, line: string, close: () => void) {
  if (open === null) return null;
  const isDone = open.value !== '' && (line.trim() === '' || (open.kind !== 'what' && open.kind !== 'why'));
  if (!isDone)
    return open.value.length > maxReadField ? open : { ...open, value: `${open.value} ${line.trim()}`.trim() };
  close();
  return null;
}

function labelled(line: string): { kind: Kind; value: string }[] {
  const start = line.replace(decoration, '');
  const found =
    label.exec(start) ?? (bareSeverity.exec(start) === null ? null : [bareSeverity.exec(start)![0], 'severity']);
  if (found === null) return [];
  const rest = start.slice(found[0]!.length);
  const isSentence = !['severity', 'where'].includes(kindOf(found[1]!));
  const marks = [...rest.matchAll(inner)].filter(([mark]) => !isSentence || clearLabel.test(mark));
  const ends = [...marks.map(({ index }) => index), rest.length];
  const first = { kind: kindOf(found[1]!), value: rest.slice(0, ends[0]) };
  const more = marks.map((mark, i) => ({
    kind: kindOf(mark[1]!),
    value: rest.slice(mark.index + mark[0].length, ends[i + 1]),
  }));
  return [first, ...more];
}

/** The cells of a line of a Markdown table, or null. */
function cellsOf(line: string): string[] | null {
  if (!/^\s{0,8}\|.*\|/.test(line)) return null;
  const inside = line.trim().replace(/^\||\|$/g, '');
  return inside.split(/(?<!\\)\|/).map((cell) =>
    cell
      .replaceAll('\\|', '|')
      .replace(/[*_`]{1,3}/g, (mark) => (mark === '_' ? mark : ''))
      .trim(),
  );
}

/** What the columns of a table are, by its first line; null for a table of something else. */
function columnsOf(cells: readonly string[]): (Kind | null)[] | null {
  const columns = cells.map((cell) => {
    const name = cell.toLowerCase();
    return Object.hasOwn(kinds, name) ? kindOf(name) : null;
  });
  return columns.includes('severity') && columns.includes('where') ? columns : null;
}

/** The severity first: with it a finding begins. */
function rowFields(cells: readonly string[], columns: readonly (Kind | null)[]): Field[] {
  const fields = columns.flatMap((kind, at) => {
    const value = cutField(cells[at] ?? '');
    const isHead = Object.hasOwn(kinds, value.toLowerCase()) || /^[:\s-]*$/.test(value);
    return kind === null || isHead ? [] : [{ kind, value, isAfterObject: false }];
  });
  return fields.toSorted((a, b) => Number(b.kind === 'severity') - Number(a.kind === 'severity'));
}
