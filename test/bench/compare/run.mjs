// What a comparison of two JSON bodies costs, beside `JSON.parse` of both (the limit: no comparison gets by with less) and beside
// other libraries. Each contender compares each pair of bodies in a process of its own, with a deadline: one slice after the other,
// round by round, so that a slow phase of the machine hits all of them. A slice of small bodies is warmed up and repeated, one of
// 20 MB is a single cold comparison, as in real use. Every figure is min/median/max over the rounds, every ratio is one to the
// limit of the same round. Trust the ratios, not the milliseconds.
//   node test/bench/compare/run.mjs               300 B, 10 KB, 1 MB and 20 MB, five rounds: half an hour
//   node test/bench/compare/run.mjs --smoke       small sizes, one round: does it still work, and find what it must?
//   --lib DIR, --sizes 1MB,20MB, --only ours      another build of dist/lib, some of the sizes, some of the contenders
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { pair, scenarios } from './bodies.mjs';
import { contenders } from './contenders.mjs';

const here = import.meta.dirname;
const { values: flags } = parseArgs({
  options: {
    smoke: { type: 'boolean', default: false },
    lib: { type: 'string', default: join(here, '../../../dist/lib') },
    sizes: { type: 'string' },
    only: { type: 'string' },
    rounds: { type: 'string' },
  },
});

const sizes = {
  '300B': { bytes: 300, batch: 200, warmMs: 300, sliceMs: 200, capMs: 20_000 },
  '10KB': { bytes: 10_000, batch: 10, warmMs: 300, sliceMs: 200, capMs: 20_000 },
  '1MB': { bytes: 1_000_000, batch: 1, warmMs: 400, sliceMs: 300, capMs: 20_000 },
  '20MB': { bytes: 20_000_000, batch: 1, warmMs: 0, sliceMs: 0, capMs: 30_000 },
};
const chosen = (flags.sizes ?? (flags.smoke ? '300B,10KB' : Object.keys(sizes).join())).split(',');
const rounds = Number(flags.rounds ?? (flags.smoke ? 1 : 5));
const limit = 'JSON.parse of both';
const always = [limit, 'Buffer.equals', 'ours'];
const work = mkdtempSync(join(tmpdir(), 'parity-bench-'));
const env = { ...process.env };
delete env.NODE_EXTRA_CA_CERTS;

/** `{ read, compare, places, peakMb }` of one slice, or `{ failed }`. */
function slice(job) {
  const args = ['--max-old-space-size=4096', join(here, 'child.mjs'), JSON.stringify(job)];
  const done = spawnSync(process.execPath, args, {
    env,
    encoding: 'utf8',
    timeout: job.plan.capMs,
    killSignal: 'SIGKILL',
  });
  if (done.status === 0) return JSON.parse(done.stdout);
  if (done.error?.code === 'ETIMEDOUT') return { failed: `over ${job.plan.capMs / 1000} s` };
  if (/heap out of memory/.test(done.stderr)) return { failed: 'out of memory' };
  throw new Error(`${job.contender}, ${job.scenario}: ${done.stderr}`);
}

async function isInstalled(name) {
  try {
    await import(name);
    return true;
  } catch {
    return false;
  }
}

