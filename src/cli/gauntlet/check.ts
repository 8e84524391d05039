import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ParityError } from '../../errors.ts';
import { checkAssessment } from '../../gauntlet/assess/check.ts';
import { readAssessment } from '../../gauntlet/assess/earlier.ts';
import { gauntletFolders } from '../../gauntlet/gauntlet-folder.ts';
import { readProjectState } from '../../gauntlet/project-state.ts';
import { terminalText } from '../../json/printable.ts';
import { guardLine } from '../../report/document/escape.ts';
import { stopCodes } from '../../run/verdict.ts';
import { print } from '../console.ts';
import { type Options, textOption } from '../options.ts';
import { shorter } from '../shorter.ts';
import { optionsOf } from './assess.ts';
import { amongServices, openGauntlet } from './open.ts';

/** `parity assess --check`: computes an assessment again; 0 if it is what its evidence and the project come to, 1 if not, 3 if there is none. */
export async function checkCommand(options: Options): Promise<number> {
  const gauntlet = await openGauntlet(options);
  const { file, reports } = gauntlet;
  const folder = await assessedFolder(reports, textOption(options, 'check'));
  const stored = await readAssessment(join(folder, 'assessment.json'));
  if (stored === null || stored === 'unreadable') {
    const why = stored === null ? 'has no assessment.json' : 'has an assessment.json that cannot be read';
    throw new ParityError('PX3203', `${shorter(folder)} ${why}`, { hint: 'parity assess writes one' });
  }
  return amongServices(file, async (surroundings) => {
    const start = await readProjectState(file, reports);
    const checked = await checkAssessment(stored, { ...gauntlet, folder, start, ...optionsOf(gauntlet, surroundings) });
    const { signal } = surroundings.stopping;
    if (checked === null) return stopCodes[signal.reason] ?? 130;
    const { verdict, differences } = checked;
    const lines = [
      `${basename(folder)} says ${stored.verdict}, made by ${stored.made.tool}; it comes to ${verdict}`,
      ...differences.map((difference) => `  ${difference}`),
      differences.length === 0 ? 'HOLDS' : 'DOES NOT HOLD',
    ];
    await print(lines.map((line) => guardLine(terminalText(line))).join('\n'));
    return differences.length === 0 ? 0 : 1;
  });
}

/** The folder of a gauntlet by its name, or the newest one with an assessment. Throws PX3203 where there is none. */
async function assessedFolder(reports: string, name: string | undefined): Promise<string> {
  const folders = await gauntletFolders(reports);
  const found = folders.findLast((folder) =>
    name === undefined ? existsSync(join(folder, 'assessment.json')) : basename(folder) === basename(name),
  );
  if (found !== undefined) return found;
  const what = name === undefined ? 'no assessment' : `no gauntlet ${JSON.stringify(name)}`;
  throw new ParityError('PX3203', `there is ${what} in ${shorter(reports)}`, { hint: 'parity assess writes one' });
}
