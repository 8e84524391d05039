// One contender, one pair of bodies, one slice, in a process of its own: prints its times (ms) and its peak memory (MB) as JSON.
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { contenders } from './contenders.mjs';

const { contender, lib, scenario, files, plan } = JSON.parse(process.argv[2]);
const [a, b] = files.map((file) => readFileSync(file));

const { read, compare, places } = await contenders[contender].load(lib, scenario);

/** Reads both bodies `batch` times, then compares what was read as often. */
function measure() {
  const began = performance.now();
  const pairs = Array.from({ length: plan.batch }, () => [read(a), read(b)]);
  const between = performance.now();
  let found = null;
  for (const [x, y] of pairs) found = compare(x, y);
  const ended = performance.now();
  return { read: (between - began) / plan.batch, compare: (ended - between) / plan.batch, found };
}

function median(values) {
  return values.sort((x, y) => x - y)[Math.floor(values.length / 2)];
}

const until = (ms) => {
  const end = performance.now() + ms;
  return () => performance.now() < end;
};

for (const warming = until(plan.warmMs); warming(); ) measure();
const taken = [measure()];
for (const running = until(plan.sliceMs); running(); ) taken.push(measure());
console.log(
  JSON.stringify({
    read: median(taken.map((one) => one.read)),
    compare: median(taken.map((one) => one.compare)),
    places: places(taken[0].found),
    peakMb: process.resourceUsage().maxRSS / 1024,
  }),
);
