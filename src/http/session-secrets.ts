import { maxEarlier } from './limits.ts';

/** Values by name, without a prototype: a name may be `constructor`. */
export type Values = Record<string, string>;

/** Gives a name a value. What it stood for before stays known as `NAME 1` and so on, for an earlier answer shows it: no name of a capture or a cookie has a space. */
export function learnSecret(values: Values, name: string, value: string): void {
  const known = values[name];
  values[name] = value;
  if (known === undefined || known === value) return;
  for (let n = 1; n <= maxEarlier; n += 1) {
    if (values[`${name} ${n}`] !== undefined) continue;
    values[`${name} ${n}`] = known;
    return;
  }
}
