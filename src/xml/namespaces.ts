/** The namespaces that are declared at one place of a document (Namespaces in XML 1.0). Not from saxes, which looks for each prefix in all elements around. */
export class NamespaceScope {
  readonly #uris = new Map<string, string>([
    ['', ''],
    ['xml', 'http://www.w3.org/XML/1998/namespace'],
  ]);
  /** For each open element the prefixes that it declares, with what they meant outside; null for none. */
  readonly #outer: (Map<string, string | undefined> | null)[] = [];

  enter(attributes: Readonly<Record<string, string>>): void {
    let outer: Map<string, string | undefined> | null = null;
    for (const name in attributes) {
      const prefix = declaredPrefix(name);
      if (prefix === null) continue;
      outer ??= new Map();
      outer.set(prefix, this.#uris.get(prefix));
      this.#uris.set(prefix, attributes[name]!);
    }
    this.#outer.push(outer);
  }

  leave(): void {
    for (const [prefix, uri] of this.#outer.pop() ?? [])
      if (uri === undefined) this.#uris.delete(prefix);
      else this.#uris.set(prefix, uri);
  }

  /** The namespace and the local name; null for an invalid name, or whose prefix is not declared. */
  resolve(name: string): readonly [namespace: string, local: string] | null {
    const at = name.indexOf(':');
    if (at === -1) return [this.#uris.get('')!, name];
    const [namespace, local] = [this.#uris.get(name.slice(0, at)), name.slice(at + 1)];
    return at === 0 || local === '' || local.includes(':') || !namespace ? null : [namespace, local];
  }
}

/** The prefix that an attribute declares, empty for the default namespace; null for any other attribute. */
export function declaredPrefix(attribute: string): string | null {
  if (attribute === 'xmlns') return '';
  return attribute.startsWith('xmlns:') ? attribute.slice(6) : null;
}
