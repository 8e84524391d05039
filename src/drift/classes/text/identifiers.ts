import { isIPv4, isIPv6 } from 'node:net';
import { stringNode } from '../../../json/tree.ts';
import type { DriftRule } from '../../kit/drift-rule.ts';
import { fieldOf } from '../../kit/field.ts';
import { alike, either } from '../../kit/kinds.ts';
import { isInteger, numberNode, numberOf, textOf } from '../../kit/nodes.ts';
import { type Normaliser, normalising } from '../../kit/normalising.ts';
import { type Notation, translating } from '../../kit/notation.ts';

function hyphened(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const uuidForms: Readonly<Record<string, readonly [print: (hex: string) => string, recipe: string]>> = {
  hyphened: [hyphened, 'lower case with hyphens (RFC 9562): Uuid in Rust, uuid.UUID in Go and Python'],
  upper: [(hex) => hyphened(hex).toUpperCase(), 'upper case: UUID in Swift, ToString("D").ToUpper() in .NET'],
  simple: [(hex) => hex, 'no hyphens: uuid::serde::simple in Rust, uuid4().hex in Python, ToString("N") in .NET'],
  'simple, upper': [(hex) => hex.toUpperCase(), 'no hyphens, upper case: HEX(id) in SQL'],
  braces: [(hex) => `{${hyphened(hex)}}`, 'braces: uuid::serde::braced in Rust, ToString("B") in .NET'],
  'braces, upper': [(hex) => `{${hyphened(hex).toUpperCase()}}`, 'braces and upper case: GUIDs of Windows'],
  urn: [(hex) => `urn:uuid:${hyphened(hex)}`, 'a URN: uuid::serde::urn in Rust, UUID.urn in Python, URN() in Go'],
};

const uuidWays = Object.entries(uuidForms).map(
  ([name, [print, recipe]]): Notation<string> => ({
    name,
    read(node) {
      const text = textOf(node);
      if (text === null || text.length < 32 || text.length > 45) return null;
      const hex = text
        .toLowerCase()
        .replace(/^urn:uuid:/, '')
        .replace(/[-{}]/g, '');
      return /^[0-9a-f]{32}$/.test(hex) && print(hex) === text ? hex : null;
    },
    writers: { '': (hex) => stringNode(print(hex)) },
    recipe: () => recipe,
  }),
);

/** `6fa459ea-ee8a-3ca4-894e-db77e160355e`, upper case, without hyphens, in braces, as a URN. */
const uuidNotation = translating('uuid-notation', { notations: uuidWays, learns: false, kinds: alike('string') });

/** The eight groups of an IPv6 address without a zone; null for anything else. */
function groupsOf(text: string): number[] | null {
  if (!isIPv6(text)) return null;
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text);
  const [a = 0, b = 0, c = 0, d = 0] = dotted === null ? [] : dotted.slice(2).map(Number);
  const plain = dotted === null ? text : `${dotted[1]}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  const [head = '', tail] = plain.split('::');
  const parts = (side: string) => (side === '' ? [] : side.split(':').map((group) => Number.parseInt(group, 16)));
  const [before, after] = [parts(head), parts(tail ?? '')];
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after];
}

/** The text of RFC 5952: lower case, no leading zeros, the longest run of zero groups as `::`. */
function canonical(groups: readonly number[]): string {
  let [start, length] = [-1, 1];
  for (let from = 0; from < 8; from += 1) {
    let to = from;
    while (to < 8 && groups[to] === 0) to += 1;
    if (to - from > length) [start, length] = [from, to - from];
  }
  const text = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':');
  return start < 0 ? text(groups) : `${text(groups.slice(0, start))}::${text(groups.slice(start + length))}`;
}

function isMapped(groups: readonly number[]): boolean {
  return groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
}

function dotted(groups: readonly number[]): string {
  return groups
    .slice(6)
    .flatMap((group) => [group >> 8, group & 255])
    .join('.');
}

type Print = (groups: readonly number[]) => string | null;

const ipForms: Readonly<Record<string, readonly [print: Print, recipe: string]>> = {
  'IPv4 alone': [
    (groups) => (isMapped(groups) ? dotted(groups) : null),
    'net.IP of Go, which unmaps; Addr.Unmap() of netip; to_canonical() in Rust',
  ],
  mapped: [
    (groups) => (isMapped(groups) ? `::ffff:${dotted(groups)}` : null),
    'Ipv6Addr in Rust, netip.Addr in Go, ipaddress in Python 3.13: a mapped address stays mapped',
  ],
  'mapped, in hex': [
    (groups) => (isMapped(groups) ? canonical(groups) : null),
    'the URL standard, and ipaddress in Python before 3.13',
  ],
  canonical: [
    (groups) => (isMapped(groups) ? null : canonical(groups)),
    'the text of RFC 5952: Ipv6Addr in Rust, netip.Addr in Go',
  ],
  full: [
    (groups) => groups.map((group) => group.toString(16).padStart(4, '0')).join(':'),
    'all digits: exploded in Python, StringExpanded() in Go',
  ],
  'no ::': [
    (groups) => groups.map((group) => group.toString(16)).join(':'),
    'no ::, as Inet6Address.getHostAddress() in Java',
  ],
};

const ipNotations = Object.entries(ipForms).flatMap(([name, [print, recipe]]) =>
  ['lower', 'upper'].map((letters): Notation<readonly number[]> => {
    const write: Print = (groups) => (letters === 'upper' ? (print(groups)?.toUpperCase() ?? null) : print(groups));
    return {
      name: `${name}, ${letters}`,
      read(node) {
        const groups = addressOf(textOf(node));
        return groups !== null && write(groups) === textOf(node) ? groups : null;
      },
      writers: {
        '': (groups) => {
          const text = write(groups);
          return text === null ? null : stringNode(text);
        },
      },
      recipe: () => recipe,
    };
  }),
);

/** Asked first: what else is asked takes longer. */
const addressLetters = /^[\da-f]*[.:][\da-f.:]*$/i;

/** An address as eight groups, of IPv4 its mapped form. */
function addressOf(text: string | null): number[] | null {
  if (text === null || text.length > 45 || !addressLetters.test(text)) return null;
  return groupsOf(isIPv4(text) ? `::ffff:${text}` : text);
}

/** `::ffff:1.2.3.4` and `1.2.3.4`; `2001:DB8:0:0:0:0:0:1` and `2001:db8::1`. */
const ipSpelling = translating('ip-spelling', { notations: ipNotations, learns: false, kinds: alike('string') });

const longestUrl = 4000;

const asUrl: Normaliser = (node) => {
  const text = textOf(node);
  if (text === null || text.length > longestUrl || !/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return null;
  const url = URL.canParse(text) ? new URL(text).href : text;
  return url === text ? null : stringNode(url);
};

/** `HTTP://Example.com` and `http://example.com/`. */
const urlNormalisation = normalising('url-normalisation', {
  kinds: alike('string'),
  lossy: 'the URL as it was given',
  ways: { whatwg: asUrl },
  advice: ({ normaliser, keeper }, { key }) => [
    {
      target: normaliser,
      text: `keep the text that was given: ${fieldOf(key).rust('String')} in Rust instead of Url, str instead of HttpUrl in pydantic`,
    },
    {
      target: keeper,
      text: 'or store what the URL standard makes of it: Url::parse(…) in Rust, new URL(…).href in JavaScript',
    },
  ],
});

const character: Notation<number> = {
  name: 'character',
  read(node) {
    const text = textOf(node) ?? '';
    const point = text.length === 0 || text.length > 2 ? undefined : text.codePointAt(0);
    return point !== undefined && String.fromCodePoint(point) === text && !isSurrogate(point) ? point : null;
  },
  writers: { '': (point) => (point > 0x10ffff || isSurrogate(point) ? null : stringNode(String.fromCodePoint(point))) },
  recipe: (field) => `text of one character: ${field.rust('char')} in Rust, ${field.go('string')} with string(r) in Go`,
};

function isSurrogate(point: number): boolean {
  return point >= 0xd800 && point <= 0xdfff;
}

const codePoint: Notation<number> = {
  name: 'code point',
  read(node) {
    const raw = numberOf(node);
    return raw !== null && raw.length <= 7 && isInteger(raw) && !raw.startsWith('-') ? Number(raw) : null;
  },
  writers: { '': (point) => numberNode(String(point)) },
  recipe: (field) => `the number of the character: ${field.go('rune')} in Go, ${field.rust('u32')} in Rust`,
};

/** `"é"` and `233`. */
const charVsCodepoint = translating('char-vs-codepoint', {
  notations: [character, codePoint],
  learns: true,
  kinds: either(['string'], ['number']),
});

/** Identifiers and addresses that are text. */
export const identifierRules: readonly DriftRule[] = [uuidNotation, ipSpelling, urlNormalisation, charVsCodepoint];
