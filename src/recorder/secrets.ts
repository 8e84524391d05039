import { minSecretLength } from '../config/limits.ts';
import { isSecretMember, isSecretName } from '../config/secret-name.ts';
import { maxVariableName } from './limits.ts';
import { SpellingSearch } from './spelling-search.ts';

/** The texts of one exchange in which credentials are looked for. */
export interface ExchangeTexts {
  readonly path: string;
  /** Of the request and its answers. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Bodies that are text. */
  readonly bodies: readonly string[];
}

interface Found {
  readonly name: string;
  readonly value: string;
}

const jwt = /eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g;
/** Tokens that their issuers let begin so, and keys in PEM. */
const issued =
  /\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|[sr]k_(?:live|test)_\w{10,}|sk-[\w-]{20,}|xox[abeprs]-[\w-]{10,}|A(?:K|S)IA[0-9A-Z]{16}|AIza[\w-]{30,}|glpat-[\w-]{20,})|-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]{1,10000}/g;
const userInfo = /\b\w{1,20}:\/\/[^\s/@:"']{0,200}:([^\s/@"']{1,200})@/g;
const member = /"((?:[^"\\]|\\.){1,200})"\s*:\s*(?:"((?:[^"\\]|\\.){1,20000})"|(-?\d[\d.]{5,40}))/g;
const element = /<(?:\w{1,40}:)?(\w{1,100})(?:\s[^<>]{0,400})?>([^<>]{1,4000})<\//g;
/** Names that are those of a credential in a URL or a form, but not in JSON. */
const queryName = /^(?:key|auth|sig|signature|code|otp|pwd|sid|pin|x-amz-(?:signature|credential))$/i;
const headerName = /^(?:x-(?:amz-)?auth\b.*|x-.*(?:key|signature)|authentication)$/i;
const pair = /(?:^|[?&\n])([^=&\s]{1,200})=([^&\s"'<>\\]+)/g;
const part = /name="([^"]{1,200})"[^\r\n]{0,1000}\r\n(?:[^\r\n]{1,1000}\r\n){0,20}\r\n([^\r\n]+)/g;

function named(text: string, pattern: RegExp): Found[] {
  const found = Array.from(text.matchAll(pattern), ([, name = '', value = '', other = '']) => ({
    ...{ name, value: value || other },
  }));
  return found.filter(
    ({ name }) => isSecretMember(name) || isSecretName(name) || (pattern === pair && queryName.test(name)),
  );
}

/** The credentials in a header: those behind a scheme, the values of cookies, or the whole value. */
function inHeader([name, value]: readonly [string, string]): Found[] {
  const lower = name.toLowerCase();
  if (lower === 'cookie') return value.split(/;\s*/).map(asCookie);
  if (lower === 'set-cookie') return [asCookie(value.split(';')[0] ?? '')];
  if (!isSecretName(name) && !headerName.test(name)) return [];
  const [, scheme = '', rest = value] = /^(\w+)\s+(\S.*)$/.exec(value) ?? [];
  const basic = scheme.toLowerCase() === 'basic' ? passwordIn(rest) : [];
  return [{ name, value: rest }, ...basic];
}

function asCookie(text: string): Found {
  const [, name = '', value = ''] = /^([^=]*)=(.*)$/.exec(text) ?? [];
  return { name: `cookie_${name}`, value };
}

function passwordIn(credentials: string): Found[] {
  const [, value = ''] = /^[^:]*:(.*)$/s.exec(Buffer.from(credentials, 'base64').toString('utf8')) ?? [];
  return [{ name: 'password', value }];
}

/** Knows the credentials of a recording, and writes the name of a variable in the place of each. */
export class RecordedSecrets {
  readonly #names = new Map<string, string>();
  readonly #taken = new Set<string>();
  /** By a name, how many variables were made of it. */
  readonly #counts = new Map<string, number>();
  readonly #spellings = new SpellingSearch();

  /** The names that stand for credentials so far. */
  get names(): readonly string[] {
    return [...this.#taken].sort();
  }

  /** Takes note of the credentials in an exchange. */
  learn({ path, headers, bodies }: ExchangeTexts): void {
    const values = headers.filter(([name]) => !/^(?:set-)?cookie$/i.test(name)).map(([, value]) => value);
    const whole = bodies.flatMap((text) => [text, ...textsWithin(text)]);
    const texts = [path, ...whole, ...headers.map(([, value]) => value)];
    const found = [
      ...headers.flatMap(inHeader),
      ...[path, ...whole, ...values].flatMap((text) => named(text, pair)),
      ...whole.flatMap((text) => [...named(text, member), ...named(text, part), ...named(text, element)]),
      ...texts.flatMap((text) => Array.from(text.matchAll(issued), ([value]) => ({ name: 'token', value }))),
      ...texts.flatMap((text) =>
        Array.from(text.matchAll(userInfo), ([, value = '']) => ({ name: 'password', value })),
      ),
      ...texts.flatMap((text) => Array.from(text.matchAll(jwt), ([value]) => ({ name: 'jwt', value }))),
    ];
    for (const { name, value } of found) {
      this.#add(name, value);
      this.#add(name, decoded(value));
    }
  }

  #add(name: string, value: string): void {
    if (value.length < minSecretLength || this.#names.has(value) || /^\$\{\w+\}$/.test(value)) return;
    const plain = name
      .replace(/([a-z])([A-Z])/g, '$1_$2')
      .replace(/\W+/g, '_')
      .toUpperCase()
      .replace(/^(?=\d)|^$/, 'SECRET_')
      .slice(0, maxVariableName);
    let free = plain;
    let count = this.#counts.get(plain) ?? 1;
    for (; this.#taken.has(free); count += 1) free = `${plain}_${count + 1}`;
    this.#counts.set(plain, count);
    this.#taken.add(free);
    this.#names.set(value, free);
    for (const written of spellingsOf(value)) this.#spellings.add(written, free);
  }

  /** The text without credentials; adds the names that stand in it to `used`. */
  hide(text: string, used: Set<string>): string {
    return this.#spellings.replace(text, (name) => {
      used.add(name);
      return `\${${name}}`;
    });
  }
}

/** JSON that stands in strings of JSON: of each string with an escaped quote, what it means. */
function textsWithin(text: string): string[] {
  if (!text.includes('\\"')) return [];
  const found: string[] = [];
  for (let open = text.indexOf('"'); open >= 0; ) {
    let [close, isNested] = [open + 1, false];
    for (; close < text.length && text[close] !== '"'; close += 1)
      if (text[close] === '\\') {
        close += 1;
        isNested ||= text[close] === '"';
      }
    if (isNested) found.push(unescaped(text.slice(open, close + 1)));
    open = text.indexOf('"', close + 1);
  }
  return found;
}

function unescaped(written: string): string {
  try {
    return String(JSON.parse(written));
  } catch (error) {
    if (error instanceof SyntaxError) return written.replaceAll('\\"', '"');
    throw error;
  }
}

/** A credential as it is, in a URL, a form, a JSON string, and in Base64. */
function spellingsOf(value: string): Set<string> {
  const encoded = encodeURIComponent(value.replace(/\p{Cs}/gu, '\uFFFD'));
  const escaped = JSON.stringify(value).slice(1, -1);
  return new Set([
    ...[value, encoded, encoded.replace(/%../g, (triple) => triple.toLowerCase()), encoded.replaceAll('%20', '+')],
    ...[escaped, JSON.stringify(escaped).slice(1, -1), Buffer.from(value).toString('base64')],
  ]);
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch (error) {
    if (error instanceof URIError) return value;
    throw error;
  }
}
