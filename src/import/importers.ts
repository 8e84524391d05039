import { stat } from 'node:fs/promises';
import { readAccessLog } from './formats/access-log.ts';
import { readBruno } from './formats/bruno.ts';
import { readCurlFile } from './formats/curl.ts';
import { readGor } from './formats/gor.ts';
import { readHar } from './formats/har.ts';
import { readHttpFile } from './formats/http-file.ts';
import { readInsomnia } from './formats/insomnia.ts';
import { readMitmproxy } from './formats/mitmproxy.ts';
import { readOpenApi } from './formats/openapi.ts';
import { readPostman } from './formats/postman.ts';
import type { ImportItem } from './read/entry.ts';
import { headText, type ImportSource, unreadable } from './read/source.ts';

/** Reads a file of one format, item by item. Throws PX2910 where the file cannot be read as that format. */
export type Importer = (source: ImportSource) => AsyncIterable<ImportItem>;

/** By the name of the format. */
export const importers = {
  har: readHar,
  curl: readCurlFile,
  postman: readPostman,
  insomnia: readInsomnia,
  bruno: readBruno,
  http: readHttpFile,
  openapi: readOpenApi,
  gor: readGor,
  mitmproxy: readMitmproxy,
  'access-log': readAccessLog,
} as const satisfies Readonly<Record<string, Importer>>;

export type Format = keyof typeof importers;

/** Formats that hold answers as they came. */
export const answeringFormats: ReadonlySet<string> = new Set(['har', 'gor', 'mitmproxy']);

const headBytes = 64 * 1024;

/** What the beginning of a file shows; the first that fits wins. */
const signs: readonly (readonly [Format, RegExp])[] = [
  ['gor', /^[123] [\w-]+ \d+(?: -?\d+)?\n/],
  ['mitmproxy', /^\d{1,12}:\d{1,12}:\w/],
  ['bruno', /^(?:meta|get|post|put|patch|delete|head|options|http) \{\s*$/m],
  ['har', /^\s*\{\s*"log"\s*:/],
  ['postman', /"_postman_id"|schema\.(?:get)?postman\.com/],
  ['insomnia', /"__export_format"|"_type"\s*:\s*"export"|^type: collection\.insomnia\.rest/m],
  ['bruno', /^\s*\{[\s\S]*?"items"\s*:\s*\[[\s\S]*?"(?:formUrlEncoded|multipartForm)"\s*:/],
  ['openapi', /^\s*\{[\s\S]*?"(?:openapi|swagger)"\s*:\s*"|^["']?(?:openapi|swagger)["']?\s*:\s*["']?[23]/m],
  ['access-log', /^\s*\{[^\n]*\}\s*(?:\n|$)/],
  ['access-log', /^(?:\[[^\]\n]+\] "|\S+ \S+ .{0,200}\[[^\]\n]+\] "[A-Z]|(?:https?|h2|wss?) \d{4}-\d\d-\d\dT)/m],
  ['curl', /^\s*(?:[$>] )?curl(?:\.exe)?\s/m],
  ['http', /^(?:###|(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \S+|https?:\/\/\S+$)/m],
];

/** The format of a file, by its content. Throws PX2910 where it is none that is known. */
export async function detectFormat(source: ImportSource): Promise<Format> {
  if ((await stat(source.file).catch(() => null))?.isDirectory() === true) return 'bruno';
  const head = await headText(source, headBytes);
  const found = signs.find(([, sign]) => sign.test(head));
  if (found !== undefined) return found[0];
  throw unreadable(source.file, 'its content shows no format that is known', { line: 1 });
}
