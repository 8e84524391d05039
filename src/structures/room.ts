/** Short lists share memory, as Node's own small buffers do: to ask the system for each costs more than most are used for. */
const slabSize = 64 * 1024;
const maxShared = 4 * 1024;
let slab = new ArrayBuffer(slabSize);
let used = 0;

/** Memory that begins at a multiple of four. */
interface Room {
  readonly buffer: ArrayBuffer;
  readonly at: number;
}

/** Memory of zeros for so many bytes, that nobody else gets; where it is little, as a part of more. */
export function roomFor(bytes: number): Room {
  if (bytes > maxShared) return { buffer: new ArrayBuffer(bytes), at: 0 };
  if (used + bytes > slabSize) [slab, used] = [new ArrayBuffer(slabSize), 0];
  const at = used;
  used += (bytes + 3) & ~3;
  return { buffer: slab, at };
}
