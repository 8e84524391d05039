import { leadingPlaceholder, placeholderNames } from '../cases/placeholder.ts';
import { type Routes, routeRules } from '../config/routes.ts';
import { memoizeBounded } from '../structures/memoize-bounded.ts';
import { type Operated, operationOf } from './operation.ts';

/** The route of a finding that is about the whole server. */
export const everyRoute = '*';

/** Segments that name one thing among many: numbers, UUIDs, ULIDs, long hex, dates. */
const idSegment =
  /^(?:\d+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9A-HJKMNP-TV-Z]{26}|[0-9a-f]{16,}|\d{4}-[01]\d-[0-3]\d)$/i;

function matches(template: string, path: string): boolean {
  const [parts, segments] = [template.split('/'), path.split('/')];
  for (const [at, part] of parts.entries()) {
    if (/^\{[^}]*\.\.\.\}$/.test(part)) return segments.length > at;
    const segment = segments[at];
    if (segment === undefined || (part !== segment && !(/^\{[^}]+\}$/.test(part) && segment !== ''))) return false;
  }
  return parts.length === segments.length;
}

/** What a case says of the paths that it asks for. */
interface Asking {
  readonly routes: readonly string[];
  readonly steps: readonly { readonly request: { readonly path: string } }[];
}

/** A request of a case, with the index of its step. */
interface Sent {
  readonly request: Routed;
  readonly step: number;
}

interface Routed extends Operated {
  readonly method: string;
}

/** Takes a case and rules; the templates of its suite come before theirs; returns the route of each request of the case. */
export function routesFor({ routes, steps }: Asking, rules: Routes): (sent: Sent) => string {
  const { templates, operations } = routeRules(rules);
  const all = routes.length === 0 ? templates : [...routes, ...templates];
  const own = operations.length === 0 ? all : { templates: all, operations };
  return ({ request, step }) => routeOf(request, own, steps[step]?.request.path);
}

/**
 * The route of a request: method and path template, so that `/users/17` and `/users/18` are one place, and its operation where it names one,
 * see `operationOf`. The first of `templates`
 * that matches the path wins (`{name}` is one segment, `{name...}` all the rest); else segments that look like ids are folded, and
 * those that are filled in with what an answer gave, as `written` says.
 */
export function routeOf(request: Routed, rules: Routes, written = request.path): string {
  const { method, path } = request;
  const { templates, operations } = routeRules(rules);
  const operation = operationOf(request, operations);
  const route = written.includes('{{')
    ? `${method} ${filledIn(path, written, templates)}`
    : foldedRoute(templates.length === 0 ? none : templates)(method)(path);
  return operation === null ? route : `${route} ${operation}`;
}

const none: readonly string[] = [];

/** Many cases ask for one path. */
const foldedRoute = memoizeBounded(16, (templates: readonly string[]) =>
  memoizeBounded(16, (method: string) =>
    memoizeBounded(1024, (target: string) => {
      return `${method} ${foldedPath(target, templates, (segment) => idSegment.test(segment))}`;
    }),
  ),
);

type Folds = (segment: string, at: number) => boolean;

function foldedPath(target: string, templates: readonly string[], folds: Folds): string {
  const path = withoutQuery(target);
  const template = templates.find((one) => matches(one, path));
  const parts = path.split('/').map((segment, at) => (folds(segment, at) ? '{id}' : segment));
  return template ?? parts.join('/');
}

function withoutQuery(path: string): string {
  return path.split('?', 1)[0]!;
}

/** What is filled into a path is encoded, so each segment stays one; a value that begins the path has any number of them. */
function filledIn(target: string, written: string, templates: readonly string[]): string {
  const parts = withoutQuery(written).split('/');
  const hasLeading = leadingPlaceholder(written) !== null;
  const shift = hasLeading ? withoutQuery(target).split('/').length - parts.length : 0;
  const isFilledIn = (at: number) =>
    (!hasLeading || at > shift) && placeholderNames(parts[at - shift] ?? '').length > 0;
  return foldedPath(target, templates, (segment, at) => idSegment.test(segment) || isFilledIn(at));
}
