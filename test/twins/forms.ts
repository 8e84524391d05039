import { readFile } from 'node:fs/promises';
import { beyond } from './beyond.ts';
import { type Capture, type LibraryCase, readLibrary } from './library.ts';
import { probeCases } from './probes.ts';
import type { Which } from './real.ts';

/** The three services that are captured, by the name of their file in `captured/`. */
export const forms: readonly { readonly name: string; readonly which: Which; readonly serdeErrors: boolean }[] = [
  { name: 'rust', which: 'rust', serdeErrors: false },
  { name: 'go', which: 'go', serdeErrors: false },
  { name: 'go-serde', which: 'go', serdeErrors: true },
];

/** The file that holds what the real service named `name` answered. */
export function capturedFile(name: string): URL {
  return new URL(`captured/${name}.json`, import.meta.url);
}

/** What the real service named `name` answered when it was captured. */
export async function readCaptured(name: string): Promise<Capture> {
  return JSON.parse(await readFile(capturedFile(name), 'utf8')) as Capture;
}

/** Every case of the library, the requests beyond it, and the probes. */
export async function everyCase(): Promise<readonly LibraryCase[]> {
  return [...(await readLibrary()), ...beyond, ...(await probeCases())];
}
