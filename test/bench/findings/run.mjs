// What is done with 10,000 divergent cases of a run: they are kept, most of them on the disk, and findings are made of them. Processor
// time (user and system, all threads), since most of it is reading and collecting garbage; min/median/max over the rounds.
//   node test/bench/findings/run.mjs              10,000 cases, three rounds
//   node test/bench/findings/run.mjs --smoke      1,000 cases, one round: does it still work?
//   --cases N, --rounds N                         so many
//   --lib DIR                                     another build of dist/lib
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const { values: flags } = parseArgs({
  options: {
    smoke: { type: 'boolean', default: false },
    cases: { type: 'string' },
    rounds: { type: 'string' },
    lib: { type: 'string', default: join(import.meta.dirname, '../../../dist/lib') },
  },
});
const load = (path) => import(pathToFileURL(join(resolve(flags.lib), path)).href);
const [{ compareCase }, { defaultCompare }, { findDivergent }] = await Promise.all(
  ['compare/compare-case.js', 'config/rules.js', 'run/divergent/divergent-cases.js'].map(load),
);

const cases = Number(flags.cases ?? (flags.smoke ? 1_000 : 10_000));
const rounds = Number(flags.rounds ?? (flags.smoke ? 1 : 3));
const headers = [
  ['content-type', 'application/json'],
  ['date', 'Sat, 21 Nov 2026 12:00:00 GMT'],
];

/** Id, what is sent, and what both sides answer to the case of that number. */
const scenarios = {
  'one answer to all': (n) => [`case-${n}`, 'must be playbook, fill or email'],
  'an answer to each, ids in no order': (n) => {
    const id = createHash('md5').update(String(n)).digest('hex');
    return [id, `${id} must be playbook, fill or email`];
  },
};

function replayOf(target, n, text) {
  const request = { method: 'POST', path: '/v1/validate', headers, body: Buffer.from(`{"kind":"letter","n":${n}}`) };
  const outcome = { kind: 'response', status: 422, statusText: '', headers: [...headers], body: Buffer.from(text) };
  return { target, exchanges: [{ target, step: 0, request, outcome, durationMs: 1.5 }], captured: {} };
}

function caseOf(n, [id, reason]) {
  const reference = replayOf('rust', n, `{"Schema":{"field":"kind","reason":"${reason}"}}`);
  const candidate = replayOf('go', n, `{"Kind":"schema","Field":"kind","Reason":"${reason}"}\n`);
  const [a, b] = [reference, candidate].map((replay) => ({ replay, origin: `http://${replay.target}` }));
  const comparison = compareCase(a, b, defaultCompare);
  const testCase = { id, routes: [], steps: [{ request: { path: '/v1/validate' } }] };
  return { testCase, reference, candidate, comparison, options: defaultCompare, origins: [a.origin, b.origin] };
}

const processorTime = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** Milliseconds until all are kept and until the findings are made, and how many findings there are. The cases are there before. */
async function round(dir, make) {
  const all = Array.from({ length: cases }, (_, n) => caseOf(n, make(n)));
  const began = processorTime();
  let kept = began;
  const { found } = await findDivergent({ dir, routes: [] }, async (divergent) => {
    for (const one of all) divergent.add(one);
    kept = processorTime();
  });
  return { keep: kept - began, find: processorTime() - kept, findings: found.length };
}

function spread(values) {
  const sorted = [...values].sort((x, y) => x - y);
  return [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)].map((one) => one.toFixed(0)).join(' / ');
}

const dir = mkdtempSync(join(tmpdir(), 'parity-findings-'));
for (const [name, make] of Object.entries(scenarios)) {
  const taken = [];
  for (let at = 0; at < rounds; at += 1) taken.push(await round(dir, make));
  const [keep, find] = ['keep', 'find'].map((part) => spread(taken.map((one) => one[part])));
  console.log(`${name}: ${cases} cases; keep ${keep} ms, find ${find} ms; ${taken[0].findings} finding`);
  if (taken.some((one) => one.findings !== 1)) process.exitCode = 1;
}
rmSync(dir, { recursive: true });
