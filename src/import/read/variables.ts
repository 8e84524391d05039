import { maxNesting } from '../limits.ts';
import type { HeaderPairs } from './entry.ts';

/** Variables of a collection, by name. */
export type Variables = ReadonlyMap<string, string>;

/** Fills in `{{name}}`; what has no value, or is a credential by its kind, stays open as `${NAME}`. */
export class VariableFiller {
  readonly #values: Variables;
  readonly #open = new Set<string>();

  constructor(values: Variables) {
    this.#values = values;
  }

  /** Names that were left open so far. */
  get names(): readonly string[] {
    return [...this.#open].sort();
  }

  fill(text: string, depth = 0): string {
    if (!text.includes('{{') || depth > maxNesting) return text;
    return text.replace(/\{\{\s*([^{}\r\n]{1,200}?)\s*\}\}/g, (_, written: string) => {
      const name = written.replace(/^_\.|^_\['(.*)'\]$/, (_whole, inner: string | undefined) => inner ?? '');
      const value = this.#values.get(name);
      return value === undefined || value === '' ? this.#leaveOpen(name) : this.fill(value, depth + 1);
    });
  }

  fillPairs(pairs: HeaderPairs): HeaderPairs {
    return pairs.map(([name, value]) => [this.fill(name), this.fill(value)] as const);
  }

  /** An address whose host is a variable: the variable may hold a base path, which stays where it is known. */
  fillUrl(url: string): string {
    const [, host, rest = ''] = /^\s*(?:https?:\/\/)?\{\{\s*([^{}]+?)\s*\}\}(.*)$/s.exec(url) ?? [];
    if (host === undefined) return hasNoScheme(url) ? `http://${this.fill(url)}` : this.fill(url);
    const known = this.#values.get(host.replace(/^_\./, ''));
    if (known === undefined || known === '') return rest.startsWith('/') ? this.fill(rest) : `/${this.fill(rest)}`;
    return this.fillUrl(known.replace(/\/+$/, '') + (rest === '' || /^[/?:]/.test(rest) ? rest : `/${rest}`));
  }

  #leaveOpen(written: string): string {
    const plain = written
      .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
      .replace(/[^A-Za-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '')
      .toUpperCase()
      .slice(0, 50);
    const name = /^[A-Z]/.test(plain) ? plain : `VALUE_${plain}`;
    this.#open.add(name);
    return `\${${name}}`;
  }
}

function hasNoScheme(url: string): boolean {
  return /^[\w.-]+(?::\d+)?(?:[/?]|$)/.test(url);
}

/** Basic credentials (RFC 7617). What is left open cannot be encoded before it is known: all of it is one variable then. */
export function basicHeader(user: string, password: string, filler: VariableFiller): readonly [string, string] {
  const isOpen = /\$\{\w+\}/.test(user + password);
  const encoded = isOpen ? filler.fill('{{basic_credentials}}') : Buffer.from(`${user}:${password}`).toString('base64');
  return ['authorization', `Basic ${encoded}`];
}
