import { lately } from '../structures/lately.ts';
import type { RunCase } from './record.ts';
import { isCaseNames, isMatchingRest, isRunCase } from './record-checks.ts';
import { jsonOf } from './record-lines.ts';

/** Where the names of a case end in its line. No string of JSON holds the quotes, and its names are no objects. */
const namesEnd = ',"comparisons":';
const matchingEnd = ',"exchanges":null}';
const longestRest = 4096;

/**
 * Reads lines of `run.jsonl` that are cases, null for any other. Behind their names, lines of cases that matched are alike: what is read
 * there is read once, and is one object in all of them.
 */
export function caseReader(): (line: string) => RunCase | null {
  const restOf = lately(64, (text: string) => {
    const value = jsonOf(text);
    return isMatchingRest(value) ? value : null;
  });
  const alike = (line: string): RunCase | null => {
    const at = line.indexOf(namesEnd);
    if (at < 0 || line.length - at > longestRest || !line.endsWith(matchingEnd)) return null;
    const names = jsonOf(`${line.slice(0, at)}}`);
    if (!isCaseNames(names)) return null;
    const rest = restOf(`{${line.slice(at + 1)}`);
    return rest && { ...names, ...rest };
  };
  return (line) => {
    const found = alike(line);
    if (found !== null) return found;
    const value = jsonOf(line);
    return isRunCase(value) ? value : null;
  };
}
