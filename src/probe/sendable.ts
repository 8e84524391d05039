import type { FilledRequest } from '../cases/variables.ts';

const refused: Readonly<Record<string, string>> = {
  expect: 'the HTTP client does not send Expect',
  'transfer-encoding': 'the HTTP client frames the body itself',
  'content-length': 'the HTTP client counts the body itself',
};

/** Why the HTTP client cannot send a request as it is, or null: it must never send another one in silence. */
export function unsendableBecause({ path, headers }: FilledRequest): string | null {
  if (!path.startsWith('/')) return 'a path begins with a slash';
  if (/[^!-~]/.test(path)) return 'the HTTP client sends only visible ASCII in a path';
  const name = headers.map(([one]) => one.toLowerCase()).find((one) => Object.hasOwn(refused, one));
  return name === undefined ? null : refused[name]!;
}
