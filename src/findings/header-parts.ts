import { headerValue } from '../compare/headers/compare-headers.ts';
import type { Meaning } from '../compare/headers/header-grammars.ts';
import { type HeaderPart, parameterPart, headerPart as part } from '../compare/headers/header-part.ts';
import { linkName } from '../compare/headers/link.ts';
import { splitUnquoted } from '../compare/headers/media-type.ts';
import type { SentRequest } from '../http/exchange.ts';
import { foldData } from '../json/pointer.ts';
import { maxHostLength } from './limits.ts';

type Reader = (meaning: Meaning, asked: SentRequest) => readonly HeaderPart[];

/** The parts of what a header says, by its name in lower case and its grammar. */
export function partsIn(name: string, meaning: Meaning, asked: SentRequest): readonly HeaderPart[] {
  return (readers.get(name) ?? plainly)(meaning, asked);
}

/** Without a grammar: a star is what it says, and else there is a value. */
function plainly({ form, text }: Meaning): readonly HeaderPart[] {
  return [text === '*' ? part(text) : part(form || 'value', text)];
}

/** A list of names, or of names with values. */
const named: Reader = ({ parts }) => parts;

/** Names and values as they were sent, between separators. */
function parameters(separator: ',' | ';'): Reader {
  return ({ text }) => splitUnquoted(text, separator).flatMap((one) => (one.trim() === '' ? [] : [parameterPart(one)]));
}

/** A type, and beside it its parameters; a charset by its value. */
function typed(meaning: Meaning): readonly HeaderPart[] {
  if (meaning.parts.length === 0) return plainly(meaning);
  const nameOf = ({ name, value }: HeaderPart) => (name === 'charset' ? `charset ${value}` : name);
  return meaning.parts.flatMap(({ name, parts }) => [part(name), ...parts.map((one) => part(nameOf(one), one.value))]);
}

/** Two slashes lead to another host, and to browsers two backslashes do, too. Null for what leads to none, or to the target's own. */
function hostIn(text: string): string | null {
  const [whole, scheme = '', host] = /^([a-z][a-z0-9+.-]*:)?(?:[\\/]{2}(?:[^\\/?#]*@)?([^\\/?#]*))?/i.exec(text) ?? [];
  return whole ? (host ?? scheme).toLowerCase().slice(0, maxHostLength) : null;
}

/** A reference that was resolved: on the target itself it begins with its path. */
function reference(text: string): HeaderPart {
  const host = hostIn(text);
  return part(host === null ? 'its own host' : `host ${foldData(host)}`, text);
}

/** The names of its relations tell links apart. */
function link({ name: kind, value: target, parts }: HeaderPart): HeaderPart {
  if (kind !== linkName) return part('no link', target);
  const relation = parts.find(({ name }) => name === 'rel')?.value ?? 'no relation';
  const others = parts.flatMap(({ name, value }) => (name === 'rel' ? [] : [part(`${relation} ${name}`, value)]));
  const to = reference(target ?? '');
  return part(relation, null, [part(`${relation} to ${to.name}`, to.value), ...others]);
}

/** What one scheme asks for, by the names of its parameters. */
function challenge({ name: scheme, parts }: HeaderPart): HeaderPart {
  const inner = parts.map(({ name, value }) => part(`${scheme} ${name === '' ? 'token' : name}`, value));
  return part(scheme, null, inner);
}

/**
 * Its name, and the names of its attributes; how far it goes to other sites is one of few words, and whether it has ended. The attributes
 * once more beside it: a cookie of another name may have them as well.
 */
function cookie({ name, value, parts }: HeaderPart): readonly HeaderPart[] {
  const inner = parts.map((one) =>
    one.name === 'samesite' || one.value === 'past' ? part(`${one.name} ${one.value}`) : part(one.name, one.value),
  );
  return [part(`cookie ${foldData(name)}`, value, inner), ...inner.map((one) => part(one.name))];
}

/** A source of a policy: words and a star as they are, of addresses the host, of hashes that there are some. */
function source(text: string): string {
  const [, kind] = /^'(nonce|sha\d{3})-/i.exec(text) ?? [];
  if (kind !== undefined) return kind;
  if (/^(?:'.*'|\*|[a-z][a-z0-9+.-]*:)$/i.test(text)) return text;
  return `host ${/^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/?#:]*)/i.exec(text)?.[1]?.slice(0, maxHostLength)}`;
}

function policy({ text }: Meaning): readonly HeaderPart[] {
  return text.split(';').flatMap((one) => {
    const [name = '', ...sources] = one.trim().toLowerCase().split(/\s+/);
    const inner = sources.map((each) => part(`${name} ${source(each)}`, each));
    return name === '' ? [] : [part(name, null, inner)];
  });
}

/** To whom an answer is open: to all, to nobody, to who asked, or to others. */
function origin({ text }: Meaning, { headers }: SentRequest): readonly HeaderPart[] {
  if (text === '*' || text === 'null') return [part(text)];
  return [
    part(text === headerValue(headers, 'origin') ? 'the origin that asked' : `origin ${text.slice(0, maxHostLength)}`),
  ];
}

function each(headers: readonly string[], reader: Reader): (readonly [string, Reader])[] {
  return headers.map((name) => [name, reader]);
}

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ...each(
    ['accept-patch', 'accept-post', 'accept-ranges', 'allow', 'content-encoding', 'content-language', 'vary'],
    named,
  ),
  ...each(['access-control-allow-headers', 'access-control-allow-methods', 'access-control-expose-headers'], named),
  ...each(['location', 'content-location'], ({ text }) => [reference(text)]),
  ...each(['www-authenticate', 'proxy-authenticate'], ({ parts }) => parts.map(challenge)),
  ...each(['content-security-policy', 'content-security-policy-report-only', 'feature-policy'], policy),
  ...each(['x-xss-protection'], parameters(';')),
  ...each(['permissions-policy', 'pragma', 'referrer-policy', 'x-frame-options'], parameters(',')),
  ...each(['x-content-type-options', 'x-permitted-cross-domain-policies'], parameters(',')),
  ...each(['cross-origin-opener-policy', 'cross-origin-embedder-policy'], parameters(';')),
  ...each(['cross-origin-resource-policy', 'access-control-allow-credentials'], parameters(',')),
  ['access-control-allow-origin', origin],
  ...each(['cache-control', 'strict-transport-security'], named),
  ...each(['content-disposition', 'content-type'], typed),
  ['link', ({ parts }) => parts.map(link)],
  ['set-cookie', ({ parts }) => parts.flatMap(cookie)],
]);
