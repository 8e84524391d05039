import type { Choose } from './model.ts';
import { parse, type Value } from './oracle-values.ts';

type Spellings = readonly (readonly string[])[];

/** The text again: scalars that `spellings` knows in another spelling, now and then; items and members moved, dropped, repeated. */
export function respellText(text: string, spellings: Spellings, choose: Choose): string {
  return printed(parse(text), spellings, choose);
}

function printed(value: Value, spellings: Spellings, choose: Choose): string {
  if (choose(40) === 0) return spelling(spellings[choose(spellings.length)]!, choose);
  if (value.kind === 'array') {
    const items = value.items.map((item) => printed(item, spellings, choose));
    return `[${stirred(items, choose).join()}]`;
  }
  if (value.kind === 'object') {
    const keys = value.members.map(([key, member]) => {
      const known = spellings.find((row) => row.includes(JSON.stringify(key))) ?? [JSON.stringify(key)];
      return `${spelling(known, choose)}:${printed(member, spellings, choose)}`;
    });
    return `{${stirred(keys, choose).join()}}`;
  }
  return spelling(spellings.find((row) => row.includes(value.source)) ?? [value.source], choose);
}

function spelling(row: readonly string[], choose: Choose): string {
  return row[choose(row.length)]!;
}

/** Most lists as they are; else one that is gone, there twice, or stands elsewhere, or all in another order. */
function stirred(list: readonly string[], choose: Choose): readonly string[] {
  const [at, to] = [choose(list.length + 1), choose(list.length + 1)];
  const here = list.slice(at, at + 1);
  const ways = [
    () => list.toSpliced(at, 1),
    () => list.toSpliced(to, 0, ...here),
    () => list.toSpliced(at, 1).toSpliced(to, 0, ...here),
    () => list.toSorted(() => choose(3) - 1),
  ];
  return choose(2) === 0 ? list : ways[choose(ways.length)]!();
}
