import { z } from 'zod';
import { mediaPattern } from './media-pattern.ts';

/**
 * Takes the keys of a map; returns a schema that refuses all others. The message of an issue about another key, or about what is not a map, is
 * the list of the known keys, one a line, from which `issues.ts` draws its "did you mean".
 */
export function strict<Shape extends z.core.$ZodLooseShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  return z.strictObject(shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys' || code === 'invalid_type' ? Object.keys(shape).join('\n') : undefined,
  });
}

const pointer = z.string().describe('JSON Pointer (RFC 6901); a segment `*` is any one segment, `**` any depth.');

const reason = z.string().describe('Why the rule is there; shown in reports.').optional();

const media = z
  .string()
  .regex(mediaPattern, 'must be a media type such as `text/html`, `text/*` or `application/*+json`')
  .describe('Only where both answers have this media type: `text/html`, `text/*`, `application/*+json`.')
  .optional();

const unordered = z.union([
  pointer,
  strict({
    pointer,
    key: z
      .string()
      .min(1)
      .describe('What tells the items apart: a member, or a JSON Pointer inside the item; default: their values.')
      .optional(),
    media,
    reason,
  }),
]);

const replacement = strict({
  pointer,
  pattern: z.string().min(1).max(1000).describe('Regular expression in RE2 syntax (linear time).'),
  with: z.string().max(1000).describe('What stands in place of each match; may hold `$1`, `$<name>` and `$&`.'),
  media,
  reason,
});

/** What a case must hold to match: the same keys in `parity.yaml` and in case files. */
export const compareSchema = strict({
  level: z
    .enum(['status', 'shape', 'value', 'wire'])
    .describe('The rung that a case must hold to match: status < shape < value < wire.')
    .optional(),
  headers: z
    .array(z.string())
    .describe('Names of the response headers that are compared; `access-control-*` is every name with that prefix.')
    .optional(),
  ignore: z
    .array(
      strict({
        pointer,
        keep: z
          .enum(['type', 'nothing'])
          .describe('`type` (the default) still compares presence and type, `nothing` compares nothing.')
          .optional(),
        media,
        reason: z.string().describe('Why this is not compared; shown in reports.').optional(),
      }),
    )
    .describe('Places whose values are not compared.')
    .optional(),
  unordered: z
    .array(unordered)
    .describe('Arrays whose order carries no meaning: a pointer, or a map with `pointer` and `key`.')
    .optional(),
  tolerance: z
    .array(
      strict({
        pointer,
        relative: z.number().nonnegative().describe('Allowed difference as a share of the reference.').optional(),
        absolute: z.number().nonnegative().describe('Allowed difference as a number.').optional(),
        media,
        reason,
      }),
    )
    .describe('Numbers that may differ by a little.')
    .optional(),
  replace: z
    .array(replacement)
    .describe(
      'Strings, and with the empty pointer whole texts, that are compared after every match of a pattern has been replaced, on both sides.',
    )
    .optional(),
  origins: z
    .boolean()
    .describe("Each target's own origin (scheme://host:port) inside strings and texts counts as one; default: false.")
    .optional(),
}).describe('What must be equal for a case to match, and what is not compared.');

const headerValue = z.union([z.string(), z.array(z.string()), z.null()]);

/** Request headers: a map, or a list of pairs where order and repetition matter. */
export const headersSchema = z
  .union([z.record(z.string(), headerValue), z.array(z.tuple([z.string(), z.string()]))])
  .describe('Request headers: a map of name to text (or list of texts), or a list of [name, text] pairs.');

const operationSource = strict({
  header: z
    .string()
    .regex(/^[!#$%&'*+.^_`|~\dA-Za-z-]{1,100}$/, 'must be the name of a header')
    .describe('Header whose value is the operation.')
    .optional(),
  query: z.string().min(1).max(200).describe('Query parameter whose value is the operation.').optional(),
  pointer: z
    .string()
    .regex(/^\//, 'must be a JSON Pointer, which begins with `/`')
    .describe('JSON Pointer into the body of the request.')
    .optional(),
});

/** Where requests name their operation. */
export const operationSchema = z
  .union([operationSource, z.array(operationSource)])
  .describe(
    'Where requests name their operation, if one path serves many. GraphQL, JSON-RPC, SOAP and `Action=` are known without it.',
  );

/** Route templates. */
export const routesSchema = z
  .array(z.string().regex(/^\//, 'must begin with `/`'))
  .describe('Route templates such as `/v1/objects/{key...}` that fold paths into one route.');
