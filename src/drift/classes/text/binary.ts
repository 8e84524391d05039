import { type JsonNode, stringNode } from '../../../json/tree.ts';
import type { DriftRule } from '../../kit/drift-rule.ts';
import { alike, either } from '../../kit/kinds.ts';
import { member, numberNode, numberOf, textOf } from '../../kit/nodes.ts';
import { type Notation, translating } from '../../kit/notation.ts';

const mostBytes = 1 << 17;
const byte = /^(?:0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])$/;

function readBytes(node: JsonNode | undefined): Buffer | null {
  if (node?.kind !== 'array' || node.items.length > mostBytes) return null;
  const bytes = Buffer.alloc(node.items.length);
  for (const [at, item] of node.items.entries()) {
    const raw = numberOf(item);
    if (raw === null || !byte.test(raw)) return null;
    bytes[at] = Number(raw);
  }
  return bytes;
}

function writeBytes(bytes: Buffer): JsonNode {
  return { kind: 'array', items: [...bytes].map((one) => numberNode(String(one))) };
}

const list: Notation<Buffer> = {
  name: 'list',
  read: readBytes,
  writers: { '': writeBytes },
  recipe: (field) => `a list of numbers: ${field.rust('Vec<u8>')} in Rust, ${field.go('[N]byte')} in Go`,
};

/** What JSON.stringify makes of a Buffer of Node. */
const nodeBuffer: Notation<Buffer> = {
  name: 'Buffer',
  read(node) {
    if (node.kind !== 'object' || node.members.length !== 2) return null;
    return textOf(node.members[0]!.value) === 'Buffer' ? readBytes(member(node, 'data')?.value) : null;
  },
  writers: {
    '': (bytes) => ({
      kind: 'object',
      members: [
        { key: 'type', raw: '"type"', value: stringNode('Buffer') },
        { key: 'data', raw: '"data"', value: writeBytes(bytes) },
      ],
    }),
  },
  recipe: () => 'type and data: a Buffer in Node without toString("base64")',
};

const alphabets = {
  'with padding': /^[A-Za-z0-9+/]*={0,2}$/,
  'without padding': /^[A-Za-z0-9+/]*$/,
  'for URLs': /^[A-Za-z0-9_-]*={0,2}$/,
  'for URLs, without padding': /^[A-Za-z0-9_-]*$/,
} as const;

type Variant = keyof typeof alphabets;

function encode(bytes: Buffer, variant: Variant): string {
  const text = bytes.toString('base64');
  const url = variant.startsWith('for URLs') ? text.replaceAll('+', '-').replaceAll('/', '_') : text;
  return variant.endsWith('without padding') ? url.replace(/={1,2}$/, '') : url;
}

function base64(variant: Variant, recipe: Notation<Buffer>['recipe']): Notation<Buffer> {
  return {
    name: `base64 ${variant}`,
    read(node) {
      const text = textOf(node);
      if (text === null || text.length > mostBytes * 2 || !alphabets[variant].test(text)) return null;
      const bytes = Buffer.from(text, 'base64');
      return encode(bytes, variant) === text ? bytes : null;
    },
    writers: { '': (bytes) => stringNode(encode(bytes, variant)) },
    recipe,
  };
}

const engines: Readonly<Record<Variant, string>> = {
  'with padding': 'STANDARD',
  'without padding': 'STANDARD_NO_PAD',
  'for URLs': 'URL_SAFE',
  'for URLs, without padding': 'URL_SAFE_NO_PAD',
};
const goEncodings: Readonly<Record<Variant, string>> = {
  'with padding': 'StdEncoding',
  'without padding': 'RawStdEncoding',
  'for URLs': 'URLEncoding',
  'for URLs, without padding': 'RawURLEncoding',
};

const variants = (Object.keys(alphabets) as Variant[]).map((variant) =>
  base64(
    variant,
    (field) =>
      `base64 ${variant}: base64::engine::general_purpose::${engines[variant]} for ${field.rust('Vec<u8>', 'with = "…"')} in Rust, base64.${goEncodings[variant]} for ${field.go('[]byte')} in Go`,
  ),
);

function hex(name: string, print: (bytes: Buffer) => string, recipe: string): Notation<Buffer> {
  return {
    name,
    read(node) {
      const text = textOf(node);
      if (text === null || text.length > mostBytes || !/^(?:0x|\\x)?[0-9A-Fa-f]*$/.test(text)) return null;
      const bytes = Buffer.from(text.replace(/^(?:0|\\)x/, ''), 'hex');
      return print(bytes) === text ? bytes : null;
    },
    writers: { '': (bytes) => stringNode(print(bytes)) },
    recipe: () => recipe,
  };
}

const hexes = [
  hex(
    'hex',
    (bytes) => bytes.toString('hex'),
    'lower hex: hex::encode in Rust, hex.EncodeToString in Go, bytes.hex() in Python',
  ),
  hex(
    'HEX',
    (bytes) => bytes.toString('hex').toUpperCase(),
    'upper hex: hex::encode_upper in Rust, Convert.ToHexString in .NET',
  ),
  hex('0x', (bytes) => `0x${bytes.toString('hex')}`, 'hex after 0x: hexutil.Bytes in Go, alloy Bytes in Rust'),
  hex('\\x', (bytes) => `\\x${bytes.toString('hex')}`, 'hex after \\x: bytea of PostgreSQL as text'),
];

const hexNames = new Set(hexes.map((one) => one.name));
const base64Names = new Set(variants.map((one) => one.name));

function isOneFamily(from: string, to: string): boolean {
  return [hexNames, base64Names].some((names) => names.has(from) && names.has(to));
}

/** `[1,255]`, `"Af8="`, `"01ff"`. */
const bytesRepr = translating('bytes-repr', {
  notations: [list, nodeBuffer, ...variants, ...hexes],
  learns: false,
  between: (from, to) => !isOneFamily(from, to),
  kinds: either(['string', 'array', 'object'], ['string', 'array', 'object']),
  telling: (bytes) => bytes.length > 1,
});

/** `"+/8="` and `"-_8"`. */
const base64Variant = translating('base64-variant', { notations: variants, learns: false, kinds: alike('string') });

/** Hex digits that are no word in another case. */
function isNoWord(bytes: Buffer): boolean {
  return bytes.length > 3 && /\d/.test(bytes.toString('hex'));
}

/** `"01ff00aa"`, `"01FF00AA"`, `"0x01ff00aa"`. */
const hexSpelling = translating('hex-spelling', {
  notations: hexes,
  learns: false,
  kinds: alike('string'),
  telling: isNoWord,
});

/** Bytes as JSON, which has no type for them. */
export const binaryRules: readonly DriftRule[] = [bytesRepr, base64Variant, hexSpelling];
