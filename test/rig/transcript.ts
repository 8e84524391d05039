import type { ReportDocument } from '../../src/report/document/document.ts';
import type { Ended } from '../cli/command.ts';
import type { Fault, Placed } from './fault.ts';

interface Told {
  readonly ended: Ended;
  /** Null where there is none. */
  readonly report: ReportDocument | null;
  readonly targets: readonly Placed[];
  readonly moving: NonNullable<Fault['moving']>;
}

/** What a run left behind, as a text that two runs of one fault have in common: ports, times and paths are named, not told. */
export function transcript({ ended, report, targets, moving }: Told): string {
  const settled = (text: string) =>
    [...always, ...moving].reduce((told, [pattern, name]) => told.replace(pattern, name), withNames(text, targets));
  const told = [
    `exit code ${ended.exitCode}`,
    section('standard output', ended.stdout),
    section('standard error', ended.stderr),
    // Cases are told together where they are the same but for what moves.
    section('report.json', report === null ? '' : reportLines(JSON.parse(settled(JSON.stringify(report))))),
    section('requests', targets.map(requestLine).join('\n')),
  ];
  return `${settled(told.filter((one) => one !== '').join('\n\n'))}\n`;
}

function section(title: string, text: string): string {
  const lines = text.trimEnd();
  return lines === '' ? '' : `--- ${title}\n${lines}`;
}

function reportLines({ verdict, cases, findings, notes }: ReportDocument): string {
  return [
    `verdict ${verdict}`,
    ...groups(cases),
    ...findings.map((one) => `${one.id}: ${one.title}`),
    ...findings.flatMap((one) => one.fixes.map(({ target, text }) => `  fix in ${target}: ${text}`)),
    ...notes.map((note) => `note: ${note}`),
  ].join('\n');
}

/** Cases that came to the same, told once. */
function groups(cases: ReportDocument['cases']): string[] {
  const byEnd = new Map<string, string[]>();
  for (const one of cases) {
    const end = caseEnd(one);
    byEnd.set(end, [...(byEnd.get(end) ?? []), one.id]);
  }
  return [...byEnd].map(([end, ids]) => `${ids.length > 4 ? `${ids.length} cases` : ids.join(', ')}: ${end}`);
}

function caseEnd({ outcome, reason, message, hint, divergences }: ReportDocument['cases'][number]): string {
  return [
    [outcome, reason].filter((word) => word !== null).join(', '),
    ...(message === null ? [] : [`  ${message}`]),
    ...(hint === null ? [] : [`  try: ${hint}`]),
    ...divergences.map((at) => `  ${at.facet} ${at.pointer} ${at.kind}: ${at.reference} -> ${at.candidate}`),
  ].join('\n');
}

function requestLine({ name, rig }: Placed): string {
  if (rig === null) return `${name}: nobody`;
  const counts = new Map<string, number>();
  for (const request of rig.requests) {
    const line = request.split(' ', 2).join(' ');
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  const told = [...counts].map(([line, count]) => `${line} x${count}`).sort();
  return `${name}: ${told.length > 8 ? `${told.length} different ones` : told.join(', ') || 'none'}`;
}

/** Parts of an output that no two runs have in common, or no two machines. */
const always: Told['moving'] = [
  [/\d{8}-\d{6}-[0-9a-f]{6}/g, 'RUN'],
  // What the rig shows of a build is how it writes a head.
  [/ {2}\(fingerprint [0-9a-f]{8}\)/g, ''],
  [/parity-prober \d+\.\d+\.\d+/g, 'parity-prober VERSION'],
];

function withNames(text: string, targets: readonly Placed[]): string {
  return targets.reduce((told, { name, url }) => {
    const port = new URL(url).port;
    return told.replaceAll(new RegExp(`\\b${port}\\b`, 'g'), `PORT-OF-${name.toUpperCase()}`);
  }, text);
}
