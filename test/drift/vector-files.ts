import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', 'vectors');

/** Paths of the vector files: `http` for the recognised classes, `rules` for those that two bodies can show. Sorted. */
export function vectorFiles(kind: 'http' | 'rules'): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json') && file.startsWith('http') === (kind === 'http'))
    .sort()
    .map((file) => join(folder, file));
}

/** The content of those files. */
export function readVectors<T>(kind: 'http' | 'rules'): T[] {
  return vectorFiles(kind).map((file): T => JSON.parse(readFileSync(file, 'utf8')));
}
