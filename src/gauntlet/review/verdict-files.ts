import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { terminalText } from '../../json/printable.ts';
import { cut, markdownCode, markdownText } from '../../report/document/escape.ts';
import { plural } from '../../report/document/wording.ts';
import { maxReadField, maxShownModel } from '../limits.ts';
import { writeNew } from '../new-file.ts';
import type { Answer } from './answer.ts';
import { estimateTokens } from './budget.ts';
import type { Bundle } from './bundles.ts';
import { repairText } from './repair.ts';
import type { Asked, BundleTally, TalliedLocation, TalliedReviewer } from './tally.ts';

/** Writes what a reviewer answered, verbatim, below a head; controls that a terminal would obey are shown. Never overwrites. */
export async function writeVerdict(folder: string, bundle: Bundle, { reviewer, reply }: Asked): Promise<void> {
  const { answer, failure, attempts, latencyMs, date, repair } = reply;
  const tokens = answer === null ? 'none' : tokensText(answer);
  const diff = createHash('sha256')
    .update(Buffer.concat(bundle.files.map(({ bytes }) => bytes)))
    .digest('hex');
  const head = [
    `# ${bundle.name}: ${reviewer.name}`,
    '',
    `- lineage: ${markdownText(reviewer.lineage)}`,
    `- model: ${markdownText(reviewer.model)}${answeredAs(answer)}`,
    `- date: ${date.toISOString()}`,
    `- latency: ${latencyMs} ms, ${plural(attempts, 'request')}`,
    `- tokens: ${tokens}`,
    `- diff: ${bundle.size} bytes, sha256 ${diff}`,
    ...(repair === null ? [] : [`- asked once more: ${markdownText(repairText(repair))}`]),
    ...(failure === null ? [] : [`- no answer: ${markdownText(failure)}`]),
  ];
  const other = repair?.other ?? null;
  const texts = [
    ...(answer === null ? [] : [`\n${fenced(answer.text)}\n`]),
    ...(other === null ? [] : [`\n## Its ${repair?.isSecond ? 'first' : 'second'} answer\n\n${fenced(other.text)}\n`]),
  ];
  const text = texts.join('');
  await writeNew(join(folder, `${bundle.name}_${reviewer.name}.md`), `${head.join('\n')}\n${text}`);
}

function tokensText({ text, tokensIn, tokensOut }: Answer): string {
  return `${tokensIn ?? 'uncounted'} in, ${tokensOut ?? `about ${estimateTokens(text)}`} out`;
}

/** The version that a name stands for today. */
function answeredAs(answer: Answer | null): string {
  return typeof answer?.model === 'string' ? `, answered as ${markdownText(cut(answer.model, maxShownModel))}` : '';
}

/** The text as it is, as a block of code: what is Markdown or HTML in it stays text. */
function fenced(text: string): string {
  const runs = text.match(/`{3,}/g) ?? [];
  const fence = '`'.repeat(runs.reduce((length, run) => Math.max(length, run.length + 1), 3));
  return `${fence}text\n${shown(text)}\n${fence}`;
}

const plain = /^[\t\n\r -~]*$/;

function shown(text: string): string {
  if (plain.test(text)) return text;
  return text.replace(/[^\t\n]+/g, (part) => (plain.test(part) ? part : terminalText(part)));
}

/** Writes the tally of a bundle. Never overwrites. */
export async function writeTally(folder: string, bundle: BundleTally): Promise<void> {
  const { name, locations, reviewers } = bundle;
  const notes = [
    ...list('Dismissed', locations.flatMap(dismissal)),
    ...list(
      'Not in diff',
      reviewers.flatMap(({ name: who, notInDiff }) => notInDiff.map((where) => outside(who, where))),
    ),
    ...list(
      'Flags',
      reviewers.flatMap(({ name: who, flags }) => flags.map((flag) => `${who}: ${flag}`)),
    ),
  ];
  const lines = [
    `# ${tallyLine(bundle)}`,
    '',
    '| Reviewers | Severity | Where | Hits |',
    '|---|---|---|---|',
    ...locations.map(row),
    ...list('Verdicts', reviewers.map(verdictLine)),
    ...list('Findings', locations.flatMap(whatLines)),
    ...notes,
  ];
  await writeNew(join(folder, `${name}_tally.md`), `${lines.join('\n')}\n`);
}

/** `c1_validatord: 0 convergent / 11 distinct`. */
export function tallyLine({ name, convergent, distinct }: BundleTally): string {
  return `${name}: ${convergent} convergent / ${distinct} distinct`;
}

function list(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : ['', `## ${title}`, '', ...items.map((item) => `- ${item}`)];
}

function row({ reviewers, severity, where, lineages }: TalliedLocation): string {
  return `| ${reviewers.join('+')} | ${severity} | ${markdownCode(where)} | ${lineages.length} |`;
}

function verdictLine({ name, lineage, model, abstention, verdict, reason }: TalliedReviewer): string {
  const who = `${name} (${markdownText(lineage)}, ${markdownText(model)})`;
  if (abstention !== null) return `${who}: abstains: ${markdownText(cut(abstention, maxReadField))}`;
  const why = reason === '' ? '' : `: ${markdownText(cut(reason, maxReadField))}`;
  return `${who}: ${verdict ?? 'no verdict'}${why}`;
}

function whatLines({ where, severity, said }: TalliedLocation): string[] {
  return said.map(({ reviewer, what }) => `${markdownCode(where)} ${severity}, ${reviewer}: ${markdownText(what)}`);
}

function dismissal({ where, dismissed }: TalliedLocation): string[] {
  return dismissed === null ? [] : [`${markdownCode(where)}: ${markdownText(dismissed)}`];
}

function outside(who: string, where: string): string {
  return `${who}: ${markdownCode(cut(where, 200))}`;
}
