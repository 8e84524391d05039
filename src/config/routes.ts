import type { SourceNode } from './source/source-node.ts';
import { entriesOf, field, itemsOf, textOf } from './source/tree-access.ts';

/** Where requests name their operation: in a header, in a parameter of the query, or at a pointer into the body. */
export interface OperationSource {
  readonly in: 'header' | 'query' | 'pointer';
  readonly name: string;
}

/** What routes are made of: templates of paths, and where requests name their operations beside the usual conventions. */
export interface RouteRules {
  readonly templates: readonly string[];
  readonly operations: readonly OperationSource[];
}

/** The rules of routes, or templates alone. */
export type Routes = readonly string[] | RouteRules;

/** Routes as rules. */
export function routeRules(routes: Routes): RouteRules {
  return 'templates' in routes ? routes : { templates: routes, operations: [] };
}

/** Takes the root of a configuration that fits its schema; returns its rules of routes: the templates alone where it names no operations. */
export function readRoutes(root: SourceNode | null): Routes {
  const templates = itemsOf(field(root, 'routes')).map((node) => textOf(node) ?? '');
  const written = field(root, 'operation');
  const nodes = written === null ? [] : written.kind === 'map' ? [written] : itemsOf(written);
  const operations = nodes
    .flatMap(entriesOf)
    .map(({ key, value }) => ({ in: key as OperationSource['in'], name: textOf(value) ?? '' }));
  return operations.length === 0 ? templates : { templates, operations };
}
