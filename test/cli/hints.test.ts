import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { errorPage } from '../../src/cli/error-codes.ts';
import { commandLineHint, printTopic } from '../../src/cli/hints.ts';
import { makeProgram } from '../../src/cli/program.ts';
import { folder, parity } from './command.ts';

const src = join(import.meta.dirname, '..', '..', 'src');

it('each error code in the code has a page, and each page is of a code that is there', () => {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('error-codes.ts'),
  );
  const codes = new Set(
    files.flatMap((file) => readFileSync(join(src, file), 'utf8').match(/\bPX[1-47]\d{3}\b/g) ?? []),
  );
  expect([...codes].filter((code) => errorPage(code) === null)).toEqual([]);
  expect(errorPage('px2103')).toContain('PX2103  (exit code 2)');
  expect(errorPage('PX9999')).toBeNull();
});

it.each([
  ["error: unknown command 'accept'", ['accept', 'P-1'], 'parity tracker accept ID --reason "…"'],
  ["error: unknown option '--filter'", ['run', '--filter', 'x'], '--grep PATTERN'],
  ["error: unknown option '--insecure'", ['run', '--insecure'], 'tls: { insecure: true } of the target in parity.yaml'],
  ["error: unknown option '--workers=4'", ['run', '--workers=4'], '--concurrency N'],
  ["error: unknown option '--bogus'", ['run', '--bogus'], null],
  ["error: unknown option '--filter'", ['explain', '--filter'], null],
])('a word of another tool is answered with ours: %s', async (message, argv, hint) => {
  expect(commandLineHint(message, await makeProgram(() => {}, ''), argv)).toBe(hint);
});

it('a help topic that is not there is an error that names the nearest', async () => {
  const program = await makeProgram(() => {}, '');
  await expect(printTopic('exitcodes', program)).rejects.toMatchObject({ hint: 'did you mean `exit-codes`?' });
  await expect(printTopic('bogus', program)).rejects.toMatchObject({ code: 'PX2001' });
  expect(await printTopic('run', program)).toBe(false);
});

it.each<[string[], number, string]>([
  [['help', 'exit-codes'], 0, 'inconclusive: a target could not be reached'],
  [['help', 'bogus'], 2, 'error[PX2001] there is no command and no help topic "bogus"'],
  [['accept', 'P-1'], 2, 'try: parity tracker accept ID'],
  [['run', '--verbose'], 2, 'try: '],
  [['explain', 'PX2103'], 0, 'Variables of the environment'],
  [['explain', 'p-12345678'], 2, 'try: parity tracker show P-12345678'],
  [['explain', 'nilslice'], 2, 'did you mean `nil-slice-null`?'],
])('parity %j says what to do', async (args, exitCode, said) => {
  const { stdout, stderr, ...ended } = await parity(args, { cwd: await folder({}) });
  expect([ended.exitCode, stdout + stderr]).toEqual([exitCode, expect.stringContaining(said)]);
});

const targets = 'reference: a\ntargets: { a: http://127.0.0.1:1, b: http://127.0.0.1:2 }\n';

it.each(['parity.yaml', 'parity.yml'])('doctor and run agree that %s has no case', async (name) => {
  const cwd = await folder({ [name]: targets });
  const [doctor, run] = [await parity(['doctor'], { cwd }), await parity(['run'], { cwd })];
  expect([doctor.exitCode, run.exitCode]).toEqual([3, 3]);
  expect(doctor.stdout).toContain('FAIL  cases: there is no case in the library\n      try: write one below');
  expect(run.stderr).toContain('error[PX3101] there is no case in the library');
});
