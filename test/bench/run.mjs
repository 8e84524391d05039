// Every benchmark, one after the other, with the same flags: `npm run bench`, `npm run bench -- --smoke`.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

for (const name of ['replay', 'compare', 'tracker', 'drift']) {
  console.log(`\n# ${name}`);
  const { status } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, name, 'run.mjs'), ...process.argv.slice(2)],
    { stdio: 'inherit' },
  );
  if (status !== 0) process.exitCode = 1;
}
