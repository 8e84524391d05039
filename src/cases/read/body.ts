import type { Entry, SourceNode } from '../../config/source/source-node.ts';
import { entriesOf, numberOf, textOf } from '../../config/source/tree-access.ts';
import { readBase64 } from '../base64.ts';
import type { BodyTemplate } from '../case.ts';
import { complainOfBudget, spend } from '../fast/budget.ts';
import { formText } from '../form.ts';
import { plainText } from '../placeholder.ts';
import type { CaseContext } from './context.ts';
import { jsonText } from './json-text.ts';
import { multipartTemplate } from './multipart-template.ts';

/** A body, and the content-type that goes with it when the case names none. */
export interface ReadBody {
  readonly body: BodyTemplate;
  readonly mediaType: string | null;
}

interface BodySource {
  readonly node: SourceNode;
  readonly context: CaseContext;
  /** The content-type that the case names, or null. */
  readonly named: string | null;
}

/** One reader for each key that can hold a body. */
const bodyReaders: Readonly<Record<string, (source: BodySource) => BodyTemplate>> = {
  json: ({ node, context }) => ({ kind: 'json', text: jsonText(node, context.budget, context.expander.complain) }),
  text: (source) => readText(source, 'text/plain; charset=utf-8'),
  raw: (source) => readText(source, null),
  base64: ({ node, context }) => readBytes(readBase64(textOf(node) ?? ''), node, context),
  file: ({ node, context }) => readBytes(context.readBodyFile(plainText(textOf(node) ?? '')), node, context),
  form: ({ node }) => ({
    kind: 'text',
    text: formText(node),
    mediaType: 'application/x-www-form-urlencoded',
    encoding: 'form',
  }),
  multipart: ({ node, context, named }) => multipartTemplate(node, context, named),
  size: ({ node }) => ({ kind: 'bytes', bytes: filler(numberOf(node) ?? 0), mediaType: 'application/octet-stream' }),
};

/** Takes a request node and the content-type that it names; returns its body, or null if it has none; notes a second body and all that cannot be sent. */
export function readBodyTemplate(request: SourceNode, context: CaseContext, named: string | null): ReadBody | null {
  const forms = entriesOf(request).filter(({ key }) => Object.hasOwn(bodyReaders, key));
  const [form, second] = forms;
  if (form === undefined) return null;
  if (second !== undefined) refuseSecond(form, second, context);
  const body = bodyReaders[form.key]!({ node: form.value, context, named });
  if (body.kind === 'text') checkText(body.text, form.value, context);
  return { body, mediaType: body.kind === 'json' ? 'application/json' : body.mediaType };
}

function refuseSecond(first: Entry, second: Entry, { expander }: CaseContext): void {
  const message = `\`${second.key}\` cannot be combined with \`${first.key}\`: a request has one body`;
  expander.complain(second.keySpan, { message, hint: 'remove one of them' });
}

function readText({ node }: BodySource, mediaType: string | null): BodyTemplate {
  return { kind: 'text', text: textOf(node) ?? '', mediaType };
}

function readBytes(
  bytes: Uint8Array | { readonly fault: string; readonly hint?: string },
  node: SourceNode,
  { expander }: CaseContext,
): BodyTemplate {
  if (bytes instanceof Uint8Array) return { kind: 'bytes', bytes, mediaType: null };
  expander.complain(node.span, { message: bytes.fault, hint: bytes.hint });
  return { kind: 'bytes', bytes: new Uint8Array(), mediaType: null };
}

function checkText(text: string, node: SourceNode, { budget, expander }: CaseContext): void {
  if (!spend(budget, text.length)) complainOfBudget(node.span, expander.complain);
  if (!/\p{Surrogate}/u.test(text)) return;
  const hint = 'write the bytes with `base64`';
  expander.complain(node.span, { message: 'a lone surrogate cannot be sent as UTF-8', hint });
}

let filled = new Uint8Array();

/** All bodies of `x` are views of the longest one, so that many cases cost no more than one. */
function filler(size: number): Uint8Array {
  if (filled.length < size) filled = new Uint8Array(size).fill(0x78);
  return filled.subarray(0, size);
}
