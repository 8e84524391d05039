import { describe, expect, it } from 'vitest';
import { closedUrl, folder, home, newestReport, parity } from './command.ts';
import { serving } from './service.ts';

const cases = `suite: s
cases:
  - { id: x, request: { path: / } }
  - { id: made, request: { method: POST, path: / } }
  - id: other
    request: { path: / }
    expect: { status: 404 }
`;

async function project(values: readonly [string, string]): Promise<string> {
  const [a, b] = [await serving(() => [200, values[0]]), await serving(() => [200, values[1]])];
  const config = `targets: { old: "${a.url}", new: "${b.url}" }\ntracker: t.md\n`;
  return folder({ 'parity.yaml': config, 'cases/s.yaml': cases });
}

describe('what is printed where something is not so says what to do next', () => {
  it('parity replay of a finding that no run shows', async () => {
    const cwd = await project(['{"a":1}', '{"a":2}']);
    await parity(['run', 's/x'], { cwd });
    const one = await parity(['replay', 'P-00000000'], { cwd });
    expect([one.exitCode, one.stderr]).toEqual([
      2,
      expect.stringMatching(
        /the one run in \S+\/reports does not show P-00000000\n {2}try: name another with --run\n$/,
      ),
    ]);
    await parity(['run', 's/x'], { cwd });
    expect((await parity(['replay', 'P-00000000'], { cwd })).stderr).toMatch(
      /none of the last 2 runs in \S+\/reports shows P-00000000\n/,
    );
    expect((await parity(['replay', 'P-00000000', '--run', 'latest'], { cwd })).stderr).toMatch(
      /run \S+ has no finding P-00000000\n {2}try: it has P-/,
    );
  });

  it('parity explain of a word that is near to no class, and of unexplained', async () => {
    const far = await parity(['explain', 'foo'], { cwd: home });
    expect([far.exitCode, far.stderr]).toEqual([
      2,
      'error[PX2601] there is no drift class "foo"\n  try: parity explain --list names them all\n',
    ]);
    const alias = await parity(['explain', 'compresion'], { cwd: home });
    expect(alias.stderr).toContain('did you mean `compression`?');
    const none = await parity(['explain', 'unexplained'], { cwd: home });
    expect([none.exitCode, none.stdout]).toEqual([0, expect.stringMatching(/^unexplained\n[^\n]*bear no sign of/)]);
  });

  it('parity doctor and parity noise on a target that is down', async () => {
    const cwd = await folder({ 'cases/s.yaml': cases });
    const targets = ['--target', `old=${await closedUrl()}`, '--target', `new=${(await serving(() => [200, ''])).url}`];
    const hint = /nothing listens on \S+ \(ECONNREFUSED\)\n {6}try: start it/;
    const doctor = await parity(['doctor', ...targets], { cwd });
    expect([doctor.exitCode, doctor.stdout]).toEqual([3, expect.stringMatching(hint)]);
    const noise = await parity(['noise', ...targets], { cwd });
    expect([noise.exitCode, noise.stdout]).toEqual([
      3,
      expect.stringMatching(/nothing listens on .*\n {2}try: start it/),
    ]);
  });

  it('parity tracker accept of an id that nobody knows: a wrong word, as for show', async () => {
    const cwd = await project(['{"a":1}', '{"a":2}']);
    await parity(['run', 's/x'], { cwd });
    const show = await parity(['tracker', 'show', 'P-00000000'], { cwd });
    const accept = await parity(['tracker', 'accept', 'P-00000000', '--reason', 'r'], { cwd });
    const reopen = await parity(['tracker', 'reopen', 'P-00000000'], { cwd });
    expect(show).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('has no row P-00000000') });
    expect([accept, reopen]).toEqual([show, show]);
  });

  it('an expectation that does not hold names the case and the reference', async () => {
    const cwd = await project(['{"a":1}', '{"a":1}']);
    await parity(['run', 's/other'], { cwd });
    expect(newestReport(cwd).cases[0]).toMatchObject({
      reason: 'reference-unexpected',
      message: 'old answered 200 to the request, the case expects 404',
      hint: 'correct `expect` of the case in cases/s.yaml:5, or repair old',
    });
  });

  it('parity noise names the cases that it did not ask', async () => {
    const cwd = await project(['{"a":1}', '{"a":1}']);
    expect((await parity(['noise'], { cwd })).stdout).toBe(
      '0 noisy places in 2 cases; 1 case was not asked, being neither safe: true nor read-only: s/made\n',
    );
  });

  it('help has no empty default behind flags that may be repeated', async () => {
    for (const command of ['run', 'probe', 'merge', 'doctor'])
      expect((await parity([command, '--help'], { cwd: home })).stdout).not.toContain('default: []');
  });
});
