import { maxLength } from '../limits.ts';
import { didYouMean } from './did-you-mean.ts';

/** The keys that other tools have for what a key stands for here, without `_` and `-`. */
const otherWords: ReadonlyMap<string, readonly string[]> = new Map([
  ['json', ['body', 'data', 'payload', 'content']],
  ['path', ['query', 'params', 'queryparams', 'search', 'url', 'uri', 'endpoint', 'route']],
  ['method', ['verb']],
  ['url', ['baseurl', 'host', 'address', 'server']],
  ['targets', ['services', 'servers', 'hosts', 'environments']],
  ['title', ['name', 'description', 'summary']],
  ['before', ['setup', 'given']],
  ['after', ['teardown', 'cleanup']],
  ['with', ['examples', 'parameters', 'foreach', 'rows']],
  ['steps', ['requests', 'stages']],
  ['capture', ['extract', 'save', 'captures']],
]);

/** What to do where the name of the key that is meant does not say it. */
function adviceOn(word: string, key: string): string {
  if (key === 'json') return 'a body is one of `json`, `text`, `form`, `multipart`, `raw`, `base64` and `file`';
  return /query|params|search/.test(word) ? 'a query stands in the path: /search?q=1' : `did you mean \`${key}\`?`;
}

/** Takes a key that is not known and those that are; returns what to write instead, as far as that can be told. */
export function keyHint(key: string, known: readonly string[]): string {
  const word = key.toLowerCase().replaceAll(/[_-]/g, '');
  const meant = known.find((one) => otherWords.get(one)?.includes(word));
  if (meant !== undefined) return adviceOn(word, meant);
  if (key === '<<') return 'merge keys are no part of YAML 1.2: write the keys out';
  return didYouMean(key, known) ?? `known keys: ${known.join(', ')}`;
}

/** Takes a text that stands where a map with these keys belongs; returns how it is written as one, or null. */
export function asMap(text: string, keys: readonly string[]): string | null {
  if (text.length > maxLength) return null;
  if (keys[0] === 'pointer' && /^\/[^\s]*$/.test(text)) return `{ "pointer": ${JSON.stringify(text)} }`;
  const line = /^([A-Z]+) (\/\S*)$/.exec(text);
  if (line === null || !keys.includes('method')) return null;
  return `{ "method": ${JSON.stringify(line[1])}, "path": ${JSON.stringify(line[2])} }`;
}
