import { spawnSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { readRun, readToRender } from '../../src/record/read.ts';
import { findRun, writeLatest } from '../../src/record/run-folder.ts';
import { createRunLog } from '../../src/record/run-log.ts';
import type { RunRecord } from '../../src/record/run-record.ts';
import { jsonParts } from '../../src/report/document/json-parts.ts';
import { bundleModule } from '../report/bundle.ts';
import { divergentRun, exchange, footer, header, hostileRun, hostileTexts, runCase } from '../report/records.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'parity-run-log-')));
let out = root;
beforeEach(() => {
  out = mkdtempSync(join(root, 'out-'));
});
afterAll(() => rmSync(root, { recursive: true }));

const storeRun = async (dir: string, record = divergentRun()): Promise<void> => {
  const log = await createRunLog(dir, record.header);
  for (const each of record.cases) log.append(each);
  if (record.footer === null) await log.close();
  else await log.finish(record.footer);
};
const logFile = (dir: string): string => join(dir, 'run.jsonl');
const codeOf = async (act: Promise<unknown>): Promise<unknown> =>
  act.then(
    () => 'nothing was thrown',
    (error: { code: unknown }) => error.code,
  );

describe('the run log', () => {
  test.each([
    ['ordinary', divergentRun],
    ['hostile', hostileRun],
    ['cut off', () => ({ ...divergentRun(), footer: null })],
  ])('gives back a run that is %s, sorted by id', async (_, run) => {
    const record = run();
    await storeRun(join(out, 'r'), { ...record, cases: [...record.cases].reverse() });
    const cases = [...record.cases].sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(await readRun(join(out, 'r'))).toEqual(JSON.parse(JSON.stringify({ ...record, cases })));
  });

  test.each([
    ['short', 50],
    ['too long to be held', 10_500],
  ])('knows without reading its file what is in it: a run that is %s', async (_, count) => {
    const dir = join(out, 'r');
    const { header: first, cases, footer } = divergentRun();
    const more = Array.from({ length: count }, (_, i) => runCase(`more/${(i * 37) % count}`, { title: 'é' }));
    const log = await createRunLog(dir, first);
    for (const each of [...more, ...cases]) log.append(each, each.title === 'é');
    await log.finish(footer!);
    const text = (record: RunRecord) => [...jsonParts(record)].join('');
    expect(text(await log.read())).toBe(text(await readToRender(dir)));
    expect(text(await log.read())).toBe(text(await readRun(dir)));
  });

  test('is for its owner alone', async () => {
    await storeRun(join(out, 'r'));
    expect(statSync(join(out, 'r')).mode & 0o777).toBe(0o700);
    expect(statSync(logFile(join(out, 'r'))).mode & 0o777).toBe(0o600);
  });

  test('is one JSON line each, in the order of finishing, also when many finish at once', async () => {
    const log = await createRunLog(join(out, 'r'), header());
    const ids = Array.from({ length: 500 }, (_, index) => `s/${500 - index}`);
    for (const id of ids) log.append(runCase(id, { title: '\n'.repeat(200) }));
    await log.finish(footer());
    const lines = readFileSync(logFile(join(out, 'r')), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ type }) => type)).toEqual(['header', ...ids.map(() => 'case'), 'footer']);
    expect(lines.slice(1, -1).map(({ id }) => id)).toEqual(ids);
  });

  test('has each finished case on disk before the run ends', async () => {
    const log = await createRunLog(join(out, 'r'), header());
    log.append(runCase('s/a'));
    await turn();
    expect((await readRun(join(out, 'r'))).cases.map(({ id }) => id)).toEqual(['s/a']);
    await log.close();
  });

  test('has one that can wait there at once where the process is about to end', async () => {
    const log = await createRunLog(join(out, 'r'), header());
    log.append(runCase('s/a'), true);
    log.flush();
    expect(
      readFileSync(logFile(join(out, 'r')), 'utf8')
        .trimEnd()
        .split('\n').length,
    ).toBe(2);
    await log.close();
    log.flush();
  });

  test('has one that can wait there soon, by itself or with the next that cannot', async () => {
    const log = await createRunLog(join(out, 'r'), header());
    const ids = async () => (await readRun(join(out, 'r'))).cases.map(({ id }) => id);
    log.append(runCase('s/a'), true);
    await vi.waitFor(async () => expect(await ids()).toEqual(['s/a']));
    log.append(runCase('s/b'), true);
    log.append(runCase('s/c'));
    await turn();
    expect(await ids()).toEqual(['s/a', 's/b', 's/c']);
    log.append(runCase('s/d'), true);
    await log.close();
    expect(await ids()).toEqual(['s/a', 's/b', 's/c', 's/d']);
  });

  test('takes nothing after its end', async () => {
    const log = await createRunLog(join(out, 'r'), header());
    await log.finish(footer());
    expect(() => log.append(runCase('s/a'))).toThrow(expect.objectContaining({ code: 'PX4201' }));
  });

  test('never writes over a record', async () => {
    await storeRun(join(out, 'r'));
    await expect(createRunLog(join(out, 'r'), header())).rejects.toMatchObject({
      code: 'PX4201',
      message: expect.stringContaining('there is a file of that name already (EEXIST)'),
    });
  });

  test('names path and reason where a folder cannot be made', async () => {
    writeFileSync(join(out, 'file'), '');
    await expect(createRunLog(join(out, 'file', 'r'), header())).rejects.toMatchObject({
      code: 'PX4201',
      message: expect.stringContaining(`${join(out, 'file', 'r')}: `),
    });
  });

  test('a disk that refuses in the middle is told, and what was saved stays readable', async () => {
    const bundle = await bundleModule(out, 'record/run-log.ts');
    const script = `
      import { createRunLog } from ${JSON.stringify(bundle)};
      const log = await createRunLog(${JSON.stringify(join(out, 'r'))}, ${JSON.stringify(header())});
      const big = ${JSON.stringify(runCase('s/a'))};
      for (let index = 0; index < 100; index++) {
        await new Promise(setImmediate);
        try { log.append({ ...big, id: 's/' + index, title: 'x'.repeat(4000) }); }
        catch (told) { console.log(told.code, told.message); break; }
      }
      try { log.append(big); } catch (told) { console.log(told.code); }`;
    writeFileSync(join(out, 'script.mjs'), script);
    const limited = `ulimit -f 64; exec '${process.execPath}' '${join(out, 'script.mjs')}'`;
    const { stdout } = spawnSync('sh', ['-c', limited], { encoding: 'utf8' });
    expect(stdout).toMatch(
      /^PX4201 cannot store .*run\.jsonl: the file would be larger than allowed \(EFBIG\)\nPX4201\n$/,
    );
    const saved = await readRun(join(out, 'r'));
    expect(saved.footer).toBe(null);
    expect(saved.cases.length).toBeGreaterThan(0);
  });
});

