import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ParityError } from '../errors.ts';
import { terminalText } from '../json/printable.ts';
import { print } from './console.ts';
import type { Options } from './options.ts';
import { findRunIn, runFolders } from './run-folders.ts';
import { shorter } from './shorter.ts';

/** The program that opens a page: the one of BROWSER, else that of the system. */
function opener(): readonly string[] {
  const named = process.env.BROWSER ?? '';
  if (named !== '') return [named];
  if (process.platform === 'darwin') return ['open'];
  return process.platform === 'win32' ? ['explorer'] : ['xdg-open'];
}

/** Starts the program and leaves it alone; false where it cannot be started. */
function started([program = '', ...args]: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}

/** The page of a run, and the finding in it, shown in the browser. Throws ParityError PX2107 where no program here opens pages. */
export async function openPage(page: string, finding = ''): Promise<void> {
  const target = finding === '' ? page : `file://${encodeURI(page)}#${finding}`;
  if (await started([...opener(), target])) return;
  throw new ParityError('PX2107', `no program here opens ${terminalText(shorter(page))}`, {
    hint: 'open it in a browser yourself, or name one: BROWSER=firefox',
  });
}

/** The page of a run. Throws ParityError PX2502 if the run, or its page, is not there. */
export async function pageOf(run: string, options: Options): Promise<string> {
  const dir = findRunIn(await runFolders(options), run);
  const page = join(dir, 'report.html');
  if (existsSync(page)) return page;
  throw new ParityError('PX2502', `${terminalText(shorter(dir))} has no report.html`, {
    hint: `write it with: parity report ${terminalText(run)} --reporter html`,
  });
}

/** `parity open [RUN]`: the HTML report in the browser. */
export async function openCommand(run: string, options: Options): Promise<number> {
  const page = await pageOf(run, options);
  if (options.print !== true) await openPage(page);
  await print(terminalText(options.print === true ? page : `opened ${shorter(page)}`));
  return 0;
}
