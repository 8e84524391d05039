import { parameterOf, splitUnquoted } from './media-type.ts';

interface Challenge {
  readonly scheme: string;
  readonly parameters: string[];
}

const begins = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:[ \t]+([^ \t=].*))?$/;
const token68 = /^[A-Za-z0-9._~+/-]+=*$/;
/** Made anew for each answer (RFC 7616, section 3.3). */
const volatile = new Set(['nonce', 'opaque']);

function parameter(part: string): string {
  if (token68.test(part)) return JSON.stringify([part]);
  const [name, value] = parameterOf(part);
  return JSON.stringify(volatile.has(name) ? [name] : [name, value]);
}

/** A WWW-Authenticate value (RFC 9110, section 11.6.1) in one spelling: challenges sorted, their parameters too. */
export function challenges(value: string): string {
  const found: Challenge[] = [];
  for (const part of splitUnquoted(value, ',').map((piece) => piece.trim())) {
    if (part === '') continue;
    const start = begins.exec(part);
    if (start !== null) found.push({ scheme: start[1]!.toLowerCase(), parameters: [] });
    else if (found.length === 0) found.push({ scheme: '', parameters: [] });
    const rest = start === null ? part : start[2];
    if (rest !== undefined) found.at(-1)!.parameters.push(parameter(rest));
  }
  return JSON.stringify(found.map(({ scheme, parameters }) => JSON.stringify([scheme, ...parameters.sort()])).sort());
}
