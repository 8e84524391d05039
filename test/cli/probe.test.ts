import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { groupNames } from '../../src/probe/groups.ts';
import type { ReportDocument } from '../../src/report/document/document.ts';
import { type RunningTwin, startTwin } from '../../src/twins/twin.ts';
import { startRealTwin, toolchains } from '../twins/real.ts';
import { answering, folder, home, newestReport, parity } from './command.ts';

const library = ['--cases', join(home, 'cases/validate')];
const from = ['probe', '--from', 'validate/accepted', '--route', 'POST /v1/validate'];

let twins: readonly [RunningTwin, RunningTwin];
let targets: string[];
let dir: string;

beforeAll(async () => {
  twins = await Promise.all([startTwin('rust'), startTwin('go')]);
  targets = targetsAt(twins);
  dir = await folder();
});
afterAll(() => Promise.all(twins.map((twin) => twin.close())));

function targetsAt([rust, go]: readonly { readonly url: string }[]): string[] {
  return ['--target', `rust=${rust!.url}`, '--target', `go=${go!.url}`];
}

/** What a run says of each case: its outcome, and what diverges. */
function outcomes({ cases, verdict, counts }: ReportDocument) {
  const told = cases.map(({ id, outcome, ladder, headers, divergences }) => ({
    ...{ id, outcome, ladder, headers },
    divergences: divergences.map(({ facet, pointer, kind }) => `${facet} ${pointer} ${kind}`),
  }));
  return { verdict, counts: { ...counts, total: 0 }, told };
}

const statusOf = (report: ReportDocument, name: string) =>
  report.cases.find(({ id }) => id === `probe.validate.accepted/${name}`)?.ladder.status;

