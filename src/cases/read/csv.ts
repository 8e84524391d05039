/** One record, and the line that it begins on, from 1. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

type Table = { readonly records: readonly CsvRecord[] } | { readonly fault: string; readonly line: number };

/** Takes a text of comma-separated values (RFC 4180; LF ends a line too); returns its records, empty lines left out, or what is wrong and where. Not csv-parse: it counts CRLF inside quotes as two lines, and refuses a quote inside a field without quotes. */
export function readCsv(text: string): Table {
  const records: CsvRecord[] = [];
  let fields: string[] = [];
  let [at, line, begun] = [0, 1, 1];
  while (at < text.length) {
    const field = text[at] === '"' ? readQuoted(text, at) : readPlain(text, at);
    if (field === null) return { fault: 'a quoted field is not closed, or goes on behind its quote', line: begun };
    fields.push(field.value);
    line += field.lines;
    at = field.end;
    if (text[at] === ',') {
      at += 1;
      if (at < text.length) continue;
      fields.push('');
    }
    if (fields.length > 1 || fields[0] !== '') records.push({ line: begun, fields });
    fields = [];
    at += text.startsWith('\r\n', at) ? 2 : 1;
    line += 1;
    begun = line;
  }
  return { records };
}

interface Field {
  readonly value: string;
  readonly end: number;
  /** Line ends inside. */
  readonly lines: number;
}

function readPlain(text: string, start: number): Field {
  const rest = /[,\r\n]/g;
  rest.lastIndex = start;
  const end = rest.exec(text)?.index ?? text.length;
  return { value: text.slice(start, end), end, lines: 0 };
}

function readQuoted(text: string, start: number): Field | null {
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) return null;
    if (text[quote + 1] !== '"') {
      const raw = text.slice(start + 1, quote);
      const isEnd = quote + 1 === text.length || /[,\r\n]/.test(text[quote + 1]!);
      return isEnd ? { value: raw.replaceAll('""', '"'), end: quote + 1, lines: raw.split('\n').length - 1 } : null;
    }
    at = quote + 2;
  }
}
