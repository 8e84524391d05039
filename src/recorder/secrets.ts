import { minSecretLength } from '../config/limits.ts';
import { isSecretMember, isSecretName } from '../config/secret-name.ts';

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
const member = /"((?:[^"\\]|\\.){1,200})"\s*:\s*"((?:[^"\\]|\\.)+)"/g;
const pair = /(?:^|[?&\n])([^=&\s]{1,200})=([^&\s]+)/g;
const part = /name="([^"]{1,200})"[^\r\n]*\r\n(?:[^\r\n]+\r\n)*\r\n([^\r\n]+)/g;

function named(text: string, pattern: RegExp): Found[] {
  return Array.from(text.matchAll(pattern), ([, name = '', value = '']) => ({ name, value })).filter(
    ({ name }) => isSecretMember(name) || isSecretName(name),
  );
}

/** The credentials in a header: those behind a scheme, the values of cookies, or the whole value. */
function inHeader([name, value]: readonly [string, string]): Found[] {
  const lower = name.toLowerCase();
  if (lower === 'cookie') return value.split(/;\s*/).map(asCookie);
  if (lower === 'set-cookie') return [asCookie(value.split(';')[0] ?? '')];
  if (!isSecretName(name)) return [];
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

  /** The names that stand for credentials so far. */
  get names(): readonly string[] {
    return [...this.#taken].sort();
  }

  /** Takes note of the credentials in an exchange. */
  learn({ path, headers, bodies }: ExchangeTexts): void {
    const texts = [path, ...bodies, ...headers.map(([, value]) => value)];
    const found = [
      ...headers.flatMap(inHeader),
      ...[path, ...bodies].flatMap((text) => named(text, pair)),
      ...bodies.flatMap((text) => [...named(text, member), ...named(text, part)]),
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
      .replace(/^(?=\d)|^$/, 'SECRET_');
    let free = plain;
    for (let count = 2; this.#taken.has(free); count++) free = `${plain}_${count}`;
    this.#taken.add(free);
    this.#names.set(value, free);
  }

  /** The text without credentials; adds the names that stand in it to `used`. */
  hide(text: string, used: Set<string>): string {
    let hidden = text;
    const longestFirst = [...this.#names].sort(([a], [b]) => b.length - a.length);
    for (const [value, name] of longestFirst)
      for (const written of new Set([value, encodeURIComponent(value), Buffer.from(value).toString('base64')])) {
        if (!hidden.includes(written)) continue;
        hidden = hidden.replaceAll(written, () => `\${${name}}`);
        used.add(name);
      }
    return hidden;
  }
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch (error) {
    if (error instanceof URIError) return value;
    throw error;
  }
}
