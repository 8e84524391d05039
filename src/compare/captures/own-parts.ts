import type { Own } from './capture-places.ts';
import {
  base64Reader,
  cutAtValues,
  type Decoded,
  sameEncodings,
  sameParts,
  unreservedDecoded,
} from './capture-texts.ts';
import { isLong, spelled } from './own-values.ts';

/** Texts of both sides cut at the values of their own that are long enough to be found inside them. */
export class OwnParts {
  readonly #values: readonly [readonly string[], readonly string[]];
  readonly #pairs: ReadonlySet<string>;
  readonly #decode: readonly ((text: string) => Decoded)[];

  constructor(own: readonly Own[]) {
    const long = own.filter(isLong).flatMap(spelled);
    this.#values = [[...new Set(long.map(([x]) => x))], [...new Set(long.map(([, y]) => y))]];
    this.#decode = this.#values.map(base64Reader);
    this.#pairs = new Set(long.map((pair) => pair.join('\0')));
  }

  areAlike(a: string, b: string): boolean {
    const [textA, textB] = [this.#read(a, 0), this.#read(b, 1)];
    const arePair = (n: number, m: number) => this.#pairs.has(`${this.#values[0][n]}\0${this.#values[1][m]}`);
    return sameParts(textA.parts, textB.parts, arePair) && sameEncodings(textA.runs, textB.runs);
  }

  #read(text: string, side: 0 | 1) {
    const { runs, text: plain } = this.#decode[side]!(unreservedDecoded(text));
    return { runs, parts: cutAtValues(plain, this.#values[side]) };
  }
}
