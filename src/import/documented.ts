import { ParityError } from '../errors.ts';
import { maxDocumented } from './limits.ts';
import { type Operation, operationsOf, readDescription } from './read/openapi-document.ts';
import { openSource } from './read/source.ts';
import { members } from './read/values.ts';

/** An operation of an OpenAPI description: what coverage is counted against. */
export interface DocumentedOperation {
  readonly method: string;
  /** The template as it is written, `/pets/{id}`, behind the path of the server. */
  readonly path: string;
  /** The path of the server; empty for none. */
  readonly base: string;
  /** Its documented answers: codes, ranges such as `2XX`, and `default`; sorted. */
  readonly statuses: readonly string[];
}

/** The operations of some OpenAPI descriptions, by file; `maxDocumented` at most of each. Throws PX2910 and PX2911. */
export async function documentedOperations(files: readonly string[]): Promise<DocumentedOperation[]> {
  const found: DocumentedOperation[] = [];
  for (const file of files) {
    const description = await readDescription(openSource(file)).catch((error: unknown) => {
      throw error instanceof ParityError ? unusable(error, file) : error;
    });
    const own = [...operationsOf(description)].slice(0, maxDocumented);
    found.push(...own.map((operation) => documented(operation, description.base)));
  }
  return found;
}

/** The same problem, for somebody who runs cases. */
function unusable({ code, message, problems }: ParityError, file: string): ParityError {
  const isRead = code === 'PX2910';
  const text = isRead ? `${file} is not an OpenAPI description that can be read; nothing was sent` : message;
  return new ParityError(isRead ? 'PX2910' : 'PX2911', text, {
    problems,
    hint: 'name another file in `openapi`, or leave `openapi` out',
  });
}

function documented({ method, path, of }: Operation, base: string): DocumentedOperation {
  const statuses = Object.keys(members(of.responses)).map((code) => (code === 'default' ? code : code.toUpperCase()));
  return {
    method,
    path,
    base,
    statuses: statuses.filter((code) => /^(?:default|[1-5](?:\d\d|XX))$/.test(code)).sort(),
  };
}
