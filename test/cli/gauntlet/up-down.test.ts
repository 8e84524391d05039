import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, type TestContext } from 'vitest';
import { freePort } from '../../free-port.ts';
import { folder, home, parity } from '../command.ts';
import { gauntletsIn, ledgersIn, livingIn, serverSource } from './gauntlet.ts';

type Finished = TestContext['onTestFinished'];

async function stack(checks: object[] = [], finished: Finished = onTestFinished) {
  const [first, second] = [await freePort(), await freePort()];
  const service = (name: string, port: number, deaf: string) => ({
    name,
    command: [process.execPath, 'server.mjs', String(port), deaf],
    ready: `http://127.0.0.1:${port}/`,
  });
  const cwd = await folder({
    'gauntlet.yaml': JSON.stringify({
      services: [service('db', first, 'deaf'), service('web', second, '')],
      smoke: checks,
    }),
    'server.mjs': serverSource,
    'parity.yaml': JSON.stringify({
      targets: Object.fromEntries(
        [await freePort(), await freePort()].map((port, i) => [
          `t${i}`,
          {
            url: `http://127.0.0.1:${port}`,
            command: [process.execPath, 'server.mjs', String(port), 'deaf'],
            ready: '/',
          },
        ]),
      ),
    }),
    'cases/a.yaml': 'cases: [ { id: x, request: { path: / } } ]\n',
  });
  finished(async () => void (await parity(['gauntlet', 'down'], { cwd })));
  return { cwd, port: first, url: `http://127.0.0.1:${first}/` };
}

const said = (stderr: string) => stderr.split('\n').filter((line) => line.startsWith('service '));

