// What the runs of run.mjs found, as Markdown: the score by file and why mutants live; with --survivors [FILE...] each mutant that no
// test saw, with --open [FILE...] those of them that are not explained.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { explained } from './explained.mjs';

/** In percent: below it the exit code is 1. */
const goal = 85;

const folder = join(import.meta.dirname, '..', '..', 'reports');
const results = readdirSync(folder).filter((name) => /^mutation.*\.json$/.test(name));
const files = Object.assign({}, ...byAge(results).map((path) => JSON.parse(readFileSync(path, 'utf8')).files));
const [flag, ...chosen] = process.argv.slice(2);

if (flag === '--survivors' || flag === '--open')
  for (const [name, file] of Object.entries(files)) survivors(name, file);
else {
  table();
  groups();
}

function table() {
  const rows = Object.entries(files).map(([name, { mutants }]) => [name.replace('src/', ''), tally(mutants)]);
  rows.sort(([, a], [, b]) => a.score - b.score);
  const total = tally(Object.values(files).flatMap(({ mutants }) => mutants));
  console.log('| file | score | killed | of them by timeout | survived | not covered |\n|---|---|---|---|---|---|');
  for (const [name, row] of [...rows, ['**all**', total]])
    console.log(
      `| ${[name, `${row.score.toFixed(1)}%`, row.killed, row.timeout, row.survived, row.uncovered].join(' | ')} |`,
    );
  if (total.score < goal) process.exitCode = 1;
}

function tally(mutants) {
  const count = (...states) => mutants.filter(({ status }) => states.includes(status)).length;
  const [killed, valid] = [count('Killed', 'Timeout'), count('Killed', 'Timeout', 'Survived', 'NoCoverage')];
  const score = valid === 0 ? 100 : (100 * killed) / valid;
  return { score, killed, timeout: count('Timeout'), survived: count('Survived'), uncovered: count('NoCoverage') };
}

function groups() {
  const counts = new Map([...explained.keys(), 'open'].map((why) => [why, 0]));
  for (const [name, { source, mutants }] of Object.entries(files))
    for (const mutant of mutants.filter(lives)) {
      const why = reasonFor(name, source.split('\n'), mutant) ?? 'open';
      counts.set(why, counts.get(why) + 1);
    }
  console.log('\n| survived or not covered, because | |\n|---|---|');
  for (const [why, count] of counts) console.log(`| ${why} | ${count} |`);
}

function lives({ status }) {
  return status === 'Survived' || status === 'NoCoverage';
}

function reasonFor(name, lines, { location }) {
  const place = `${name.replace('src/', '')} ${functionAt(lines, location.start.line)}`;
  for (const [why, places] of explained) if (places.includes(place)) return why;
  return null;
}

/** The function, method or constant around a line. */
function functionAt(lines, line) {
  for (let at = line - 1; at >= 0; at -= 1) {
    const found = /^(?:export )?(?:function\*?|const) (\w+)|^ {2}(#?\w+)\(.*\{$/.exec(lines[at]);
    if (found !== null) return found[1] ?? found[2];
  }
  return '';
}

function survivors(name, { source, mutants }) {
  if (chosen.length > 0 && !chosen.some((each) => name.endsWith(each))) return;
  const lines = source.split('\n');
  for (const mutant of mutants.filter(lives)) {
    if (flag === '--open' && reasonFor(name, lines, mutant) !== null) continue;
    const { status, location, replacement } = mutant;
    const { start, end } = location;
    const line = lines[start.line - 1];
    const was =
      start.line === end.line ? line.slice(start.column - 1, end.column - 1) : `${line.slice(start.column - 1)} …`;
    const mark = status === 'NoCoverage' ? ' (not covered)' : '';
    console.log(
      `${name}:${start.line}:${start.column}${mark}  ${line.trim()}\n    ${was}\n    ${replacement.replaceAll(/\s+/g, ' ')}`,
    );
  }
}

/** What was found last comes last. */
function byAge(names) {
  const dated = names.map((name) => [join(folder, name), statSync(join(folder, name)).mtimeMs]);
  return dated.sort(([, a], [, b]) => a - b).map(([path]) => path);
}
