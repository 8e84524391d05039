import { resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import { plainTracking, type Tracking } from '../config/tracking.ts';
import { ParityError } from '../errors.ts';
import { type Options, textOption } from './options.ts';
import { readConfig } from './session.ts';

/** The tracker that a command is about, and where the runs are that it can look into. */
export interface TrackerAt {
  readonly file: string;
  readonly tracking: Tracking;
  readonly out: string;
  /** Null if the command line named the file. */
  readonly config: Config | null;
}

/** `--tracker` wins over `parity.yaml`, and then needs none. Throws ParityError PX2602 if neither names a tracker. */
export async function trackerAt(options: Options): Promise<TrackerAt> {
  const flag = textOption(options, 'tracker');
  const out = textOption(options, 'out');
  if (flag !== undefined) {
    return { file: resolve(flag), tracking: plainTracking, out: resolve(out ?? 'reports'), config: null };
  }
  const config = await readConfig({ config: options.config, out });
  if (config.tracker !== null) {
    return { file: config.tracker, tracking: config.tracking, out: config.out, config };
  }
  throw new ParityError('PX2602', 'the configuration names no tracker', {
    hint: 'name one: --tracker docs/ARCHITECTURE_COMPARISON.md',
  });
}
