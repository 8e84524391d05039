// Preloaded: leaves behind what the process used, and how long its event loop was blocked at most once it had begun.
import { writeFileSync } from 'node:fs';

let [last, longest] = [performance.now(), 0];
const tick = () => {
  const now = performance.now();
  longest = Math.max(longest, now - last);
  last = now;
};
// What blocks before the first turn is the start of the process.
setTimeout(() => {
  last = performance.now();
  setInterval(tick, 2).unref();
}, 500).unref();
process.on('exit', () => {
  if (performance.now() > 500) tick();
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const usage = { cpu: (userCPUTime + systemCPUTime) / 1e6, memory: maxRSS / 1024, longest };
  writeFileSync(process.env.PARITY_BENCH_USAGE, JSON.stringify(usage));
});
