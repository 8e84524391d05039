/** A shorter piece of a secret is met by chance. */
const shortest = 6;
/** No excerpt shows a longer piece. */
const longest = 300;

/**
 * Takes a short text, the secrets as they are and in Base64 and hex, and what hides them; returns the text without pieces of secrets where it was cut: their beginnings
 * before `…` or the end, their ends after `…` or `: `.
 */
export function maskFragments(text: string, secrets: readonly string[], masked: string): string {
  let shown = text;
  for (const secret of secrets) {
    if (shown.includes(secret.slice(0, shortest))) shown = cutAtEnds(shown, secret, masked);
    if (shown.includes(secret.slice(-shortest))) shown = cutAtStarts(shown, secret, masked);
  }
  return shown;
}

function cutAtEnds(text: string, secret: string, masked: string): string {
  const parts = text.split('…');
  return parts
    .map(
      (part) => `${part.slice(0, part.length - beginning(part, secret))}${beginning(part, secret) > 0 ? masked : ''}`,
    )
    .join('…');
}

/** How many characters at the end of a text are the beginning of the secret. */
function beginning(text: string, secret: string): number {
  for (let length = Math.min(secret.length - 1, text.length, longest); length >= shortest; length -= 1)
    if (text.endsWith(secret.slice(0, length))) return length;
  return 0;
}

function cutAtStarts(text: string, secret: string, masked: string): string {
  const parts = text.split(/(…|: )/);
  return parts
    .map((part, at) => (at > 0 && ending(part, secret) > 0 ? masked + part.slice(ending(part, secret)) : part))
    .join('');
}

/** How many characters at the start of a text are the end of the secret. */
function ending(text: string, secret: string): number {
  for (let length = Math.min(secret.length - 1, text.length, longest); length >= shortest; length -= 1)
    if (text.startsWith(secret.slice(-length))) return length;
  return 0;
}
