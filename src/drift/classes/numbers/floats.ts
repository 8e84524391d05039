import type { DriftRule, Fix, Site } from '../../kit/drift-rule.ts';
import { alike } from '../../kit/kinds.ts';
import { sharedOf } from '../../kit/map-utils.ts';
import { numberNode, numberOf } from '../../kit/nodes.ts';
import { printerNames, printerOf, printFloat } from '../../kit/printers.ts';

/** Printers that give the spellings of each side, all that fit; the first one counts. */
interface Printed {
  /** What becomes of the value on the way. */
  readonly turn: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** Longer than any double is printed. */
export const maxFloatLength = 330;

/** Printers that spell the number just so. */
function printersOf(raw: string): string[] {
  const value = raw.length > maxFloatLength ? Number.NaN : Number(raw);
  return Number.isFinite(value) ? printerNames.filter((name) => printFloat(name, value) === raw) : [];
}

export function hasExponent(raw: string): boolean {
  return /e/i.test(raw);
}

/** What sets one rule between printers apart. */
interface Printing {
  /** What becomes of the value on the way, by name; null where that does not concern it. */
  readonly turns: Readonly<Record<string, (value: number) => number | null>>;
  /** Whether the rule speaks for two spellings. */
  readonly between: (from: string, to: string) => boolean;
  readonly advice?: (turn: string, site: Site) => readonly Fix[];
}

export function printing(id: string, { turns, between, advice }: Printing): DriftRule<Printed> {
  return {
    id,
    learns: false,
    kinds: alike('number'),
    locate(a, b) {
      const [x, y] = [numberOf(a), numberOf(b)];
      if (x === null || y === null || x === y || !between(x, y)) return null;
      const turn = Object.keys(turns).find((name) => turns[name]!(Number(x)) === Number(y));
      if (turn === undefined) return null;
      const printed = { turn, from: printersOf(x), to: printersOf(y) };
      return printed.from.length === 0 || printed.to.length === 0 ? null : printed;
    },
    rewrite(a, { turn, from: [from], to: [to] }) {
      const raw = numberOf(a);
      if (raw === null || raw.length > maxFloatLength || printFloat(from!, Number(raw)) !== raw) return a;
      const value = turns[turn]!(Number(raw));
      const printed = value === null ? raw : printFloat(to!, value);
      return between(raw, printed) ? numberNode(printed) : a;
    },
    unite(found) {
      const { turn } = found[0]!;
      const [from, to] = [sharedOf(found.map((one) => one.from)), sharedOf(found.map((one) => one.to))];
      const isOne = from.length > 0 && to.length > 0 && found.every((one) => one.turn === turn);
      return isOne ? { turn, from, to } : null;
    },
    owns: () => 'place',
    terms: ({ turn, from, to }) => ({ turn: [turn], from, to }),
    fixes: ({ turn, from, to }, site) => advice?.(turn, site) ?? printerFixes([from[0]!, to[0]!], site),
  };
}

function printerFixes([from, to]: readonly [string, string], { reference, candidate }: Site): Fix[] {
  const [x, y] = [printerOf(from), printerOf(to)];
  return [
    { target: reference, text: `print floats as ${y.label} does: ${x.change}` },
    { target: candidate, text: `print floats as ${x.label} does: ${y.change}` },
  ];
}

export const unturned = { same: (value: number) => value };
