import { lately } from '../structures/lately.ts';

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

/**
 * The route of a request: method and path template, so that `/users/17` and `/users/18` are one place. The first of `templates`
 * that matches the path wins (`{name}` is one segment, `{name...}` all the rest); else segments that look like ids are folded.
 */
export function routeOf(
  request: { readonly method: string; readonly path: string },
  templates: readonly string[],
): string {
  return `${request.method} ${folded(templates.length === 0 ? none : templates)(request.path)}`;
}

const none: readonly string[] = [];

/** Many cases ask for one path. */
const folded = lately(16, (templates: readonly string[]) =>
  lately(1024, (target: string) => {
    const path = target.split('?', 1)[0]!;
    const template = templates.find((one) => matches(one, path));
    const parts = path.split('/').map((segment) => (idSegment.test(segment) ? '{id}' : segment));
    return template ?? parts.join('/');
  }),
);
