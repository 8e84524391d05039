import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const link = /\]\(\s*<?([^)>\s]*)|\b(?:href|src)="([^"]*)"/g;

/** Takes a folder; returns the links of its Markdown and HTML files that lead out of their page: `[file, target]`, both relative to the folder. */
export function linksIn(folder: string): [file: string, target: string][] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.(?:md|html)$/.test(path),
  );
  return files.flatMap((file) => {
    const targets = Array.from(readFileSync(join(folder, file), 'utf8').matchAll(link), ([, a, b]) => a ?? b ?? '');
    const outside = targets.filter((target) => !target.startsWith('#'));
    return outside.map((target): [string, string] => [file, normalize(join(dirname(file), decodeURI(target)))]);
  });
}
