import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { ParityError } from '../errors.ts';
import { terminalText } from '../json/printable.ts';
import type { RecordedFinding } from '../record/types.ts';
import { recentRuns } from '../report/history.ts';
import { decisionRecord } from '../tracker/adr.ts';
import { storageError } from '../tracker/file/storage-error.ts';
import { rowOf } from '../tracker/list.ts';
import { print } from './console.ts';
import { type Options, textOption } from './options.ts';
import { trackerAt } from './tracker-file.ts';

const searchedRuns = 20;

async function newestFinding(id: string, out: string): Promise<RecordedFinding | null> {
  for await (const { footer } of recentRuns(out, searchedRuns)) {
    const found = footer?.findings.find((finding) => finding.id === id);
    if (found !== undefined) return found;
  }
  return null;
}

/** The next free number, as `0007`. Throws ParityError PX2604 if a record of the row is there already. */
async function nextNumber(dir: string, id: string): Promise<string> {
  const names = await readdir(dir).catch(() => []);
  const there = names.find((name) => name.toLowerCase().includes(`-${id.toLowerCase()}-`));
  if (there !== undefined)
    throw new ParityError('PX2604', `${terminalText(join(dir, there))} is there already`, {
      hint: 'it is yours now: edit it, or remove it first',
    });
  const numbers = names.map((name) => Number(/^(\d{1,6})-/.exec(name)?.[1] ?? 0));
  return String(Math.max(0, ...numbers) + 1).padStart(4, '0');
}

/** `parity adr ID`: writes a decision record (MADR) from a row, into `decisions` beside the tracker. Never overwrites. */
export async function adrCommand(name: string, options: Options): Promise<number> {
  const { file, tracking, out } = await trackerAt(options);
  const row = await rowOf(file, name, tracking);
  const finding = await newestFinding(row.id ?? '', out);
  const { slug, text } = decisionRecord(row, finding, new Date().toISOString().slice(0, 10));
  const dir = resolve(textOption(options, 'dir') ?? join(dirname(file), 'decisions'));
  const path = join(dir, `${await nextNumber(dir, row.id ?? '')}-${slug}.md`);
  try {
    await mkdir(dir, { recursive: true });
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    throw storageError(error, path, text.length);
  }
  await print(`wrote  ${terminalText(relative(process.cwd(), path))}`);
  return 0;
}
