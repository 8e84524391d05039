import { entryItem, type ImportItem, leftOut } from '../read/entry.ts';
import { type ImportSource, unreadable, wholeText } from '../read/source.ts';
import { VariableFiller } from '../read/variables.ts';

interface Section {
  readonly title: string | null;
  /** Line of its first text, counted from 1. */
  readonly line: number;
  readonly lines: readonly string[];
}

const requestLine = /^(?:([A-Z][A-Z-]*)\s+)?(\S.*?)(?:\s+HTTP\/[\d.]+)?\s*$/;

/** Requests as editors send them: `.http` and `.rest` files. Scripts are not run, files not read. */
export async function* readHttpFile(source: ImportSource): AsyncGenerator<ImportItem> {
  const written = await wholeText(source);
  const sections = sectionsOf(written);
  const values = new Map(
    Array.from(written.matchAll(/^@([\w.-]+)\s*=\s*(.*?)\s*$/gm), ([, name, value]) => [name!, value!] as const),
  );
  let count = 0;
  for (const section of sections) {
    const item = readSection(section, { file: source.file, values });
    if (item === null) continue;
    count += 1;
    yield item;
  }
  if (count === 0)
    throw unreadable(source.file, 'it has no request: a line such as `GET https://example.com/path`', { line: 1 });
  const scripts = (written.match(/^[<>]\s*(?:\{%|\S+\.js\s*$)/gm) ?? []).length;
  if (scripts > 0)
    yield { kind: 'note', text: `${scripts} scripts are not run: write what they check or capture into the cases` };
}

function sectionsOf(written: string): Section[] {
  const sections: Section[] = [];
  let lines: string[] = [];
  let [title, start]: [string | null, number] = [null, 1];
  const all = written.split(/\r?\n/);
  for (const [at, line] of [...all, '###'].entries()) {
    if (!line.startsWith('###')) {
      lines.push(line);
      continue;
    }
    sections.push({ title, line: start, lines });
    [title, start, lines] = [line.replace(/^#+\s*/, '') || null, at + 2, []];
  }
  return sections;
}

interface Context {
  readonly file: string;
  readonly values: ReadonlyMap<string, string>;
}

/** Null for a section without a request. */
function readSection({ title, line, lines }: Section, { file, values }: Context): ImportItem | null {
  const isPreamble = (text: string) => text.trim() === '' || /^(?:#|\/\/|@[\w.-]+\s*=)/.test(text.trim());
  const plain = withoutScripts(lines);
  const first = plain.findIndex((text) => !isPreamble(text));
  if (first < 0) return null;
  const filler = new VariableFiller(values);
  const where = { file, line: line + first };
  const end = plain.findIndex((text, at) => at > first && text.trim() === '');
  const head = plain.slice(first, end < 0 ? undefined : end).filter((text) => !/^\s*(?:#|\/\/)/.test(text));
  const continued = head.slice(1).findIndex((text) => !/^\s+[?&/]/.test(text));
  const urlLines = continued < 0 ? head : head.slice(0, continued + 1);
  const [, method = 'GET', url = ''] = requestLine.exec(urlLines.map((text) => text.trim()).join('')) ?? [];
  if (/^(?:GRAPHQL|WEBSOCKET|GRPC|RSOCKET)$/.test(method)) return leftOut(`a ${method} request`, where, url);
  const body = end < 0 ? '' : bodyOf(plain.slice(end + 1));
  if (body === null) return leftOut('a body in a file: put it beside the case, file: NAME', where, `${method} ${url}`);
  const headers = head.slice(urlLines.length).flatMap((text) => {
    const [, name, value] = /^\s*([^:\s]+)\s*:\s*(.*?)\s*$/.exec(text) ?? [];
    return name === undefined ? [] : [[name, filler.fill(value!)] as const];
  });
  const named = lines.map((text) => /^(?:#|\/\/)\s*@name\s+(\S+)/.exec(text)?.[1]).find((name) => name !== undefined);
  return entryItem({
    ...{ where, method, url: filler.fillUrl(url), headers },
    body: body === '' ? null : Buffer.from(filler.fill(body)),
    variables: filler.names,
    title: named ?? title,
  });
}

/** Each line of a script is an empty one. */
function withoutScripts(lines: readonly string[]): string[] {
  let isScript = false;
  return lines.map((line) => {
    const opens = /^[<>]\s*\{%/.test(line);
    const wasScript = isScript || opens;
    isScript = wasScript && !line.includes('%}');
    return wasScript || /^>\s*\S+\.js\s*$/.test(line) || /^<>/.test(line) || /^>>/.test(line) ? '' : line;
  });
}

/** The text up to the blank lines at its end; null where a file holds it. */
function bodyOf(lines: readonly string[]): string | null {
  if (lines.some((line) => /^<@?\s+\S/.test(line))) return null;
  return lines.join('\n').replace(/\s+$/, '').replace(/^\n+/, '');
}
