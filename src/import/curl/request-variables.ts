import type { CurlRequest } from './request.ts';
import { variablesIn } from './variable-marks.ts';

/** Takes a request; returns the names of the variables in it, each once. */
export function variablesOf({ path, headers, body }: CurlRequest): string[] {
  const texts = [path, ...headers.map(([, value]) => value)];
  if (body?.kind === 'text') texts.push(body.text);
  if (body?.kind === 'multipart')
    for (const { content } of body.parts) if ('value' in content) texts.push(content.value);
  return [...new Set(texts.flatMap(variablesIn))];
}
