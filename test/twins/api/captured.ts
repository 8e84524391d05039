import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Answer, type Capture, captureLibrary, captureText, type LibraryCase, readLibrary } from '../library.ts';
import type { CatalogServer } from './servers.ts';

/** The folder of the catalogue's cases. */
export const casesFolder = fileURLToPath(new URL('cases', import.meta.url));

/** Stands in a captured header for the address of the server. */
export const addressMark = '{{address}}';

/** Every case of the catalogue. */
export function catalogCases(): Promise<LibraryCase[]> {
  return readLibrary(casesFolder);
}

/** Sends every case to the server at `url`; its own address, where headers name it, is left out, and so is an order by chance. */
export async function captureCatalog(
  url: string,
  cases: readonly LibraryCase[],
  { shuffles = false }: Pick<CatalogServer, 'shuffles'> = {},
): Promise<Capture> {
  const { host } = new URL(url);
  const captured = Object.entries(await captureLibrary(url, cases));
  const portable = ({ headers, ...answer }: Answer): Answer => {
    const steady = steadyAllow(headers).map(([name, value]) => [name, value.replaceAll(host, addressMark)] as const);
    return { ...answer, headers: shuffles ? steady.sort(([a], [b]) => (a < b ? -1 : 1)) : steady };
  };
  return Object.fromEntries(captured.map(([id, steps]) => [id, steps.map((answers) => answers.map(portable))]));
}

/** chi ranges over a map to write its Allow lines: they come in another order each time, so they are kept sorted. */
function steadyAllow(headers: Answer['headers']): Answer['headers'] {
  const allowed = headers.flatMap(([name, value]) => (name === 'Allow' ? [value] : [])).sort();
  return headers.map(([name, value]) => [name, name === 'Allow' ? allowed.shift()! : value]);
}

function fileOf(name: string): URL {
  return new URL(`captured/${name}.json`, import.meta.url);
}

/** What the server named `name` answered when it was captured. */
export async function readCatalogCapture(name: string): Promise<Capture> {
  return JSON.parse(await readFile(fileOf(name), 'utf8')) as Capture;
}

/** Keeps what the server named `name` answered. */
export async function writeCatalogCapture(name: string, capture: Capture): Promise<void> {
  await writeFile(fileOf(name), captureText(capture));
}
