/** The charset that an XML text names for itself (XML 1.0, section 4.3.3), in lower case; null if it names none. */
export function declaredCharset(bytes: Buffer): string | null {
  const head = bytes.toString('latin1', 0, 200);
  return (
    /^(?:\xef\xbb\xbf)?<\?xml[^>]*\sencoding\s?=\s?["']([A-Za-z0-9._-]+)["']/.exec(head)?.[1]?.toLowerCase() ?? null
  );
}

/** A body begins as XML does: with markup, behind a byte-order mark and white space. */
export function looksLikeXml(bytes: Buffer): boolean {
  return /^(?:\xef\xbb\xbf)?[ \t\r\n]*</.test(bytes.toString('latin1', 0, 64));
}
