// A whole `parity run` (process start, comparison, run log and reports included) beside a bare dispatch loop over the same servers (the
// limit) and beside the traditional scripts, all in one run. Trust the ratios, not the figures; processor time is what a busy machine
// leaves comparable.
//   npm run bench -- replay             1,000 and 10,000 pairs, five rounds
//   npm run bench -- replay --long      100,000 pairs too, three rounds; 10,000 and 100,000 that all match; and these by two processes at
//                                       once, and beside two nginx, where there is one: servers that leave the processors to the client
//   npm run bench -- replay --million   1,000,000 pairs that match, and half of them, one round: how little memory grows with them (ten minutes)
//   npm run bench -- replay --smoke     few pairs, one round: does it still work?
// The servers are the Rust and the Go service of test/twins where cargo and go are there; without them, or with --embedded, their twins in Node.
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';

const here = import.meta.dirname;
const cli = join(here, '../../../dist/cli/main.js');
const smoke = process.argv.includes('--smoke');
const long = process.argv.includes('--long');
const million = process.argv.includes('--million');
const embedded = process.argv.includes('--embedded') || !has('cargo', 'go');
const plan = smoke
  ? { sizes: [[200, 1]], short: 50, rounds: 1, scripted: 5 }
  : { sizes: [[10_000, 5], ...(long ? [[100_000, 3]] : [])], short: 1000, rounds: 5, scripted: 50 };
const work = mkdtempSync(join(tmpdir(), 'parity-bench-'));
const usageFile = join(work, 'usage.json');
const bareLoop = join(here, 'limit.mjs');
/** The same as one file, as `parity` is, for short runs: or it would spend its time on finding the client's. */
const bundledLoop = join(work, 'limit.mjs');
const env = { ...process.env };
delete env.NODE_EXTRA_CA_CERTS;

/** Makes a Node process leave behind what it used. */
const telling = `data:text/javascript,${encodeURIComponent(
  `import { writeFileSync } from 'node:fs';
   process.on('exit', () => writeFileSync(${JSON.stringify(usageFile)}, JSON.stringify(process.resourceUsage())));`,
)}`;

function caseAt(i, kind) {
  if (kind === 'diverging' && i % 10 === 0) return { kind: 'letter', artifact: { n: i } };
  const fingerprint = kind === 'unlike' ? `pb-${(i * 7919).toString(16)}` : 'pb-7f3a';
  const accepted = { fingerprint, operation: 'fill', steps: ['open', 'type', 'submit'], step_count: 3 };
  return { kind: 'playbook', artifact: accepted };
}

function written(name, count, line) {
  const file = join(work, name);
  const handle = openSync(file, 'w');
  for (let i = 0; i < count; i += 1000)
    writeSync(handle, Array.from({ length: Math.min(1000, count - i) }, (_, j) => `${line(i + j)}\n`).join(''));
  closeSync(handle);
  return file;
}

/**
 * `diverging`: one case in ten diverges (an unknown kind), the others are accepted by both sides, in other bytes; `matching`: all of
 * them are; `unlike`: all of them are, and no two bodies are the same.
 */
function writeCases(count, kind = 'diverging') {
  const headers = { 'content-type': 'application/json' };
  const request = (i) => ({ method: 'POST', path: '/v1/validate', headers, json: caseAt(i, kind) });
  const line = (i) => JSON.stringify({ suite: 'bench', id: `case-${i}`, safe: true, request: request(i) });
  const name = `${count}-${kind}.jsonl`;
  // A case that diverges is asked once more, to tell noise: the loop sends the same requests, and as many.
  const times = (i) => (kind === 'diverging' && i % 10 === 0 ? 2 : 1);
  return {
    file: written(`cases-${name}`, count, line),
    sent: written(`sent-${name}`, count, (i) => Array(times(i)).fill(line(i)).join('\n')),
  };
}

const twins = join(here, '../../twins');
const services = {
  rust: { build: ['cargo', 'build', '--release', '--quiet'], serve: ['target/release/gateway', '--port', '0'] },
  go: { build: ['go', 'build', '-o', 'bin/gateway', '.'], serve: ['bin/gateway', '-port', '0'] },
};

