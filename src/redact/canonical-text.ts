import { entityCharacter } from './html-entities.ts';
import { maxPasses } from './limits.ts';
import { type Piece, rewriteUnits, type SourceUnits } from './source-units.ts';

/** A text in the one form that all spellings of it have. */
export interface CanonicalText {
  /** Escapes decoded; `text` is as `folded`, but in the case that it was written in. */
  readonly units: SourceUnits;
  /** In small letters. As long as the text of the units. */
  readonly folded: string;
}

/** A run of backslashes is looked at from each of its characters on, so not for longer than this. */
const escapes =
  /\\{1,16}(?:u\{[\da-f]{1,6}\}|u[\da-f]{4}|x[\da-f]{2})|(?:%(?:25)*[\da-f]{2})+|&(?:amp;)*(?:#\d{1,9}|#x[\da-f]{1,8}|[a-z][a-z\d]{1,31});|~[01]/gi;
const mayHoldEscape = /[\\%&~]/;
const backslashes = /\\+(?:[^\\]|$)/gsu;

/**
 * Takes a text; returns its canonical form: escapes of JSON, JavaScript, URLs (RFC 3986), forms, HTML, XML and JSON Pointers decoded, also
 * where one is inside another. Backslashes are left out, for they may be doubled any number of times. Takes linear time.
 */
export function canonicalText(source: string): CanonicalText {
  let units: SourceUnits = { text: source, ranges: null };
  if (mayHoldEscape.test(source)) {
    units = decodeAll(units);
    units = rewriteUnits(units, backslashes, (match) => [{ text: match.replace(/^\\+/, ''), length: match.length }]);
  }
  const text = unifyBlanks(units.text);
  return { units: { text, ranges: units.ranges }, folded: foldCase(text) };
}

function decodeAll(source: SourceUnits): SourceUnits {
  let units = source;
  for (let pass = 0; pass < maxPasses; pass += 1) {
    const decoded = rewriteUnits(units, escapes, decodeEscape);
    if (decoded === units) break;
    units = decoded;
  }
  return units;
}

function decodeEscape(written: string): readonly Piece[] {
  if (written.startsWith('%')) return decodePercent(written);
  return [{ text: decodeCharacter(written), length: written.length }];
}

function decodeCharacter(written: string): string {
  if (written.startsWith('~')) return written === '~1' ? '/' : '~';
  if (written.startsWith('&')) return entityCharacter(/[^;]*(?=;$)/.exec(written.replace(/^&(?:amp;)*(?=.)/i, ''))![0]);
  const code = Number.parseInt(/[\da-f]+(?=\}?$)/i.exec(written.replace(/^\\+[ux]/i, ''))![0], 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD';
}

/** Bytes as UTF-8 where they are, else as ISO 8859-1. */
function decodePercent(run: string): readonly Piece[] {
  const lengths: number[] = [];
  const bytes = Buffer.from(
    run.replace(/%(?:25)*([\da-f]{2})/gi, (triple, hex: string) => {
      lengths.push(triple.length);
      return hex;
    }),
    'hex',
  );
  const pieces: Piece[] = [];
  for (let at = 0; at < bytes.length; ) {
    const { text, count } = characterAt(bytes, at);
    let length = 0;
    for (const end = at + count; at < end; at += 1) length += lengths[at]!;
    pieces.push({ text, length });
  }
  return pieces;
}

function characterAt(bytes: Buffer, at: number): { readonly text: string; readonly count: number } {
  const lead = bytes[at]!;
  const count = lead < 0xc2 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  const text = bytes.toString('utf8', at, at + count);
  const isWhole = count > 1 && at + count <= bytes.length && !text.includes('\uFFFD');
  return isWhole ? { text, count } : { text: String.fromCharCode(lead), count: 1 };
}

const letterOf: Readonly<Record<string, string>> = { '\b': 'b', '\f': 'f', '\n': 'n', '\r': 'r', '\t': 't' };

/** A form writes a blank as `+`; and JSON a tab as `\t`, of which the letter is left without its backslash. */
function unifyBlanks(text: string): string {
  return text.replaceAll('+', ' ').replace(/[\b\f\n\r\t]/g, (control) => letterOf[control]!);
}

/** Small letters; of every text as many units as it has. */
function foldCase(text: string): string {
  const folded = text.replaceAll('\u0130', 'i').toLowerCase().replaceAll('\u03c2', '\u03c3');
  return folded.length === text.length ? folded : text;
}
