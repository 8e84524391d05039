/** Many numbers, eight bytes each. */
export interface NumberList {
  push(value: number): void;
  /** The number at a place that was filled. */
  at(place: number): number;
  readonly length: number;
}

const blockSize = 4096;

/** A list without numbers. It grows block by block: what is there is never copied. */
export function numberList(): NumberList {
  const blocks: Float64Array[] = [];
  let length = 0;
  return {
    push(value) {
      if (length % blockSize === 0) blocks.push(new Float64Array(blockSize));
      blocks.at(-1)![length % blockSize] = value;
      length += 1;
    },
    at: (place) => blocks[Math.floor(place / blockSize)]![place % blockSize]!,
    get length() {
      return length;
    },
  };
}
