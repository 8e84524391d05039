const pattern = /^(?:authorization|proxy-authorization|cookie|set-cookie)$|api-?key|token|secret|password|session/i;

/** Takes the name of a header, a member or a captured value; returns whether what it names is a credential by that name. */
export function isSecretName(name: string): boolean {
  return pattern.test(name);
}

/** How names of members end that are credentials, as a pattern: the members of a body are many, and `token_type` or `sessions` is none. */
export const secretMembers =
  'token|secret|pass(?:word|wd|phrase)|jwt|(?:api|private|access|secret)[-_ ]?key|authorization|cookie|credential|session(?:[-_ ]?(?:id|key))?';

const secretMember = new RegExp(`(?:${secretMembers})$`, 'i');

/** Takes the name of a member of a body; returns whether what it holds is a credential by that name. */
export function isSecretMember(name: string): boolean {
  return secretMember.test(name);
}
