/** Many numbers, eight bytes each. */
export interface NumberList {
  push(value: number): void;
  /** The number at a place that was filled. */
  at(place: number): number;
  readonly length: number;
}

const blockSize = 4096;

/** A list without numbers. It grows block by block: what is there is never copied, but for the first block, which is as small as what is in it. */
export function numberList(): NumberList {
  const first: number[] = [];
  const blocks: Float64Array[] = [];
  let length = 0;
  return {
    push(value) {
      if (length < blockSize) first.push(value);
      else {
        if (length % blockSize === 0) blocks.push(new Float64Array(blockSize));
        blocks.at(-1)![length % blockSize] = value;
      }
      length += 1;
    },
    at: (place) => (place < blockSize ? first[place]! : blocks[Math.floor(place / blockSize) - 1]![place % blockSize]!),
    get length() {
      return length;
    },
  };
}
