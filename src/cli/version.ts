import { readFileSync } from 'node:fs';

function readVersion(): string {
  const file = new URL('../../package.json', import.meta.url);
  const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const found = parsed !== null && typeof parsed === 'object' && 'version' in parsed ? parsed.version : null;
  return typeof found === 'string' ? found : 'unknown';
}

/** The version of this package. */
export const version = readVersion();
