import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freePort } from '../../free-port.ts';
import { folder, home, parity } from '../command.ts';
import { gauntletsIn, ledgersIn, livingIn, newest, serverSource } from './gauntlet.ts';

const smoke = async (yaml: string, more: Record<string, string> = {}, args: readonly string[] = []) => {
  const cwd = await folder({ 'gauntlet.yaml': yaml, ...more });
  return { cwd, ...(await parity(['smoke', ...args], { cwd })) };
};
const checks = (...all: object[]) => JSON.stringify({ smoke: all });
const quoted = (value: unknown) => JSON.stringify(value);

it('the log of 21 checks has a line for each and a last one, the same on standard output', async () => {
  const names = Array.from({ length: 21 }, (_, i) => `d${i + 1}`);
  const { cwd, stdout, exitCode } = await smoke(checks(...names.map((name) => ({ name, command: ['true'] }))));
  const expected = `${names.map((name) => `PASS ${name} 0s\n`).join('')}--- 21 PASS / 0 FAIL ---\n`;
  expect([exitCode, stdout]).toEqual([0, expected]);
  expect(newest(cwd, 'smoke.log')).toBe(expected);
  expect(existsSync(join(cwd, 'reports/gauntlet', gauntletsIn(cwd)[0]!, 'smoke'))).toBe(false);
});

