import { z } from 'zod';
import type { Typed } from './type-of.ts';

function schemaOf(type: Typed): z.ZodType {
  switch (type.kind) {
    case 'list':
      return z.array(schemaOf(type.item));
    case 'record':
      return z.object(Object.fromEntries(type.members.map(([key, one]) => [key, schemaOf(one)])));
    case 'integer':
      return z.number().refine(Number.isInteger);
    case 'float':
      return z.number();
    case 'flag':
      return z.boolean();
    case 'time':
      return z.iso.datetime({ offset: true });
    case 'text':
      return z.string();
    default:
      return z.unknown();
  }
}

/** Whether zod takes a body for this type. */
export function zodDecodes(type: Typed, body: Buffer): boolean {
  try {
    return schemaOf(type).safeParse(JSON.parse(body.toString())).success;
  } catch {
    return false;
  }
}
