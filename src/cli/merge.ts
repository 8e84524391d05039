import { mergeFrom } from './earlier.ts';
import type { Options } from './options.ts';
import { openSession, readConfig, runSession } from './session.ts';

/** `parity merge`: joins the shards of one run in a new one. Sends nothing; exit codes as those of a run, 3 where a shard is missing. */
export async function mergeCommand(names: readonly string[], options: Options): Promise<number> {
  const config = await readConfig(options, { sendsNothing: true });
  const selectors = (typeof options.select === 'string' ? options.select.split(',') : []).filter((one) => one !== '');
  const session = await openSession(config, selectors, options);
  return (await runSession(session, options, await mergeFrom(names, session))).exitCode;
}
