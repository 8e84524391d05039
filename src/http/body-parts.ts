/** A body that comes in parts. */
export interface BodyParts {
  add(part: Buffer): void;
  whole(): Buffer;
}

// A part of one byte costs a hundred in memory, so a server could turn ten megabytes into a gigabyte.
const mostLoose = 1024;

/** Collects the parts of a body; many small ones are joined as they come. */
export function bodyParts(): BodyParts {
  const parts: Buffer[] = [];
  let joined = 0;
  return {
    add(part) {
      parts.push(part);
      if (parts.length - joined < mostLoose) return;
      parts.push(Buffer.concat(parts.splice(joined)));
      joined = parts.length;
    },
    whole: () => (parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)),
  };
}
