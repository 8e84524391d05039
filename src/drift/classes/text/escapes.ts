import type { JsonNode } from '../../../json/tree.ts';
import type { DriftRule, Fix, Site } from '../../kit/drift-rule.ts';
import { alike } from '../../kit/kinds.ts';
import { sharedOf } from '../../kit/map-utils.ts';

/** How a character of a string is spelled: as it is, by one letter after a backslash, by four hex digits in either case. */
type Form = 'raw' | 'short' | 'hex' | 'HEX';

/** One UTF-16 unit of a text, and its source. */
interface Token {
  readonly unit: string;
  readonly source: string;
}

/** Longer strings are compared, but not respelled. */
const maxSourceLength = 1 << 20;

const ascii = /^[\x20-\x7e]*$/;

const token = /\\u[0-9a-fA-F]{4}|\\.|[^\\]/gs;

const letters: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

const shorts: ReadonlyMap<string, string> = new Map([
  ...Object.entries(letters).map(([letter, unit]): [string, string] => [unit, `\\${letter}`]),
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['/', '\\/'],
]);

function unitOf(source: string): string {
  if (source.length === 1) return source;
  if (source.length === 2) return letters[source[1]!] ?? source[1]!;
  return String.fromCharCode(Number.parseInt(source.slice(2), 16));
}

/** The source of a string without its quotes, as UTF-16; null where it is too long or no UTF-8. */
function sourceOf(node: JsonNode): string | null {
  if (node.kind !== 'string' || node.raw.length > maxSourceLength) return null;
  if (ascii.test(node.raw)) return node.raw.slice(1, -1);
  const source = Buffer.from(node.raw.slice(1, -1), 'latin1').toString('utf8');
  return source.includes('\uFFFD') && !Buffer.from(source).equals(Buffer.from(node.raw.slice(1, -1), 'latin1'))
    ? null
    : source;
}

function tokensOf(source: string): Token[] {
  return (source.match(token) ?? []).map((one) => ({ unit: unitOf(one), source: one }));
}

/** The forms that a source can be: hex digits without letters are in both cases. */
function formsOf({ source }: Token): Form[] {
  if (source.length < 3) return [source.length === 1 ? 'raw' : 'short'];
  const digits = source.slice(2);
  const forms: Form[] = [];
  if (digits === digits.toLowerCase()) forms.push('hex');
  if (digits === digits.toUpperCase()) forms.push('HEX');
  return forms.length === 0 ? ['hex'] : forms;
}

function spell(unit: string, form: Form): string | null {
  if (form === 'raw') return unit < ' ' || unit === '"' || unit === '\\' ? null : unit;
  if (form === 'short') return shorts.get(unit) ?? null;
  const digits = unit.charCodeAt(0).toString(16).padStart(4, '0');
  return `\\u${form === 'hex' ? digits : digits.toUpperCase()}`;
}

/** The candidate's forms by group of characters; all that fit, the first one counts. */
interface Forms {
  readonly forms: ReadonlyMap<string, readonly Form[]>;
}

/** What sets one rule about escapes apart. */
interface Escaping {
  /** The group of characters that are spelled alike, or null for one that the rule does not speak for. */
  readonly group: (unit: string, source: string) => string | null;
  /** It speaks for the hex digits of escapes alone; else for everything but those. */
  readonly digits?: true;
  readonly advice: (sides: { escaping: string; plain: string }, site: Site) => readonly Fix[];
  /** Names the characters of these groups; without it, the class says all. */
  readonly nameGroups?: (groups: readonly string[]) => string;
}

export function escaping(id: string, { group, advice, digits, nameGroups }: Escaping): DriftRule<Forms> {
  return {
    id,
    learns: false,
    kinds: alike('string'),
    locate(a, b) {
      if (a.kind !== 'string' || b.kind !== 'string' || a.raw === b.raw) return null;
      if (!a.raw.includes('\\') && !b.raw.includes('\\')) return null;
      return formsBetween([sourceOf(a), sourceOf(b)], { group, digits: digits ?? false });
    },
    rewrite(a, { forms }) {
      const source = sourceOf(a);
      const respelled = source === null ? null : respell(source, { forms, group });
      return respelled === null || a.kind !== 'string' ? a : { kind: 'string', raw: `"${respelled}"` };
    },
    unite(found) {
      const forms = new Map<string, readonly Form[]>();
      for (const one of found)
        for (const [name, fit] of one.forms) forms.set(name, sharedOf([forms.get(name) ?? fit, fit]));
      return [...forms.values()].some((fit) => fit.length === 0) ? null : { forms };
    },
    owns: () => 'place',
    terms: ({ forms }) => Object.fromEntries([...forms].map(([unit, forms]) => [`unit ${unit}`, forms])),
    ...(nameGroups && { words: ({ forms }) => wordsOf(forms, nameGroups) }),
    fixes({ forms }, site) {
      const isPlain = [...forms.values()].every(
        ([form]) => form === 'raw' || (id === 'escape-control' && form === 'short'),
      );
      const [escapes, plain] = isPlain ? [site.reference, site.candidate] : [site.candidate, site.reference];
      return advice({ escaping: escapes, plain }, site);
    },
  };
}

function wordsOf(forms: Forms['forms'], name: (groups: readonly string[]) => string): readonly [string, string] {
  const characters = name([...forms.keys()]);
  const isPlain = [...forms.values()].every(([form]) => form === 'raw');
  return isPlain ? [`${characters} escaped`, 'plain'] : [`${characters} plain`, 'escaped'];
}

interface Speech {
  readonly group: Escaping['group'];
  readonly digits: boolean;
}

type Sources = readonly [a: string | null, b: string | null];

/** The forms in which the candidate spells what both have, where it is spelled otherwise; null if the texts differ. */
function formsBetween([a, b]: Sources, { group, digits }: Speech): Forms | null {
  if (a === null || b === null) return null;
  const [x, y] = [tokensOf(a), tokensOf(b)];
  if (x.length !== y.length || x.some((one, at) => one.unit !== y[at]!.unit)) return null;
  const forms = new Map<string, readonly Form[]>();
  for (const [at, to] of y.entries()) {
    const from = x[at]!.source;
    const isDigits = from.length === 6 && to.source.length === 6;
    const name = from === to.source || isDigits !== digits ? null : group(to.unit, from);
    if (name === null) continue;
    const shared = sharedOf([forms.get(name) ?? formsOf(to), formsOf(to)]);
    if (shared.length === 0 || group(to.unit, to.source) === null) return null;
    forms.set(name, shared);
  }
  return forms.size === 0 ? null : { forms };
}

type Respelled = Forms & Pick<Escaping, 'group'>;

/** A text without escapes has a character that is to be spelled otherwise. */
function isSpoken(source: string, { forms, group }: Respelled): boolean {
  for (let at = 0; at < source.length; at += 1) {
    const name = group(source[at]!, source[at]!);
    if (name !== null && forms.has(name)) return true;
  }
  return false;
}

function respell(source: string, { forms, group }: Respelled): string | null {
  if (!source.includes('\\') && !isSpoken(source, { forms, group })) return null;
  const text = tokensOf(source).map((one) => {
    const name = group(one.unit, one.source);
    const form = name === null ? undefined : forms.get(name)?.[0];
    return form === undefined ? one.source : (spell(one.unit, form) ?? one.source);
  });
  const joined = text.join('');
  return /\p{Cs}/u.test(joined) ? null : Buffer.from(joined, 'utf8').toString('latin1');
}

export const anywhere = 'or nothing: every JSON reader gives the same text';
