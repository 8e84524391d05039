/** A media type (RFC 9110, section 8.3.1), or a family of them: `text/html`, `text/*`, `application/*+json`. */
export const mediaPattern = /^[a-zA-Z0-9!#$&^_.-]+\/(?:\*(?:\+[a-zA-Z0-9.-]+)?|[a-zA-Z0-9!#$&^_.+-]+)$/;

/** Takes a media type in lower case, without parameters, and a pattern; says whether it is of that family. */
export function isOfMedia(essence: string, pattern: string): boolean {
  const wanted = pattern.toLowerCase();
  const star = wanted.indexOf('*');
  if (star === -1) return essence === wanted;
  const [head, tail] = [wanted.slice(0, star), wanted.slice(star + 1)];
  return essence.length > head.length + tail.length && essence.startsWith(head) && essence.endsWith(tail);
}
