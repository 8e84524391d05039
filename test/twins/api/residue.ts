import type { Pair } from './pairs.ts';

/** A Markdown table: per pair, how many divergences are proved, recognised or a hypothesis, and what is left. */
export function residueTable(pairs: readonly Pair[]): string {
  const head = [
    '| reference | candidate | cases that match | that diverge | divergences verified | recognised | hypotheses | unexplained |',
    '| --------- | --------- | ---------------: | -----------: | -------------------: | ---------: | ---------: | ----------: |',
  ];
  const rows = pairs.map(({ reference, candidate, cases, divergences }) => {
    const { verified, recognised, hypothesis, unexplained } = divergences;
    const left = unexplained === 0 ? '0' : `[${unexplained}](api/unexplained.md#${reference}-and-${candidate})`;
    const cells = [reference, candidate, cases.match, cases.divergent, verified, recognised, hypothesis, left];
    return `| ${cells.join(' | ')} |`;
  });
  return [...head, ...rows].join('\n');
}

/** A Markdown page with the findings of each pair that no drift class explains: one line for each kind, with its routes. */
export function residuePage(pairs: readonly Pair[]): string {
  const intro = [
    '# What no drift class explains yet',
    '',
    'Every pair of the eight servers, compared over all cases from their captured answers with `--level wire --noise 0`. Behind',
    'each route stands the number of its cases that show it. Written by `pairs.test.ts`; do not edit.',
  ];
  return `${[...intro, ...pairs.flatMap(sectionOf)].join('\n')}\n`;
}

function sectionOf({ reference, candidate, findings }: Pair): string[] {
  const kinds = new Map<string, Map<string, number>>();
  for (const { class: id, title, route, cases } of findings) {
    if (id !== 'unexplained') continue;
    const routes = kinds.get(title) ?? new Map<string, number>();
    kinds.set(title, routes.set(route, (routes.get(route) ?? 0) + cases.length));
  }
  const lines = [...kinds].map(([title, routes]) => `- ${escaped(title)}: ${routesText(routes)}`).sort();
  return ['', `## ${reference} and ${candidate}`, '', ...(lines.length === 0 ? ['Nothing.'] : lines)];
}

function routesText(routes: ReadonlyMap<string, number>): string {
  return [...routes]
    .map(([route, cases]) => `\`${route}\`${cases > 1 ? ` ×${cases}` : ''}`)
    .sort()
    .join(', ');
}

function escaped(text: string): string {
  return text.replace(/[\\`*_<>[\]|]/g, '\\$&');
}

const BEGIN = '<!-- residue -->';
const END = '<!-- /residue -->';

/** The text between the two marks of a page; throws where they are not there. */
export function between(page: string): { before: string; table: string; after: string } {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`the page has no ${BEGIN} … ${END}`);
  const start = from + BEGIN.length;
  return { before: page.slice(0, start), table: page.slice(start, to).trim(), after: page.slice(to) };
}

/** How many divergences a table says are left, by `reference candidate`. */
export function leftIn(table: string): ReadonlyMap<string, number> {
  const rows = table.split('\n').slice(2);
  const cells = rows.map((row) => row.split('|').map((cell) => cell.trim()));
  return new Map(cells.map((row) => [`${row[1]} ${row[2]}`, Number(/\d+/.exec(row[8] ?? '')?.[0])]));
}
