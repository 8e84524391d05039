import type { Span } from './source.ts';

/** One `key: value` of a map, with the place of the key. */
export interface Entry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: SourceNode;
}

/** A value of a YAML or JSON file that still knows where it stands and how it was spelled. */
export type SourceNode =
  | { readonly kind: 'map'; readonly span: Span; readonly entries: readonly Entry[] }
  | { readonly kind: 'list'; readonly span: Span; readonly items: readonly SourceNode[] }
  | { readonly kind: 'text'; readonly span: Span; readonly value: string }
  /** `text` is the number as written. */
  | { readonly kind: 'number'; readonly span: Span; readonly value: number; readonly text: string }
  | { readonly kind: 'boolean'; readonly span: Span; readonly value: boolean }
  | { readonly kind: 'null'; readonly span: Span };
