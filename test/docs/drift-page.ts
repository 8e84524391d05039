import { type DriftClass, driftClasses } from '../../src/drift/classes/catalogue.ts';

const head = [
  '# Drift classes',
  'A drift class is a known cause of divergence between runtimes. A finding names one if a rewrite of the answer of the\nreference gives the answer of the candidate (it is verified), or if request and answers bear the signs of a known behaviour\n(it is recognised, not equivalent); everything else is `unexplained`. `parity explain CLASS` prints a section of this page\nin the terminal, offline.',
  'The severity says what a divergence does to clients: `breaking` makes them fail, `risky` makes some of them decide\notherwise, `cosmetic` is seen only by those that look at bytes. In the examples ␊ stands for a newline.',
  'This page is written from `src/drift/classes/catalogue.ts`, and a test holds it to that.',
];

/** A code span that holds any text (CommonMark, 6.1); a pipe is escaped for a table cell. */
function code(text: string): string {
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
  const fence = '`'.repeat(longest + 1);
  const pad = /^`|`$/.test(text) ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`.replaceAll('|', '\\|');
}

/** Text of a class as Markdown: nothing in it may be taken for markup. */
function prose(text: string): string {
  return text.replace(/[\\`*_<>[\]|#]/g, '\\$&');
}

function list(rows: readonly (readonly [string, string])[]): string {
  return rows.map(([name, text]) => `- ${prose(name)}: ${prose(text)}`).join('\n');
}

function section(entry: DriftClass): string {
  const example = entry.example.map(([runtime, bytes]) => `| ${prose(runtime)} | ${code(bytes)} |`);
  return [
    `## ${entry.id}`,
    `**${prose(entry.title)}** (${entry.severity}). ${prose(entry.what)}`,
    ...(entry.request === undefined ? [] : [`The request: ${code(entry.request)}`]),
    ['| Runtime | What is sent |', '|---|---|', ...example].join('\n'),
    `Why:\n\n${list(entry.why)}`,
    `What breaks: ${prose(entry.breaks)}`,
    `How to fix it:\n\n${list(entry.fix)}`,
    `When it is claimed: ${prose(entry.proof)}`,
    ...(entry.flips === undefined ? [] : [`Versions that change it: ${prose(entry.flips.join('; '))}.`]),
    ...(entry.lossy === undefined ? [] : [`What is lost: ${prose(entry.lossy)}`]),
    `Sources: ${entry.sources.map((source) => `<${source}>`).join(', ')}`,
  ].join('\n\n');
}

/** The page of all drift classes, as Markdown. */
export function driftPage(): string {
  const classes = [...driftClasses.values()];
  const overview = classes.map(({ id, severity, title }) => `| [${id}](#${id}) | ${severity} | ${prose(title)} |`);
  const table = ['| Class | Severity | What it is |', '|---|---|---|', ...overview].join('\n');
  return `${[...head, table, ...classes.map(section)].join('\n\n')}\n`;
}
