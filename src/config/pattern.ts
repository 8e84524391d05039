import { createRequire } from 'node:module';
import type { RE2JS } from 're2js';

let engine: typeof RE2JS | null = null;

/** Takes a regular expression (RE2 syntax); returns it compiled, to run in linear time. Throws RE2JSSyntaxException. The engine is loaded with the first pattern: most runs have none. */
export function compilePattern(pattern: string): RE2JS {
  engine ??= (createRequire(import.meta.url)('re2js') as typeof import('re2js')).RE2JS;
  return engine.compile(pattern);
}
