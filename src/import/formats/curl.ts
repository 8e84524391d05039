import { readCurlText } from '../curl/read-curl.ts';
import type { CurlRequest } from '../curl/request.ts';
import { variablesOf } from '../curl/request-variables.ts';
import { writeVariables } from '../curl/variable-marks.ts';
import { entryItem, type ImportItem, leftOut, type Where } from '../read/entry.ts';
import { multipartBody, type TypedBody, textBody, withType } from '../read/form-bodies.ts';
import { type ImportSource, unreadable, wholeText } from '../read/source.ts';

/** A text with curl commands, as for a shell or as browsers copy them. Nothing of it is run. */
export async function* readCurlFile(source: ImportSource): AsyncGenerator<ImportItem> {
  const lines = readCurlText(await wholeText(source));
  if (lines.every(({ read }) => 'fault' in read && /no curl command|noncharacter/.test(read.fault)))
    throw unreadable(source.file, 'there is no curl command in it', { line: 1 });
  const notes = new Set<string>();
  for (const { line, read } of lines) {
    const where = { file: source.file, line };
    if ('fault' in read) {
      yield leftOut(read.fault, where, `line ${line}`);
      continue;
    }
    // A command line counts once, whatever it names.
    const [first, ...more] = read;
    if (first !== undefined) yield itemOf(first, where);
    if (more.length > 0) notes.add(`line ${line} names ${read.length} addresses: only the first became a case`);
    for (const note of read.flatMap((one) => one.notes)) if (!/addresses:/.test(note)) notes.add(note);
  }
  for (const text of notes) yield { kind: 'note', text };
}

const shown = (text: string) => writeVariables(text, (name) => `\${${name}}`);

function itemOf(request: CurlRequest, where: Where): ImportItem {
  const body = bodyOf(request.body);
  if (typeof body === 'string') return leftOut(body, where, `${request.method} ${shown(request.path)}`);
  const headers = request.headers.map(([name, value]) => [name, shown(value)] as const);
  return entryItem({
    ...{ where, method: request.method, url: shown(request.path), headers: withType(headers, body) },
    body: body?.bytes ?? null,
    variables: variablesOf(request),
  });
}

function bodyOf(body: CurlRequest['body']): TypedBody | null | string {
  if (body === null) return null;
  if (body.kind === 'text') return textBody(shown(body.text), null);
  if (body.kind === 'bytes') return { bytes: Buffer.from(body.base64, 'base64'), mediaType: null };
  if (body.kind === 'file') return 'a body in a file: add it with parity add';
  if (body.parts.some(({ content, filename }) => !('value' in content) || filename !== null))
    return 'a form with a file: add it with parity add';
  return multipartBody(body.parts.map(({ name, content }) => [name, 'value' in content ? shown(content.value) : '']));
}
