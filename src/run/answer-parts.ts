import { anyBody, headerShape } from '../findings/within.ts';
import { pointerToken } from '../json/pointer.ts';

/** Gathers which parts the answers of the reference had, beside what is in JSON bodies. */
export interface AnswerParts {
  /** Takes the names of its compared headers, in lower case, and the bytes of its body. */
  add(route: string, headers: readonly string[], length: number): void;
  /** By route, as `headerShape` and `anyBody` have them. */
  seen(): ReadonlyMap<string, ReadonlySet<string>>;
}

/** Nothing seen yet. There are as many names as are compared, whatever the servers answer. */
export function answerParts(): AnswerParts {
  const routes = new Map<string, { readonly headers: Set<string>; hasBody: boolean }>();
  return {
    add(route, headers, length) {
      const known = routes.get(route) ?? { headers: new Set(), hasBody: false };
      routes.set(route, known);
      for (const name of headers) known.headers.add(name);
      known.hasBody ||= length > 0;
    },
    seen: () =>
      new Map(
        Array.from(routes, ([route, { headers, hasBody }]) => {
          const names = Array.from(headers, (name) => headerShape(pointerToken(name)));
          return [route, new Set(hasBody ? [anyBody, ...names] : names)];
        }),
      ),
  };
}
