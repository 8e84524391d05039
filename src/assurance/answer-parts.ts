import { anyBody, headerShape } from '../findings/within.ts';
import { pointerToken } from '../json/pointer.ts';

/** Gathers which parts the answers of the reference had, beside what is in JSON bodies. */
export interface AnswerParts {
  /** Takes the names of its compared headers, in lower case, and the bytes of its body. */
  add(route: string, headers: readonly string[], length: number): void;
  /** By route, as `headerShape` and `anyBody` have them. */
  seen(): ReadonlyMap<string, ReadonlySet<string>>;
}

interface Parts {
  readonly headers: Set<string>;
  /** What came last: most answers have what the one before had, in one object. */
  last: readonly string[] | null;
  hasBody: boolean;
}

/** Nothing seen yet. There are as many names as are compared, whatever the servers answer. */
export function answerParts(): AnswerParts {
  const routes = new Map<string, Parts>();
  return {
    add(route, headers, length) {
      const known = routes.get(route) ?? { headers: new Set(), last: null, hasBody: false };
      if (known.last === null) routes.set(route, known);
      if (known.last !== headers) for (const name of headers) known.headers.add(name);
      known.last = headers;
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
