// Measures that findings keep their identity, on a pair of real servers:
//   node test/bench/identity/run.mjs FOLDER [--subsets 200] [--shards 12] [--churn 6] [--restart]
// FOLDER holds parity.yaml, its cases, and start.sh, which starts the servers and prints their process ids. Full runs write one tracker; then
// random subsets of the cases and all shards run against copies of it with --fail-on new. --restart: the cases write, so each run gets
// servers of its own. Exit code 1 where a row changes from the second full run on, or a part has a new finding or adds or closes a row.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    subsets: { type: 'string', default: '200' },
    shards: { type: 'string', default: '12' },
    churn: { type: 'string', default: '6' },
    seed: { type: 'string', default: '1' },
    restart: { type: 'boolean', default: false },
  },
});
const folder = resolve(positionals[0] ?? '.');
const cli = join(import.meta.dirname, '../../../dist/cli/main.js');
const out = mkdtempSync(join(tmpdir(), 'parity-identity-'));
const tracker = join(out, 'tracker.md');
let [pids, isUsed, failed] = [[], false, false];

function start() {
  const { stdout } = spawnSync(join(folder, 'start.sh'), {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { STATE: join(out, 'state'), ...process.env },
  });
  pids = stdout.split(/\s+/).filter(Boolean).map(Number);
}

const isAlive = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

async function stop() {
  for (const pid of pids.filter(isAlive)) process.kill(pid);
  for (let waited = 0; waited < 100 && pids.some(isAlive); waited += 1) await pause(50);
}

/** Exit code and report of a run that writes this tracker; null where there is no report. */
async function run(file, args) {
  if (isUsed && values.restart) {
    await stop();
    start();
  }
  isUsed = true;
  const all = ['run', ...args, '--tracker', file, '--update-tracker', '--out', join(out, 'runs')];
  const env = { ...process.env, CI: '' };
  const ended = spawnSync(process.execPath, [cli, ...all, '--reporter', 'json', '--json'], {
    cwd: folder,
    encoding: 'utf8',
    env,
    maxBuffer: 1 << 28,
  });
  try {
    return { exitCode: ended.status, report: JSON.parse(ended.stdout) };
  } catch {
    return { exitCode: ended.status, report: null };
  }
}

const lines = (file) => (existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []);
const statuses = (file) =>
  new Map(lines(file).flatMap((line) => [...line.matchAll(/^\| (P-[0-9A-F]+) \| (\S+)/g)].map(([, ...row]) => row)));

async function churn() {
  let [before, ids] = [[], []];
  for (let count = 1; count <= Number(values.churn); count += 1) {
    const { exitCode, report } = await run(tracker, []);
    const now = lines(tracker);
    const [gone, added] = [before.filter((one) => !now.includes(one)), now.filter((one) => !before.includes(one))];
    if (count > 1 && gone.length + added.length > 0) failed = true;
    const changed = count === 1 ? '' : `, ${gone.length} lines gone, ${added.length} new`;
    console.log(`full run ${count}: exit code ${exitCode}, ${report?.findings.length} findings${changed}`);
    before = now;
    ids = [...new Set((report?.cases ?? []).map(({ id }) => id))].sort();
  }
  return ids;
}

/** What a run of a part says beside the tracker as it is. */
async function part(name, args, codes) {
  const copy = join(out, 'part.md');
  copyFileSync(tracker, copy);
  const { exitCode, report } = await run(copy, [...args, '--fail-on', 'new']);
  const [before, after] = [statuses(tracker), statuses(copy)];
  const added = [...after.keys()].filter((id) => !before.has(id));
  const fixed = [...after].filter(([id, state]) => state === '_fixed_' && before.has(id) && before.get(id) !== state);
  const fresh = (report?.findings ?? []).filter(({ state }) => state === 'new' || state === 'reopened');
  codes.set(exitCode, (codes.get(exitCode) ?? 0) + 1);
  const isGood = [0, 3].includes(exitCode) && report !== null && added.length + fixed.length + fresh.length === 0;
  if (isGood) return 0;
  failed = true;
  const found = fresh.map(({ id, class: cause, route, pointer }) => `${id} ${cause} ${route} ${pointer}`);
  console.log(`bad: ${name}, exit code ${exitCode}, added ${added}, fixed ${fixed.map(([id]) => id)}, new ${found}`);
  return 1;
}

/** Numbers from 0 to 1 that a seed gives. */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

async function subsets(ids) {
  const [draw, codes] = [random(Number(values.seed)), new Map()];
  let bad = 0;
  for (let count = 1; count <= Number(values.subsets); count += 1) {
    // Half of them small: what few cases know is what differs most from the whole.
    const size = draw() < 0.5 ? 1 + Math.floor(draw() * 3) : 1 + Math.floor(draw() * ids.length);
    const drawn = ids.map((id) => [draw(), id]).sort(([a], [b]) => a - b);
    const some = drawn.slice(0, size).map(([, id]) => id);
    bad += await part(`subset ${count} of ${some.length} cases`, some, codes);
  }
  console.log(`subsets: ${values.subsets}, bad ${bad}, exit codes ${JSON.stringify([...codes])}`);
}

async function shards() {
  const codes = new Map();
  let [count, bad] = [0, 0];
  for (let total = 1; total <= Number(values.shards); total += 1)
    for (let index = 1; index <= total; index += 1) {
      count += 1;
      bad += await part(`shard ${index}/${total}`, ['--shard', `${index}/${total}`], codes);
    }
  console.log(`shards: ${count}, bad ${bad}, exit codes ${JSON.stringify([...codes])}`);
}

start();
try {
  const ids = await churn();
  await subsets(ids);
  await shards();
} finally {
  await stop();
}
process.exitCode = failed ? 1 : 0;
