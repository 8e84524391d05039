import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A server that writes its id into `started/NAME-PORT.PID`, starts a process that leaves its group, and ignores SIGTERM if asked to. */
export const serverSource = `
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { spawn } from 'node:child_process';
const [port, deaf] = process.argv.slice(2);
mkdirSync('started', { recursive: true });
writeFileSync('started/' + process.pid, '');
if (deaf === 'deaf') process.on('SIGTERM', () => {});
if (port === 'child') setInterval(() => {}, 1000);
else {
  spawn(process.execPath, ['server.mjs', 'child', 'deaf'], { detached: true, stdio: 'ignore' }).unref();
  let asked = 0;
  createServer((request, response) => {
    asked += 1;
    response.end(JSON.stringify({ asked, state: asked > 3 ? 'refreshed' : 'stale' }));
  }).listen(Number(port), '127.0.0.1');
}
`;

/** The ids of processes that servers and checks of this folder wrote down, and that live. */
export function livingIn(cwd: string): string[] {
  const folder = join(cwd, 'started');
  return (existsSync(folder) ? readdirSync(folder) : []).filter((pid) => {
    try {
      return !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
    } catch {
      return false;
    }
  });
}

/** The names of the files of ledgers in a folder: each is one of a command that is at work, or of services that stay. */
export function ledgersIn(cwd: string): string[] {
  const folder = join(cwd, '.parity');
  return (existsSync(folder) ? readdirSync(folder) : []).filter((name) => name.startsWith('services-'));
}

/** The folders of gauntlets, by name. */
export function gauntletsIn(cwd: string): string[] {
  const folder = join(cwd, 'reports', 'gauntlet');
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/** A file of the newest gauntlet. */
export function newest(cwd: string, file: string): string {
  return readFileSync(join(cwd, 'reports', 'gauntlet', gauntletsIn(cwd).at(-1)!, file), 'utf8');
}
