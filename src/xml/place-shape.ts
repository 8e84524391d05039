import { pointerShape } from '../json/pointer.ts';

/** Indices of items, which an element has only where it is repeated in one of the documents. */
const indices = /\/(?:\*|\d+)(?=\/|$)/g;
/** Members that an element has or not by what it is compared with. */
const dependent = /\/(?:#text|#order|@xmlns)(?=\/|$)/g;
const attributeNamespace = /\/@\{[^}]*\}/g;

/** The shape of a pointer into XML, the same for an element that is there once and for each item of a list. */
export function itemlessShape(pointer: string): string {
  return pointerShape(pointer).replace(indices, '');
}

/** The shape of a pointer into XML by which a place is known, however many items and attributes stand beside it in a sample. */
export function steadyShape(pointer: string): string {
  return itemlessShape(pointer).replace(/\/#text(?=\/|$)/g, '');
}

/** The element or attribute that a pointer into XML leads to, whatever the document is compared with. */
export function elementShape(pointer: string): string {
  return itemlessShape(pointer).replace(dependent, '').replace(attributeNamespace, '/@');
}