/** Builds the real service if need be; returns how it is started. */
function realServer(which) {
  const { build, serve } = services[which];
  const cwd = join(twins, which);
  const done = spawnSync(build[0], build.slice(1), { cwd, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${build.join(' ')}: ${done.error?.message ?? done.stderr}`);
  return [join(cwd, serve[0]), ...serve.slice(1)];
}

/** Resolves once the server has said where it listens. */
function startServer(which) {
  const [command, ...args] = embedded ? [process.execPath, join(here, 'servers.mjs'), which] : realServer(which);
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.stdout.once('data', (chunk) =>
      resolve({ url: `http://${/[\d.]+:\d+/.exec(chunk)[0]}`, stop: () => child.kill() }),
    );
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`the ${which} server did not start`)));
  });
}

/** An nginx that gives every request the same 322 bytes of JSON. */
async function startNginx(port) {
  const answer = JSON.stringify({ accepted: true, steps: ['open', 'type', 'submit'], note: 'x'.repeat(262) });
  const answers = `location / { default_type application/json; return 200 '${answer}'; }`;
  const limits = `access_log off; keepalive_requests 1000000000; client_body_temp_path ${work};`;
  const file = written(`nginx-${port}.conf`, 1, () =>
    [
      `daemon off; master_process off; pid ${work}/nginx-${port}.pid; error_log stderr crit; events {}`,
      `http { ${limits} server { listen 127.0.0.1:${port}; ${answers} } }`,
    ].join('\n'),
  );
  const child = spawn('nginx', ['-c', file, '-p', work], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 50; tries += 1) {
    const isUp = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (isUp) return { url, stop: () => child.kill() };
    await setTimeout(100);
  }
  child.kill();
  throw new Error('nginx did not start');
}

async function measureNginx(pairs) {
  if (!has('nginx')) return console.log('  no nginx on the PATH');
  const ports = await Promise.all([freePort(), freePort()]);
  const two = await Promise.all(ports.map((port) => startNginx(port)));
  console.log('two nginx that give the same answer to all');
  try {
    measureBeside(
      pairs,
      two.map(({ url }) => url),
    );
  } finally {
    for (const { stop } of two) stop();
  }
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function timed(command, args) {
  const start = performance.now();
  const idle = idleSeconds();
  const done = spawnSync(command, args, { env, cwd: work, encoding: 'utf8', maxBuffer: 1 << 30 });
  if (done.error) throw done.error;
  const seconds = (performance.now() - start) / 1000;
  return { seconds, busy: 1 - (idleSeconds() - idle) / (seconds * cpus().length), ...done };
}

/** Of all cores together, since the machine was started. */
function idleSeconds() {
  return cpus().reduce((sum, { times }) => sum + times.idle, 0) / 1000;
}

/** A Node process: wall and processor seconds, and the most memory it held, in MiB. */
function node(args, status) {
  const done = timed(process.execPath, ['--import', telling, ...args]);
  if (done.status !== status) throw new Error(`${args[0]} ended with ${done.status}: ${done.stderr}`);
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(usageFile, 'utf8'));
  return { ...done, cpu: (userCPUTime + systemCPUTime) / 1e6, memory: maxRSS / 1024 };
}

function parity(file, urls, status = 1) {
  const targets = urls.flatMap((url, i) => ['--target', `${i === 0 ? 'rust' : 'go'}=${url}`]);
  const flags = ['--no-tracker', '--concurrency', '16', '--reporter', 'json,md,html'];
  const done = node([cli, 'run', '--cases', file, ...targets, ...flags], status);
  rmSync(join(work, 'reports'), { recursive: true, force: true });
  return done;
}

function limit(file, urls, loop = bareLoop) {
  const done = node([loop, file, ...urls], 0);
  return { ...done, loop: JSON.parse(done.stdout).seconds };
}

