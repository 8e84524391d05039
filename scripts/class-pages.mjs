// Writes docs/drift-classes/FAMILY.md, a page for each family of drift classes, for the published package. Needs a build before it.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { driftClasses } from '../dist/lib/drift/classes/catalogue.js';

const root = dirname(import.meta.dirname);
const target = join(process.argv[2] ?? join(root, 'docs'), 'drift-classes');
const source = join(root, 'src/drift/classes');

/** A code span that holds any text (CommonMark, 6.1); a pipe is escaped for a table cell. */
const code = (text) => {
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
  const fence = '`'.repeat(longest + 1);
  const pad = /^`|`$/.test(text) ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`.replaceAll('|', '\\|');
};

/** Text of a class as Markdown: nothing in it may be taken for markup. */
const prose = (text) => text.replace(/[\\`*_<>[\]|#]/g, '\\$&');

const list = (rows) => rows.map(([name, text]) => `- ${prose(name)}: ${prose(text)}`).join('\n');

const section = (entry) =>
  [
    `## ${entry.id}`,
    `**${prose(entry.title)}** (${entry.severity}). ${prose(entry.what)}`,
    ...(entry.request === undefined ? [] : [`The request: ${code(entry.request)}`]),
    [
      '| Runtime | What is sent |',
      '|---|---|',
      ...entry.example.map(([name, bytes]) => `| ${prose(name)} | ${code(bytes)} |`),
    ].join('\n'),
    `Why:\n\n${list(entry.why)}`,
    `What breaks: ${prose(entry.breaks)}`,
    `How to fix it:\n\n${list(entry.fix)}`,
    `When it is claimed: ${prose(entry.proof)}`,
    ...(entry.flips === undefined ? [] : [`Versions that change it: ${prose(entry.flips.join('; '))}.`]),
    ...(entry.lossy === undefined ? [] : [`What is lost: ${prose(entry.lossy)}`]),
    `Evidence: ${entry.evidence}${entry.observedBetween === undefined ? '' : ` between ${prose(entry.observedBetween)}`}`,
    `Sources: ${entry.sources.map((one) => `<${one}>`).join(', ')}`,
  ].join('\n\n');

const families = new Map();
for (const file of readdirSync(source, { recursive: true, encoding: 'utf8' }).sort()) {
  const entry = driftClasses.get(basename(file, '.ts'));
  if (entry === undefined || !file.endsWith('.ts')) continue;
  const family = dirname(file).replaceAll(/[\\/]/g, '-');
  families.set(family, [...(families.get(family) ?? []), entry]);
}

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
for (const [family, entries] of families) {
  const overview = entries.map(({ id, severity, title }) => `| [${id}](#${id}) | ${severity} | ${prose(title)} |`);
  const table = ['| Class | Severity | What it is |', '|---|---|---|', ...overview].join('\n');
  writeFileSync(
    join(target, `${family}.md`),
    `${[`# Drift classes: ${family}`, table, ...entries.map(section)].join('\n\n')}\n`,
  );
}
console.log(`${driftClasses.size} classes on ${families.size} pages`);
