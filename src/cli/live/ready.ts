import { ParityError } from '../../errors.ts';
import type { LiveState } from '../../live/counts/live-state.ts';
import { newestLiveRun, readState } from '../../live/counts/state-file.ts';
import { acceptedSignatures } from '../../live/gate/accepted.ts';
import { type Gate, type Readiness, readinessOf } from '../../live/gate/readiness.ts';
import { readinessLines, readinessSentence } from '../../live/gate/readiness-text.ts';
import { readToRender } from '../../record/read.ts';
import { print, printJson } from '../console.ts';
import { listOption, type Options } from '../options.ts';
import { findRunIn, runFolders } from '../run-folders.ts';
import { gateOption } from './gate-options.ts';
import { libraryRoutes } from './library-routes.ts';

/** What the gate of a cutover says of a live comparison. */
export interface Assessed {
  readonly state: LiveState;
  readonly gate: Gate;
  readonly readiness: Readiness;
}

/** `parity ready [RUN]`: 0 ready, 1 a route diverges or is below the gate, 3 too little evidence. */
export async function readyCommand(run: string | undefined, options: Options): Promise<number> {
  const { state, gate, readiness } = await assessReadiness(run, options);
  const sentence = readinessSentence(state, readiness, gate);
  if (options.json === true)
    await printJson({ schema: 'parity-ready/1', run: state.run, gate, ...readiness, sentence });
  else await print([...readinessLines(readiness), '', sentence].join('\n'));
  return readiness.exitCode;
}

/** Throws ParityError PX2502 or PX2506 where there is no such live comparison. */
export async function assessReadiness(run: string | undefined, options: Options): Promise<Assessed> {
  const gate = gateOption(options);
  const dir = await liveFolder(run, options);
  const state = readState(dir);
  const record = await readToRender(dir);
  const known = {
    isAccepted: acceptedSignatures(state, record),
    expected: await libraryRoutes(options),
    except: listOption(options, 'except'),
  };
  return { state, gate, readiness: readinessOf(state, gate, known) };
}

async function liveFolder(run: string | undefined, options: Options): Promise<string> {
  const folder = await runFolders(options);
  if (run !== undefined && run !== 'latest') return findRunIn(folder, run);
  const newest = await newestLiveRun(folder.path);
  if (newest !== null) return newest;
  throw new ParityError('PX2502', `there is no live comparison in ${folder.path}`, {
    hint: 'record one with: parity shadow, or name its folder',
  });
}
