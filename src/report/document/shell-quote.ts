/** Whether a text needs no escape but for quotes. */
export const isPlain = (text: string): boolean => /^[ -~]*$/.test(text);
const octal = (byte: number): string => `\\${byte.toString(8).padStart(3, '0')}`;

/** Octal escapes of POSIX `printf`, so that every byte arrives in any shell and none of them is on the screen. */
export const printfFormat = (bytes: Uint8Array): string =>
  `'${Array.from(bytes, (byte) => (/[A-Za-z0-9 {}[\]":,._/=&+-]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : octal(byte))).join('')}'`;

/** Header and path text as received: one byte a character where it is latin1, else UTF-8. */
const bytesOf = (text: string): Uint8Array => Buffer.from(text, /^[\0-\xff]*$/.test(text) ? 'latin1' : 'utf8');

/** A word for sh and bash that is this text, whatever it holds. */
export const quote = (text: string): string =>
  isPlain(text) ? `'${text.replaceAll("'", "'\\''")}'` : `"$(printf ${printfFormat(bytesOf(text))})"`;
