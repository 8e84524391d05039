// Loaded before the command line (`node --import`): one call of a system function fails, as the environment says.
import fs, { writeFileSync } from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { Socket } from 'node:net';

const { FAIL_AT, FAIL_CODE = 'EIO', FAIL_WHAT = 'fs', FAIL_COUNT = '' } = process.env;
let calls = 0;

/** The planted error if this call is the one that is to fail, else null. */
function due(syscall) {
  calls += 1;
  if (calls !== Number(FAIL_AT)) return null;
  if (FAIL_CODE === 'SIGKILL') process.kill(process.pid, 'SIGKILL');
  return Object.assign(new Error(`${FAIL_CODE}: planted, ${syscall}`), { code: FAIL_CODE, syscall });
}

/** Only what the command line keeps is to fail, by path or by descriptor: where Node reads modules is not its business. */
const isOurs = (place) => typeof place === 'number' || /reports|tracked/.test(String(place));

function failing(object, name, isPromised) {
  const real = object[name];
  object[name] = function (...args) {
    const error = isOurs(args[0]) || isOurs(args[1]) ? due(name) : null;
    if (error === null) return real.apply(this, args);
    if (isPromised) return Promise.reject(error);
    throw error;
  };
}

/** A file that could not be closed is closed all the same. */
function failingFile(file) {
  for (const name of ['writeFile', 'write', 'sync', 'truncate', 'close']) {
    const real = file[name].bind(file);
    file[name] = async (...args) => {
      const error = due(name);
      if (error === null || name === 'close') await real(...args);
      if (error !== null) throw error;
    };
  }
  return file;
}

if (FAIL_WHAT === 'fs') {
  const { open } = promises;
  promises.open = async (...args) => (isOurs(args[0]) ? failingFile(await open(...args)) : open(...args));
  for (const name of ['openSync', 'writeSync', 'writeFileSync', 'mkdirSync', 'readFileSync', 'statSync', 'readdirSync'])
    failing(fs, name, false);
  for (const name of ['open', 'readFile', 'writeFile', 'mkdir', 'rename', 'rm', 'stat', 'realpath', 'symlink', 'link'])
    failing(promises, name, true);
} else {
  for (const name of ['connect', 'write']) {
    const real = Socket.prototype[name];
    Socket.prototype[name] = function (...args) {
      const isTerminal = this === process.stdout || this === process.stderr;
      const error = isTerminal ? null : due(name);
      if (error === null) return real.apply(this, args);
      process.nextTick(() => this.destroy(error));
      return name === 'connect' ? this : false;
    };
  }
}
syncBuiltinESMExports();
if (FAIL_COUNT !== '') process.on('exit', () => writeFileSync(FAIL_COUNT, String(calls)));
