import type { JsonDivergence } from '../../src/compare/model/divergence-list.ts';
import type { Rules } from '../../src/compare/rules/compiled-rules.ts';
import { pointerToken } from '../../src/json/pointer.ts';
import { lineUp, type Side } from './oracle-align.ts';
import { canonical, type Erasing, parse, type Value } from './oracle-values.ts';

/** What is compared in a body, told as plainly as can be: recursive, quadratic, on JavaScript's own strings and big integers. */
interface Place {
  readonly a: string;
  readonly b: string;
  /** The element shapes of arrays around it agree. */
  readonly agreed: boolean;
  readonly ignored: boolean;
  /** Those of arrays around it that are ignored agree. */
  readonly loose: boolean;
}

type Found = Pick<JsonDivergence, 'pointer' | 'kind' | 'rung'>;

class Oracle {
  readonly #rules: Rules;
  readonly #found: Found[] = [];

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  found(a: Value, b: Value): readonly Found[] {
    this.#compare(a, b, { a: '', b: '', agreed: false, ignored: false, loose: false });
    return this.#found;
  }

  #compare(a: Value, b: Value, outer: Place): void {
    const kept = this.#kept(outer);
    if (kept === 'nothing') return;
    const place = kept === 'type' ? { ...outer, ignored: true } : outer;
    if (a.kind !== b.kind) this.#report(place, { kind: 'type', rung: place.agreed ? 'value' : 'shape' });
    else if (a.kind === 'object') this.#members(a, b, place);
    else if (a.kind === 'array') this.#items(a, b, place);
    else if (a.source === b.source) return;
    else if (canonical(a) === canonical(b)) this.#report(place, { kind: 'spelling', rung: 'wire' });
    else this.#report(place, { kind: isBroken(a) || isBroken(b) ? 'encoding' : 'value', rung: 'value' });
  }

  #members(a: Value, b: Value, place: Place): void {
    const [keysA, keysB] = [a.members.map(([key]) => key), b.members.map(([key]) => key)];
    const order = keyOrder(keysA, keysB);
    const isSpelled = sorted(keysA) === sorted(keysB) && a.keySources !== b.keySources;
    if (order || isSpelled) this.#report(place, { kind: order ? 'order' : 'spelling', rung: 'wire' });
    for (const key of new Set([...keysA, ...keysB])) this.#under(key, [a, b], place);
  }

  #under(key: string, [a, b]: readonly [Value, Value], outer: Place): void {
    const place = { ...outer, a: `${outer.a}/${pointerToken(key)}`, b: `${outer.b}/${pointerToken(key)}` };
    const [valuesA, valuesB] = [a, b].map(({ members }) => members.filter(([name]) => name === key).map(([, v]) => v));
    const [first, last] = [valuesA!.length, valuesB!.length];
    if (first === 0 || last === 0) this.#alone(place, first === 0 ? 'extra' : 'missing');
    else if (first === last) for (const [at, value] of valuesA!.entries()) this.#compare(value, valuesB![at]!, place);
    else if (this.#kept(place) !== 'nothing') {
      this.#report(place, { kind: 'duplicate', rung: 'value' });
      this.#compare(valuesA!.at(-1)!, valuesB!.at(-1)!, place);
    }
  }

  #items(a: Value, b: Value, outer: Place): void {
    const agree = this.#sameShape(a, b, outer);
    const place = { ...outer, agreed: outer.agreed || agree, loose: outer.loose || (outer.ignored && agree) };
    const rules = [...new Set([outer.a, outer.b])].map(this.#rules.unordered).filter((rule) => rule !== null);
    const rule = rules.find(({ key }) => key !== null) ?? rules[0];
    const sides = [this.#side(a, outer.a), this.#side(b, outer.b)] as const;
    const partners = lineUp(
      sides,
      rule === undefined ? { ordered: true, key: null } : { ordered: false, key: rule.key },
    );
    const at = (i: number, j: number) => ({ ...place, a: `${place.a}/${i}`, b: `${place.b}/${j}` });
    const linked = partners.filter((j) => j !== -1);
    if (rule === undefined && linked.some((j, x) => j < (linked[x - 1] ?? 0)))
      this.#report(place, { kind: 'order', rung: 'value' });
    for (const [i, j] of partners.entries())
      if (j === -1) this.#alone(at(i, i), 'missing');
      else this.#compare(a.items[i]!, b.items[j]!, at(i, j));
    for (const j of b.items.keys()) if (!partners.includes(j)) this.#alone(at(j, j), 'extra');
  }

  /** What is ignored tells no items apart but by its type, except within what is ignored as a whole. */
  #side({ items }: Value, pointer: string): Side {
    const around = pointer.split('/').map((_, at, tokens) => tokens.slice(0, at + 1).join('/'));
    const isInside = around.some((outer) => this.#rules.ignored(outer) !== null);
    const kept = (below: string) => (isInside ? null : this.#rules.ignored(below));
    const isUnordered = (below: string) => this.#rules.unordered(below) !== null;
    const texts = (erasing: Pick<Erasing, 'isUnordered'>) =>
      items.map((item, i) => canonical(item, { pointer: `${pointer}/${i}`, kept, ...erasing }));
    return { items, values: texts({ isUnordered: () => false }), orderless: texts({ isUnordered }) };
  }

  #alone(place: Place, kind: 'missing' | 'extra'): void {
    if (this.#kept(place) !== 'nothing') this.#report(place, { kind, rung: place.agreed ? 'value' : 'shape' });
  }

  #report({ a, ignored, loose }: Place, what: Pick<Found, 'kind' | 'rung'>): void {
    const isStructural = ['type', 'missing', 'extra'].includes(what.kind);
    if (!ignored || (isStructural && !loose)) this.#found.push({ pointer: a, ...what });
  }

  #kept({ a, b }: Pick<Place, 'a' | 'b'>): 'type' | 'nothing' | null {
    const kept = [a, b].map(this.#rules.ignored);
    return kept.find((keep) => keep === 'nothing') ?? kept.find((keep) => keep === 'type') ?? null;
  }

  /** Type trees agree, an empty array with every array; what rules skip is not there. */
  #sameShape(a: Value, b: Value, { a: atA, b: atB }: Pick<Place, 'a' | 'b'>): boolean {
    if (a.kind !== b.kind) return false;
    if (a.kind === 'array') return this.#sameElements(this.#counted(a, atA), this.#counted(b, atB));
    const [membersA, membersB] = [this.#counted(a, atA), this.#counted(b, atB)];
    const names = (list: readonly Counted[]) => JSON.stringify([...new Set(list.map(({ name }) => name))].sort());
    if (names(membersA) !== names(membersB)) return false;
    return membersA.every(({ name }) => {
      const [x, y] = [membersA, membersB].map((list) => list.findLast((one) => one.name === name)!);
      return this.#sameShape(x!.value, y!.value, { a: x!.pointer, b: y!.pointer });
    });
  }

  #sameElements(a: readonly Counted[], b: readonly Counted[]): boolean {
    if (a.length === 0 || b.length === 0) return true;
    const same = (x: Counted, y: Counted) => this.#sameShape(x.value, y.value, { a: x.pointer, b: y.pointer });
    return a.every((x) => b.some((y) => same(x, y))) && b.every((y) => a.some((x) => same(x, y)));
  }

  #counted(value: Value, pointer: string): readonly Counted[] {
    const inside = [
      ...value.items.map((item, at) => ({ name: '', value: item, pointer: `${pointer}/${at}` })),
      ...value.members.map(([name, member]) => ({ name, value: member, pointer: `${pointer}/${pointerToken(name)}` })),
    ];
    return inside.filter((one) => this.#rules.ignored(one.pointer) !== 'nothing');
  }
}

interface Counted {
  readonly name: string;
  readonly value: Value;
  readonly pointer: string;
}

/** Keys that both have come in another order; where both have the same keys as often, each counts. */
function keyOrder(a: readonly string[], b: readonly string[]): boolean {
  const common = (from: readonly string[], to: readonly string[]) =>
    JSON.stringify([...new Set(from)].filter((key) => to.includes(key)));
  if (common(a, b) !== common(b, a)) return true;
  return sorted(a) === sorted(b) && JSON.stringify(a) !== JSON.stringify(b);
}

function isBroken({ kind, source }: Value): boolean {
  return kind === 'string' && /\p{Cs}/u.test(JSON.parse(source));
}

/** Where two JSON texts differ, the plain way: pointer, kind and rung of each place, sorted. */
export function plainly(a: string, b: string, rules: Rules): string[] {
  return listed(new Oracle(rules).found(parse(a), parse(b)));
}

/** Divergences as sorted lines of pointer, kind and rung. */
export function listed(found: readonly Found[]): string[] {
  return found.map(({ pointer, kind, rung }) => `${pointer} ${kind} ${rung}`).sort();
}

function sorted(keys: readonly string[]): string {
  return JSON.stringify([...keys].sort());
}
