import { randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { pid } from 'node:process';
import { z } from 'zod';
import { identityOf, isAlive } from '../../processes/identity.ts';
import { endFamily, markAll } from '../../processes/living.ts';
import { storing } from '../../record/lines/files.ts';
import { makeFolder } from '../new-file.ts';

const identity = z.object({ pid: z.int().min(1), born: z.string() });
const pageSchema = z.object({
  schema: z.literal('parity-services/1'),
  /** In the environment of all that was started. */
  mark: z.uuid(),
  owner: identity,
  host: z.string(),
  /** What was started is to outlive its owner: it is left running by `parity gauntlet up`. */
  stays: z.boolean(),
  services: z.array(identity.extend({ name: z.string() })),
});
type Page = z.output<typeof pageSchema>;

/** What one command starts, written down before it is started: what is killed leaves nothing that nobody knows of. */
export interface Ledger {
  /** In the environment of all that is started. */
  readonly mark: string;
  /** Where the output of services may go. */
  readonly folder: string;
  /** Writes down a service that was started, in the order in which services are started. */
  add(name: string, pid: number): Promise<void>;
  /** Its services stay from now on, if there are any. */
  keep(): Promise<void>;
  /** Nothing of it runs any more. */
  close(): Promise<void>;
}

/** The mark of one service, beside the mark of its ledger. */
export function markOf(ledger: Pick<Ledger, 'mark'>, name: string): string {
  return `${ledger.mark}/${name}`;
}

/** Opens the ledger of this process in `.parity/` of a folder, which git leaves alone: all that the process starts until it is closed has its mark. */
export async function openLedger(root: string): Promise<Ledger> {
  const folder = folderIn(root);
  await makeFolder(folder);
  await storing(folder, () => writeFile(join(folder, '.gitignore'), '*\n'));
  let page: Page = {
    schema: 'parity-services/1',
    ...{ mark: randomUUID(), owner: await identityOf(pid), host: hostname(), stays: false, services: [] },
  };
  const path = join(folder, `services-${page.mark}.json`);
  const write = async (change: Partial<Page>) => {
    page = { ...page, ...change };
    await storing(path, async () => {
      await writeFile(`${path}.new`, JSON.stringify(page));
      await rename(`${path}.new`, path);
    });
  };
  await write({});
  const unmark = markAll(page.mark);
  return {
    mark: page.mark,
    folder,
    add: async (name, id) => write({ services: [...page.services, { name, ...(await identityOf(id)) }] }),
    keep: () => (page.services.length === 0 ? rm(path, { force: true }) : write({ stays: true })),
    close: () => {
      unmark();
      return rm(path, { force: true });
    },
  };
}

/** Ends what earlier commands left in a folder: what its owner did not live to end, and with `all` what stays. Returns the names of the services. */
export async function endLeftovers(root: string, { all }: { readonly all: boolean }): Promise<string[]> {
  const ended: string[] = [];
  for (const { path, page } of await pagesIn(root)) {
    if (page.host !== hostname() || (page.stays ? !all : await isAlive(page.owner))) continue;
    ended.push(...(await endPage(page)));
    await rm(path, { force: true });
  }
  return ended;
}

/** Those that were started last end first. What was being started when the owner was killed has the mark alone. */
async function endPage(page: Page): Promise<string[]> {
  const names: string[] = [];
  for (const service of [...page.services].reverse()) {
    // The id of a process that is gone may be that of another one by now.
    const group = (await isAlive(service)) ? service.pid : null;
    await endFamily({ mark: markOf(page, service.name), group });
    names.push(service.name);
  }
  await endFamily({ mark: page.mark, group: null });
  return names;
}

async function pagesIn(root: string): Promise<{ readonly path: string; readonly page: Page }[]> {
  const names = await readdir(folderIn(root)).catch(() => []);
  const paths = names
    .filter((name) => /^services-[0-9a-f-]+\.json$/.test(name))
    .map((name) => join(folderIn(root), name));
  const pages = await Promise.all(paths.map(async (path) => ({ path, page: await pageAt(path) })));
  return pages.flatMap(({ path, page }) => (page === null ? [] : [{ path, page }]));
}

/** Null for a file that is gone, or no ledger. */
async function pageAt(path: string): Promise<Page | null> {
  try {
    return pageSchema.safeParse(JSON.parse(await readFile(path, 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}

function folderIn(root: string): string {
  return join(root, '.parity');
}
