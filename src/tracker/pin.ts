const pin = / ?<!-- accepted: ([a-z0-9-]+(?: \+ [a-z0-9-]+)*) -->/;

/** The source of a Divergence cell in, the drift classes that its acceptance stands for out; null if it names none. */
export function pinOf(source: string): readonly string[] | null {
  return pin.exec(source)?.[1]?.split(' + ') ?? null;
}

/** The source of a Divergence cell and drift classes in, the cell with these pinned in a comment out; null takes the pin away. */
export function withPin(source: string, classes: readonly string[] | null): string {
  const bare = source.trim().replace(pin, '');
  return classes === null ? bare : `${bare} <!-- accepted: ${classes.join(' + ')} -->`;
}
