const escapes = /\\(?:x([0-9A-Fa-f]{1,2})|([0-7]{1,3})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|c([\s\S])|([\s\S]))/g;

const letters: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Takes what is between the quotes of `$'…'`; returns the text that it stands for, or null if its bytes are not UTF-8. */
export function ansiText(written: string): string | null {
  let out = '';
  let bytes: number[] = [];
  let end = 0;
  const flush = (): boolean => {
    const text = utf8(bytes);
    bytes = [];
    out += text ?? '';
    return text !== null;
  };
  for (const match of written.matchAll(escapes)) {
    const between = written.slice(end, match.index);
    const [, hex, octal, short, long, control, letter] = match;
    const byte = hex ?? octal;
    if ((between !== '' || byte === undefined) && !flush()) return null;
    out += between;
    if (byte !== undefined) bytes.push(Number.parseInt(byte, hex === undefined ? 8 : 16) & 0xff);
    else out += escaped(short ?? long, control, letter);
    end = match.index + match[0].length;
  }
  if (!flush()) return null;
  return out + written.slice(end);
}

/** Browsers write a character beyond U+FFFF as two `\u` of its UTF-16 units: side by side in a string they are that character. */
function escaped(code: string | undefined, control: string | undefined, letter: string | undefined): string {
  if (code !== undefined) {
    const point = Number.parseInt(code, 16);
    return point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point);
  }
  if (control !== undefined) return String.fromCharCode(control.toUpperCase().charCodeAt(0) & 0x1f);
  if (letter === undefined) return '';
  return Object.hasOwn(letters, letter) ? letters[letter]! : /['"?\\]/.test(letter) ? letter : `\\${letter}`;
}

function utf8(bytes: readonly number[]): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes));
  } catch {
    return null;
  }
}