describe('reading a run', () => {
  const good = divergentRun();
  const text = [good.header, ...good.cases, good.footer].map((line) => `${JSON.stringify(line)}\n`).join('');
  const write = (content: string | Buffer): string => {
    writeFileSync(logFile(out), content);
    return out;
  };

  test('a torn last line is dropped, wherever it was torn', async () => {
    const start = JSON.stringify(good.header).length + 1;
    for (let end = start; end < text.length - 1; end += 97) {
      const record = await readRun(write(text.slice(0, end)));
      const whole = text.slice(0, end).split('\n').slice(1, -1);
      expect(record.cases.length).toBeGreaterThanOrEqual(whole.length);
      expect(record.footer).toBe(null);
    }
  });

  test('a last line that lacks its line feed alone still counts', async () => {
    expect((await readRun(write(text.trimEnd()))).footer).toEqual(good.footer);
  });

  test('a case that is there twice counts as it stands last', async () => {
    const lines = [header(), runCase('s/a', { title: 'old' }), runCase('s/a', { title: 'new' })];
    const record = await readRun(write(lines.map((line) => `${JSON.stringify(line)}\n`).join('')));
    expect(record.cases.map(({ title }) => title)).toEqual(['new']);
  });

  test('a target of a hostile name is a name', async () => {
    const odd = `{"__proto__":[${JSON.stringify(exchange('', 200, ''))}]}`;
    const line = JSON.stringify(runCase('s/a')).replace('"exchanges":null', `"exchanges":${odd}`);
    const record = await readRun(write(`${JSON.stringify(header())}\n${line}\n`));
    expect(Object.keys(record.cases[0]?.exchanges ?? {})).toEqual(['__proto__']);
  });

  const valid = `${JSON.stringify(header())}\n`;
  test.each([
    ['is empty', ''],
    ['is not JSON', 'hello\nworld\n'],
    ['is JSON of somebody else', '{"a":1}\n'],
    ['has no header', `${JSON.stringify(runCase('s/a'))}\n`],
    ['has another schema', valid.replace('parity-run/1', 'parity-run/2')],
    ['is torn in its header', valid.slice(0, 40)],
    ['has a foreign line in the middle', `${valid}{"type":"odd"}\n${JSON.stringify(runCase('s/a'))}\n`],
    ['has a case with a foreign outcome', `${valid}${JSON.stringify(runCase('s/a')).replace('"match"', '"fine"')}\n`],
    ['has a case that lost a member', `${valid}${JSON.stringify({ ...runCase('s/a'), comparisons: undefined })}\n`],
    ['goes on after the footer', `${text}${JSON.stringify(runCase('s/a'))}\n`],
    ['is binary', Buffer.from([0xff, 0, 10, 0xc3, 0x28, 10])],
    ['is a list', '[]\n'],
    ['inherits its members', '{"__proto__":{"type":"header"}}\n'],
  ])('a file that %s is not ours', async (_, content) => {
    expect(await codeOf(readRun(write(content)))).toBe('PX2501');
  });

  test('a folder without a record is not ours, and its name is shown safely', async () => {
    await expect(readRun(join(out, 'no\u001b[31m'))).rejects.toMatchObject({
      code: 'PX2501',
      message: expect.stringContaining('no\\x1b[31m'),
    });
  });
});

