import { readdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { ParityError } from '../errors.ts';
import { terminalText } from '../json/printable.ts';
import type { RecordedFinding } from '../record/types.ts';
import { recentRuns } from '../report/history.ts';
import { makeFolders } from '../structures/make-folders.ts';
import { type DecisionRecord, decisionRecord } from '../tracker/adr.ts';
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
export async function adrCommand(name: string | undefined, options: Options): Promise<number> {
  if (options.ready !== undefined) return adrOfReadiness(options);
  if (name === undefined)
    throw new ParityError('PX2001', 'parity adr needs the id of a row, or --ready', { hint: 'parity adr P-3F2A9C1D' });
  const { file, tracking, out } = await trackerAt(options);
  const row = await rowOf(file, name, tracking);
  const finding = await newestFinding(row.id ?? '', out);
  const record = decisionRecord(row, finding, new Date().toISOString().slice(0, 10));
  return write({ ...record, id: row.id ?? '' }, textOption(options, 'dir') ?? join(dirname(file), 'decisions'));
}

/** `parity adr --ready [RUN]`: writes one from what the gate of a cutover says of a live comparison. */
async function adrOfReadiness(options: Options): Promise<number> {
  const { assessReadiness } = await import('./live/ready.ts');
  const { cutoverRecord } = await import('../live/gate/decision-record.ts');
  const assessed = await assessReadiness(textOption(options, 'ready'), options);
  const { run } = assessed.state;
  const record = { id: run, slug: `cutover-${run}-ready`.toLowerCase(), text: cutoverRecord(assessed.state, assessed) };
  return write(record, textOption(options, 'dir') ?? 'docs/decisions');
}

async function write(record: DecisionRecord & { readonly id: string }, folder: string): Promise<number> {
  const dir = resolve(folder);
  const path = join(dir, `${await nextNumber(dir, record.id)}-${record.slug}.md`);
  try {
    await makeFolders(dir);
    await writeFile(path, record.text, { flag: 'wx' });
  } catch (error) {
    throw storageError(error, path, record.text.length);
  }
  await print(`wrote  ${terminalText(relative(process.cwd(), path))}`);
  return 0;
}
