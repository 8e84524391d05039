import { createHash } from 'node:crypto';
import { headerValueFault } from '../../config/headers.ts';
import type { SourceNode } from '../../config/source/source-node.ts';
import { entriesOf, entryOf, field, itemsOf, textOf } from '../../config/source/tree-access.ts';
import { readBase64 } from '../base64.ts';
import type { BodyTemplate } from '../case.ts';
import { placeholderNames, plainText } from '../placeholder.ts';
import type { CaseContext } from './context.ts';

/** Takes a `multipart` node and the content-type of the case, if it names one; returns the body and its media type (RFC 7578). The boundary is that of the case, or comes from the content. */
export function multipartTemplate(node: SourceNode, context: CaseContext, named: string | null): BodyTemplate {
  const parts = itemsOf(node).map((part) => readPart(part, context));
  const boundary = /boundary="?([0-9A-Za-z'()+_,./:=?-]{1,70})/i.exec(named ?? '')?.[1] ?? boundaryOf(parts);
  const mediaType = `multipart/form-data; boundary=${boundary}`;
  const pieces = parts.flatMap(({ head, content }) => [`--${boundary}\r\n${head}\r\n\r\n`, content, '\r\n']);
  const all = [...pieces, `--${boundary}--\r\n`];
  if (all.every((piece) => typeof piece === 'string')) return { kind: 'text', text: all.join(''), mediaType };
  for (const part of itemsOf(node)) refuseCaptures(part, context);
  return { kind: 'bytes', bytes: new Uint8Array(Buffer.concat(all.map(bytesOf))), mediaType };
}

function bytesOf(piece: string | Uint8Array): Buffer {
  return Buffer.from(typeof piece === 'string' ? plainText(piece) : piece);
}

interface Part {
  readonly head: string;
  readonly content: string | Uint8Array;
}

function readPart(node: SourceNode, context: CaseContext): Part {
  const filename = textOf(field(node, 'filename'));
  const type = field(node, 'type');
  const fault = headerValueFault(textOf(type) ?? '');
  if (type !== null && fault !== null) context.expander.complain(type.span, { message: `\`type\` ${fault}` });
  const name = `Content-Disposition: form-data; name="${quoted(textOf(field(node, 'name')) ?? '')}"`;
  const file = filename === null ? '' : `; filename="${quoted(filename)}"`;
  return {
    head: name + file + (type === null ? '' : `\r\nContent-Type: ${textOf(type)}`),
    content: readContent(node, context),
  };
}

function readContent(node: SourceNode, context: CaseContext): string | Uint8Array {
  const forms = entriesOf(node).filter(({ key }) => ['value', 'file', 'base64'].includes(key));
  const [form] = forms;
  if (form === undefined || forms.length > 1) {
    const span = forms[1]?.keySpan ?? node.span;
    context.expander.complain(span, { message: 'a part has exactly one of `value`, `file` and `base64`' });
    return '';
  }
  const text = textOf(form.value) ?? '';
  if (form.key === 'value') return text;
  const bytes = form.key === 'base64' ? readBase64(text) : context.readBodyFile(plainText(text));
  if (bytes instanceof Uint8Array) return bytes;
  context.expander.complain(form.value.span, { message: bytes.fault, hint: bytes.hint });
  return '';
}

function refuseCaptures(part: SourceNode, context: CaseContext): void {
  const value = entryOf(part, 'value')?.value ?? null;
  if (value === null || placeholderNames(textOf(value) ?? '').length === 0) return;
  const message = 'a captured value cannot stand in a multipart body that also holds bytes';
  context.expander.complain(value.span, { message });
}

/** WHATWG HTML, 4.10.21.8. */
function quoted(text: string): string {
  return text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function boundaryOf(parts: readonly Part[]): string {
  const hash = createHash('sha256');
  for (const { head, content } of parts) hash.update(head).update('\0').update(content).update('\0');
  return `parity-${hash.digest('hex').slice(0, 32)}`;
}
