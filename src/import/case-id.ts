import { variablesIn, writeVariables } from './curl/variable-marks.ts';
import { maxIdLength } from './limits.ts';

/** Takes method and path of a request and the ids that there are; returns a new id, `post-v1-items` for `POST /v1/items?page=1`, and adds it to them. */
export function newCaseId(method: string, path: string, taken: Set<string>): string {
  const plain = writeVariables(path.split('?', 1)[0]!, (name) => name.toLowerCase());
  const words = `${method.toLowerCase()} ${plain}`
    .replace(/[^A-Za-z0-9_.]+/g, '-')
    .slice(0, maxIdLength)
    .replace(/^[-.]+|[-.]+$/g, '');
  const base = words === '' ? 'case' : words;
  let id = base;
  for (let next = 2; taken.has(id); next += 1) id = `${base}-${next}`;
  taken.add(id);
  return id;
}

/** Takes method and path of a request; returns its title, without its query where that has variables. */
export function caseTitle(method: string, path: string): string {
  const shown = variablesIn(path).length === 0 ? path : path.split('?', 1)[0]!;
  return `${method} ${writeVariables(shown, (name) => name.toLowerCase())}`.replace(/\{(?=\{)/g, '{ ').slice(0, 200);
}