/** The slices of every contender and scenario: `results[contender][scenario]` is a list, one slice a round. */
function measure(size, names) {
  const plan = flags.smoke ? { ...sizes[size], warmMs: 20, sliceMs: 20 } : sizes[size];
  const results = Object.fromEntries(names.map((name) => [name, {}]));
  for (const scenario of Object.keys(scenarios)) {
    const files = pair(plan.bytes, scenario).map((text, side) => {
      const file = join(work, `${side}.json`);
      writeFileSync(file, text);
      return file;
    });
    for (let round = 0; round < rounds; round += 1)
      for (const contender of names) {
        if (contenders[contender].scenarios?.includes(scenario) === false) continue;
        results[contender][scenario] ??= [];
        const slices = results[contender][scenario];
        // Who has once run into the cap is not sent there again.
        if (!slices.at(-1)?.failed) slices.push(slice({ contender, lib: resolve(flags.lib), scenario, files, plan }));
      }
  }
  return results;
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const short = (number) =>
  number >= 100 ? number.toFixed(0) : number >= 0.995 ? number.toFixed(1) : number.toPrecision(1);
const spread = (values) => [Math.min(...values), median(values), Math.max(...values)].map(short).join('/');

/** Ratios to the limit of the same round. `part` takes the milliseconds of a slice. */
function ratios(slices, limits, part) {
  return slices.map((one, round) => part(one) / limits[round].read);
}

const all = ({ read, compare }) => read + compare;
const alone = ({ compare }) => compare;

/** The lines of the table that one contender gets, each a title and a cell for a scenario. */
const lines = {
  [limit]: [[', ms', (slices) => spread(slices.map(all))]],
  rest: [
    [', all ÷ limit', (slices, limits) => spread(ratios(slices, limits, all))],
    [', comparison ÷ limit', (slices, limits) => spread(ratios(slices, limits, alone))],
  ],
  memory: [', peak MB', (slices) => String(Math.round(Math.max(...slices.map((one) => one.peakMb))))],
};

function printSize(size, results) {
  const columns = Object.keys(scenarios);
  const write = (title, cells) => console.log(title.padEnd(44) + cells.map((cell) => cell.padStart(18)).join(''));
  write(`\n${size} a side`, columns);
  for (const [name, found] of Object.entries(results))
    for (const [title, cell] of [...(lines[name] ?? lines.rest), lines.memory])
      write(
        name + title,
        columns.map((scenario) => {
          const slices = found[scenario];
          if (slices === undefined) return '–';
          return slices.at(-1).failed ?? cell(slices, results[limit][scenario]);
        }),
      );
  const places = columns.map((scenario) => String(results.ours[scenario][0].places));
  write('ours, places found', places);
}

/** What the comparator has promised, as `[promise, kept, figure]`. */
function promises(results) {
  const ours = Object.entries(results.ours);
  const worst = (part) => Math.max(...ours.map(([name, slices]) => median(ratios(slices, results[limit][name], part))));
  const [whole, comparison] = [worst(all), worst(alone)];
  const peak = Math.max(...ours.flatMap(([, slices]) => slices.map((one) => one.peakMb)));
  const bytes = median(results.ours['equal bytes'].map(all)) / median(results['Buffer.equals']['equal bytes'].map(all));
  return [
    ['equal bytes at memory speed: at most 2 × Buffer.equals', bytes <= 2, short(bytes)],
    ['reading and comparing: at most 4 × the limit', whole <= 4, short(whole)],
    ['the comparison alone: at most 1 × the limit', comparison <= 1, short(comparison)],
    ['memory: at most 450 MB', peak <= 450, short(peak)],
  ];
}

/** Places that the comparator must find whatever the machine: a wrong answer is not speed. */
function check(size, results) {
  const wanted = { 'equal bytes': 0, 'one at the head': 1 };
  for (const [scenario, places] of Object.entries(wanted)) {
    const found = results.ours[scenario][0].places;
    if (found !== places) throw new Error(`${size}, ${scenario}: ${found} places instead of ${places}`);
  }
}

try {
  console.log(`min/median/max of ${rounds} rounds, Node ${process.versions.node}`);
  const names = [];
  for (const name of Object.keys(contenders)) {
    if (name === 'microdiff' && !(await isInstalled('microdiff'))) console.log('microdiff: not installed');
    else if (flags.only === undefined || always.includes(name) || name.startsWith(flags.only)) names.push(name);
  }
  for (const size of chosen) {
    const results = measure(size, names);
    printSize(size, results);
    check(size, results);
    if (size !== '20MB') continue;
    console.log('\nat 20 MB, the worst scenario by its median');
    for (const [promise, kept, figure] of promises(results))
      console.log(`  ${kept ? 'kept  ' : 'MISSED'}  ${promise}: ${figure}`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
