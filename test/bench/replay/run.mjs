// Pairs a second of a whole `parity run` (process start, comparison, run log and reports included) beside a bare dispatch loop
// over the same servers (the limit) and beside the traditional script, all in one run. Trust the ratios, not the figures.
//   npm run bench              10,000 pairs, five rounds
//   npm run bench -- --smoke   few pairs, one round: does it still work?
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

const here = import.meta.dirname;
const cli = join(here, '../../../dist/cli/main.js');
const smoke = process.argv.includes('--smoke');
const plan = smoke
  ? { pairs: 200, short: 50, rounds: 1, scripted: 5 }
  : { pairs: 10_000, short: 1000, rounds: 5, scripted: 50 };
const work = mkdtempSync(join(tmpdir(), 'parity-bench-'));
const env = { ...process.env };
delete env.NODE_EXTRA_CA_CERTS;

/** One case in ten diverges (an unknown kind), the others are accepted by both sides. */
function writeCases(name, count) {
  const file = join(work, `${name}.jsonl`);
  const accepted = { fingerprint: 'pb-7f3a', operation: 'fill', steps: ['open', 'type', 'submit'], step_count: 3 };
  const line = (i) => {
    const json = i % 10 === 0 ? { kind: 'letter', artifact: { n: i } } : { kind: 'playbook', artifact: accepted };
    const request = { method: 'POST', path: '/v1/validate', headers: { 'content-type': 'application/json' }, json };
    return JSON.stringify({ suite: 'bench', id: `case-${i}`, safe: true, request });
  };
  writeFileSync(file, `${Array.from({ length: count }, (_, i) => line(i)).join('\n')}\n`);
  return file;
}

function startServer(which) {
  const child = spawn(process.execPath, [join(here, 'servers.mjs'), which], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.stdout.once('data', (chunk) => resolve({ url: String(chunk).trim(), stop: () => child.kill() }));
    child.once('exit', () => reject(new Error(`the ${which} twin did not start`)));
  });
}

function timed(command, args) {
  const start = performance.now();
  const done = spawnSync(command, args, { env, cwd: work, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (done.error) throw done.error;
  return { seconds: (performance.now() - start) / 1000, ...done };
}

function parity(file, urls) {
  const targets = urls.flatMap((url, i) => ['--target', `${i === 0 ? 'rust' : 'go'}=${url}`]);
  const done = timed(process.execPath, [
    cli,
    'run',
    '--cases',
    file,
    ...targets,
    '--no-tracker',
    '--concurrency',
    '16',
    '--json',
  ]);
  if (done.status !== 1) throw new Error(`parity run ended with ${done.status}: ${done.stderr}`);
  return done.seconds;
}

function limit(file, urls) {
  const done = timed(process.execPath, [join(here, 'limit.mjs'), file, ...urls]);
  if (done.status !== 0) throw new Error(done.stderr);
  return { whole: done.seconds, loop: JSON.parse(done.stdout).seconds };
}

function has(command) {
  return spawnSync('which', [command]).status === 0;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function row(name, pairs, seconds) {
  const [low, high] = [Math.min(...seconds), Math.max(...seconds)];
  const middle = median(seconds);
  const rate = Math.round(pairs / middle).toLocaleString('en');
  console.log(
    `${name.padEnd(46)} ${String(pairs).padStart(7)} pairs  ${low.toFixed(2)}/${middle.toFixed(2)}/${high.toFixed(2)} s  ${rate.padStart(8)} pairs/s`,
  );
  return middle;
}

function measure(pairs, urls) {
  const file = writeCases(`cases-${pairs}`, pairs);
  const ours = [];
  const whole = [];
  const loop = [];
  for (let round = 0; round < plan.rounds; round += 1) {
    ours.push(parity(file, urls));
    const bare = limit(file, urls);
    whole.push(bare.whole);
    loop.push(bare.loop);
  }
  const our = row('parity run (whole process, reports on)', pairs, ours);
  const process = row('bare dispatch loop (whole process)', pairs, whole);
  const inner = row('bare dispatch loop (the loop alone)', pairs, loop);
  console.log(
    `  ratio of pairs/s: ${(process / our).toFixed(2)} of the bare process, ${(inner / our).toFixed(2)} of the bare loop`,
  );
  return our / pairs;
}

const servers = await Promise.all(['rust', 'go'].map(startServer));
const urls = servers.map((server) => server.url);
try {
  console.log(`min/median/max of ${plan.rounds} rounds, Node ${process.versions.node}`);
  const perPair = measure(plan.pairs, urls);
  measure(plan.short, urls);
  const missing = ['bash', 'curl', 'jq', 'diff'].filter((command) => !has(command));
  if (missing.length > 0) console.log(`the traditional script was not run: ${missing.join(', ')} missing`);
  else {
    const done = timed('bash', [join(here, 'script.sh'), writeCases('scripted', plan.scripted), ...urls]);
    if (done.status !== 0) throw new Error(done.stderr);
    const script = row('two curls, jq -S and diff a case', plan.scripted, [done.seconds]);
    console.log(`  parity run is ${Math.round(script / plan.scripted / perPair)} times as fast a pair`);
  }
} finally {
  for (const server of servers) server.stop();
  rmSync(work, { recursive: true, force: true });
}
