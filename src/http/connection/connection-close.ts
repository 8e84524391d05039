/**
 * Whether what ends a used connection is not an answer to the request that was written meanwhile: some servers say 408 when they close an idle
 * one (RFC 9110, 15.5.9), and 400 to a body that they have not read, taken for a request.
 */
export function isParting({ isDoubtful }: { readonly isDoubtful: boolean }, status: number): boolean {
  return status === 408 || (status === 400 && isDoubtful);
}

/** Whether this is how an answer begins that an idle connection is closed with. */
export function isGoodbye(part: Buffer): boolean {
  return /^HTTP\/1\.[01] 408\b/.test(part.toString('latin1', 0, 16));
}
