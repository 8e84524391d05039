// What a tracker of 50,000 rows costs: reading it, reconciling it with a run that sees half of it, writing it anew, and all of
// that with the file. Each figure is min/median/max over the rounds, in milliseconds.
//   node test/bench/tracker/run.mjs            50,000 rows, five rounds
//   node test/bench/tracker/run.mjs --smoke    2,000 rows, one round: does it still work?
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values: flags } = parseArgs({
  options: {
    smoke: { type: 'boolean', default: false },
    lib: { type: 'string', default: join(import.meta.dirname, '../../../dist/lib') },
    rows: { type: 'string' },
    rounds: { type: 'string' },
  },
});
const rows = Number(flags.rows ?? (flags.smoke ? 2000 : 50_000));
const rounds = Number(flags.rounds ?? (flags.smoke ? 1 : 5));
const load = (name) => import(join(flags.lib, 'tracker', `${name}.js`));
const [{ readTracker }, { reconcile }, { spliceTracker }, { updateTracker }, { caseHash }] = await Promise.all(
  ['markdown/table', 'reconcile/reconcile', 'markdown/splice', 'update', 'rows/row-cases'].map(load),
);

const hashes = Array.from({ length: 200 }, (_, index) => caseHash(`case-${index}`));
const casesOf = (index) => [hashes[index % 100], hashes[(index % 100) + 100]].sort().join(' ');
const idOf = (index) => `P-${(index * 7919).toString(16).toUpperCase().padStart(8, '0')}`;
const head =
  '| ID | Status | Divergence | Route | Reference | Candidate | Cases | First seen | Last seen | Decision |\n|---|---|---|---|---|---|---|---|---|---|';
const line = (index) =>
  `| ${idOf(index)} | ${index % 5 === 0 ? '_accepted_' : '_open_'} | key-casing at \`/items/*/name${index}\` | GET /v1/items${index % 100} | rust: \`{"Name":"a\\|b"}\` | go: \`{"name":"${index}"}\` | 2 <!-- cases: ${casesOf(index)} --> | 2026-05-02 | 2026-05-02 | ${index % 5 === 0 ? 'agreed with **mobile**, see [ADR 7](adr/7.md)' : ''} |`;
const text = `# Tracker\n\n<!-- parity:tracker -->\n\n${[head, ...Array.from({ length: rows }, (_, index) => line(index))].join('\n')}\n\nEnd.\n`;

const finding = (index) => ({
  ...{ id: idOf(index), fingerprint: idOf(index), candidate: 'go', facet: 'body', rung: 'value', class: 'key-casing' },
  ...{ also: [], verified: true, verifiedAt: 'value', severity: 'risky', route: `GET /v1/items${index % 100}` },
  routes: [`GET /v1/items${index % 100}`],
  ...{
    pointer: `/items/*/name${index}`,
    title: '',
    fixes: [],
    terms: { key: ['Name'] },
    statuses: ['2', '2'],
    within: ['0abcd'],
  },
  cases: [`case-${index % 100}`, `case-${(index % 100) + 100}`],
  occurrences: [],
  example: { case: 'a', reference: '{"Name":"a|b"}', candidate: `{"name":"${index}"}` },
});
const rules = { ignore: [], unordered: [], tolerance: [], replace: [] };
const sight = { candidate: 'go', upTo: 'value', options: { level: 'value', headers: [], ...rules }, noise: [] };
const input = {
  findings: Array.from({ length: rows / 2 }, (_, index) => finding(index * 2)),
  ...{ reference: 'rust', candidates: ['go'], today: '2026-11-21', versions: new Map(), report: null, fixedAfter: 1 },
  holds: () => true,
  library: Array.from({ length: 200 }, (_, index) => ({
    hash: hashes[index],
    routes: [`GET /v1/items${index % 100}`],
    statuses: '2',
    scopes: [sight],
  })),
};

const folder = mkdtempSync(join(tmpdir(), 'parity-bench-tracker-'));
const file = join(folder, 'T.md');
const times = { read: [], reconcile: [], splice: [], 'file, lock, read twice, write': [] };
const timed = async (name, act) => {
  const started = performance.now();
  const result = await act();
  times[name].push(performance.now() - started);
  return result;
};
try {
  for (let round = 0; round < rounds; round++) {
    const table = await timed('read', () => readTracker(text, 'T.md'));
    const plan = await timed('reconcile', () => reconcile(table.rows, input));
    await timed('splice', () => spliceTracker(text, table, plan.edits));
    if (table.rows.length !== rows || plan.changed.length < rows / 2) throw new Error('rows were lost');
    writeFileSync(file, text);
    const update = await timed('file, lock, read twice, write', () => updateTracker(file, input, { write: true }));
    if (!update.written) throw new Error('nothing was written');
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${rows} rows, ${Math.round(text.length / 1024)} KB, ${rounds} rounds: min/median/max in ms`);
for (const [name, list] of Object.entries(times)) {
  const sorted = list.toSorted((a, b) => a - b);
  const shown = [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)].map((ms) => ms.toFixed(0));
  console.log(`  ${name.padEnd(30)} ${shown.join('/')}`);
}
