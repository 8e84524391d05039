import { headerValue } from '../compare/headers/compare-headers.ts';
import type { Meaning } from '../compare/headers/header-grammars.ts';
import type { HeaderPart } from '../compare/headers/header-part.ts';
import { linkName } from '../compare/headers/link.ts';
import { parameterOf, splitUnquoted } from '../compare/headers/media-type.ts';
import type { SentRequest } from '../http/exchange.ts';
import { foldData } from '../json/pointer.ts';
import { maxHostLength } from './limits.ts';

/** A part of a header by its name. `rest` is what it says beside: that is another one with each answer, so it is only told apart. */
export interface NamedPart {
  readonly name: string;
  readonly rest: string;
  readonly parts: readonly NamedPart[];
}

type Reader = (meaning: Meaning, asked: SentRequest) => readonly NamedPart[];

/** The parts of what a header says, by its name in lower case and its grammar. */
export function partsIn(name: string, meaning: Meaning, asked: SentRequest): readonly NamedPart[] {
  return (readers.get(name) ?? plainly)(meaning, asked);
}

function part(name: string, rest: string | null = '', parts: readonly NamedPart[] = []): NamedPart {
  return { name, rest: rest ?? '', parts };
}

/** Without a grammar: a star is what it says, and else there is a value. */
function plainly({ form, text }: Meaning): readonly NamedPart[] {
  return [text === '*' ? part(text) : part(form || 'value', text)];
}

/** A list of names, or of names with values. */
function named({ parts }: Meaning): readonly NamedPart[] {
  return parts.map(({ name, value }) => part(name, value));
}

/** Names and values as they were sent, between separators. */
function parameters(separator: ',' | ';'): Reader {
  const read = (text: string) => part(...parameterOf(text));
  return ({ text }) => splitUnquoted(text, separator).flatMap((one) => (one.trim() === '' ? [] : [read(one)]));
}

function mediaType(meaning: Meaning): readonly NamedPart[] {
  const [type] = meaning.parts;
  if (type === undefined) return plainly(meaning);
  const parameters = type.parts.map(({ name, value }) => part(name === 'charset' ? `charset ${value}` : name, value));
  return [part(type.name), ...parameters];
}

/** A type, and beside it its parameters. */
function disposition({ parts }: Meaning): readonly NamedPart[] {
  return parts.flatMap((type) => [part(type.name), ...type.parts.map(({ name, value }) => part(name, value))]);
}

/** Two slashes lead to another host, and to browsers two backslashes do, too. Null for what leads to none, or to the target's own. */
function hostIn(text: string): string | null {
  const [whole, scheme = '', host] = /^([a-z][a-z0-9+.-]*:)?(?:[\\/]{2}(?:[^\\/?#]*@)?([^\\/?#]*))?/i.exec(text) ?? [];
  return whole ? (host ?? scheme).toLowerCase().slice(0, maxHostLength) : null;
}

/** A reference that was resolved: on the target itself it begins with its path. */
function reference(text: string): NamedPart {
  const host = hostIn(text);
  return part(host === null ? 'its own host' : `host ${foldData(host)}`, text);
}

/** The names of its relations tell links apart. */
function link({ name: kind, value: target, parts }: HeaderPart): NamedPart {
  if (kind !== linkName) return part('no link', target);
  const relation = parts.find(({ name }) => name === 'rel')?.value ?? 'no relation';
  const others = parts.flatMap(({ name, value }) => (name === 'rel' ? [] : [part(`${relation} ${name}`, value)]));
  const to = reference(target ?? '');
  return part(relation, '', [part(`${relation} to ${to.name}`, to.rest), ...others]);
}

/** What one scheme asks for, by the names of its parameters. */
function challenge({ name: scheme, parts }: HeaderPart): NamedPart {
  const inner = parts.map(({ name, value }) => part(`${scheme} ${name === '' ? 'token' : name}`, value));
  return part(scheme, '', inner);
}

/**
 * Its name, and the names of its attributes; how far it goes to other sites is one of few words, and whether it has ended. The attributes
 * once more beside it: a cookie of another name may have them as well.
 */
function cookie({ name, value, parts }: HeaderPart): readonly NamedPart[] {
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

function policy({ text }: Meaning): readonly NamedPart[] {
  return text.split(';').flatMap((one) => {
    const [name = '', ...sources] = one.trim().toLowerCase().split(/\s+/);
    const inner = sources.map((each) => part(`${name} ${source(each)}`, each));
    return name === '' ? [] : [part(name, '', inner)];
  });
}

/** To whom an answer is open: to all, to nobody, to who asked, or to others. */
function origin({ text }: Meaning, { headers }: SentRequest): readonly NamedPart[] {
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
  ['content-disposition', disposition],
  ['content-type', mediaType],
  ['link', ({ parts }) => parts.map(link)],
  ['set-cookie', ({ parts }) => parts.flatMap(cookie)],
]);