describe('finding a run', () => {
  test.each([
    ['its id', () => 'run-1'],
    ['latest', () => 'latest'],
    ['its folder', () => join(out, 'run-1')],
    ['its record', () => join(out, 'run-1', 'run.jsonl')],
  ])('by %s', async (_, name) => {
    await storeRun(join(out, 'run-1'));
    await writeLatest(out, 'run-1');
    expect(realpathSync(findRun(out, name()))).toBe(join(out, 'run-1'));
  });

  test('latest may be a text file, where links cannot be made', async () => {
    await storeRun(join(out, 'run-1'));
    writeFileSync(join(out, 'latest'), 'run-1\n');
    expect(findRun(out, 'latest')).toBe(join(out, 'run-1'));
  });

  test.each(['../run-1', '/', '..', '', 'a/b', 'x'.repeat(2000)])(
    'a text file that says %j names no run',
    (content) => {
      writeFileSync(join(out, 'latest'), content);
      expect(() => findRun(out, 'latest')).toThrow(/there is no run "latest"/);
    },
  );

  test('a name that is wrong gets the names that are there', async () => {
    await storeRun(join(out, 'run-1'));
    await storeRun(join(out, 'run-2'));
    expect(() => findRun(out, 'run-3')).toThrow(
      expect.objectContaining({ code: 'PX2502', hint: 'the newest runs there are: run-2, run-1' }),
    );
  });

  const names = ['latest', 'x', '../x', 'x'.repeat(5000), ...hostileTexts];
  test.each(names.map((name, index) => [index, name] as const))('a folder with no run has none, name %i', (_, name) => {
    expect(() => findRun(join(out, 'nowhere'), name)).toThrow(
      expect.objectContaining({
        code: 'PX2502',
        hint: 'record one with: parity run, or name another folder with --out',
      }),
    );
  });
});

describe('latest', () => {
  test('is a relative link, so that the folder can move, and the newer run replaces it', async () => {
    await writeLatest(out, 'run-1');
    await writeLatest(out, 'run-2');
    expect(lstatSync(join(out, 'latest')).isSymbolicLink()).toBe(true);
    mkdirSync(join(out, 'run-2'));
    expect(realpathSync(join(out, 'latest'))).toBe(join(out, 'run-2'));
  });

  test('replaces a link to nowhere and a text file', async () => {
    symlinkSync('gone', join(out, 'latest'));
    await writeLatest(out, 'run-1');
    rmSync(join(out, 'latest'));
    writeFileSync(join(out, 'latest'), 'old\n');
    await writeLatest(out, 'run-1');
    expect(lstatSync(join(out, 'latest')).isSymbolicLink()).toBe(true);
  });

  test('leaves a folder of that name alone, and says so', async () => {
    mkdirSync(join(out, 'latest'));
    writeFileSync(join(out, 'latest', 'mine'), '');
    expect(await codeOf(writeLatest(out, 'run-1'))).toBe('PX4201');
    expect(statSync(join(out, 'latest', 'mine')).isFile()).toBe(true);
  });

  test('is a text file where the system forbids links', async () => {
    const bundle = await bundleModule(out, 'record/run-folder.ts');
    const script = `import { writeLatest } from ${JSON.stringify(bundle)}; await writeLatest(${JSON.stringify(out)}, 'run-1');`;
    writeFileSync(join(out, 'script.mjs'), script);
    const flag = process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission';
    const limits = [flag, `--allow-fs-read=${root}`, `--allow-fs-write=${out}`];
    const { status, stderr } = spawnSync(process.execPath, [...limits, join(out, 'script.mjs')], { encoding: 'utf8' });
    expect([status, stderr.replaceAll(/.*Warning.*\n|\(Use .*\n/g, '')]).toEqual([0, '']);
    expect(readFileSync(join(out, 'latest'), 'utf8')).toBe('run-1\n');
  });
});
