import { shortHash } from '../../structures/short-hash.ts';
import { maxJwtLength, maxLeaves } from '../limits.ts';

const deepest = 6;

/**
 * Takes a signed token (RFC 7519); returns what a client goes by and what does not change with each token, each with a dash in front: the
 * algorithm, whether it is signed, and a hash of the rest of its head, of the names of its claims, of those that are words or yes or no,
 * of the units of its times, and of the minutes that it holds. Empty where it cannot be read.
 */
export function jwtForm(text: string): string {
  const [head, claims, signature] = text.length > maxJwtLength ? [] : text.split('.');
  const [said, claimed] = [readPart(head), readPart(claims)];
  if (said === null || claimed === null) return '';
  const { alg, ...rest } = said;
  const told = JSON.stringify([leavesOf(rest), leavesOf(claimed), minutes(claimed)]);
  return `-${String(alg).replace(/[^\w]/g, '').slice(0, 10)}${signature === '' ? '-unsigned' : ''}-${shortHash(told, 5)}`;
}

type Members = Readonly<Record<string, unknown>>;

function readPart(part = ''): Members | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : null;
  } catch {
    return null;
  }
}

/** The claims of a signed token, by JSON Pointer, as text; null for any other text. */
export function jwtClaims(text: string): ReadonlyMap<string, string> | null {
  const claims = claimsOf(text);
  if (claims === null) return null;
  const leaves = new Map<string, string>();
  const visit = (value: unknown, place: string, depth: number) => {
    if (leaves.size >= maxLeaves) return;
    const isOpen = typeof value === 'object' && value !== null && depth < deepest;
    if (isOpen) for (const [key, one] of Object.entries(value)) visit(one, `${place}/${key}`, depth + 1);
    else leaves.set(place, String(value));
  };
  visit(claims, '', 0);
  return leaves;
}

/** When a signed token ends, as it says it; null for any other text, and where it does not say. */
export function jwtEnd(text: string): string | null {
  const exp = claimsOf(text)?.exp;
  return typeof exp === 'number' ? String(exp) : null;
}

/** The times of a signed token that have a fraction; null for any other text. It is by chance that one has none. */
export function jwtFractions(text: string): string | null {
  const claims = claimsOf(text);
  return claims && times.filter((name) => typeof claims[name] === 'number' && !Number.isInteger(claims[name])).join();
}

function claimsOf(text: string): Members | null {
  return text.startsWith('eyJ') && text.length <= maxJwtLength ? readPart(text.split('.', 2)[1]) : null;
}

/** `admin`, `read:users`, `https://login.example.org/`: nothing that is drawn, which has digits, or letters of both cases in no order. */
const words = /^(?:[A-Z]?[a-z]+|[A-Z]+)(?:[^A-Za-z0-9]+(?:[A-Z]?[a-z]+|[A-Z]+))*[^A-Za-z0-9]*$/;

/** `/roles/0=user`, sorted: writers order members as they like. */
function leavesOf(members: Members): string[] {
  const leaves: string[] = [];
  const visit = (value: unknown, place: string, depth: number) => {
    if (leaves.length >= maxLeaves) return;
    const isOpen = typeof value === 'object' && value !== null && depth < deepest;
    if (isOpen) for (const [key, one] of Object.entries(value)) visit(one, `${place}/${key}`, depth + 1);
    const isTold = typeof value === 'boolean' || (typeof value === 'string' && words.test(value));
    leaves.push(`${place}${isTold ? `=${value}` : ` ${kindOf(value, place)}`}`);
  };
  visit(members, '', 0);
  return leaves.sort();
}

/** Claims that tell a time. */
const times = ['iat', 'nbf', 'exp', 'auth_time'] as const;

/** Of a time also its unit: numbers of these sizes are in seconds and in milliseconds. */
function kindOf(value: unknown, place: string): string {
  if (typeof value !== 'number' || !times.some((name) => place === `/${name}`))
    return value === null ? 'null' : typeof value;
  return value >= 1e9 && value < 1e10 ? 'seconds' : value >= 1e12 && value < 1e13 ? 'milliseconds' : 'number';
}

/** For how many minutes it holds, where it says so; seconds differ with how long it took to make it. */
function minutes({ iat, nbf, exp }: Members): number | null {
  const from = typeof iat === 'number' ? iat : nbf;
  return typeof from === 'number' && typeof exp === 'number' ? Math.round((exp - from) / 60) : null;
}
