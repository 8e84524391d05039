import { openCases } from '../../cases/read/load.ts';
import { loadConfig } from '../../config/load.ts';
import { ParityError } from '../../errors.ts';
import { routesOf } from '../../run/judging/coverage.ts';
import { secrets, short } from '../console.ts';
import { type Options, textOption } from '../options.ts';

/** The routes of the case library that the configuration names, each once; none without a configuration. */
export async function libraryRoutes(options: Options): Promise<string[]> {
  const config = textOption(options, 'config');
  const loading = { cwd: process.cwd(), env: process.env, secrets, short, sendsNothing: true };
  const loaded = await loadConfig(config === undefined ? {} : { config }, loading).catch((error: unknown) => {
    // Without a configuration there is no library; one that is named must be there.
    if (config === undefined && error instanceof ParityError && error.code === 'PX2105') return null;
    throw error;
  });
  if (loaded === null || loaded.cases.length === 0) return [];
  const { cases } = await openCases(loaded.cases, {
    ...{ root: loaded.root, env: process.env, secrets, short },
    targets: loaded.targets.map(({ name }) => name),
  });
  const routes = new Set<string>();
  for (const testCase of cases) for (const route of routesOf(testCase, [], loaded.routes)) routes.add(route);
  return [...routes].sort();
}
