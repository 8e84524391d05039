// One table: what runs cost beside what the same machine does in the same rounds, and what is wished for. Ratios are medians.
//   npm run bench -- goals           five rounds, and one of each run that is about memory (ten minutes)
//   npm run bench -- goals --smoke   few pairs, one round: does it still work?
// docs/scale.md says how to read it.
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const here = import.meta.dirname;
const cli = join(here, '../../../dist/cli/main.js');
const bareLoop = join(here, '../replay/limit.mjs');
const smoke = process.argv.includes('--smoke');
const rounds = smoke ? 1 : 5;
const size = (count) => (smoke ? Math.max(1, Math.round(count / 200)) : count);
const work = mkdtempSync(join(tmpdir(), 'parity-goals-'));
const usageFile = join(work, 'usage.json');
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;

/** A route of its own for each number, without digits, which would be taken for an id. */
const word = (at) => `w${at.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)])}`;

const paths = {
  match: (at) => `/match/${at}`,
  tenth: (at) => (at % 10 === 0 ? `/cause/${at}` : `/match/${at}`),
  cause: (at) => `/cause/${at}`,
  routes: (at) => `/${word(at)}`,
  big: () => '/big',
};

const lines = {
  jsonl: (at, path) =>
    JSON.stringify({ suite: 'goals', id: `case-${at}`, safe: true, request: { method: 'GET', path } }),
  yaml: (at, path) => `  - id: case-${at}\n    title: Case ${at}\n    safe: true\n    request:\n      path: ${path}`,
};

function casesOf(kind, count, format = 'jsonl') {
  const file = join(work, `${kind}-${count}.${format}`);
  const handle = openSync(file, 'w');
  if (format === 'yaml') writeSync(handle, 'cases:\n');
  for (let at = 0; at < count; at += 1) writeSync(handle, `${lines[format](at, paths[kind](at))}\n`);
  closeSync(handle);
  return file;
}

function startServer(name) {
  const child = spawn(process.execPath, [join(here, 'server.mjs'), name], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve) => {
    child.stdout.once('data', (text) => resolve({ url: String(text).trim(), stop: () => child.kill() }));
  });
}

function timed(command, args, given = {}) {
  const start = performance.now();
  const done = spawnSync(command, args, { cwd: work, env: { ...env, ...given }, encoding: 'utf8', maxBuffer: 1 << 30 });
  if (done.error) throw done.error;
  return { ...done, wall: (performance.now() - start) / 1000 };
}

function node(args, codes) {
  const preload = ['--import', join(here, 'usage.mjs')];
  const done = timed(process.execPath, [...preload, ...args], { PARITY_BENCH_USAGE: usageFile });
  if (!codes.includes(done.status)) throw new Error(`${args[0]} ended with ${done.status}: ${done.stderr}`);
  return { ...done, ...JSON.parse(readFileSync(usageFile, 'utf8')) };
}

function parity(file) {
  const targets = servers.flatMap(({ url }, at) => ['--target', `${'ab'[at]}=${url}`]);
  const flags = ['--no-tracker', '--concurrency', '16', '--reporter', 'json,md,html'];
  const done = node([cli, 'run', '--cases', file, ...targets, ...flags], [0, 1]);
  rmSync(join(work, 'reports'), { recursive: true, force: true });
  return done;
}

const bare = (file) => node([bareLoop, file, ...servers.map(({ url }) => url)], [0]);

/** Three processes for all cases. */
function peers(kind, count) {
  const files = servers.map(({ url }, side) => {
    const file = join(work, `curl-${side}`);
    const each = Array.from({ length: count }, (_, at) => `url = "${url}${paths[kind](at)}"\nwrite-out = "\\n"`);
    writeFileSync(file, `silent\n${each.join('\nnext\nsilent\n')}\n`);
    return file;
  });
  const line = 'curl -K "$0" >a & curl -K "$1" >b; wait; jq -cS . a >a.json; jq -cS . b >b.json; diff a.json b.json';
  const done = timed('bash', ['-c', `${line} >/dev/null`, ...files]);
  if (![0, 1].includes(done.status)) throw new Error(`curl, jq and diff: ${done.stderr}`);
  return done;
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

function print(what, wall, cpu, goal) {
  console.log(`${what.padEnd(50)} ${wall.padStart(9)} ${cpu.padStart(9)}  ${goal}`);
}

/** Ours and the other in turn, so that both meet the same machine. */
function ratio(what, goal, ours, other) {
  const runs = Array.from({ length: rounds }, () => [ours(), other()]);
  const of = (key) => median(runs.map(([a, b]) => a[key] / b[key])).toFixed(2);
  print(what, of('wall'), runs[0].every(({ cpu }) => cpu !== undefined) ? of('cpu') : '', goal);
}

function memory(what, goal, file) {
  const { memory: peak, cpu } = parity(file);
  print(what, `${Math.round(peak)} MiB`, `${cpu.toFixed(1)} s`, goal);
  return cpu;
}

const servers = await Promise.all(['a', 'b'].map(startServer));
try {
  // Servers that have just started are slower, which is nobody's merit.
  bare(casesOf('match', size(3000)));
  const pairs = size(10_000);
  const besideLoop = (what, goal, file) =>
    ratio(
      what,
      goal,
      () => parity(file),
      () => bare(file),
    );
  print('', 'wall', 'cpu', 'goal');
  besideLoop(`${pairs} pairs match ÷ bare loop`, '1.15, 1.2', casesOf('match', pairs));
  besideLoop(`${pairs} pairs, a tenth divergent ÷ bare loop`, '1.5', casesOf('tenth', pairs));
  besideLoop(`${pairs} pairs divergent, one cause ÷ bare loop`, '3', casesOf('cause', pairs));
  const many = size(5000);
  const routes = casesOf('routes', many);
  besideLoop(`${many} pairs, a finding each ÷ bare loop`, '5', routes);
  const few = size(1000);
  const tenth = casesOf('tenth', few);
  ratio(
    `${few} pairs ÷ two curl -K, jq -S and diff`,
    '1',
    () => parity(tenth),
    () => peers('tenth', few),
  );
  const one = casesOf('match', 1);
  ratio(
    'one case ÷ node -e 0',
    '3',
    () => parity(one),
    () => timed(process.execPath, ['-e', '0']),
  );
  print(`${many} findings: longest block of the event loop`, `${Math.round(parity(routes).longest)} ms`, '', '50 ms');
  print('', 'memory', 'cpu', 'goal');
  const long = size(100_000);
  const read = memory(`${long} cases in one JSON Lines file`, '', casesOf('match', long));
  const yaml = memory(`${long} cases in one YAML file`, '300 MiB', casesOf('match', long, 'yaml'));
  print('  YAML ÷ JSON Lines', '', (yaml / read).toFixed(2), '3');
  memory(`${size(50_000)} divergent routes`, '400 MiB', casesOf('routes', size(50_000)));
  memory(`${long} divergent cases, one cause`, '300 MiB', casesOf('cause', long));
  writeFileSync(join(work, 'parity.yaml'), 'maxBody: 64MiB\n');
  memory('two bodies of 20 MB', '450 MiB', casesOf('big', 1));
} finally {
  for (const { stop } of servers) stop();
  rmSync(work, { recursive: true, force: true });
}
