// What it takes to make cases of a log of 1,000,000 lines, and of a HAR file of 1 GB: seconds, and the memory at its highest, beside
// `cat FILE | wc -l`. The goal is under 60 s and 300 MB for the log, and under 300 MB for a HAR file of any size.
//   node test/bench/import/run.mjs            both
//   node test/bench/import/run.mjs --smoke    10,000 lines and 20 MB: does it still work?
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const isSmoke = process.argv.includes('--smoke');
const main = join(import.meta.dirname, '../../../dist/cli/main.js');
const dir = mkdtempSync(join(tmpdir(), 'parity-bench-import-'));

function write(name, count, lineOf) {
  const file = openSync(join(dir, name), 'w');
  for (let from = 0; from < count; from += 1000)
    writeSync(file, Array.from({ length: Math.min(1000, count - from) }, (_, at) => lineOf(from + at)).join(''));
  closeSync(file);
  return join(dir, name);
}

const pathOf = (n) =>
  [
    `/api/items/${n % 50_000}`,
    `/api/users/u${n % 9_000}/orders?page=${n % 77}`,
    `/static/app.${n % 30}.js`,
    '/health',
    `/search?q=w${n}`,
  ][n % 5];
const logLine = (n) =>
  `10.0.0.${n % 255} - - [10/Oct/2026:13:55:36 +0000] "${n % 17 === 0 ? 'POST' : 'GET'} ${pathOf(n)} HTTP/1.1" ${
    n % 23 === 0 ? 404 : 200
  } 512 "https://shop.example/x" "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36"\n`;
const big = 'x'.repeat(200_000);
const harEntry = (n) =>
  `${n === 0 ? '{"log":{"version":"1.2","entries":[' : ','}${JSON.stringify({
    request: {
      method: 'GET',
      url: `https://shop.example/a/${n}?q=${n % 7}`,
      headers: [{ name: 'cookie', value: `sid=abc${n}defgh` }],
    },
    response: { status: 200, headers: [], content: { text: JSON.stringify({ id: `id-${n}`, big }) } },
  })}\n`;

// The highest resident set of the child is told by its own process, on standard error.
const wrapper = `process.on('exit',()=>process.stderr.write('rss '+process.resourceUsage().maxRSS));process.argv.splice(1,1);await import(process.argv[1])`;

function measure(title, file, args) {
  const before = performance.now();
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', wrapper, 'x', main, ...args, file, '--to', join(dir, `${title}.yaml`)],
    { encoding: 'utf8' },
  );
  const seconds = (performance.now() - before) / 1000;
  const megabytes = Number(/rss (\d+)/.exec(stderr)?.[1] ?? 0) / 1000;
  console.log(`${title}: ${seconds.toFixed(1)} s, ${megabytes.toFixed(0)} MB, ${stdout.trim().split('\n').at(-1)}`);
  if (status !== 0 || megabytes === 0 || megabytes > 300 || seconds > 60) process.exitCode = 1;
}

const lines = isSmoke ? 10_000 : 1_000_000;
const log = write('access.log', lines, logLine);
const start = performance.now();
spawnSync('sh', ['-c', `cat "${log}" | wc -l`]);
console.log(
  `cat | wc -l: ${((performance.now() - start) / 1000).toFixed(2)} s for ${(statSync(log).size / 1e6).toFixed(0)} MB`,
);
measure(`${lines} lines of a log`, log, ['import', 'access-log']);
const entries = isSmoke ? 100 : 5_000;
const har = write('traffic.har', entries, (n) => harEntry(n) + (n === entries - 1 ? ']}}' : ''));
measure(`a HAR file of ${(statSync(har).size / 1e6).toFixed(0)} MB`, har, ['import', 'har']);
rmSync(dir, { recursive: true, force: true });
