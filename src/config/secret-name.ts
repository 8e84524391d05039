const pattern = /^(?:authorization|proxy-authorization|cookie|set-cookie)$|api-?key|token|secret|password|session/i;

/** Shorter values are too common to be masked without harm. */
export const shortestSecret = 6;

/** Takes the name of a header, a member or a captured value; returns whether what it names is a credential by that name. */
export function isSecretName(name: string): boolean {
  return pattern.test(name);
}
