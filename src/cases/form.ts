import type { SourceNode } from '../config/source/source-node.ts';
import { entriesOf, scalarText } from '../config/source/tree-access.ts';
import { encodeAround } from './placeholder.ts';

/** Takes a `form` node; returns it as application/x-www-form-urlencoded (WHATWG URL, 5.2), placeholders left open. */
export function formText(node: SourceNode): string {
  return entriesOf(node)
    .flatMap(({ key, value }) =>
      (value.kind === 'list' ? value.items : [value]).map((one) => [key, scalarText(one) ?? '']),
    )
    .map(([name, value]) => `${encodeAround(name!, encodeFormPiece)}=${encodeAround(value!, encodeFormPiece)}`)
    .join('&');
}

/** Takes text; returns it encoded as in a form: spaces as `+`. */
export function encodeFormPiece(piece: string): string {
  return new URLSearchParams([['', piece]]).toString().slice(1);
}
