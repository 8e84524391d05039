import { someOf } from '../../config/some-of.ts';
import { classNamed } from '../../drift/classes/catalogue.ts';
import type { Derived } from '../../probe/derive.ts';
import type { RunRecord } from '../../record/run-record.ts';
import { toReportDocument } from '../../report/document/document.ts';
import { plural, verdictReason } from '../../report/document/wording.ts';
import { finishLines, type Pen, type PenOptions, penFor } from '../../report/text/ansi.ts';
import { kinds, type Result, referenceOf, resultsOf } from './results.ts';

const shownBlocks = 60;
const shownIds = 4;

/** The probes of a run for the terminal: how many of each group agree, then what diverges in the order of work, then the verdict. Text of targets is shown, never obeyed. */
export function renderProbes(
  record: RunRecord,
  derived: Derived,
  options: PenOptions & { readonly dir: string },
): string {
  const report = toReportDocument(record);
  const pen = penFor(options);
  const results = resultsOf(record, derived.probes);
  const unsendable = derived.probes.filter((probe) => probe.unsendable !== null);
  return finishLines([
    pen.show(`${plural(results.length, 'probe')} of ${derived.probes[0]?.testCase.suite ?? ''}`, pen.width),
    ...record.header.targets.map(({ name, role, url }) => pen.show(`  ${name}  ${role}  ${url}`, pen.width)),
    '',
    ...groupLines(results),
    ...blockLines(results, { pen, reference: referenceOf(record) }),
    '',
    ...unsendable.map(({ id, unsendable: why }) => pen.show(`  not sendable: ${id}: ${why}`, pen.width)),
    ...derived.notes.map((note) => `  note: ${note}`),
    ...report.notes.flatMap((note) => pen.wrap(`note: ${note}`, pen.width - 2).map((line) => `  ${line}`)),
    pen.show(`  report ${options.dir}`, 400),
    '',
    `${report.verdict.toUpperCase()} ${pen.show(verdictReason(report), 400)}`,
  ]);
}

const columns = ['probes', 'agree', 'as valid', 'status', 'body', 'headers', 'no verdict'] as const;

function columnOf({ kind }: Result): (typeof columns)[number] {
  if (kind === 'let-in' || kind === 'refused' || kind === 'status') return 'status';
  if (kind === 'no-verdict') return 'no verdict';
  if (kind === 'as-valid') return 'as valid';
  return kind === 'taken' ? 'body' : kind;
}

function groupLines(results: readonly Result[]): string[] {
  const groups = [...new Set(results.map(({ probe }) => probe.group))];
  const line = (name: string, cells: readonly (string | number)[]) =>
    `  ${name.padEnd(14)}${cells.map((cell) => String(cell).padStart(11)).join('')}`;
  const row = (name: string, own: readonly Result[]) =>
    line(name, [own.length, ...columns.slice(1).map((column) => own.filter((one) => columnOf(one) === column).length)]);
  const ownOf = (group: string) => results.filter(({ probe }) => probe.group === group);
  return [line('group', columns), ...groups.map((group) => row(group, ownOf(group))), row('all', results)];
}

interface Place {
  readonly pen: Pen;
  readonly reference: string;
}

/** Results that differ alike are one piece of work, whatever was sent. */
function blockLines(results: readonly Result[], place: Place): string[] {
  const lines: string[] = [];
  let blocks = 0;
  for (const [kind, title] of kinds) {
    const own = results.filter((result) => result.kind === kind);
    if (own.length === 0) continue;
    lines.push('', `${title.toUpperCase()}  ${plural(own.length, 'probe')}`);
    // What these show stands above, with the valid request.
    if (kind === 'as-valid') continue;
    for (const block of grouped(own)) {
      blocks += 1;
      if (blocks <= shownBlocks) lines.push(...oneBlock(block, place));
    }
  }
  return blocks > shownBlocks ? [...lines, `  and ${blocks - shownBlocks} more: see the report`] : lines;
}

/** The largest first, then in the order of the probes. */
function grouped(results: readonly Result[]): Result[][] {
  const groups = new Map<string, Result[]>();
  for (const result of results) {
    const key = [result.candidate, ...result.answered, result.differs, result.message ?? ''].join('\0');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [result]);
    else group.push(result);
  }
  return [...groups.values()].sort((a, b) => b.length - a.length);
}

function oneBlock(block: readonly Result[], { pen, reference }: Place): string[] {
  const first = block[0]!;
  const aims = [...new Set(block.flatMap(({ probe }) => probe.aims.slice(0, 1)))];
  const page = aims.length === 1 ? classNamed(aims[0]!) : null;
  const known = page === null ? '' : `  parity explain ${page.id}`;
  const ids = block.map(({ probe }) => probe.id);
  const [ours, theirs] = first.answered;
  const answered = ours === theirs ? `both ${ours}` : `${ours} → ${theirs}`;
  return [
    `  ${answered}  ${plural(block.length, 'probe')}${known}`,
    ...pen
      .wrap(`sent for ${someOf(aims.length === 0 ? ['the request as it is'] : aims, shownIds)}`, pen.width - 4)
      .map((line) => `    ${line}`),
    ...pen.wrap(someOf(ids, shownIds), pen.width - 4).map((line) => `    ${line}`),
    ...sideLines(first, { pen, reference }),
  ];
}

/** Two refusals in other words are many and alike: their bodies are in the report. */
function sideLines({ kind, answered, shown, candidate, message }: Result, { pen, reference }: Place): string[] {
  if (kind === 'body') return [];
  if (kind === 'no-verdict') return [pen.show(`      ${message ?? 'no reason'}`, pen.width)];
  const side = (mark: string, name: string, index: 0 | 1) => {
    const start = `      ${mark} ${pen.show(name, 16)}  ${answered[index]}  `;
    return start + pen.show(shown[index] || '(no body)', pen.width - start.length);
  };
  return [side('-', reference, 0), side('+', candidate, 1)];
}
