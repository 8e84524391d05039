// Benchmarks, one after the other, all of them or those that are named; flags go to each of them.
//   npm run bench                        all of them
//   npm run bench -- --smoke             little of each: does it still work?
//   npm run bench -- replay --long       one of them, with a flag of its own
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const all = ['goals', 'replay', 'compare', 'tracker', 'drift', 'findings', 'page', 'import'];
const [named, flags] = [false, true].map((isFlag) =>
  process.argv.slice(2).filter((one) => one.startsWith('-') === isFlag),
);
const unknown = named.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`there is no benchmark ${unknown.join(', ')}; there are ${all.join(', ')}`);
  process.exit(2);
}
for (const name of named.length === 0 ? all : named) {
  console.log(`\n# ${name}`);
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, name, 'run.mjs'), ...flags], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
