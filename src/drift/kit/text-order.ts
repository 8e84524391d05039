/** Compares two texts by their bytes in UTF-8; UTF-16, in which `<` compares, has another order beyond the first plane. */
export function compareText(x: string, y: string): number {
  if (/[\ud800-\udfff]/.test(x + y)) return Buffer.compare(Buffer.from(x), Buffer.from(y));
  return x < y ? -1 : x > y ? 1 : 0;
}
