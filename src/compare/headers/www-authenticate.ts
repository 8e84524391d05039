import { type HeaderPart, headerPart, listItems, parameterPart, sortedParts } from './header-part.ts';

interface Challenge {
  readonly scheme: string;
  readonly parameters: HeaderPart[];
}

const begins = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:[ \t]+([^ \t=].*))?$/;
const token68 = /^[A-Za-z0-9._~+/-]+=*$/;
/** Made anew for each answer (RFC 7616, section 3.3). */
const volatile = new Set(['nonce', 'opaque']);

/** What stands instead of parameters (RFC 9110, section 11.2) is a value without a name. */
function parameter(item: string): HeaderPart {
  if (token68.test(item)) return headerPart('', item);
  const { name, value } = parameterPart(item);
  return headerPart(name, volatile.has(name) ? null : value);
}

/** A WWW-Authenticate value (RFC 9110, section 11.6.1): its challenges by their schemes, sorted, their parameters too. */
export function challenges(value: string): HeaderPart[] {
  const found: Challenge[] = [];
  for (const item of listItems(value)) {
    const start = begins.exec(item);
    if (start !== null) found.push({ scheme: start[1]!.toLowerCase(), parameters: [] });
    else if (found.length === 0) found.push({ scheme: '', parameters: [] });
    const rest = start === null ? item : start[2];
    if (rest !== undefined) found.at(-1)!.parameters.push(parameter(rest));
  }
  return sortedParts(found.map(({ scheme, parameters }) => headerPart(scheme, null, sortedParts(parameters))));
}
