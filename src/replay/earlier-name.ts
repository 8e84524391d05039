/** More values of one name are forgotten. */
const mostEarlier = 100;

/** A name for what a name stood for before it got another value, `id 1`: no cookie and no capture has a space in its name. Null if there are enough. */
export function earlierName(name: string, isTaken: (name: string) => boolean): string | null {
  for (let n = 1; n <= mostEarlier; n += 1) if (!isTaken(`${name} ${n}`)) return `${name} ${n}`;
  return null;
}
