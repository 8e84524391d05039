import { maxLoose } from '../limits.ts';
/** A body that comes in parts. */
export interface BodyParts {
  add(part: Buffer): void;
  whole(): Buffer;
}

/** Collects the parts of a body; many small ones are joined as they come. */
export function bodyParts(): BodyParts {
  const parts: Buffer[] = [];
  let joined = 0;
  return {
    add(part) {
      parts.push(part);
      if (parts.length - joined < maxLoose) return;
      parts.push(Buffer.concat(parts.splice(joined)));
      joined = parts.length;
    },
    whole: () => (parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)),
  };
}
