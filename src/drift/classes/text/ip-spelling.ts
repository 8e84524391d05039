import { isIPv4, isIPv6 } from 'node:net';
import { stringNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import { alike } from '../../kit/kinds.ts';
import { textOf } from '../../kit/nodes.ts';
import { type Notation, translating } from '../../kit/notation.ts';

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
const rule = translating('ip-spelling', { notations: ipNotations, learns: false, kinds: alike('string') });

export const ipSpelling = defineClass({
  id: 'ip-spelling',
  title: 'the same address, spelled otherwise',
  severity: 'cosmetic',
  pass: 'identifier',
  rank: 2,
  evidence: 'documented',
  page: {
    what: 'The same IP address: an IPv4 address mapped into IPv6 or alone, zeros shortened or not, in another case.',
    example: [
      ['Rust, Python, Go (netip.Addr)', '{"ip":"::ffff:1.2.3.4"}'],
      ['Go (net.IP)', '{"ip":"1.2.3.4"}'],
    ],
    why: [
      ['Go', 'net.IP does not tell a mapped address from IPv4, netip.Addr does'],
      ['Java', 'getHostAddress() writes all groups'],
      ['Python', 'exploded writes all digits'],
    ],
    breaks: 'Text comparison fails; allow lists miss.',
    fix: [
      ['Go', 'netip.Addr, or Unmap()'],
      ['Rust', 'to_canonical()'],
      ['any', 'the text of RFC 5952'],
    ],
    proof: 'Reading the address and writing it in the other form must give the candidate text.',
    sources: ['https://www.rfc-editor.org/rfc/rfc5952', 'https://pkg.go.dev/net/netip#Addr.Unmap'],
  },
  rule,
});