it('a check that fails costs the exit code and leaves its output, the checks after it run all the same', async () => {
  const { cwd, stdout, stderr, exitCode } = await smoke(
    checks(
      { name: 'd1', command: ['true'] },
      { name: 'd2', shell: 'echo out; echo "err \u001b[31m" >&2; exit 7' },
      { name: 'd3', shell: 'kill -SEGV $$' },
      { name: 'd4', command: ['./no-such-check.sh'] },
      { name: 'd5', shell: 'sleep 1.2' },
    ),
  );
  const lines = 'PASS d1 0s\nFAIL d2 0s\nFAIL d3 0s\nFAIL d4 0s\nPASS d5 1s\n--- 2 PASS / 3 FAIL ---\n';
  expect([exitCode, stdout, newest(cwd, 'smoke.log')]).toEqual([1, lines, lines]);
  expect(newest(cwd, 'smoke/d2.log')).toMatch(
    /^d2 exited with code 7\n\n(?:out\nerr \\x1b\[31m|err \\x1b\[31m\nout)\n$/,
  );
  expect(newest(cwd, 'smoke/d3.log')).toBe('d3 was ended by SIGSEGV\n\n');
  expect(newest(cwd, 'smoke/d4.log')).toBe('d4 could not be started (ENOENT)\n\n');
  expect(stderr).toContain('was ended by SIGSEGV');
  expect(JSON.parse(newest(cwd, 'smoke.json'))).toEqual({ pass: 2, fail: 3, failed: ['d2', 'd3', 'd4'] });
});

it('a second gauntlet of the day has a folder of its own, and the first one keeps its bytes', async () => {
  const { cwd } = await smoke(checks({ name: 'd1', shell: 'test ! -f second' }));
  const first = newest(cwd, 'smoke.log');
  await parity(['smoke'], { cwd });
  const [one, two] = gauntletsIn(cwd);
  expect(two).toBe(`${one}-2`);
  expect(readFileSync(join(cwd, 'reports/gauntlet', one!, 'smoke.log'), 'utf8')).toBe(first);
});

describe.each([
  ['hangs', 'setInterval(() => {}, 1000);', ''],
  ['ignores SIGTERM', `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);`, ''],
  [
    'forks what ignores SIGTERM in a group of its own',
    `require('child_process').spawn(process.execPath, ['server.mjs', 'child', 'deaf'], { detached: true, stdio: 'inherit' }); setInterval(() => {}, 1000);`,
    '',
  ],
  [
    'prints a gigabyte and hangs',
    `const b = 'x'.repeat(1 << 20); const w = (n) => n < 1000 ? process.stdout.write(b, () => w(n + 1)) : setInterval(() => {}, 1000); w(0);`,
    'x',
  ],
])('a check that %s', (_, source, printed) => {
  it('is killed at its deadline with all that it started, and fails', async () => {
    const check = `${`require('fs').mkdirSync('started', { recursive: true }); require('fs').writeFileSync('started/' + process.pid, '');`}${source}`;
    const { cwd, stdout, exitCode } = await smoke(
      checks(
        { name: 'd1', command: [process.execPath, 'check.cjs'], timeout: '3s' },
        { name: 'd2', command: ['true'] },
      ),
      { 'check.cjs': check, 'server.mjs': serverSource },
    );
    expect([exitCode, stdout]).toEqual([1, 'FAIL d1 3s\nPASS d2 0s\n--- 1 PASS / 1 FAIL ---\n']);
    expect(newest(cwd, 'smoke/d1.log')).toMatch(/^d1 was killed after 3 s\n\n/);
    expect(newest(cwd, 'smoke/d1.log').length).toBeLessThan(50_000);
    expect(newest(cwd, 'smoke/d1.log')).toContain(printed);
    expect([livingIn(cwd), ledgersIn(cwd)]).toEqual([[], []]);
  });
});

it('nothing that gauntlet.yaml or the environment says becomes code', async () => {
  const payload = `$(touch made); touch made \`touch made\` ' " | touch made`;
  const cwd = await folder({
    'gauntlet.yaml': checks(
      { name: 'd1', command: ['echo', payload, `\${PAYLOAD}`], env: { A: payload } },
      { name: 'd2', shell: 'test "$A" = "$PAYLOAD"', env: { A: `\${PAYLOAD}` } },
      { name: 'd3', command: ['true'], wait: { until: { command: ['test', payload] } } },
      { name: 'd4', command: ['true'], wait: { until: `file:${payload}`, for: '300ms' } },
    ),
  });
  const { stdout } = await parity(['smoke'], { cwd, env: { PAYLOAD: payload } });
  expect(stdout).toBe('PASS d1 0s\nPASS d2 0s\nPASS d3 0s\nFAIL d4 0s\n--- 3 PASS / 1 FAIL ---\n');
  expect(existsSync(join(cwd, 'made'))).toBe(false);
});

it('services are up while the checks run, and a check waits for a state that comes later', async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const until = (state: unknown, more = {}) => ({ until: state, every: '100ms', for: '10s', ...more });
  const { cwd, stdout, stderr, exitCode } = await smoke(
    JSON.stringify({
      services: [
        {
          name: 'web',
          command: [process.execPath, 'server.mjs', String(port), 'deaf'],
          ready: `tcp://127.0.0.1:${port}`,
        },
      ],
      smoke: [
        {
          name: 'refresh',
          command: ['true'],
          wait: until({ url, status: 200, pointer: '/state', value: 'refreshed' }),
        },
        { name: 'number', command: ['true'], wait: until({ url, pointer: '/asked', value: -1 }, { for: '2s' }) },
        { name: 'file', shell: 'sleep 0.5; touch made', wait: until(url) },
        { name: 'made', command: ['true'], wait: until('file:made') },
        { name: 'command', command: ['true'], wait: until({ command: ['test', '-f', 'made'] }) },
      ],
    }),
    { 'server.mjs': serverSource },
  );
  expect(stdout).toMatch(
    /^PASS refresh \ds\nFAIL number \ds\nPASS file \ds\nPASS made \ds\nPASS command \ds\n--- 4 PASS \/ 1 FAIL ---\n$/,
  );
  expect([exitCode, stderr.split('\n')[0]]).toEqual([1, 'service web: started']);
  expect(newest(cwd, 'smoke/number.log')).toMatch(
    /^number was not run: its `wait` was not over after 2 s: the body of .* has "\d+" at "\/asked"/,
  );
  expect([livingIn(cwd), ledgersIn(cwd)]).toEqual([[], []]);
});

const terminal = existsSync('/usr/bin/script') && process.platform === 'linux';
const why = terminal ? '' : ' (toolchain missing: script of util-linux)';
it.skipIf(!terminal)(`on a terminal a line says what runs and for how long${why}`, async () => {
  const cwd = await folder({ 'gauntlet.yaml': checks({ name: 'd1', shell: 'sleep 3.5' }) });
  const command = `'${process.execPath}' '${join(home, 'dist/cli/main.js')}' smoke`;
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    cwd,
    env: { PATH: process.env.PATH ?? '', HOME: cwd },
  });
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (shown += text));
  await new Promise((resolve) => child.once('close', resolve));
  expect(shown.split('\r\u001b[2K')).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^ {2}0\/1 {2}d1 [1-3]s$/),
      expect.stringMatching(/^PASS d1 [34]s\r\n$/),
    ]),
  );
});

