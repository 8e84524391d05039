import { stringNode } from '../../../json/tree.ts';
import { textOf } from '../../kit/nodes.ts';
import type { Notation } from '../../kit/notation.ts';

export const maxBytes = 1 << 17;

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
      if (text === null || text.length > maxBytes * 2 || !alphabets[variant].test(text)) return null;
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

export const variants = (Object.keys(alphabets) as Variant[]).map((variant) =>
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
      if (text === null || text.length > maxBytes || !/^(?:0x|\\x)?[0-9A-Fa-f]*$/.test(text)) return null;
      const bytes = Buffer.from(text.replace(/^(?:0|\\)x/, ''), 'hex');
      return print(bytes) === text ? bytes : null;
    },
    writers: { '': (bytes) => stringNode(print(bytes)) },
    recipe: () => recipe,
  };
}

export const hexes = [
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
