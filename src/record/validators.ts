// Not zod/mini: over the cases of a record it takes six times as long, for as many lines.

/** Tells whether a parsed JSON value has the shape `T`. */
export type Check<T> = (value: unknown) => value is T;
type Checked<C> = C extends Check<infer T> ? T : never;

export const isString: Check<string> = (value): value is string => typeof value === 'string';
export const isNumber: Check<number> = (value): value is number => typeof value === 'number';
export const isBoolean: Check<boolean> = (value): value is boolean => typeof value === 'boolean';

/** One of the given words. */
export const oneOf =
  <const T extends string | true>(...words: readonly T[]): Check<T> =>
  (value): value is T =>
    words.some((word) => word === value);

/** Null, or what `check` takes. */
export const orNull =
  <T>(check: Check<T>): Check<T | null> =>
  (value): value is T | null =>
    value === null || check(value);

/** An array of what `check` takes. */
export const listOf =
  <T>(check: Check<T>): Check<readonly T[]> =>
  (value): value is readonly T[] =>
    Array.isArray(value) && value.every(check);

/** An array of fixed length. */
export const tupleOf =
  <const C extends readonly Check<unknown>[]>(...checks: C): Check<{ readonly [K in keyof C]: Checked<C[K]> }> =>
  (value): value is { readonly [K in keyof C]: Checked<C[K]> } =>
    Array.isArray(value) && value.length === checks.length && checks.every((check, index) => check(value[index]));

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type Checks = Readonly<Record<string, Check<unknown>>>;
type Members<C extends Checks, O extends Checks> = { readonly [K in keyof C]: Checked<C[K]> } & {
  readonly [K in keyof O]?: Checked<O[K]>;
};

/** An object with at least these own members, and perhaps the optional ones. */
export const shapeOf = <const C extends Checks, const O extends Checks = Record<never, never>>(
  checks: C,
  optional?: O,
): Check<Members<C, O>> => {
  const members = Object.entries(checks);
  const others = Object.entries(optional ?? {});
  return (value): value is Members<C, O> =>
    isObject(value) &&
    members.every(([key, check]) => Object.hasOwn(value, key) && check(value[key])) &&
    others.every(([key, check]) => !Object.hasOwn(value, key) || check(value[key]));
};

/** An object whose members are all of one shape. */
export const mapOf =
  <T>(check: Check<T>): Check<Readonly<Record<string, T>>> =>
  (value): value is Readonly<Record<string, T>> =>
    isObject(value) && Object.values(value).every(check);