it('several at a time end sooner, and their lines come in the order of the file', async () => {
  const files = Array.from({ length: 4 }, (_, i) => i);
  const meeting = (i: number) => `touch at${i}; while [ ! -f at${3 - i} ]; do sleep 0.05; done; sleep 0.${4 - i}`;
  const { stdout } = await smoke(
    checks(...files.map((i) => ({ name: `d${i}`, shell: meeting(i), timeout: '20s' }))),
    {},
    ['--concurrency', '4'],
  );
  expect(stdout).toMatch(/^PASS d0 \ds\nPASS d1 \ds\nPASS d2 \ds\nPASS d3 \ds\n--- 4 PASS \/ 0 FAIL ---\n$/);
});

it('what JUnit gets is XML whatever a check prints, and names each check', async () => {
  const { cwd } = await smoke(
    checks({ name: 'd1', command: ['true'] }, { name: 'd2', shell: 'printf "]]><a>\\000\\033&"; exit 1' }),
    {},
    ['--reporter', 'junit'],
  );
  const xml = newest(cwd, 'junit.xml');
  expect(xml).toContain('tests="2" failures="1" errors="0"');
  expect(xml).toContain('message="exited with code 1" type="smoke">]]&gt;&lt;a&gt;\\x00\\x1b&amp;</failure>');
});

it('exit code 4 and the path where results can no longer be stored', async () => {
  const { exitCode, stdout, stderr } = await smoke(checks({ name: 'd1', shell: 'rm -r reports/gauntlet/*' }));
  expect([exitCode, stdout]).toEqual([4, '']);
  expect(stderr).toMatch(/error\[PX4201\] cannot store .*smoke\.log: a folder of the path is gone \(ENOENT\)\n/);
});

it('a reporter that smoke checks do not have is refused, and nothing is run', async () => {
  const { cwd, exitCode, stderr } = await smoke(checks({ name: 'd1', command: ['true'] }), {}, ['--reporter', 'html']);
  expect([exitCode, gauntletsIn(cwd)]).toEqual([2, []]);
  expect(stderr).toContain('smoke checks have the reporters terminal and junit');
});

it('a secret of the environment is in no output', async () => {
  const token = 's3cret-of-the-service';
  const cwd = await folder({
    'gauntlet.yaml': checks({ name: 'd1', shell: 'echo $T; exit 1', env: { T: `\${TOKEN}` } }),
  });
  const { stdout, stderr } = await parity(['smoke', '--reporter', 'junit'], { cwd, env: { TOKEN: token } });
  const all = [stdout, stderr, newest(cwd, 'smoke/d1.log'), newest(cwd, 'junit.xml')];
  expect(all.join()).not.toContain(token);
  expect(newest(cwd, 'smoke/d1.log')).toBe('d1 exited with code 1\n\n***\n');
});

describe('exit code 3 where nothing could be checked', () => {
  it('because there is no check', async () => {
    const { cwd, exitCode, stderr } = await smoke('{}');
    expect([exitCode, gauntletsIn(cwd)]).toEqual([3, []]);
    expect(stderr).toMatch(
      /^error\[PX3201\] gauntlet\.yaml:1:1 [\s\S]*\nerror\[PX3201\] gauntlet\.yaml has no smoke check\n/,
    );
  });

  it.each([
    [
      'ends',
      'echo "no database" >&2; exit 9',
      /^error\[PX1201\] the service web \(\/bin\/sh\) exited with code 9 before it was ready\n {2}its last output:\n {4}no database\n/,
    ],
    [
      'never gets ready',
      'sleep 60',
      /^error\[PX1202\] the service web \(\/bin\/sh\) was not ready within 700 ms: there is no file made\n/,
    ],
  ])('because a service %s', async (_, shell, message) => {
    const services = [{ name: 'web', shell, ready: 'file:made', timeout: '700ms' }];
    const { cwd, exitCode, stderr, stdout } = await smoke(
      quoted({ services, smoke: [{ name: 'd1', command: ['true'] }] }),
    );
    expect([exitCode, stdout, ledgersIn(cwd)]).toEqual([3, '', []]);
    expect(stderr).toMatch(message);
  });
});

it('exit code 2 and every problem with its place where gauntlet.yaml is wrong', async () => {
  const { exitCode, stderr } = await smoke('smoke:\n  - { name: d1, comand: [x] }\n');
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('gauntlet.yaml:2:17  unknown key "comand"')]);
  const missing = await parity(['smoke', '--config', 'none.yaml'], { cwd: home });
  expect([missing.exitCode, missing.stderr]).toEqual([
    2,
    expect.stringMatching(/error\[PX2105\].*\n.*`parity init --gauntlet`/),
  ]);
});