function has(...commands) {
  return commands.every((command) => spawnSync('which', [command]).status === 0);
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function row(name, pairs, runs) {
  const seconds = runs.map((run) => run.seconds);
  const middle = median(seconds);
  const spread = [Math.min(...seconds), middle, Math.max(...seconds)].map((one) => one.toFixed(2)).join('/');
  const rate = Math.round(pairs / middle).toLocaleString('en');
  const cpu = runs[0].cpu === undefined ? '' : `  cpu ${median(runs.map((run) => run.cpu)).toFixed(2)} s`;
  const memory = runs[0].memory === undefined ? '' : `  ${Math.round(median(runs.map((run) => run.memory)))} MiB`;
  console.log(
    `${name.padEnd(42)} ${String(pairs).padStart(7)} pairs  ${spread} s  ${rate.padStart(7)} pairs/s${cpu}${memory}`,
  );
  return middle;
}

const ratio = (a, b) => (a / b).toFixed(2);
const percent = (runs) => `${Math.round(100 * middleOf(runs, 'busy'))} %`;
const middleOf = (runs, what) => median(runs.map((run) => run[what]));

/** Ours and the limit in turn, so that both meet the same machine. Seconds a pair of ours. */
function measure(pairs, rounds, urls, loop = bareLoop) {
  const { file, sent } = writeCases(pairs);
  const [ours, bare] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(parity(file, urls));
    bare.push(limit(sent, urls, loop));
  }
  const our = row('parity run (whole process, reports on)', pairs, ours);
  const whole = row('bare dispatch loop (the same requests)', pairs, bare);
  console.log(
    `  pairs/s: ${ratio(whole, our)} of the bare process, ${ratio(middleOf(bare, 'loop'), our)} of the loop alone;` +
      ` cpu ${ratio(middleOf(ours, 'cpu'), middleOf(bare, 'cpu'))} times, memory ${ratio(middleOf(ours, 'memory'), middleOf(bare, 'memory'))} times`,
  );
  // What is left is all that a second thread of ours could use, servers and all.
  console.log(`  cores busy: ${percent(ours)} with parity run, ${percent(bare)} with the bare loop`);
  return our / pairs;
}

function matching(file, urls) {
  return parity(file, urls, 0);
}

/** Pairs that all match: what is held of them must not grow with their number. */
function measureMatching(pairs, urls) {
  const our = matching(writeCases(pairs, 'matching').file, urls);
  row('parity run, all match (reports on)', pairs, [our]);
  return our;
}

/** The loop holds all requests that it sends. */
function measureBeside(pairs, urls) {
  const { file } = writeCases(pairs, 'matching');
  const [ours, bare, floor] = [[], [], []];
  for (let round = 0; round < 3; round += 1) {
    ours.push(matching(file, urls));
    bare.push(limit(file, urls));
    floor.push(node([join(here, 'floor.mjs'), file, join(work, 'floor.jsonl'), ...urls], 0));
  }
  const seconds = row('parity run, all match (reports on)', pairs, ours);
  const whole = row('bare dispatch loop (the same requests)', pairs, bare);
  const least = row('bare sockets, answers compared and kept', pairs, floor);
  const memory = ratio(middleOf(ours, 'memory'), middleOf(bare, 'memory'));
  console.log(`  pairs/s: ${ratio(whole, seconds)} of the bare process; memory ${memory} times`);
  console.log(`  of the bare process, bare sockets would come to ${ratio(whole, least)}`);
  return { file, seconds };
}

/** Cases that have nothing in common but their form: nothing that is remembered of one is of use for the next. */
function measureUnlike(pairs, urls) {
  const { file } = writeCases(pairs, 'unlike');
  const [ours, bare] = [[], []];
  for (let round = 0; round < 3; round += 1) {
    ours.push(matching(file, urls));
    bare.push(limit(file, urls));
  }
  const seconds = row('parity run, all match, no two bodies alike', pairs, ours);
  const whole = row('bare dispatch loop (the same requests)', pairs, bare);
  console.log(`  pairs/s: ${ratio(whole, seconds)} of the bare process`);
}

