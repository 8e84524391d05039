import { openCases } from '../../cases/read/load.ts';
import type { Config } from '../../config/config.ts';
import { loadConfig } from '../../config/load.ts';
import { ParityError } from '../../errors.ts';
import { routesOf } from '../../run/judging/coverage.ts';
import { secrets, short } from '../console.ts';
import { type Options, textOption } from '../options.ts';

/** What the case library says of routes. */
interface LibraryRoutes {
  /** The routes of its cases, each once. */
  readonly routes: readonly string[];
  /** The templates that its suites name. */
  readonly templates: readonly string[];
}

/** The routes of the case library of a configuration. */
export async function routesIn(config: Pick<Config, 'cases' | 'root' | 'targets' | 'routes'>): Promise<LibraryRoutes> {
  if (config.cases.length === 0) return { routes: [], templates: [] };
  const { cases } = await openCases(config.cases, {
    ...{ root: config.root, env: process.env, secrets, short },
    targets: config.targets.map(({ name }) => name),
  });
  const [routes, templates] = [new Set<string>(), new Set<string>()];
  for (const testCase of cases) {
    for (const route of routesOf(testCase, [], config.routes)) routes.add(route);
    for (const template of testCase.routes) templates.add(template);
  }
  return { routes: [...routes].sort(), templates: [...templates] };
}

/** The routes of the case library that the configuration names, each once; none without a configuration. */
export async function libraryRoutes(options: Options): Promise<readonly string[]> {
  const config = textOption(options, 'config');
  const loading = { cwd: process.cwd(), env: process.env, secrets, short, sendsNothing: true };
  const loaded = await loadConfig(config === undefined ? {} : { config }, loading).catch((error: unknown) => {
    // Without a configuration there is no library; one that is named must be there.
    if (config === undefined && error instanceof ParityError && error.code === 'PX2105') return null;
    throw error;
  });
  return loaded === null ? [] : (await routesIn(loaded)).routes;
}
