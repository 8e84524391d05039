import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { boundedOutput } from '../../../src/processes/output.ts';
import { startServices } from '../../../src/replay/services/services.ts';
import { freePort } from '../../free-port.ts';
import { startRig } from '../../rig/rig.ts';
import { targetAt } from '../../rig/target.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'parity-services-'));
});
afterEach(() => rm(dir, { recursive: true }));

/** A target whose command runs this source, with the port as its argument. */
async function service(name: string, source: string, ready: string | null = null) {
  await writeFile(join(dir, `${name}.mjs`), source);
  const port = await freePort();
  return targetAt(`http://127.0.0.1:${port}`, {
    name,
    ready,
    command: [process.execPath, `${name}.mjs`, String(port)],
  });
}

const listening = `
import { createServer } from 'node:http';
let asked = 0;
createServer((_, response) => {
  asked += 1;
  response.writeHead(asked < 3 ? 503 : 200).end();
}).listen(Number(process.argv[2]), '127.0.0.1', () => console.log('listening'));
`;

test('services are started in their folder, awaited until ready, and stopped', async () => {
  const targets = [await service('rust', listening, '/health'), await service('go', listening)];
  const services = await startServices(targets, { cwd: dir });
  const answers = await Promise.all(targets.map(({ url }) => fetch(url).then(({ status }) => status)));
  expect(answers[0]).toBe(200);
  await expect.poll(() => services.output('rust')).toBe('listening\n');
  await services.stop();
  for (const { url } of targets) await expect(fetch(url)).rejects.toThrow();
});

test('stop ends what a service has started, even what ignores the request to end', async () => {
  await writeFile(join(dir, 'server.mjs'), `process.on('SIGTERM', () => {});${listening}`);
  const wrapper = `
import { spawn } from 'node:child_process';
process.on('SIGTERM', () => console.log('asked to end'));
spawn(process.execPath, ['server.mjs', process.argv[2]], { stdio: 'inherit' });
`;
  const target = await service('go', wrapper);
  const services = await startServices([target], { cwd: dir, graceMs: 1000 });
  await expect.poll(() => services.output('go')).toBe('listening\n');
  await services.stop();
  await expect.poll(() => services.output('go')).toBe('listening\nasked to end\n');
  await expect(fetch(target.url)).rejects.toThrow();
});

test.runIf(process.platform === 'linux')('stop ends what has left the group of a service', async () => {
  const wrapper = `
import { spawn } from 'node:child_process';
const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
child.unref();
console.log('started ' + child.pid);
${listening}`;
  const services = await startServices([await service('go', wrapper, '/')], { cwd: dir });
  const started = Number(/started (\d+)/.exec(services.output('go'))?.[1]);
  // A process that is dead may wait for somebody who asks how it ended.
  const isAlive = async () => /^\d+ \(.*\) [^ZX]/.test(await readFile(`/proc/${started}/stat`, 'utf8').catch(() => ''));
  expect(await isAlive()).toBe(true);
  await services.stop();
  expect(await isAlive()).toBe(false);
});

test('killNow ends a service without asking', async () => {
  const target = await service('go', `process.on('SIGTERM', () => {});${listening}`);
  const services = await startServices([target], { cwd: dir });
  services.killNow();
  await services.stop();
  await expect(fetch(target.url)).rejects.toThrow();
});

test('a service that ends before it is ready is an error with its last words, made safe; the others are stopped', async () => {
  const fine = await service('rust', listening);
  const broken = await service('go', `console.error('line 1\\n\\x1b[31mno database\\x07'); process.exit(7)`);
  const starting = startServices([fine, broken], { cwd: dir });
  await expect(starting).rejects.toMatchObject({
    code: 'PX1201',
    exitCode: 3,
    message: expect.stringMatching(/^the service of target go .* exited with code 7 before it was ready$/),
    output: ['line 1', '\\x1b[31mno database\\x07'],
  });
  await expect(fetch(fine.url)).rejects.toThrow();
});

test('a command that does not exist is an error, and no shell is asked', async () => {
  const target = targetAt(`http://127.0.0.1:${await freePort()}`, {
    command: ['no-such-command; touch made', '$(touch made)'],
  });
  const message = expect.stringMatching(/could not be started \(ENOENT\)/);
  await expect(startServices([target], { cwd: dir })).rejects.toMatchObject({ code: 'PX1201', message });
  await expect(readFile(join(dir, 'made'))).rejects.toThrow();
});

test('a service that is not ready in time is an error and is stopped', async () => {
  const source = `
import { writeFileSync } from 'node:fs';
process.on('SIGTERM', () => {
  writeFileSync('ended', 'yes');
  process.exit();
});
setInterval(() => {}, 1000);
`;
  const starting = startServices([await service('go', source)], { cwd: dir, readyMs: 2500 });
  const message = expect.stringMatching(/was not ready within 2500 ms: nothing listens on 127\.0\.0\.1:\d+/);
  await expect(starting).rejects.toMatchObject({ code: 'PX1202', message });
  expect(await readFile(join(dir, 'ended'), 'utf8')).toBe('yes');
});

test('a place that is taken is an error: the wrong server would be compared', async () => {
  const rig = await startRig({ answers: [] });
  const target = targetAt(rig.url, { command: [process.execPath, '-e', 'setInterval(() => {}, 1000)'] });
  await expect(startServices([target], { cwd: dir })).rejects.toMatchObject({ code: 'PX1203' });
  await rig.close();
});

test('targets without a command need nothing', async () => {
  const services = await startServices([targetAt('http://127.0.0.1:1')]);
  expect(services.output('go')).toBe('');
  await services.stop();
});

test('an output of any length keeps its head and its tail', () => {
  const output = boundedOutput(10);
  for (let i = 0; i < 1000; i += 1) output.add(Buffer.from(`${i}\n`));
  expect(output.text()).toBe('0\n1\n2\n3\n4\n\n[3870 bytes left out]\n7\n998\n999\n');
  expect(output.lastLines(2)).toEqual(['998', '999']);
});

test.each([1, 9, 10, 11, 20, 21, 50])('an output is the same however it is cut: %i bytes', (length) => {
  const bytes = Buffer.from(Array.from({ length }, (_, i) => 97 + (i % 26)));
  const whole = boundedOutput(10);
  whole.add(bytes);
  for (const size of [1, 3, 10, 15]) {
    const cut = boundedOutput(10);
    for (let at = 0; at < length; at += size) cut.add(bytes.subarray(at, at + size));
    expect(cut.text()).toBe(whole.text());
  }
});