describe.runIf(process.platform === 'linux')('the services of gauntlet.yaml', () => {
  it('are left running by up, used by smoke, and ended by down with all that they started', async () => {
    const { cwd, url } = await stack([{ name: 'd1', shell: 'test "$PARITY_SERVICE"' }]);
    expect(await parity(['gauntlet', 'up'], { cwd })).toMatchObject({ exitCode: 0, stdout: 'up: db, web\n' });
    expect((await fetch(url)).status).toBe(200);
    // What a service has started says so by itself, a moment after the service is ready.
    await expect.poll(() => livingIn(cwd).length, { timeout: 30_000 }).toBe(4);
    const [before, ledgers] = [livingIn(cwd), ledgersIn(cwd)];
    expect(ledgers).toHaveLength(1);

    const again = await parity(['gauntlet', 'up'], { cwd });
    expect([again.exitCode, said(again.stderr)]).toEqual([
      0,
      ['service db: was ready already', 'service web: was ready already'],
    ]);
    const smoke = await parity(['smoke'], { cwd });
    expect([smoke.exitCode, said(smoke.stderr).length]).toEqual([0, 2]);
    expect([livingIn(cwd), ledgersIn(cwd)]).toEqual([before, ledgers]);

    expect(await parity(['gauntlet', 'down'], { cwd })).toMatchObject({ exitCode: 0, stdout: 'down: web, db\n' });
    expect([livingIn(cwd), ledgersIn(cwd)]).toEqual([[], []]);
    expect(await parity(['gauntlet', 'down'], { cwd })).toMatchObject({
      exitCode: 0,
      stdout: 'down: nothing was running\n',
    });
  });

  it('that somebody else started are used, and left running', async () => {
    const { cwd, port, url } = await stack([{ name: 'd1', command: ['true'] }]);
    spawn(process.execPath, ['server.mjs', String(port)], { cwd, stdio: 'ignore' });
    onTestFinished(() => {
      for (const pid of livingIn(cwd)) process.kill(Number(pid), 'SIGKILL');
    });
    await expect
      .poll(() =>
        fetch(url).then(
          ({ status }) => status,
          () => 0,
        ),
      )
      .toBe(200);
    const smoke = await parity(['smoke'], { cwd });
    expect(said(smoke.stderr)).toEqual(['service db: was ready already', 'service web: started']);
    await parity(['gauntlet', 'down'], { cwd });
    expect((await fetch(url)).status).toBe(200);
  });

  it('are not taken for a process that has their id by now', async () => {
    const { cwd } = await stack();
    await parity(['gauntlet', 'up'], { cwd });
    const [ledger] = ledgersIn(cwd);
    const page = JSON.parse(readFileSync(join(cwd, '.parity', ledger!), 'utf8'));
    const foreign = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
    onTestFinished(() => void foreign.kill('SIGKILL'));

    writeFileSync(
      join(cwd, '.parity', `services-${page.mark.replace(/^./, '0')}.json`),
      JSON.stringify({
        ...page,
        mark: page.mark.replace(/^./, '0'),
        services: [{ name: 'old', pid: foreign.pid, born: '1' }],
      }),
    );
    await parity(['gauntlet', 'down'], { cwd });
    expect([foreign.exitCode, foreign.signalCode]).toEqual([null, null]);
    expect([livingIn(cwd), ledgersIn(cwd)]).toEqual([[], []]);
  });

  it('are all ended where one does not get ready', async () => {
    const { cwd } = await stack();

    const yaml = JSON.parse(readFileSync(join(cwd, 'gauntlet.yaml'), 'utf8'));
    yaml.services.push({ name: 'last', shell: 'echo no disk; exit 1', ready: 'file:never' });
    writeFileSync(join(cwd, 'gauntlet.yaml'), JSON.stringify(yaml));
    const up = await parity(['gauntlet', 'up'], { cwd });
    expect([up.exitCode, up.stderr]).toEqual([3, expect.stringContaining('no disk')]);
    expect([livingIn(cwd), ledgersIn(cwd)]).toEqual([[], []]);
  });

  // Most of their time is the grace of services that ignore SIGTERM: they wait beside each other.
  it.concurrent.for(['smoke', 'gauntlet up', 'gauntlet --phase parity'])(
    'of a %s that is killed at any moment are ended by the next start or by down',
    async (command, context) => {
      const check = { name: 'd1', command: [process.execPath, 'server.mjs', 'child', 'deaf'], timeout: '1s' };
      const { cwd } = await stack([check], context.onTestFinished);
      for (const next of [['gauntlet', 'down'], ['smoke'], ['gauntlet', 'down'], ['gauntlet', 'down']]) {
        const child = spawn(process.execPath, [join(home, 'dist/cli/main.js'), ...command.split(' ')], {
          cwd,
          stdio: 'ignore',
        });
        await sleep(Math.random() * 3500);
        child.kill('SIGKILL');
        const ended = await parity(next, { cwd });
        expect(ended.exitCode, ended.stderr).toBe(next.length === 1 ? 1 : 0);
        if (next.length === 1) await parity(['gauntlet', 'down'], { cwd });
        expect([livingIn(cwd), ledgersIn(cwd)]).toEqual([[], []]);
      }
      for (const name of gauntletsIn(cwd)) expect(name).toMatch(/^\d{4}-\d\d-\d\d(?:-\d+)?$/);
    },
  );

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('are ended where a smoke is stopped by %s, and no line says what did not end', async (signal, code) => {
    const { cwd } = await stack([
      { name: 'd1', command: ['true'] },
      { name: 'd2', command: [process.execPath, 'server.mjs', 'child', 'deaf'] },
      { name: 'd3', command: ['true'] },
    ]);
    const child = spawn(process.execPath, [join(home, 'dist/cli/main.js'), 'smoke'], { cwd });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    await expect.poll(() => livingIn(cwd).length, { timeout: 60_000 }).toBe(5);
    child.kill(signal);
    const exitCode = await new Promise((resolve) => child.once('close', resolve));
    expect([exitCode, stdout]).toEqual([code, 'PASS d1 0s\n']);
    expect([livingIn(cwd), ledgersIn(cwd)]).toEqual([[], []]);
  });
});
