/** Takes base64 (RFC 4648, section 4; white space is fine); returns its bytes, or what is wrong with it. */
export function readBase64(text: string): Uint8Array | { readonly fault: string; readonly hint: string } {
  const compact = text.replace(/\s/g, '');
  const good = compact.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(compact);
  if (good) return new Uint8Array(Buffer.from(compact, 'base64'));
  return { fault: 'this is not base64', hint: 'use A-Z a-z 0-9 + / and pad with `=` to a multiple of four' };
}
