import { readToRender } from '../record/read.ts';
import { writeReports } from '../report/write.ts';
import { printBug } from './errors.ts';
import { detailOption, type Options, reporterOption } from './options.ts';
import { findRunIn, runFolders } from './run-folders.ts';
import { ownReporters, printReport } from './session.ts';

/** `parity report RUN`: renders a record again. 0, or 3 if the run was cut off before its end. */
export async function reportCommand(name: string, options: Options): Promise<number> {
  const reporters = reporterOption(options, 'terminal');
  const detail = detailOption(options);
  const callOwn = await ownReporters(reporters);
  const dir = findRunIn(await runFolders(options), name);
  const record = await readToRender(dir);
  const { paths, failed } = await writeReports(dir, record, reporters);
  await printReport({ record, dir, root: process.cwd(), ...detail }, reporters, options.json === true);
  for (const file of paths) process.stderr.write(`wrote ${file}\n`);
  for (const { error } of failed) printBug(error);
  const exitCode = failed.length > 0 ? 70 : record.footer === null ? 3 : 0;
  return callOwn({ record, dir, exitCode });
}