describe('parity probe on the embedded twins', () => {
  it('prints the groups, the order of work, what it cannot send, and the verdict', async () => {
    const { exitCode, stdout, stderr } = await parity([...from, ...library, ...targets], { cwd: dir });
    expect([exitCode, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(/^290 probes of probe\.validate\.accepted\n/);
    expect(stdout).toMatch(/^ {2}all +290 +\d+ +0 +\d+ +\d+ +\d+ +0$/m);
    const headings = [...stdout.matchAll(/^([A-Z][A-Z ,]+) {2}\d+ probes?$/gm)].map(([, title]) => title);
    expect(headings).toEqual([
      'THE CANDIDATE ACCEPTS WHAT THE REFERENCE REFUSES',
      'BOTH ACCEPT IT, AND ANSWER OTHERWISE',
      'THE CANDIDATE REFUSES WHAT THE REFERENCE ACCEPTS',
      'OTHER STATUS CODES',
      'BOTH REFUSE IT, IN OTHER WORDS',
      'ONLY HEADERS DIFFER',
    ]);
    expect(stdout).toContain('- rust  415  Expected request with `Content-Type: application/json`');
    expect(stdout).toContain('not sendable: headers.expect.continue: the HTTP client does not send Expect');
    expect(stdout).toMatch(/\nDIVERGENT \d+ of 290 cases diverge: /);
  });

  it('comes to a conclusion on every probe', () => {
    const report = newestReport(dir);
    expect(report.counts).toMatchObject({ selected: 290, inconclusive: 0, notRun: 0, flaky: 0 });
    expect(statusOf(report, 'valid.as-is')).toBe(true);
    expect(report.cases.find(({ id }) => id.endsWith('/valid.as-is'))?.outcome).toBe('match');
  });

  it.each([
    ['content-type.absent', false],
    ['content-type.vendor-json', true],
    ['trailing.garbage', false],
    ['trailing.whitespace', true],
    ['duplicate.kind.same', false],
    ['casing.kind', false],
    ['struct-array.root', false],
    ['unknown.root', true],
    ['depth.used-64', true],
    ['depth.used-129', false],
    ['depth.unknown-10001', false],
    ['encoding.artifact.fingerprint.invalid', false],
    ['limits.body-1-mib', true],
    ['limits.body-2-mib', false],
    ['path.double-slash', false],
    ['method.HEAD', true],
  ])('%s: the status codes agree: %s', (name, agree) => {
    expect(statusOf(newestReport(dir), name)).toBe(agree);
  });

  it('writes a file that run sends again with the same outcome, in both formats', async () => {
    const probed = outcomes(newestReport(dir));
    for (const file of ['probes.jsonl', 'probes.yaml']) {
      const cwd = await folder();
      const written = await parity([...from, ...library, ...targets, '--write', file, '--dry-run'], { cwd });
      expect([written.exitCode, written.stderr]).toEqual([0, `wrote 290 cases to ${file}\n`]);
      const { exitCode } = await parity(['run', '--cases', file, ...targets], { cwd });
      expect([exitCode, outcomes(newestReport(cwd))]).toEqual([1, probed]);
    }
  });

  it('prints the report document alone with --json', async () => {
    const { stdout } = await parity([...from, ...library, ...targets, '--only', 'missing', '--json'], { cwd: dir });
    const report = JSON.parse(stdout) as ReportDocument;
    expect([report.schema, report.counts.selected]).toEqual(['parity-report/1', 9]);
  });

  it('writes the tracker only when told to', async () => {
    const cwd = await folder();
    const args = [...from, ...library, ...targets, '--only', 'trailing', '--tracker', 't.md'];
    const { stdout } = await parity(args, { cwd });
    expect(stdout.replace(/\s+/g, ' ')).toMatch(
      /note: The tracker was not written: .*; the same command with --update-tracker writes it\./,
    );
    expect(() => statSync(join(cwd, 't.md'))).toThrow(/ENOENT/);
    expect(newestReport(cwd).tracker?.added.length).toBeGreaterThan(0);
    await parity([...args, '--update-tracker'], { cwd });
    expect(readFileSync(join(cwd, 't.md'), 'utf8')).toMatch(/^\| P-/m);
  });
});

const missing = Object.entries(toolchains).filter(([, there]) => !there);

describe.skipIf(missing.length > 0)(
  missing.length > 0 ? `skipped: no toolchain for ${missing.map(([name]) => name).join(' and ')}` : 'on the real twins',
  () => {
    it('finds what it finds on the embedded ones', async () => {
      const cwd = await folder();
      const real = await Promise.all([startRealTwin('rust'), startRealTwin('go')]);
      try {
        await parity([...from, ...library, ...targetsAt(real)], { cwd });
      } finally {
        await Promise.all(real.map((twin) => twin.close()));
      }
      expect(outcomes(newestReport(cwd))).toEqual(outcomes(await whole()));
    }, 600_000);
  },
);

/** The report of all probes on the embedded twins. */
async function whole(): Promise<ReportDocument> {
  const cwd = await folder();
  await parity([...from, ...library, ...targets], { cwd });
  return newestReport(cwd);
}

describe('before anything is sent', () => {
  it.each([
    [['--list'], 0, /^missing\.artifact\.operation +\/artifact\/operation is missing {2}\[missing-required\]$/m],
    [
      ['--list', '--only', 'headers'],
      0,
      /headers\.expect\.continue .*not sendable: the HTTP client does not send Expect/,
    ],
    [['--dry-run', '--only', 'path'], 0, /probe\.validate\.accepted\/path\.bad-escape\n {2}POST \/v1\/validate%zz/],
    [['--only', 'mising'], 2, /PX2001.*--only is "mising"[\s\S]*did you mean `missing`/],
    [['--write', 'probes.txt'], 2, /PX2607/],
  ] as const)('%s ends with %i', async (args, code, text) => {
    const { exitCode, stdout, stderr } = await parity([...from, ...library, ...targets, ...args], { cwd: dir });
    expect(exitCode).toBe(code);
    expect(stdout + stderr).toMatch(text);
  });

  it.each([
    [['--from', 'validate/acepted'], /PX2605.*there is no case "validate\/acepted"[\s\S]*validate\/accepted/],
    [['--from', 'validate/accepted', '--route', 'GET /v1/validate'], /PX2606.*is not a request of/],
    [['--from', 'validate/accepted', '--route', 'validate'], /PX2001.*--route is "validate"/],
    [[], /required option '--from <case>'/],
  ] as const)('%s is an error', async (args, text) => {
    const { exitCode, stderr } = await parity(['probe', ...library, ...targets, ...args], { cwd: dir });
    expect([exitCode, text.test(stderr)]).toEqual([2, true]);
  });

  it('refuses writes to a target that is elsewhere, although the valid case is safe', async () => {
    const far = ['--target', 'near=http://127.0.0.1:9', '--target', 'far=http://192.0.2.1:9'];
    const { exitCode, stderr } = await parity([...from, ...library, ...far], { cwd: dir });
    expect([exitCode, /PX2405.*would write to far/.test(stderr)]).toEqual([2, true]);
  });

  it('does not overwrite what it did not write', async () => {
    const cwd = await folder({ 'mine.yaml': 'suite: mine\ncases: []\n' });
    const { exitCode, stderr } = await parity([...from, ...library, ...targets, '--write', 'mine.yaml'], { cwd });
    expect([exitCode, /PX2608/.test(stderr)]).toEqual([2, true]);
    expect(readFileSync(join(cwd, 'mine.yaml'), 'utf8')).toBe('suite: mine\ncases: []\n');
  });

  it('is inconclusive if a target refuses the valid request, and sends no other', async () => {
    const refusing = await answering({ status: 401, body: '{}' });
    const cwd = await folder();
    const both = ['--target', `rust=${twins[0].url}`, '--target', `locked=${refusing.url}`];
    const { exitCode, stdout } = await parity([...from, ...library, ...both, '--noise', '0'], { cwd });
    await refusing.close();
    expect(exitCode).toBe(3);
    expect(stdout).toContain('the valid request was not accepted, so nothing was derived from it: locked answered 401');
    expect(newestReport(cwd).cases.every(({ reason }) => reason === 'valid-case-refused')).toBe(true);
    expect(refusing.requests).toEqual(['POST /v1/validate']);
  });

  it('finds two equal servers to agree on all that it sends', async () => {
    const [one, other] = [await answering({ body: '{"ok":true}' }), await answering({ body: '{"ok":true}' })];
    const cwd = await folder();
    const both = ['--target', `one=${one.url}`, '--target', `other=${other.url}`];
    // Over its limits this server closes the connection, which says nothing about parity.
    const groups = groupNames.filter((name) => name !== 'limits').flatMap((name) => ['--only', name]);
    const { exitCode, stdout } = await parity([...from, ...library, ...both, ...groups], { cwd });
    await Promise.all([one.close(), other.close()]);
    expect(stdout.split('\n').at(-2)).toMatch(
      /^PARITY all 282 cases match \(of 290 derived from validate\/accepted\)$/,
    );
    expect(exitCode).toBe(0);
    expect(newestReport(cwd).counts.divergent).toBe(0);
  });
});
