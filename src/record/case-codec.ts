import { memoizeBounded } from '../structures/memoize-bounded.ts';
import { maxHeld, maxRestLength, maxRests, maxUnlike } from './limits.ts';
import { parseLine } from './record-lines.ts';
import type { RecordedCase, RecordedComparison } from './types.ts';
import { isCaseNames, isMatchingRest, isRecordedCase } from './validate.ts';

/** Where the names of a case end in its line. No string of JSON holds the quotes, and its names are not objects. */
const namesEnd = ',"comparisons":';
const matchingEnd = ',"exchanges":null}';

/** The names of a case, if nothing in them is escaped. */
const plainNames =
  /^\{"type":"case","id":"([^"\\\0-\x1f]*)","suite":"([^"\\\0-\x1f]*)","title":(?:null|"([^"\\\0-\x1f]*)"),"source":"([^"\\\0-\x1f]*)"$/;

type Names = Pick<RecordedCase, 'type' | 'id' | 'suite' | 'title' | 'source'>;

function namesIn(text: string): Names | null {
  const found = plainNames.exec(text);
  if (found !== null)
    return { type: 'case', id: found[1]!, suite: found[2]!, title: found[3] ?? null, source: found[4]! };
  const names = parseLine(`${text}}`);
  return isCaseNames(names) ? names : null;
}

type Rest = Pick<RecordedCase, 'comparisons' | 'exchanges'>;

/** What a line of a case that matched says from a place on, which many say alike: it is read once, and is one object. Null for other lines. */
function matchingRests(): (line: string, at: number) => Rest | null {
  const known: { readonly text: string; readonly rest: Rest }[] = [];
  let [next, unlike] = [0, 0];
  return (line, at) => {
    if (unlike > maxUnlike) return null;
    const found = known.find(({ text }) => text.length === line.length - at && line.startsWith(text, at));
    if (found !== undefined) {
      unlike = 0;
      return found.rest;
    }
    const rest = line.endsWith(matchingEnd) ? parseLine(`{${line.slice(at + 1)}`) : null;
    if (!isMatchingRest(rest)) return null;
    unlike += 1;
    known[next] = { text: line.slice(at), rest };
    next = (next + 1) % maxRests;
    return rest;
  };
}

/**
 * Reads lines of `run.jsonl` that are cases, with their line feed or without; null for any other. Behind their names, lines of cases
 * that matched are alike: what is read there is read once, and is one object in all of them.
 */
export function caseReader(): (line: string) => RecordedCase | null {
  const restAt = matchingRests();
  const alike = (line: string): RecordedCase | null => {
    const at = line.indexOf(namesEnd);
    if (at < 0 || line.length - at > maxRestLength) return null;
    const rest = restAt(line, at);
    const names = rest === null ? null : namesIn(line.slice(0, at));
    if (names === null) return null;
    const { id, suite, title, source } = names;
    return { type: 'case', id, suite, title, source, comparisons: rest!.comparisons, exchanges: null };
  };
  return (line) => {
    const found = alike(line.trimEnd());
    if (found !== null) return found;
    const value = parseLine(line);
    return isRecordedCase(value) ? value : null;
  };
}

/** A case as a line of `run.jsonl`, without its line feed, and as it is held in memory. */
export interface WrittenCase {
  readonly line: string;
  readonly held: RecordedCase;
}

/**
 * Writes cases as `JSON.stringify` does, which takes twice as long for one that matched. As they are held, cases that matched alike share
 * what was compared, as those do that are read.
 */
export function caseWriter(): (runCase: RecordedCase) => WrittenCase {
  const sharedOf = memoizeBounded(maxHeld, (text: string) => JSON.parse(text) as RecordedCase['comparisons']);
  return (runCase) => {
    const { type, id, suite, title, source, comparisons, exchanges } = runCase;
    if (exchanges !== null || runCase.comparedHeaders !== undefined || !comparisons.every(isBrief))
      return { line: JSON.stringify(runCase), held: runCase };
    const names = `"id":${JSON.stringify(id)},"suite":${nameText(suite)},"title":${JSON.stringify(title)}`;
    const compared = `[${comparisons.map(comparisonText).join()}]`;
    const line = `{"type":"${type}",${names},"source":${JSON.stringify(source)}${namesEnd}${compared}${matchingEnd}`;
    return { line, held: { ...runCase, comparisons: sharedOf(compared) } };
  };
}

/** Of suites and targets. */
const nameText = memoizeBounded(64, (name: string) => JSON.stringify(name));

/** Nothing was noise, nothing held it up, and it was not refused. */
function isBrief({ reason, message, noise, hint, refused }: RecordedComparison): boolean {
  return reason === null && message === null && noise.length === 0 && hint === undefined && refused === undefined;
}

function comparisonText({ candidate, outcome, ladder, headers, divergences }: RecordedComparison): string {
  const { status, shape, value, wire } = ladder;
  const held = `{"status":${status},"shape":${shape},"value":${value},"wire":${wire}}`;
  const found = divergences.length === 0 ? '[]' : JSON.stringify(divergences);
  const told = `"outcome":"${outcome}","ladder":${held},"headers":${headers},"reason":null,"message":null`;
  return `{"candidate":${nameText(candidate)},${told},"divergences":${found},"noise":[]}`;
}
