import { recurring } from '../structures/recurring.ts';
import type { RunCase } from './record.ts';
import { isCaseNames, isMatchingRest, isRunCase } from './record-checks.ts';
import { jsonOf } from './record-lines.ts';

/** Where the names of a case end in its line. No string of JSON holds the quotes, and its names are no objects. */
const namesEnd = ',"comparisons":';
const matchingEnd = ',"exchanges":null}';
const longestRest = 4096;

/**
 * Reads lines of `run.jsonl` that are cases, with their line feed or without; null for any other. Behind their names, lines of cases
 * that matched are alike: what is read there is read once, and is one object in all of them.
 */
export function caseReader(): (line: string) => RunCase | null {
  const restOf = recurring(64, (text: string) => {
    const value = jsonOf(text);
    return isMatchingRest(value) ? value : null;
  });
  const alike = (line: string): RunCase | null => {
    const at = line.indexOf(namesEnd);
    if (at < 0 || line.length - at > longestRest || !line.endsWith(matchingEnd)) return null;
    const rest = restOf(`{${line.slice(at + 1)}`) ?? null;
    const names = rest === null ? null : jsonOf(`${line.slice(0, at)}}`);
    return isCaseNames(names) ? { ...names, ...rest! } : null;
  };
  return (line) => {
    const found = alike(line.trimEnd());
    if (found !== null) return found;
    const value = jsonOf(line);
    return isRunCase(value) ? value : null;
  };
}
