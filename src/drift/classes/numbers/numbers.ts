/** Longer than any amount or count is written. */
export const maxDecimalLength = 400;

const decimal = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

/** A number without an exponent, as JSON spells it. */
export function isDecimal(text: string | null): text is string {
  return text !== null && text.length <= maxDecimalLength && decimal.test(text);
}
