// What explaining 10,000 divergent cases of 2 KB bodies costs, beside comparing them (the limit: three times as much). The same
// pairs are compared and explained in this process, round by round; every figure is min/median/max over the rounds, and every ratio
// is one to the comparison of the same round. Trust the ratios, not the milliseconds.
//   node test/bench/drift/run.mjs                 10,000 cases on 20 routes, five rounds
//   node test/bench/drift/run.mjs --smoke         1,000 cases, one round: does it still work, and explain what it can?
//   --rounds N                                    so many rounds
//   --lib DIR                                     another build of dist/lib
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { scenarios } from './bodies.mjs';

const { values: flags } = parseArgs({
  options: {
    smoke: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    lib: { type: 'string', default: join(import.meta.dirname, '../../../dist/lib') },
  },
});
const load = (path) => import(pathToFileURL(join(resolve(flags.lib), path)).href);
const [{ bodyOf }, { compareBodies }, { compileRules }, { defaultCompare }, { explainRoute }] = await Promise.all(
  [
    'compare/media/body-content.js',
    'compare/compare-body.js',
    'compare/rules/compiled-rules.js',
    'config/rules.js',
    'drift/explain.js',
  ].map(load),
);

const hasNoCause = new Set(['one value in each', 'unrelated']);
const cases = flags.smoke ? 1_000 : 10_000;
const routes = 20;
const rounds = flags.smoke ? 1 : Number(flags.rounds ?? 5);
const headers = [['content-type', 'application/json']];
const names = { reference: 'rust', candidate: 'go' };

function compareAll(pairs) {
  const rules = { rules: compileRules(defaultCompare), sameCapture: () => false };
  return pairs.map(([reference, candidate]) => {
    const [a, b] = [bodyOf(headers, reference), bodyOf(headers, candidate)];
    const divergences = compareBodies(a, b, rules).divergences.map((one, index) => [
      index,
      { exchange: 0, facet: 'body', ...one },
    ]);
    return { reference: a.bytes, candidate: b.bytes, divergences, options: rules };
  });
}

/** How many divergences there are, and how many of them are explained. */
function explainAll(samples) {
  const groups = Array.from({ length: routes }, (_, route) => samples.filter((_, i) => i % routes === route));
  const causes = groups.flatMap((group) => explainRoute(group, names)).flat();
  return causes.reduce((sum, cause) => sum + cause.divergences.length, 0);
}

function timed(work) {
  const began = performance.now();
  const result = work();
  return { result, ms: performance.now() - began };
}

function spread(values) {
  const sorted = [...values].sort((x, y) => x - y);
  return [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)].map((one) => one.toFixed(2)).join(' / ');
}

for (const [name, make] of Object.entries(scenarios)) {
  const pairs = Array.from({ length: cases }, (_, i) => make(i, 2_000).map((text) => Buffer.from(text)));
  const bytes = pairs.reduce((sum, pair) => sum + pair[0].length, 0) / cases;
  const taken = [];
  for (let round = 0; round < rounds; round += 1) {
    const compared = timed(() => compareAll(pairs));
    const explained = timed(() => explainAll(compared.result));
    const found = compared.result.reduce((sum, one) => sum + one.divergences.length, 0);
    taken.push({ compare: compared.ms, explain: explained.ms, found, explained: explained.result });
  }
  const { found, explained } = taken[0];
  const ratio = taken.map((one) => one.explain / one.compare);
  console.log(
    `${name}: ${cases} cases of ${bytes.toFixed(0)} bytes; compare ${spread(taken.map((one) => one.compare))} ms, explain ${spread(taken.map((one) => one.explain))} ms, ratio ${spread(ratio)}; ${explained} of ${found} divergences explained`,
  );
  // What has no cause is there to be left alone.
  if (explained !== found && !hasNoCause.has(name)) process.exitCode = 1;
}
