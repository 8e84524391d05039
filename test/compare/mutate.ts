import { pointerToken } from '../../src/json/pointer.ts';
import { type Choose, type Model, print } from './model.ts';

/** One change at one place, and what a comparator must say of it. */
export interface Mutation {
  readonly name: string;
  readonly mutant: Model;
  /** Where the divergence must stand; `within` if an index under it, since equal neighbours are interchangeable. */
  readonly pointer: string;
  readonly within: boolean;
  readonly kind: string;
}

/** All places of a value: their pointers, and how to put another value there. */
interface Spot {
  readonly value: Model;
  readonly pointer: string;
  readonly put: (value: Model) => Model;
}

function spotsOf(value: Model, pointer = '', put: (value: Model) => Model = (other) => other): Spot[] {
  const here = { value, pointer, put };
  if (value.kind === 'array') {
    const inside = value.items.flatMap((item, i) =>
      spotsOf(item, `${pointer}/${i}`, (other) => put({ kind: 'array', items: value.items.with(i, other) })),
    );
    return [here, ...inside];
  }
  if (value.kind !== 'object') return [here];
  const inside = value.members.flatMap(([key, member], i) =>
    spotsOf(member, `${pointer}/${pointerToken(key)}`, (other) =>
      put({ kind: 'object', members: value.members.with(i, [key, other]) }),
    ),
  );
  return [here, ...inside];
}

function offByOne(lexeme: string): string {
  const [mantissa = '', exponent] = lexeme.split('e');
  if (!mantissa.includes('.') && exponent === undefined) return String(BigInt(mantissa) + 1n);
  const longer = mantissa.includes('.') ? `${mantissa}00000000000000000001` : `${mantissa}.00000000000000000001`;
  return exponent === undefined ? longer : `${longer}e${exponent}`;
}

function otherScalar(value: Model): Model | null {
  if (value.kind === 'boolean') return { kind: 'boolean', is: !value.is };
  if (value.kind === 'number') return { kind: 'number', lexeme: offByOne(value.lexeme) };
  return value.kind === 'string' ? { kind: 'string', text: `${value.text}x` } : null;
}

const samples: readonly Model[] = [
  { kind: 'null' },
  { kind: 'boolean', is: false },
  { kind: 'number', lexeme: '0' },
  { kind: 'string', text: '' },
  { kind: 'array', items: [] },
  { kind: 'object', members: [] },
];

/** A key that the object does not have. */
function freshKey(members: readonly (readonly [string, Model])[], choose: Choose): string {
  const free = ['new', '__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty'].filter(
    (key) => !members.some(([other]) => other === key),
  );
  // Longer than each key that is there.
  return free[choose(Math.max(1, free.length))] ?? `${members.map(([key]) => key).join('')}+`;
}

type Members = Extract<Model, { kind: 'object' }>;
type Items = Extract<Model, { kind: 'array' }>;

function objectMutations({ members }: Members, { pointer, put }: Spot, choose: Choose): Mutation[] {
  const made = (list: readonly (readonly [string, Model])[]) => put({ kind: 'object', members: list });
  const fresh = freshKey(members, choose);
  const at = choose(members.length + 1);
  const added = {
    name: 'key added',
    kind: 'extra',
    mutant: made(members.toSpliced(at, 0, [fresh, samples[choose(6)]!])),
  };
  const found: Mutation[] = [{ ...added, pointer: `${pointer}/${pointerToken(fresh)}`, within: false }];
  if (members.length === 0) return found;
  const old = choose(members.length);
  const [key, value] = members[old]!;
  const place = { pointer: `${pointer}/${pointerToken(key)}`, within: false };
  found.push({ ...place, name: 'key dropped', kind: 'missing', mutant: made(members.toSpliced(old, 1)) });
  found.push({ ...place, name: 'key there twice', kind: 'duplicate', mutant: made([...members, [key, value]]) });
  return found;
}

function arrayMutations({ items }: Items, { pointer, put }: Spot, choose: Choose): Mutation[] {
  const made = (list: readonly Model[]) => put({ kind: 'array', items: list });
  const inserted = items.toSpliced(choose(items.length + 1), 0, samples[choose(6)]!);
  const found: Mutation[] = [{ name: 'item inserted', kind: 'extra', mutant: made(inserted), pointer, within: true }];
  if (items.length === 0) return found;
  const from = choose(items.length);
  found.push({ name: 'item removed', kind: 'missing', mutant: made(items.toSpliced(from, 1)), pointer, within: true });
  const moved = made(items.toSpliced(from, 1).toSpliced(choose(items.length), 0, items[from]!));
  if (print(moved) !== print(made(items)))
    found.push({ name: 'item moved', kind: 'order', mutant: moved, pointer, within: false });
  return found;
}

function mutationsAt(spot: Spot, choose: Choose): Mutation[] {
  const { value, pointer, put } = spot;
  const others = samples.filter((sample) => sample.kind !== value.kind);
  const kind = {
    name: 'kind changed',
    kind: 'type',
    mutant: put(others[choose(others.length)]!),
    pointer,
    within: false,
  };
  const scalar = otherScalar(value);
  const found: Mutation[] = [kind];
  if (scalar !== null)
    found.push({ name: 'scalar changed', kind: 'value', mutant: put(scalar), pointer, within: false });
  if (value.kind === 'object') found.push(...objectMutations(value, spot, choose));
  if (value.kind === 'array') found.push(...arrayMutations(value, spot, choose));
  return found;
}

/** For every place of a value, every way to change it. */
export function mutationsOf(value: Model, choose: Choose): Mutation[] {
  return spotsOf(value).flatMap((spot) => mutationsAt(spot, choose));
}
