/** Secrets of every kind: signs that escapes are made of, letters beyond ASCII, short and long ones, and ones that look like something else. */
export const secretValues: Readonly<Record<string, string>> = {
  'eight letters and digits': 'x7Kq29Vb',
  'eight characters with signs': 'p"w\\s/8&',
  'a quote in the middle': 'alpha7"bravo8-charlie9',
  'quotes at both ends': '"quoted-4-credential"',
  'a backslash in the middle': 'domain\\user-92-key',
  'backslashes that look like escapes': 'ab\\new\\u0041\\table-51',
  'blanks and a colon': 'correct: horse 42 battery',
  'letters with marks': 'schlüssel-für-göße-31',
  'a sharp s': 'straßen-schlüssel-77',
  'letters of another script': 'ключ-от-двери-2210',
  'characters beyond the basic plane': 'key-🔑-of-𝒂lice-0042',
  percents: '100%secure%2Fkey%7E9',
  pluses: 'a+b+c+d1-plus+sign+',
  slashes: 'wJalrXUtn/K7MDENG/bPxRfi',
  'equals signs': 'k1=v2;k3=v4==tail9==',
  'an ampersand and what looks like an entity': 'r&d&lt;key&amp;7 x',
  tildes: 'a~1b~0c~tilde-key-88',
  'a UUID': '3f2b8c1e-94d7-4a6b-b0c5-7e1d2a9f6c38',
  'a JSON Web Token':
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiIsIm5hbWUiOiJjbnJ5In0.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  'what looks like Base64': 'c2VjcmV0LXZhbHVlLTg4Kz0/YQ==',
  'what looks like hex': 'deadbeefcafe0042f00dbabe',
  'angle brackets and apostrophes': "<it's>-a-'key'-<91>",
  'five hundred characters': Array.from({ length: 50 }, (_, n) => `${n}q"${(n * 7919).toString(36)}é/`.padEnd(10, '+'))
    .join('')
    .slice(0, 500),
};

const hexOf = (text: string) => Buffer.from(text, 'utf8').toString('hex');
const units = (text: string) => Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
const inJson = (text: string) => JSON.stringify(text).slice(1, -1);
const inUrl = encodeURIComponent;
const bytesInUrl = (text: string) => hexOf(text).replace(/../g, '%$&');
const names: Readonly<Record<string, string>> = {
  '"': 'quot',
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  "'": 'apos',
  ü: 'uuml',
  ö: 'ouml',
  ß: 'szlig',
  é: 'eacute',
  '/': 'sol',
  '+': 'plus',
  '=': 'equals',
};
const inHtml = (one: string) => (names[one] === undefined ? one : `&${names[one]};`);

/** Ways of writing a text one character after the other. */
export const characterForms: Readonly<Record<string, (character: string) => string>> = {
  'as it is': (one) => one,
  'in JSON': inJson,
  'in JSON in JSON': (one) => inJson(inJson(one)),
  'in JSON three times over': (one) => inJson(inJson(inJson(one))),
  'in JSON beyond need': (one) =>
    units(one)
      .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
      .join(''),
  'in JSON beyond need, in capitals': (one) =>
    units(one)
      .map((unit) => `\\u${unit.toString(16).padStart(4, '0').toUpperCase()}`)
      .join(''),
  'percent-encoded': inUrl,
  'percent-encoded in small letters': (one) => inUrl(one).replace(/%../g, (byte) => byte.toLowerCase()),
  'with every byte percent-encoded': bytesInUrl,
  'percent-encoded twice': (one) => inUrl(inUrl(one)),
  'as a form has it': (one) => new URLSearchParams([['', one]]).toString().slice(1),
  'in HTML by names': inHtml,
  'in HTML by names twice': (one) => inHtml(one).replace('&', '&amp;'),
  'in XML by numbers': (one) => `&#${one.codePointAt(0)};`,
  'in XML by hexadecimal numbers': (one) => `&#x${one.codePointAt(0)!.toString(16).toUpperCase()};`,
  'percent-encoded in JSON': (one) => inJson(inUrl(one)),
  'in JSON, percent-encoded': (one) => inUrl(inJson(one)),
};

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64').replace(/=+$/, '');

/** A text written as a whole: what gives nothing of it away, and the rest. */
export interface WholeForm {
  readonly before: string;
  readonly own: string;
}

const inBase64 =
  (before: string) =>
  (text: string): WholeForm => {
    const whole = base64(before + text);
    const start = Math.ceil((before.length * 8) / 6);
    return { before: whole.slice(0, start), own: whole.slice(start) };
  };
const alone = (own: string): WholeForm => ({ before: '', own });

/** Ways of writing a text as a whole. */
export const textForms: Readonly<Record<string, (text: string) => WholeForm>> = {
  'in Base64': inBase64(''),
  'in Base64 from the second byte on': inBase64(':'),
  'in Base64 from the third byte on': inBase64('::'),
  'in Base64 for URLs': (text) => alone(Buffer.from(text, 'utf8').toString('base64url')),
  'in Basic credentials': inBase64('user:'),
  'in hex': (text) => alone(hexOf(text)),
  'in hex in capitals': (text) => alone(hexOf(text).toUpperCase()),
  'in Base64, percent-encoded': (text) => alone(inUrl(base64(text))),
  'in Base64 of JSON': (text) => alone(base64(inJson(text))),
  'in Base64 twice': (text) => alone(base64(Buffer.from(text, 'utf8').toString('base64'))),
  'in Base64 of hex': (text) => alone(base64(hexOf(text))),
};

/** The cases in which a server may say a text again. */
export const casings: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  capitals: (text) => text.toUpperCase(),
  'small letters': (text) => text.toLowerCase(),
};
