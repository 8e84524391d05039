/** A process of its own, for the tests: `write FILE LETTER` adds 25 rows one by one, `hold FILE` takes the lock and keeps it. */
import { argv, stdout } from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { lockFile } from '../../src/tracker/file/lock.ts';
import { updateTracker } from '../../src/tracker/update.ts';
import { finding, run } from './sample.ts';

const [, , task, file = '', letter = ''] = argv;

if (task === 'hold') {
  await lockFile(file, { name: file, waitMs: 0 });
  stdout.write('held\n');
  await pause(60_000);
} else {
  for (let index = 0; index < 25; index++) {
    const id = `P-${letter.repeat(6)}${index.toString(16).toUpperCase().padStart(2, '0')}`;
    await updateTracker(file, run([finding(id)], { library: [] }), { write: true });
    stdout.write(`${id}\n`);
  }
}
