import { notePrefix } from '../drift/kit/cause.ts';
import type { Finding } from '../findings/finding.ts';
import { encodeCell } from './rows/cell.ts';
import { visible } from './rows/escape.ts';
import type { TrackerRow } from './rows/row.ts';

/** A decision record: what the file is called behind its number, and what stands in it. */
export interface DecisionRecord {
  /** Letters, digits and hyphens. */
  readonly slug: string;
  readonly text: string;
}

const undecided = 'Not decided yet.';

/**
 * A row and its finding, as far as a run knows it, in; a decision record in the form of MADR 4 out. All text from answers is
 * inert code in it.
 */
export function decisionRecord(row: TrackerRow, finding: Finding | null, today: string): DecisionRecord {
  const options = optionsOf(row, finding);
  const name = finding?.class ?? row.divergence?.split(' at ')[0] ?? 'divergence';
  const accepted = row.state === 'accepted';
  const text = [
    `---\nstatus: ${accepted || row.state === 'fixed' ? 'accepted' : 'proposed'}\ndate: ${today}\n${ownerLine(row)}---`,
    `# ${encodeCell(row.id ?? '')}: ${encodeCell(row.divergence ?? name)}`,
    '## Context and Problem Statement',
    contextOf(row, finding),
    '## Considered Options',
    options.map((option) => `* ${option}`).join('\n'),
    '## Decision Outcome',
    outcomeOf(row, options),
    '### Confirmation',
    `\`parity replay ${row.id}\` sends the cases again. The tracker reopens the row if the divergence is more than was accepted.`,
  ];
  return { slug: slugOf(`${row.id} ${name}`), text: `${text.join('\n\n')}\n` };
}

function ownerLine({ owner }: TrackerRow): string {
  return owner ? `decision-makers: ${JSON.stringify(visible(owner))}\n` : '';
}

function contextOf(row: TrackerRow, finding: Finding | null): string {
  const said = (what: string, text: string | null): string[] => (text ? [`* ${what}: ${encodeCell(text)}`] : []);
  const facts = [
    ...said('Route', row.route),
    ...said('Reference', row.reference),
    ...said('Candidate', row.candidate),
    ...said('Cases', row.cases),
    ...said('First seen', row.firstSeen),
    ...said('Last seen', row.lastSeen),
    ...said('Severity', finding?.severity ?? null),
  ];
  const title = finding === null ? 'The candidate answers otherwise than the reference' : encodeCell(finding.title);
  return `${title}.\n\n${facts.join('\n')}`;
}

function optionsOf(row: TrackerRow, finding: Finding | null): string[] {
  const changes = finding?.fixes.filter(({ text }) => !text.startsWith(notePrefix)) ?? [];
  const fixes = changes.map(({ target, text }) => `Fix it in ${encodeCell(target)}: ${encodeCell(text)}`);
  return [...(fixes.length > 0 ? fixes : ['Fix it in the candidate']), `Live with ${encodeCell(row.id ?? 'it')}`];
}

function outcomeOf({ state, decision, until }: TrackerRow, options: readonly string[]): string {
  const because = decision ? `, because: ${encodeCell(decision)}` : '';
  const end = until ? ` It holds until ${encodeCell(until)}.` : '';
  if (state === 'accepted') return `Chosen option: "${options.at(-1)}"${because}.${end}`;
  if (state === 'fixed') return `The divergence is fixed: no case shows it any more${because}.`;
  return decision ? `${undecided} What was said: ${encodeCell(decision)}` : undecided;
}

function slugOf(text: string): string {
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.join('-').slice(0, 60).replace(/-$/, '');
}
