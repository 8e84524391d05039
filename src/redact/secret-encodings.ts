/** Everything that a secret can be written as: a pattern for what is written character by character, and texts as they are. */
export interface Spellings {
  readonly pattern: string;
  /** Hex and Base64 of the bytes, the latter for each place in a longer text that it can begin at. */
  readonly texts: readonly string[];
}

/** The shortest text in Base64 that is looked for: shorter ones are met by chance. */
const shortestText = 6;

/**
 * Takes a secret; returns its spellings: as it is, percent-encoded (RFC 3986), as a form has it, escaped in JSON, as HTML, each of these up
 * to three times over, as a key in a JSON Pointer, also where only some of its characters are encoded; in Base64 of both alphabets
 * (RFC 4648), also inside a longer text; in hex, with spaces between the bytes or without;
 * all of it also of its bytes read as ISO 8859-1, which is how servers read the head of a request (RFC 9110, 5.5).
 */
export function spellingsOf(secret: string): Spellings {
  const texts = [secret, misread(secret)].flatMap((text) => encodingsOf(Buffer.from(text, 'utf8')));
  return { pattern: Array.from(secret, anySpelling).join(''), texts: [...new Set(texts)] };
}

/** UTF-8 read as ISO 8859-1; a text of ASCII alone stays what it is. */
function misread(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

function encodingsOf(bytes: Buffer): string[] {
  const hex = bytes.toString('hex');
  const base64 = [0, 1, 2].map((offset) => base64At(bytes, offset)).filter((text) => text.length >= shortestText);
  const url = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  const spaced = hex.replace(/..(?=.)/g, '$& ');
  return [hex, hex.toUpperCase(), spaced, ...base64, ...url];
}

/** What is the same in Base64 whatever stands around the bytes, if they begin at `offset` modulo 3. */
function base64At(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
}

/** HTML has names for most signs and for many letters beyond ASCII, often several for one: any name is taken for any of them. */
const namedEntity = '&(?:amp;){0,2}[A-Za-z][A-Za-z\\d]{1,31};';
const namedEscapes: Readonly<Record<string, string>> = { '\b': 'b', '\f': 'f', '\n': 'n', '\r': 'r', '\t': 't' };

/** A pattern for one character; each way of writing it ends by itself, so that a search takes linear time. */
function anySpelling(character: string): string {
  const other = misread(character);
  return other === character
    ? `(?:${waysOf(character)})`
    : `(?:${waysOf(character)}|${Array.from(other, (one) => `(?:${waysOf(one)})`).join('')})`;
}

function waysOf(character: string): string {
  const percent = Array.from(
    Buffer.from(character, 'utf8'),
    (byte) => `%(?:25){0,2}${anyCase(byte.toString(16).padStart(2, '0'))}`,
  );
  const units = Array.from({ length: character.length }, (_, at) =>
    character.charCodeAt(at).toString(16).padStart(4, '0'),
  );
  const json = units.map((unit) => `\\\\{1,4}u${anyCase(unit)}`);
  const code = character.codePointAt(0)!;
  const html = `&(?:amp;){0,2}#(?:0{0,4}${code}|[xX]0{0,4}${anyCase(code.toString(16))});`;
  const ways = [plain(character), percent.join(''), json.join(''), html];
  if (character === ' ') ways.push('\\+');
  // As a key in a JSON Pointer (RFC 6901).
  if (character === '/') ways.push('~1');
  if (character === '~') ways.push('~0');
  if (!/^[A-Za-z\d]$/.test(character)) ways.push(namedEntity);
  if (namedEscapes[character] !== undefined) ways.push(`\\\\{1,4}${namedEscapes[character]}`);
  return ways.join('|');
}

/** A backslash, a quote or a slash may have backslashes before it. */
function plain(character: string): string {
  if (character === '\\') return '\\\\{1,8}';
  const escaped = /[\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
  return /["/]/.test(character) ? `\\\\{0,7}${escaped}` : escaped;
}

function anyCase(hex: string): string {
  return hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}
