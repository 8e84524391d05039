import type { ConnectionKeys } from '../../config/config-flags.ts';
/** A request that a curl command sends. In its texts the values of variables are marked, see variable-marks.ts. */
export interface CurlRequest {
  readonly method: string;
  /** Path and query, as they go on the request line; the host is let go. */
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: CurlBody | null;
  /** What the command says that a case cannot, and where it belongs: a sentence each. */
  readonly notes: readonly string[];
  /** How it is connected to, where the command says that. */
  readonly connection?: ConnectionKeys;
}

export type CurlBody =
  | { readonly kind: 'text'; readonly text: string }
  /** A file, as the command names it. */
  | { readonly kind: 'file'; readonly file: string }
  /** What a file held, in base64. */
  | { readonly kind: 'bytes'; readonly base64: string }
  | { readonly kind: 'multipart'; readonly parts: readonly CurlPart[] };

/** A part of a form that is sent as multipart/form-data. */
export interface CurlPart {
  readonly name: string;
  readonly content: { readonly value: string } | { readonly file: string } | { readonly base64: string };
  readonly filename: string | null;
  readonly type: string | null;
}
