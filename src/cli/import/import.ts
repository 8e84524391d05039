import { existsSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import { didYouMean, quoteForMessage } from '../../config/source/did-you-mean.ts';
import { ParityError } from '../../errors.ts';
import { answeringFormats, detectFormat, type Format, type Importer, importers } from '../../import/importers.ts';
import type { ImportItem, TrafficEntry } from '../../import/read/entry.ts';
import { openSource } from '../../import/read/source.ts';
import { terminalText } from '../../json/printable.ts';
import { type ImportedCases, importCases } from '../../recorder/import-cases.ts';
import { TrafficReducer } from '../../recorder/reduce.ts';
import { print, printError, printJson } from '../console.ts';
import { type Options, textOption } from '../options.ts';
import { shorter } from '../shorter.ts';
import { readIds, storeImport } from './store.ts';

/** What is left out for one reason. */
interface LeftOut {
  readonly reason: string;
  count: number;
  readonly example: string;
}

interface Counts {
  read: number;
  readonly leftOut: Map<string, LeftOut>;
  readonly notes: Set<string>;
  /** The format of a file that holds answers. */
  answering: Format | null;
}

/** `parity import`: reads all files, then writes their cases. */
export async function importCommand(format: string, files: readonly string[], options: Options): Promise<number> {
  const named = formatOption(format);
  const target = targetOption(options);
  const strip = stripOption(options);
  const counts: Counts = { read: 0, leftOut: new Map(), notes: new Set(), answering: null };
  const reducer = new TrafficReducer(options.all === true);
  for (const file of files) await readFile({ file, named, strip }, { reducer, counts });
  const suite = basename(target.file, extname(target.file)).replace(/[^A-Za-z0-9._-]+/g, '-');
  const taken = await readIds(target);
  const made = importCases(reducer.kept, { isAll: options.all === true, suite, taken });
  if (made.rows.length > 0) await storeImport(made, { ...target, suite, answering: counts.answering });
  await report(made, { counts, file: target.file, isJson: options.json === true });
  return made.rows.length > 0 ? 0 : 3;
}

function formatOption(name: string): Format | null {
  if (name === 'auto') return null;
  if (Object.hasOwn(importers, name)) return name as Format;
  const names = [...Object.keys(importers), 'auto'];
  throw new ParityError('PX2001', `${quoteForMessage(name)} is not a format`, {
    hint: didYouMean(name, names) ?? `it is one of ${names.join(', ')}`,
  });
}

function targetOption(options: Options): { readonly file: string; readonly isAppended: boolean } {
  const file = textOption(options, 'to') ?? 'cases/imported.yaml';
  const wrong = (message: string, hint: string) => new ParityError('PX2001', message, { hint });
  if (!/^\.(?:ya?ml|jsonl)$/i.test(extname(file)))
    throw wrong('--to names no case file', 'let it end with .yaml, .yml or .jsonl');
  const isAppended = options.append === true;
  if (isAppended && options.force === true) throw wrong('--append and --force exclude each other', 'give one of them');
  if (existsSync(resolve(file)) && !isAppended && options.force !== true)
    throw new ParityError('PX2912', `${shorter(resolve(file))} is there already; nothing was written`, {
      hint: 'name another file with --to, or give --append or --force',
    });
  return { file, isAppended };
}

function stripOption(options: Options): string {
  const prefix = (textOption(options, 'strip') ?? '').replace(/\/+$/, '');
  if (prefix === '' || prefix.startsWith('/')) return prefix;
  throw new ParityError('PX2001', `--strip is ${quoteForMessage(prefix)}`, {
    hint: 'write the beginning of a path: --strip /api',
  });
}

interface Reading {
  readonly file: string;
  readonly named: Format | null;
  readonly strip: string;
}

interface Into {
  readonly reducer: TrafficReducer;
  readonly counts: Counts;
}

async function readFile({ file, named, strip }: Reading, { reducer, counts }: Into): Promise<void> {
  const source = openSource(file);
  const format = named ?? (await detectFormat(source));
  if (answeringFormats.has(format)) counts.answering ??= format;
  const read: Importer = importers[format];
  for await (const item of read(source)) takeItem(item, strip, { reducer, counts });
}

function takeItem(item: ImportItem, strip: string, { reducer, counts }: Into): void {
  if (item.kind === 'note') {
    counts.notes.add(item.text);
    return;
  }
  counts.read += 1;
  if (item.kind === 'leftOut') {
    countLeftOut(counts, item.reason, `${item.where.file}:${item.where.line} ${item.example}`);
    return;
  }
  const { where, request } = item.entry;
  const isKept = reducer.add(stripped(item.entry, strip)) !== 'tooMany';
  if (!isKept)
    countLeftOut(
      counts,
      'more requests than one library holds',
      `${where.file}:${where.line} ${request.method} ${request.path}`,
    );
}

function countLeftOut({ leftOut }: Counts, reason: string, example: string): void {
  const known = leftOut.get(reason);
  if (known === undefined) leftOut.set(reason, { reason, count: 1, example: withoutQuery(example) });
  else known.count += 1;
}

/** A query may hold a credential. */
function withoutQuery(example: string): string {
  return example.replace(/\?[^\s"]*/g, '?…').slice(0, 200);
}

function stripped(entry: TrafficEntry, prefix: string): TrafficEntry {
  const { path } = entry.request;
  if (prefix === '' || !path.startsWith(prefix) || !/^(?:$|[/?])/.test(path.slice(prefix.length))) return entry;
  const rest = path.slice(prefix.length);
  return { ...entry, request: { ...entry.request, path: rest.startsWith('/') ? rest : `/${rest}` } };
}

interface Reported {
  readonly counts: Counts;
  readonly file: string;
  readonly isJson: boolean;
}

const maxShownNames = 40;

function named(variables: readonly string[]): string {
  const more = variables.length - maxShownNames;
  const shown = variables.slice(0, maxShownNames).join(', ');
  return more > 0 ? `${shown} and ${more} more, which --json lists` : shown;
}

async function report(made: ImportedCases, { counts, file, isJson }: Reported): Promise<void> {
  const leftOut = [...counts.leftOut.values()].sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
  const lost = leftOut.reduce((sum, { count }) => sum + count, 0);
  const cases = made.rows.length;
  const merged = counts.read - lost - cases;
  const notes = [...counts.notes];
  if (cases === 0) printError('nothing was imported: no request of the files can become a case\n');
  if (isJson) {
    const { variables } = made;
    return printJson({ schema: 'parity-import/1', read: counts.read, cases, merged, leftOut, variables, notes });
  }
  for (const note of notes) await print(`note: ${terminalText(note)}`);
  for (const { reason, count, example } of leftOut)
    await print(`left out ${count}: ${terminalText(reason)} (${terminalText(example)})`);
  if (made.variables.length > 0)
    await print(`variables to set before a run: ${named(made.variables)} (or --secrets FILE with lines NAME=value)`);
  if (cases > 0) await print(`wrote  ${terminalText(shorter(resolve(file)))}`);
  await print(`imported ${cases} cases, merged ${merged}, left out ${lost} of ${counts.read}`);
}
