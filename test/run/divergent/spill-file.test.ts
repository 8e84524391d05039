import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { seededRandom } from '../../../src/assurance/seeded-random.ts';
import { overflow } from '../../../src/run/divergent/spill-file.ts';

/** An overflow in a folder of its own. */
function opened() {
  const dir = mkdtempSync(join(tmpdir(), 'parity-overflow-'));
  const file = overflow(join(dir, 'divergent'));
  onTestFinished(() => {
    file.close();
    rmSync(dir, { recursive: true });
  });
  return { file, dir };
}

const block = 16 << 10;

test.each([
  ['short', () => 700, 3000],
  ['of one byte', () => 1, 20_000],
  ['that fill a block, or are a byte too long or too short for it', (n: number) => block - 6 + (n % 5), 40],
  ['that are longer than a block', (n: number) => block * (1 + (n % 3)), 30],
  ['of all lengths', (n: number) => 1 + ((n * 7919) % (3 * block)), 300],
])('records %s come back in any order, while others are added, too', (_why, lengthOf, count) => {
  const { file, dir } = opened();
  const random = seededRandom('records');
  const record = (n: number) => Buffer.alloc(lengthOf(n), `${n}.`);
  const places: number[] = [];
  const isBack = (n: number) => file.read(places[n]!).equals(record(n));
  for (let n = 0; n < count; n += 1) {
    places.push(file.keep(record(n)));
    expect(isBack(random(n + 1))).toBe(true);
  }
  for (let n = 0; n < count; n += 1) expect([isBack(n), isBack(random(count))]).toEqual([true, true]);
  expect(new Set(places).size).toBe(count);
  expect(readdirSync(dir)).toEqual([]);
});

/** The path by which the system knows a file of this process that has no name any more and lay in a folder. */
function linkTo(dir: string): string {
  const links = readdirSync('/proc/self/fd').map((fd) => `/proc/self/fd/${fd}`);
  const isBelow = (link: string) => {
    try {
      return readlinkSync(link).startsWith(dir);
    } catch {
      // That of the folder while it was listed.
      return false;
    }
  };
  return links.find(isBelow)!;
}

test.runIf(process.platform === 'linux')('on the disk is nothing of a record, and equal blocks look different', () => {
  const { file, dir } = opened();
  const record = Buffer.alloc(block - 4, 'session=2f1c');
  const places = Array.from({ length: 8 }, () => file.keep(record));
  const bytes = readFileSync(linkTo(dir));
  expect(bytes.length).toBe(7 * block);
  expect(bytes.includes('session')).toBe(false);
  const pieces = new Set<string>();
  for (let at = 0; at < bytes.length; at += 16) pieces.add(bytes.toString('hex', at, at + 16));
  expect(pieces.size).toBe(bytes.length / 16);
  for (const place of places) expect(file.read(place)).toEqual(record);
});

test.runIf(process.platform === 'linux')('a file that is cut off is told', () => {
  const { file, dir } = opened();
  const [first = 0] = Array.from({ length: 3 }, () => file.keep(Buffer.alloc(block, 1)));
  truncateSync(linkTo(dir), block / 2);
  expect(() => file.read(first)).toThrow(/cannot store .*divergent.*: it was cut off$/);
});

test.skipIf(process.platform === 'win32')('a disk that is full is told, and nothing is left there', () => {
  const dir = mkdtempSync(join(tmpdir(), 'parity-overflow-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const script = `
    import { overflow } from ${JSON.stringify(pathToFileURL(resolve('dist/lib/run/divergent/spill-file.js')))};
    const file = overflow(${JSON.stringify(join(dir, 'divergent'))});
    try { for (;;) file.keep(Buffer.alloc(4000, 1)); } catch (told) { console.log(told.code, told.message); }
    console.log(file.read(0).length);`;
  // Blocks of 512 bytes: no file may grow beyond 32 KiB.
  const limited = `ulimit -f 64; exec "$0" --input-type=module -e "$1"`;
  const { stdout } = spawnSync('sh', ['-c', limited, process.execPath, script], { encoding: 'utf8' });
  expect(stdout).toMatch(
    /^PX4201 cannot store .*divergent.*: the file would be larger than allowed \(EFBIG\)\n4000\n$/,
  );
  expect(readdirSync(dir)).toEqual([]);
});
