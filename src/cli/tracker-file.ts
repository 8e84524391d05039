import { resolve } from 'node:path';
import { loadTracker } from '../config/load.ts';
import { plainTracking, type Tracking } from '../config/tracking.ts';
import { ParityError } from '../errors.ts';
import { type Options, textOption } from './options.ts';
import { outFlags, runFolders } from './run-folders.ts';

/** The tracker that a command is about, and where the runs are that it can look into. */
export interface TrackerAt {
  readonly file: string;
  readonly tracking: Tracking;
  readonly out: string;
}

/** `--tracker` wins over `parity.yaml`, and then needs none. Throws ParityError PX2602 if neither names a tracker. */
export async function trackerAt(options: Options): Promise<TrackerAt> {
  const flag = textOption(options, 'tracker');
  if (flag !== undefined)
    return { file: resolve(flag), tracking: plainTracking, out: (await runFolders(options)).path };
  const { tracker, ...loaded } = await loadTracker(outFlags(options), process.cwd());
  if (tracker !== null) return { file: tracker, tracking: loaded.tracking, out: loaded.out };
  const none = `there is no parity.yaml in ${process.cwd()} or above it that names a tracker`;
  throw new ParityError('PX2602', loaded.file === null ? none : 'the configuration names no tracker', {
    hint: 'name one: --tracker docs/ARCHITECTURE_COMPARISON.md',
  });
}
