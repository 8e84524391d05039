import type { SourceNode } from '../../config/source/source-node.ts';
import { numberOf } from '../../config/source/tree-access.ts';
import type { BodyTemplate } from '../case.ts';
import { complainOfBudget, spend } from '../fast/budget.ts';
import { encodeFormPiece } from '../form.ts';
import { placeholderNames, plainText } from '../placeholder.ts';
import type { CaseContext } from './context.ts';

/** Takes a `pad` node, or null, and the body; returns the body with spaces before it, so many bytes in all; notes a body that cannot be padded. */
export function readPad(
  node: SourceNode | null,
  body: BodyTemplate | null,
  { budget, expander }: CaseContext,
): BodyTemplate | null {
  if (node === null) return body;
  const size = numberOf(node) ?? 0;
  const bytes = body === null ? null : body.kind === 'bytes' ? body.bytes : new TextEncoder().encode(textOf(body));
  const fault = padFault(body, bytes?.length ?? 0, size);
  if (fault !== null) expander.complain(node.span, fault);
  if (fault !== null || bytes === null) return body;
  if (!spend(budget, size)) {
    complainOfBudget(node.span, expander.complain);
    return body;
  }
  const padded = new Uint8Array(size).fill(0x20);
  padded.set(bytes, size - bytes.length);
  return { kind: 'bytes', bytes: padded, mediaType: null };
}

function textOf(body: Exclude<BodyTemplate, { kind: 'bytes' }>): string {
  return plainText(body.text, body.kind === 'text' && body.encoding === 'form' ? encodeFormPiece('{') : '{');
}

function padFault(body: BodyTemplate | null, length: number, size: number): { message: string; hint: string } | null {
  if (body === null) return { message: '`pad` needs a body', hint: 'add one, or remove `pad`' };
  if (body.kind !== 'bytes' && placeholderNames(body.text).length > 0)
    return { message: 'a captured value cannot stand in a body that is padded', hint: 'write the value out' };
  if (length <= size) return null;
  return { message: `the body has ${length} bytes already`, hint: 'give `pad` a larger number' };
}
