import { maxNesting } from '../limits.ts';
import { isObject, list, type Members, members, text } from './values.ts';

/** Why a part of a description cannot be used. */
export class RefusedReference extends Error {}

/** Follows references within a document, and none out of it. */
export class Resolver {
  readonly #root: unknown;

  constructor(root: unknown) {
    this.#root = root;
  }

  /** What a value is, a `$ref` followed to its end. Throws RefusedReference for one to another document, to nothing, or in a circle. */
  resolve(value: unknown): Members {
    let found = value;
    for (let steps = 0; isObject(found) && typeof found.$ref === 'string'; steps += 1) {
      if (steps > maxNesting) throw new RefusedReference('a $ref that leads in a circle');
      found = this.#target(found.$ref);
    }
    return members(found);
  }

  #target(reference: string): unknown {
    if (!reference.startsWith('#'))
      throw new RefusedReference('a $ref to another document, which is not fetched: bundle the documents into one');
    let found: unknown = this.#root;
    for (const segment of reference.slice(1).split('/').slice(1)) {
      const name = decoded(segment).replaceAll('~1', '/').replaceAll('~0', '~');
      found = Array.isArray(found)
        ? found[Number(name)]
        : isObject(found) && Object.hasOwn(found, name)
          ? found[name]
          : undefined;
    }
    if (found === undefined) throw new RefusedReference('a $ref to what is not in the document');
    return found;
  }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) return segment;
    throw error;
  }
}

/** A value for a place of a request, and whether the description gives it itself. */
export interface Example {
  readonly value: unknown;
  readonly isGiven: boolean;
}

/** The value that a parameter or a media type names: `example`, the first of `examples`, or what its schema gives. */
export function exampleOf(of: Members, resolver: Resolver): Example {
  if (of.example !== undefined) return { value: of.example, isGiven: true };
  if (of['x-example'] !== undefined) return { value: of['x-example'], isGiven: true };
  const [first] = Array.isArray(of.examples) ? of.examples : Object.values(members(of.examples));
  if (first !== undefined) {
    const { value } = isObject(first) ? resolver.resolve(first) : { value: first };
    if (value !== undefined) return { value, isGiven: true };
  }
  return schemaExample(of.schema === undefined ? of : of.schema, { resolver, depth: 0 });
}

interface Context {
  readonly resolver: Resolver;
  readonly depth: number;
}

function schemaExample(written: unknown, context: Context): Example {
  const schema = context.resolver.resolve(written);
  const given = [schema.example, ...list(schema.examples), schema.default, schema.const, ...list(schema.enum)].find(
    (one) => one !== undefined && one !== null,
  );
  if (given !== undefined) return { value: given, isGiven: true };
  if (context.depth > maxNesting / 4) return { value: null, isGiven: false };
  const inner = { ...context, depth: context.depth + 1 };
  if (Array.isArray(schema.allOf)) return mergedExample(schema, inner);
  const [choice] = [...list(schema.oneOf), ...list(schema.anyOf)];
  if (choice !== undefined) return schemaExample(choice, inner);
  if (typeOf(schema) === 'object') return objectExample(schema, inner);
  if (typeOf(schema) !== 'array') return { value: scalarExample(schema), isGiven: false };
  const item = schemaExample(schema.items, inner);
  return { value: [item.value], isGiven: item.isGiven };
}

function typeOf(schema: Members): string {
  const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== 'null') : schema.type;
  if (type !== undefined) return text(type);
  return schema.properties !== undefined ? 'object' : schema.items !== undefined ? 'array' : 'string';
}

function mergedExample(schema: Members, context: Context): Example {
  const parts = [...list(schema.allOf), ...(schema.properties === undefined ? [] : [{ ...schema, allOf: undefined }])];
  const examples = parts.map((part) => schemaExample(part, context));
  const isGiven = examples.every((one) => one.isGiven);
  return { value: Object.assign({}, ...examples.map(({ value }) => members(value))) as Members, isGiven };
}

/** Required properties, and those that the description gives a value for; what only answers have is left out. */
function objectExample(schema: Members, context: Context): Example {
  const required = new Set(list(schema.required));
  let isGiven = true;
  const entries = Object.entries(members(schema.properties)).flatMap(([name, property]) => {
    const isWanted = required.has(name);
    if (context.depth > 4 && !isWanted) return [];
    if (context.resolver.resolve(property).readOnly === true) return [];
    const example = schemaExample(property, context);
    if (!isWanted && !example.isGiven) return [];
    if (!example.isGiven) isGiven = false;
    return [[name, example.value] as const];
  });
  return { value: Object.fromEntries(entries), isGiven };
}

const formats: Readonly<Record<string, string>> = {
  ...{ date: '2024-01-31', 'date-time': '2024-01-31T12:00:00Z', uuid: '00000000-0000-4000-8000-000000000001' },
  ...{
    email: 'a@example.com',
    uri: 'https://example.com/',
    url: 'https://example.com/',
    ipv4: '192.0.2.1',
    byte: 'YQ==',
  },
};

function scalarExample(schema: Members): unknown {
  const type = typeOf(schema);
  if (type === 'integer' || type === 'number') return typeof schema.minimum === 'number' ? schema.minimum : 1;
  if (type === 'boolean') return true;
  const made = formats[text(schema.format)] ?? 'text';
  return made.padEnd(Math.min(Number(schema.minLength) || 0, 100), 'x');
}
