import { formatOf, isName } from './value-format.ts';

/** Takes two names, as JSON, that stand at one place on two sides; returns the places of which not all can be right, or null. */
export type Correspondence = (texts: readonly [string, string], place: string) => readonly string[] | null;

interface Partner {
  readonly name: string;
  readonly place: string;
}

/** A name that stands for one thing on one side must stand for one thing on the other: the same two names at all their places. */
export function bijectionBetween(): Correspondence {
  const [there, back] = [new Map<string, Partner>(), new Map<string, Partner>()];
  return ([a, b], place) => {
    const to = there.get(a) ?? { name: b, place };
    const from = back.get(b) ?? { name: a, place };
    there.set(a, to);
    back.set(b, from);
    const others = [...(to.name === b ? [] : [to.place]), ...(from.name === a ? [] : [from.place])];
    return others.length === 0 ? null : [place, ...others];
  };
}

/** Whether two values are names of one format. */
export function areNames([a, b]: readonly [string, string]): boolean {
  const format = formatOf(a);
  return isName(format) && format === formatOf(b);
}
