import { readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';

const id = 'P-04B6A9C3';
const tracker = ['--tracker', 'docs/t.md'];

/** Three runs of a suite, or two of the whole library first: found, fixed in the second, back in the third, which leaves one of its cases out. */
async function threeRuns(first = ['validate']): Promise<{ cwd: string; ids: string[] }> {
  const cwd = await folder();
  const ids: string[] = [];
  for (const args of [[], ['--serde-errors'], []]) {
    const selectors = ids.length === 2 ? ['validate/missing-field', 'validate/accepted'] : first;
    await parity(['demo', ...selectors, ...tracker, ...args], { cwd });
    ids.push(newestReport(cwd).run.id);
  }
  return { cwd, ids };
}

describe('what earlier runs recorded', () => {
  it('is told by parity trend: what opened and closed, and how the ladder moved', async () => {
    const { cwd } = await threeRuns();
    const { stdout, exitCode } = await parity(['trend', '--json'], { cwd });
    const { runs } = JSON.parse(stdout) as {
      runs: { opened: string[]; closed: string[]; ladder: object; conclusive: number }[];
    };
    expect(exitCode).toBe(0);
    expect(runs.map(({ opened, closed, ladder, conclusive }) => ({ opened, closed, ladder, conclusive }))).toEqual([
      { opened: [id], closed: [], ladder: { status: 6, shape: 1, value: 1, wire: 0 }, conclusive: 6 },
      { opened: [], closed: [id], ladder: { status: 6, shape: 6, value: 6, wire: 0 }, conclusive: 6 },
      { opened: [id], closed: [], ladder: { status: 2, shape: 1, value: 1, wire: 0 }, conclusive: 2 },
    ]);
    const newest = await parity(['trend', '--last', '2', '--json'], { cwd });
    expect((JSON.parse(newest.stdout) as { runs: unknown[] }).runs).toEqual(runs.slice(1));
    expect((await parity(['trend', '--last', '1'], { cwd })).stdout.trim().split('\n')).toHaveLength(2);
    writeFileSync(join(cwd, 'reports', 'latest', 'run.jsonl'), 'no record at all\n');
    expect((await parity(['trend'], { cwd })).stdout.trim().split('\n')).toHaveLength(3);
  });

  it('is told by parity trend as none, where there is none', async () => {
    const cwd = await folder();
    expect(await parity(['trend'], { cwd })).toMatchObject({
      exitCode: 3,
      stdout: `no runs in ${join(realpathSync(cwd), 'reports')}\n`,
    });
    expect((await parity(['trend', '--last', '0'], { cwd })).exitCode).toBe(2);
  });

  it('is compared by parity diff; what the second run did not judge is not closed', async () => {
    const { cwd, ids } = await threeRuns();
    const diff = async (a: string, b: string) => (await parity(['diff', a, b], { cwd })).stdout;
    const closed = await diff(ids[0]!, ids[1]!);
    expect(closed).toMatch(new RegExp(`closed +${id}`));
    expect(closed).toMatch(/moved +validate\/missing-field {2}go {2}status → value/);
    expect(closed).toContain('0 opened, 1 closed, 5 cases moved');
    expect(await diff(ids[1]!, 'latest')).toContain('1 opened, 0 closed, 1 case moved');
    await parity(['demo', 'validate/accepted', ...tracker], { cwd });
    expect(await diff(ids[0]!, 'latest')).toMatch(
      new RegExp(`not judged +${id}[^\u0000]*0 opened, 0 closed, 0 cases moved`),
    );
    expect((await parity(['diff', ids[0]!, 'nothing'], { cwd })).exitCode).toBe(2);
  });

  it('is drawn in the HTML report, once there are two runs of the whole library', async () => {
    const cwd = await folder();
    const page = () => readFileSync(join(cwd, 'reports/latest/report.html'), 'utf8');
    await parity(['demo', ...tracker], { cwd });
    expect(page()).not.toContain('<svg');
    await parity(['demo', ...tracker, '--serde-errors'], { cwd });
    expect(page()).toMatch(/<svg class="trend"[^>]*aria-label="Cases that hold a rung, over 2 runs; now status \d+%/);
    const drawn = page();
    await parity(['report', 'latest', '--reporter', 'html'], { cwd });
    expect(page()).toBe(drawn);
  });
});

describe('a row', () => {
  it('is shown with its history, its cases and how to send them', async () => {
    const { cwd } = await threeRuns([]);
    const { stdout } = await parity(['tracker', 'show', id.toLowerCase(), ...tracker], { cwd });
    expect(stdout).toMatch(
      new RegExp(`^${id}  reopened  enum-external-vs-flat at /\\n  route       POST /v1/validate`),
    );
    const history = /newest first\n(.*?)\n\n/s.exec(stdout)?.[1]?.split('\n') ?? [];
    expect(history.map((line) => line.trim().split(/ {2,}/).at(-1))).toEqual([
      'reopened, 1 case',
      'not there',
      'new, 5 cases',
    ]);
    expect(stdout).toMatch(/rust: curl -sS .*\n {2}go: curl -sS /);
    expect(stdout).toContain(`parity replay ${id}`);
    const unknown = await parity(['tracker', 'show', 'P-00000000', ...tracker], { cwd });
    expect([unknown.exitCode, unknown.stderr]).toEqual([2, expect.stringContaining('has no row P-00000000')]);
  });

  it('becomes a decision record, which is written once', async () => {
    const { cwd } = await threeRuns();
    await parity(['tracker', 'accept', id, ...tracker, '--reason', 'a <b> | @team'], { cwd });
    expect(await parity(['adr', id, ...tracker], { cwd })).toMatchObject({ exitCode: 0 });
    const name = '0001-p-04b6a9c3-enum-external-vs-flat.md';
    expect(readdirSync(join(cwd, 'docs/decisions'))).toEqual([name]);
    const text = readFileSync(join(cwd, 'docs/decisions', name), 'utf8');
    expect(text).toMatch(
      /^---\nstatus: accepted\ndate: \d{4}-\d\d-\d\d\n---\n\n# P-04B6A9C3: enum-external-vs-flat at \/\n/,
    );
    expect(text).toContain(`Chosen option: "Live with ${id}", because: \`a <b> \\| @team\`.`);
    expect(text).toContain('* Fix it in go: ');
    expect(await parity(['adr', id, ...tracker], { cwd })).toMatchObject({ exitCode: 2 });
    expect(readFileSync(join(cwd, 'docs/decisions', name), 'utf8')).toBe(text);
  });
});
