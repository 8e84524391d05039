/** A JSON value with its source, read by the plainest reader there is. */
export interface Value {
  readonly kind: 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object';
  readonly source: string;
  readonly items: readonly Value[];
  readonly members: readonly (readonly [key: string, value: Value])[];
  /** The keys as they are spelled, in order. */
  readonly keySources: string;
}

/** Reads a JSON text that is one. */
export function parse(text: string): Value {
  let at = 0;
  const token = () => {
    const match = /^[ \t\r\n]*([{}[\],:]|"(?:[^"\\]|\\.)*"|[^ \t\r\n{}[\],:"]+)/.exec(text.slice(at))!;
    at += match[0].length;
    return { word: match[1]!, from: at - match[1]!.length };
  };
  const peek = () => text.slice(at).trimStart()[0];
  const list = (closing: string, read: () => void) => {
    for (let more = peek() !== closing; more; more = token().word === ',') read();
    if (text[at - 1] !== closing) token();
  };
  const value = (): Value => {
    const { word, from } = token();
    const items: Value[] = [];
    const members: [string, Value][] = [];
    const keys: string[] = [];
    if (word === '[') list(']', () => items.push(value()));
    if (word === '{')
      list('}', () => {
        keys.push(token().word);
        token();
        members.push([JSON.parse(keys.at(-1)!), value()]);
      });
    return { kind: kindOf(word), source: text.slice(from, at), items, members, keySources: keys.join() };
  };
  return value();
}

function kindOf(word: string): Value['kind'] {
  const kinds: Readonly<Record<string, Value['kind']>> = {
    '[': 'array',
    '{': 'object',
    '"': 'string',
    n: 'null',
    t: 'boolean',
    f: 'boolean',
  };
  return kinds[word[0]!] ?? 'number';
}

/** Places whose values, or whose orders, do not count; of a place that keeps its type, keys and types of its members do. */
export interface Erasing {
  readonly pointer: string;
  readonly kept: (pointer: string) => 'value' | 'type' | 'nothing' | null;
  /** The order of the items there means nothing. */
  readonly isUnordered: (pointer: string) => boolean;
}

const nothingErased: Erasing = { pointer: '', kept: () => null, isUnordered: () => false };

/** One text for all spellings of a value, members in any order. */
export function canonical(value: Value, erasing: Erasing = nothingErased): string {
  const { pointer, kept, isUnordered } = erasing;
  const keep = kept(pointer);
  if (keep !== null) return keep === 'type' ? typeOf(value) : '?';
  const inside = (key: string | number, child: Value) => {
    const token = String(key).replaceAll('~', '~0').replaceAll('/', '~1');
    return canonical(child, { ...erasing, pointer: `${pointer}/${token}` });
  };
  if (value.kind === 'array') {
    const items = value.items.map((item, at) => inside(at, item));
    // Items in no order are no list in this very order.
    return isUnordered(pointer) && items.length > 1 ? `[any ${items.sort()}]` : `[${items}]`;
  }
  if (value.kind === 'object') {
    const members = value.members.map(([key, member]) => `${JSON.stringify(key)}:${inside(key, member)}`);
    return `{${members.sort().join()}}`;
  }
  if (value.kind === 'string') return JSON.stringify(JSON.parse(value.source));
  return value.kind === 'number' ? canonicalNumber(value.source) : value.source;
}

function typeOf({ kind, members }: Value): string {
  return `${kind} ${members.map(([key, member]) => `${JSON.stringify(key)}:${member.kind}`).sort()}`;
}

/** One text for all spellings of a number: an integer that does not end in 0, and a power of ten. */
export function canonicalNumber(lexeme: string): string {
  const [mantissa = '', power = '0'] = lexeme.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  let integer = BigInt(whole + fraction);
  if (integer === 0n) return '0';
  let exponent = BigInt(power) - BigInt(fraction.length);
  for (; integer % 10n === 0n; integer /= 10n) exponent += 1n;
  return `${integer}e${exponent}`;
}