/** Two processes at once, half of the cases and half of the connections each: what more threads of ours would gain on this machine. */
async function sideBySide(pairs, urls, { file, seconds }) {
  const start = performance.now();
  const shards = [1, 2].map((shard) => {
    const flags = ['--no-tracker', '--concurrency', '8', '--shard', `${shard}/2`, '--out', `shard-${shard}`];
    const targets = ['--target', `rust=${urls[0]}`, '--target', `go=${urls[1]}`];
    const child = spawn(process.execPath, [cli, 'run', '--cases', file, ...targets, ...flags, '--reporter', 'json'], {
      env,
      cwd: work,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return new Promise((resolve) => child.once('exit', resolve));
  });
  const codes = await Promise.all(shards);
  if (codes.some((code) => code !== 0)) throw new Error(`the shards ended with ${codes}`);
  const both = (performance.now() - start) / 1000;
  row('two shards at once, all match', pairs, [{ seconds: both }]);
  console.log(`  two processes take ${ratio(both, seconds)} of the time of one`);
}

/** Two config files for curl, jq and diff: three processes for all cases. */
function peers(pairs, rounds, urls) {
  if (!has('bash', 'curl', 'jq', 'diff')) return console.log('  no peers: bash, curl, jq or diff is missing');
  const quoted = (text) => JSON.stringify(text);
  const files = urls.map((url, at) =>
    written(`curl-${at}`, pairs, (i) =>
      [
        `url = ${quoted(`${url}/v1/validate`)}`,
        'silent',
        'header = "content-type: application/json"',
        'write-out = "\\n"',
      ]
        .concat(`data = ${quoted(JSON.stringify(caseAt(i, 'diverging')))}`, i === pairs - 1 ? [] : ['next'])
        .join('\n'),
    ),
  );
  const line = `curl -K "$0" > a.out & curl -K "$1" > b.out; wait; jq -cS . a.out > a.json; jq -cS . b.out > b.json; diff a.json b.json > /dev/null`;
  const runs = Array.from({ length: rounds }, () => timed('bash', ['-c', line, ...files]));
  if (runs.some((run) => run.status !== 1)) throw new Error(`curl, jq and diff: ${runs[0].stderr}`);
  return row('two curl -K, jq -S and diff', pairs, runs);
}

/** A collection for newman, once a server: it compares nothing. */
function newman(pairs, urls, our) {
  if (!has('newman')) return console.log('  no newman on the PATH');
  const items = Array.from({ length: pairs }, (_, i) => ({
    name: `case-${i}`,
    request: {
      method: 'POST',
      url: '{{url}}/v1/validate',
      header: [{ key: 'content-type', value: 'application/json' }],
      body: { mode: 'raw', raw: JSON.stringify(caseAt(i, 'diverging')) },
    },
  }));
  const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
  const file = join(work, 'collection.json');
  writeFileSync(file, JSON.stringify({ info: { name: 'bench', schema }, item: items }));
  const seconds = urls
    .map((url) => timed('newman', ['run', file, '--env-var', `url=${url}`, '--reporters', 'json']))
    .map((done) => {
      if (done.status !== 0) throw new Error(`newman: ${done.stderr}`);
      return done.seconds;
    });
  const whole = row('newman, one run after the other', pairs, [{ seconds: seconds[0] + seconds[1] }]);
  console.log(`  parity run is ${(whole / our).toFixed(0)} times as fast`);
}

function script(urls, perPair) {
  if (!has('bash', 'curl', 'jq', 'diff')) return;
  const done = timed('bash', [join(here, 'script.sh'), writeCases(plan.scripted).file, ...urls]);
  if (done.status !== 0) throw new Error(done.stderr);
  const seconds = row('two curls, jq -S and diff a case', plan.scripted, [done]);
  console.log(`  parity run is ${Math.round(seconds / plan.scripted / perPair)} times as fast a pair`);
}

function startUp() {
  const [ours, empty] = [[], []];
  for (let round = 0; round < plan.rounds; round += 1) {
    ours.push(timed(process.execPath, [cli, '--version']).seconds);
    empty.push(timed(process.execPath, ['-e', '0']).seconds);
  }
  console.log(`parity --version takes ${ratio(median(ours), median(empty))} times as long as node -e 0`);
}

node([join(here, 'bundle.mjs'), bundledLoop], 0);
const servers = await Promise.all(['rust', 'go'].map(startServer));
const urls = servers.map((server) => server.url);
try {
  const kind = embedded ? 'their embedded twins' : 'the real services';
  console.log(`min/median/max, Node ${process.versions.node}; the servers are ${kind}`);
  startUp();
  // Servers that have just started are slower, which is nobody's merit.
  limit(writeCases(smoke ? 50 : 3000).sent, urls);
  const short = measure(plan.short, plan.rounds, urls, bundledLoop) * plan.short;
  const curl = peers(plan.short, plan.rounds, urls);
  if (curl !== undefined) console.log(`  parity run takes ${ratio(short, curl)} times as long`);
  newman(plan.short, urls, short);
  const perPair = plan.sizes.map(([pairs, rounds]) => measure(pairs, rounds, urls));
  script(urls, perPair[0]);
  if (long) {
    measureBeside(10_000, urls);
    await sideBySide(100_000, urls, measureBeside(100_000, urls));
    measureUnlike(100_000, urls);
  }
  if (long || smoke) await measureNginx(smoke ? 50 : 100_000);
  if (million) {
    const [half, whole] = [500_000, 1_000_000].map((pairs) => measureMatching(pairs, urls));
    console.log(`  memory of a million: ${ratio(whole.memory, half.memory)} times that of half a million`);
  }
} finally {
  for (const server of servers) server.stop();
  rmSync(work, { recursive: true, force: true });
}
