import { selectFrom } from '../../cases/select.ts';
import type { Announcement } from '../../engine/announcement.ts';
import type { Engine } from '../../engine/client.ts';
import type { Work } from '../../engine/work.ts';
import { noiseOption, type Options, retriesOption } from '../options.ts';
import type { Session } from '../session.ts';
import { version } from '../version.ts';

interface Taking {
  readonly engine: Engine;
  readonly announcement: Announcement;
  readonly signal: AbortSignal;
}

/** How the parts of a run are carried out in this process. What they come to is judged once, where they are merged. */
export function workOf(session: Session, options: Options, taking: Taking): Work {
  const { announcement } = taking;
  const { selectors, total, options: chosen } = announcement;
  return {
    ...taking,
    plan: {
      ...session,
      seed: announcement.seed,
      version,
      failOn: 'never',
      noise: noiseOption(options),
      retries: retriesOption(options),
      strict: false,
      formats: [],
      writeTracker: false,
      trackerNamed: false,
      now: () => new Date(),
    },
    casesOf: (part) =>
      selectFrom(session.library, {
        selectors,
        tags: chosen.tag ?? [],
        ...(chosen.grep === undefined ? {} : { grep: chosen.grep }),
        shard: { index: part, total },
      }),
  };
}
