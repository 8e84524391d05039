import { maxReadField } from '../limits.ts';
import { type Field, fieldsOf, readPart } from './fields.ts';
import type { Locate, Location } from './locations.ts';
import { readSeverity, type Severity, severityInProse } from './severity.ts';

/** What a reviewer says about one place. */
export interface ReviewFinding {
  readonly severity: Severity;
  /** As written. */
  readonly where: string;
  /** Where that is in the diff; empty if it is not in it. */
  readonly locations: readonly Location[];
  readonly what: string;
}

export type ReviewVerdict = 'ship' | 'ship-with-fixes' | 'hold';

/** What an answer says, as far as it can be read. */
export interface Review {
  readonly findings: readonly ReviewFinding[];
  readonly verdict: ReviewVerdict | null;
  /** What follows the verdict on its line. */
  readonly reason: string;
  /** It takes back what it found. */
  readonly isRetracted: boolean;
  /** In what it is not in the form that was asked for: `has no line VERDICT`; null if it is. */
  readonly fault: string | null;
}

/** Takes an answer in whatever form it is in; returns what it says about the diff. */
export function readReview(answer: string, locate: Locate): Review {
  const text = readPart(answer);
  const fields = fieldsOf(text);
  const records = recordsOf(fields);
  const labelled = records.flatMap((record) => findingOf(record, locate));
  const isLabelled = labelled.length > 0 || fields.some(({ kind }) => kind === 'severity');
  const findings = isLabelled ? labelled : findingsInProse(text, locate);
  const last = fields.findLast(({ kind, value }) => kind === 'verdict' && verdictIn(value) !== null)?.value;
  const line = last ?? lastLine(text);
  const verdict = verdictIn(line);
  const reason = verdict === null ? '' : line.replace(anyVerdict, '').replace(/^[\s*_`:;,.–—-]{1,12}/, '');
  const fault = faultOf({ text, records, hasVerdict: last !== undefined, isProse: !isLabelled && findings.length > 0 });
  return { findings, verdict, reason, isRetracted: isRetracted({ findings, verdict, reason, text }), fault };
}

interface Formed {
  readonly text: string;
  readonly records: readonly Labels[];
  /** In a field of its own. */
  readonly hasVerdict: boolean;
  /** Its findings are sentences. */
  readonly isProse: boolean;
}

/** What had to be guessed, or could not be read. However labels are decorated, they are labels. */
function faultOf({ text, records, hasVerdict, isProse }: Formed): string | null {
  const isPlaced = ({ where, line }: Labels) => where !== undefined || line !== undefined;
  if (text.trim() === '') return 'is empty';
  if (!hasVerdict) return 'has no line VERDICT';
  if (isProse) return 'has findings in sentences';
  if (records.some((record) => record.severity !== undefined && !isPlaced(record)))
    return 'has a finding without WHERE';
  return records.some((record) => record.severity === undefined && isPlaced(record))
    ? 'has a finding without SEVERITY'
    : null;
}

type Labels = Partial<{ [kind in Field['kind']]: string }>;

/** The fields of one finding each. Objects of JSON part them; else a finding begins with the label that the first one begins with. */
function recordsOf(fields: readonly Field[]): Labels[] {
  const hasObjects = fields.some(({ isAfterObject }) => isAfterObject);
  const leader = hasObjects ? null : fields.find(({ kind }) => kind === 'severity' || kind === 'where')?.kind;
  let record: Labels = {};
  const records: Labels[] = [record];
  for (const { kind, value, isAfterObject } of fields) {
    if (kind === 'verdict') continue;
    const isWhole = isAfterObject && record.severity !== undefined && record.where !== undefined;
    const isRepeated = record[kind] !== undefined && (kind === 'severity' || kind === 'where');
    if (isWhole || isRepeated || kind === leader) {
      record = {};
      records.push(record);
    }
    // `title` and `description` may both say what it is.
    record[kind] ??= value;
  }
  return records;
}

function findingOf(record: Labels, locate: Locate): ReviewFinding[] {
  const { severity: written, where: place, line, what = '' } = record;
  if (place === undefined && line === undefined) return [];
  const severity = readSeverity(written ?? '');
  // No severity is none of the words: without any, the mildest.
  if (severity === 'form') return [];
  const where = line === undefined ? (place ?? '') : `${place ?? ''}:${line}`;
  return [{ severity: severity ?? 'INFO', where, locations: locate(where), what }];
}

/** A paragraph, or item of a list, that names a severity and locations of the diff. */
function findingsInProse(text: string, locate: Locate): ReviewFinding[] {
  const paragraphs = text.split(/\n\s*\n|\n(?=\s{0,8}(?:[-*+•#]|\d{1,3}[.)])\s?)/);
  return paragraphs.flatMap((paragraph) => {
    const where = paragraph.slice(0, 4 * maxReadField).trim();
    const severity = severityInProse(where);
    const locations = severity === null ? [] : locate(where).filter(({ line }) => line !== null);
    const what = where.slice(0, maxReadField);
    return severity === null || locations.length === 0 ? [] : [{ severity, where: what, locations, what }];
  });
}

const anyVerdict =
  /(?:do not |don't |no |not |not (?:ready|safe) to )?\bship(?:[\s_-]{1,2}with[\s_-]{1,2}(?:minor[\s_-])?fix(?:es)?)?\b|\bhold\b/i;

function verdictIn(line: string): ReviewVerdict | null {
  // The form itself, which some repeat.
  if (/ship\s*\|\s*ship/i.test(line)) return null;
  const found = anyVerdict.exec(line)?.[0].toLowerCase();
  if (found === undefined) return null;
  if (found === 'hold' || /^(?:do|no)/.test(found)) return 'hold';
  return found === 'ship' ? 'ship' : 'ship-with-fixes';
}

/** The last line counts without its label where it is no more than a verdict begins with. */
function lastLine(text: string): string {
  const line = text
    .slice(-maxReadField)
    .trimEnd()
    .split('\n')
    .at(-1)!
    .replace(/^[\s*_`#>-]{1,12}/, '');
  return /^(?:ship|hold)\b/i.test(line) ? line : '';
}

const takenBack =
  /\b(?:retract(?:s|ed|ing)?|withdraw(?:n|s|ing)?|on (?:second thought|reflection|closer (?:look|inspection|reading))|scratch that|never ?mind|(?:disregard|ignore) (?:this|that|the above|my)|(?:this|that|it|which) (?:is|was|turns out to be|is actually) (?:not (?:actually |really )?(?:an? )?(?:issue|problem|bug|defect|blocker|finding)|a false (?:positive|alarm)|actually (?:fine|safe|correct))|false (?:positive|alarm) (?:above|after all)|not (?:actually |really )?(?:an? )?(?:issue|problem|bug|defect|blocker) after all)\b/i;

interface Said extends Omit<Review, 'isRetracted' | 'fault'> {
  readonly text: string;
}

/** Its words take something back, or its verdict is `ship` over what it calls HIGH or worse. */
function isRetracted({ findings, verdict, text }: Said): boolean {
  if (findings.length === 0) return false;
  const isGrave = findings.some(({ severity }) => !['INFO', 'LOW', 'MEDIUM'].includes(severity));
  return (verdict === 'ship' && isGrave) || takenBack.test(text);
}
