/** A path as people write it: relative where that is shorter. */
export function shorter(path: string): string {
  const cwd = `${process.cwd()}/`;
  return path.startsWith(cwd) ? path.slice(cwd.length) : path;
}
