import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Ended, folder, newestReport, parity } from './command.ts';

const tracker = 'tracker.md';
let dir: string;
let first: Ended;

beforeAll(async () => {
  dir = await folder();
  first = await parity(['demo', '--tracker', tracker], { cwd: dir });
});

function rows(text: string): string[] {
  return text.split('\n').filter((line) => /^\| P-/.test(line));
}

describe('parity demo', () => {
  it('ends with 0 and says what run would have ended with', () => {
    expect(first.stderr).toBe('');
    expect(first.exitCode).toBe(0);
    expect(first.stdout).toContain('would end with exit code 1');
  });

  it('prints the ladder of the validate suite in words', () => {
    expect(first.stdout).toContain('6/6 status codes match · 5/6 body shapes diverge');
  });

  it('finds one cause for the five divergent validate cases, and proves it', () => {
    const report = newestReport(dir);
    const suite = report.suites.find((one) => one.name === 'validate');
    expect(suite?.ladder).toMatchObject({ status: 6, shape: 1, value: 1 });
    expect(suite?.headers).toBe(6);
    const found = report.findings.filter((one) => one.route === 'POST /v1/validate');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ class: 'enum-external-vs-flat', verified: true, state: 'new', candidate: 'go' });
    expect(found[0]!.cases).toHaveLength(5);
    expect(found[0]!.also).toContain('key-casing');
  });

  it('compares every shipped case to a conclusion', () => {
    const { counts, verdict, exitCode } = newestReport(dir);
    expect(counts.inconclusive).toBe(0);
    expect(counts.notRun).toBe(0);
    expect(counts.selected).toBeGreaterThanOrEqual(20);
    expect([verdict, exitCode]).toEqual(['divergent', 1]);
  });

  it('writes one open row for that cause, and a row for each other finding', () => {
    const text = readFileSync(join(dir, tracker), 'utf8');
    const { findings } = newestReport(dir);
    expect(rows(text)).toHaveLength(findings.length);
    expect(rows(text).filter((row) => row.includes('enum-external-vs-flat'))).toHaveLength(1);
    expect(rows(text).every((row) => row.includes('_open_'))).toBe(true);
  });

  it('writes the reports beside the record', () => {
    for (const name of ['run.jsonl', 'report.json', 'report.md', 'report.html'])
      expect(statSync(join(dir, 'reports/latest', name)).size).toBeGreaterThan(0);
  });
});

/** What each format gives for the run of the demo, as a person reads it: no colours, no wrapped lines, no entities. */
async function formats(): Promise<[string, string][]> {
  const cwd = await folder();
  const { stdout } = await parity(['demo', '--no-tracker', '--reporter', 'terminal,json,md,html,junit,github'], {
    cwd,
    env: { COLUMNS: '200' },
  });
  const entities: readonly (readonly [string, string])[] = [
    ['&quot;', '"'],
    ['&apos;', "'"],
    ['&lt;', '<'],
    ['&gt;', '>'],
    ['&amp;', '&'],
    ['%0A', '\n'],
    ['%25', '%'],
  ];
  const plain = (text: string) => {
    const numbered = text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
    const decoded = entities.reduce((rest, [from, to]) => rest.replaceAll(from, to), numbered);
    return decoded.replace(/\\([^a-z0-9\s])/gi, '$1').replace(/\s+/g, ' ');
  };
  const read = (name: string) => plain(readFileSync(join(cwd, 'reports/latest', name), 'utf8'));
  const commands = stdout.split('\n').filter((line) => line.startsWith('::'));
  const shown = stdout.split('\n').filter((line) => !line.startsWith('::'));
  return [
    ['terminal', plain(shown.join('\n'))],
    ['github', plain(commands.join('\n'))],
    ['md', read('report.md')],
    ['html', read('report.html')],
    ['junit', read('junit.xml')],
  ];
}

describe('every format of the demo', () => {
  it('names the class of each finding, says the fix with the names at hand, and where to read more', async () => {
    const { findings } = newestReport(dir);
    const known = findings.filter((one) => one.class !== 'unexplained');
    const enumeration = known.find((one) => one.class === 'enum-external-vs-flat')!;
    expect(known.length).toBeGreaterThan(3);
    expect(enumeration.fixes.map((fix) => fix.target)).toEqual(['go', 'rust']);
    expect(enumeration.fixes[1]!.text).toContain('tag = "Kind"');
    for (const [format, text] of await formats()) {
      const most = new Map([
        ['terminal', 10],
        ['github', 9],
      ]).get(format);
      for (const one of findings.slice(0, most).filter((each) => each.class !== 'unexplained')) {
        expect.soft(text, format).toContain(`parity explain ${one.class}`);
        expect.soft(text, format).toContain(one.id);
      }
      for (const { text: fix } of enumeration.fixes) expect.soft(text, format).toContain(fix.replace(/\s+/g, ' '));
    }
  });
});

describe('parity demo, again', () => {
  it('adds no row, changes no byte on the same day, and finds the same ids', async () => {
    const before = { text: readFileSync(join(dir, tracker), 'utf8'), report: newestReport(dir) };
    await parity(['demo', '--tracker', tracker], { cwd: dir });
    expect(readFileSync(join(dir, tracker), 'utf8')).toBe(before.text);
    const ids = (report: typeof before.report) => report.findings.map((one) => one.id).sort();
    expect(ids(newestReport(dir))).toEqual(ids(before.report));
    expect(newestReport(dir).findings.every((one) => one.state === 'open')).toBe(true);
  });

  it('changes nothing on a later day: what a checkout has stays as it is', async () => {
    const file = join(dir, tracker);
    const { writeFileSync } = await import('node:fs');
    const today = new Date().toISOString().slice(0, 10);
    const text = readFileSync(file, 'utf8');
    const older = text.replaceAll(today, '2020-01-01');
    expect(older).not.toBe(text);
    writeFileSync(file, older);
    await parity(['demo', '--tracker', tracker], { cwd: dir });
    expect(readFileSync(file, 'utf8')).toBe(older);
  });

  it('marks the row fixed once the Go twin is, and reopened once it is not', async () => {
    const state = () =>
      rows(readFileSync(join(dir, tracker), 'utf8')).find((row) => row.includes('enum-external-vs-flat'));
    await parity(['demo', '--tracker', tracker, '--serde-errors'], { cwd: dir });
    expect(state()).toContain('_fixed_');
    await parity(['demo', '--tracker', tracker], { cwd: dir });
    expect(state()).toContain('_reopened_');
    expect(newestReport(dir).findings.find((one) => one.class === 'enum-external-vs-flat')?.state).toBe('reopened');
  });

  it('closes nothing that a filtered run did not see', async () => {
    const before = readFileSync(join(dir, tracker), 'utf8');
    await parity(['demo', 'validate/accepted', '--tracker', tracker, '--serde-errors'], { cwd: dir });
    expect(readFileSync(join(dir, tracker), 'utf8')).toBe(before);
  });
});

describe('under CI', () => {
  it('leaves the tracker alone unless told otherwise', async () => {
    const cwd = await folder();
    const env = { CI: 'true' };
    await parity(['demo', '--tracker', tracker], { cwd, env });
    expect(() => statSync(join(cwd, tracker))).toThrow(/ENOENT/);
    expect(newestReport(cwd).tracker?.added.length).toBeGreaterThan(0);
    await parity(['demo', '--tracker', tracker, '--update-tracker'], { cwd, env });
    expect(rows(readFileSync(join(cwd, tracker), 'utf8')).length).toBeGreaterThan(0);
  });
});
