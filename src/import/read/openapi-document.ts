import { RefusedReference, Resolver } from './schema-example.ts';
import { type ImportSource, unreadable } from './source.ts';
import { isObject, LineFinder, list, type Members, members, readDocument, text } from './values.ts';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];

/** One operation of a description. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly of: Members;
  /** Parameters of the path and of the operation. */
  readonly parameters: readonly unknown[];
  readonly line: number;
}

/** An OpenAPI description that was read. */
export interface Description {
  /** As it is written. */
  readonly text: string;
  readonly root: Members;
  /** The path before those of its operations: that of its first server, or `basePath`; no slash at its end. */
  readonly base: string;
  readonly resolver: Resolver;
}

/** Reads a description in version 2.0, 3.0, 3.1 or 3.2, in JSON or YAML. Nothing is fetched. Throws PX2910 for anything else, PX2911 where it cannot be read. */
export async function readDescription(source: ImportSource): Promise<Description> {
  const { text: written, value } = await readDocument(source);
  const root = members(value);
  const version = text(root.openapi) || text(root.swagger);
  if (!/^(?:2\.0|3\.[012](?:\.\d+)?)$/.test(version) || !hasOperations(root))
    throw unreadable(
      source.file,
      'it is not an OpenAPI description: that has `openapi: 3.…` or `swagger: "2.0"`, and `paths`',
      { line: 1 },
    );
  return { text: written, root, base: basePath(root), resolver: new Resolver(root) };
}

/** Version 3.1 may have webhooks or components in the place of paths. */
function hasOperations({ paths, webhooks, components }: Members): boolean {
  return [paths, webhooks, components].some(isObject);
}

/** Path of the first server, variables at their defaults; or `basePath`. */
function basePath(root: Members): string {
  const server = members(list(root.servers)[0]);
  const variables = members(server.variables);
  const url = text(server.url).replace(/\{([^}]*)\}/g, (_, name: string) => text(members(variables[name]).default));
  const path =
    text(root.swagger) === '' ? url.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/s, '') : text(root.basePath);
  const trimmed = path.replace(/\/+$/, '');
  return trimmed === '' || trimmed.startsWith('/') ? trimmed : `/${trimmed}`;
}

/** The operations below `paths`, in their order. */
export function* operationsOf({ root, text: written, resolver }: Description): Generator<Operation> {
  const lines = new LineFinder(written);
  for (const [path, item] of Object.entries(members(root.paths))) {
    if (!path.startsWith('/')) continue;
    const line = lines.next([`"${path}"`, ` ${path}:`, `'${path}'`]);
    const of = isObject(item) && typeof item.$ref === 'string' ? pathItem(item, resolver) : members(item);
    for (const method of methods)
      if (isObject(of[method]))
        yield {
          method: method.toUpperCase(),
          path,
          line,
          of: of[method],
          parameters: [...list(of.parameters), ...list(of[method].parameters)],
        };
  }
}

/** A path item elsewhere; one operation stands for what cannot be read. */
function pathItem(item: Members, resolver: Resolver): Members {
  try {
    return resolver.resolve(item);
  } catch (error) {
    if (error instanceof RefusedReference) return { get: { requestBody: item } };
    throw error;
  }
}
