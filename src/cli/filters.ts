import { basename, join } from 'node:path';
import type { TestCase } from '../cases/case.ts';
import { plainText } from '../cases/placeholder.ts';
import type { CaseFilter } from '../cases/select.ts';
import type { Config } from '../config/config.ts';
import { quoteForMessage } from '../config/source/did-you-mean.ts';
import { ParityError } from '../errors.ts';
import { routesFor } from '../findings/route.ts';
import { terminalText } from '../json/printable.ts';
import { readToRender } from '../record/read.ts';
import type { RunRecord } from '../record/run-record.ts';
import { listedCases } from '../report/document/document.ts';
import type { ReportCase } from '../report/document/report-model.ts';
import { isOfLibrary } from '../report/document/trend.ts';
import { listRuns } from '../report/history.ts';
import { listOption, type Options, textOption } from './options.ts';
import { folderToResume } from './run-folders.ts';

/** What narrows a selection beside selectors, `--grep` and `--tag`, and what a run is resumed by of it. */
interface Narrowed {
  readonly filters: readonly CaseFilter[];
  readonly marks: readonly string[];
}

/** Takes the configuration and `--route`, `--method` and `--last-failed`; returns them as filters. Throws PX2001 for what does not go together, PX2502 where there is no run yet, PX3101 where nothing failed. */
export async function filtersOf(config: Config, options: Options): Promise<Narrowed> {
  const routes = listOption(options, 'route');
  const methods = listOption(options, 'method').map((method) => method.toUpperCase());
  const failed = options.lastFailed === true ? await lastFailed(config, options) : null;
  return {
    filters: [
      ...(routes.length === 0 ? [] : [routeFilter(routes, config)]),
      ...(methods.length === 0 ? [] : [methodFilter(methods)]),
      ...(failed === null ? [] : [failedFilter(failed)]),
    ],
    marks: [
      ...routes.map((text) => `route ${text}`),
      ...methods.map((method) => `method ${method}`),
      ...(failed === null ? [] : [`last failed ${[...failed.ids].sort().join(' ')}`]),
    ],
  };
}

/** A text fits in a request as it is written, and in its route as reports name it. */
function routeFilter(texts: readonly string[], { routes }: Config): CaseFilter {
  const test = (one: TestCase) => {
    const routeOf = routesFor(one, routes);
    return one.steps.some(({ request }, step) => {
      const [method, path] = [request.method, plainText(request.path)];
      const all = [`${method} ${path}`, routeOf({ request: { method, path }, step })];
      return texts.some((text) => all.some((name) => name.includes(text)));
    });
  };
  return {
    test,
    message: `no case has a request whose route contains ${texts.map(quoteForMessage).join(' or ')}`,
    hint: () =>
      'write a part of METHOD and path, as reports and parity run --dry-run show them: --route "POST /v1/items"',
  };
}

function methodFilter(methods: readonly string[]): CaseFilter {
  return {
    test: ({ steps }) => steps.some(({ request }) => methods.includes(request.method.toUpperCase())),
    message: `no case has a request with the method ${methods.map(quoteForMessage).join(' or ')}`,
    hint: () => 'parity run --dry-run lists the requests of all cases',
  };
}

interface LastFailed {
  readonly run: string;
  readonly ids: ReadonlySet<string>;
}

function failedFilter({ run, ids }: LastFailed): CaseFilter {
  return {
    test: ({ id }) => ids.has(id),
    message: `none of the cases that failed in run ${run} is in the library any more`,
    hint: () => 'run the whole library: parity run',
  };
}

/** The cases that say no parity in the newest run of the library, replays, probes and the run that is resumed aside. */
async function lastFailed({ out }: Config, options: Options): Promise<LastFailed> {
  const other = ['shard', 'engine'].find((name) => textOption(options, name) !== undefined);
  if (other !== undefined)
    throw new ParityError('PX2001', `--last-failed cannot be used with --${other}`, {
      hint: 'other machines have other runs; leave one of the two out',
    });
  const resumed = textOption(options, 'resume');
  const skipped = resumed === undefined ? null : basename(folderToResume(out, resumed));
  for (const run of listRuns(out)) {
    const record = run === skipped ? null : await readable(join(out, run));
    if (record === null || !isOfLibrary(record.header)) continue;
    const ids = new Set<string>();
    for (const { perCandidate } of listedCases(record))
      for (const one of perCandidate) if (isFailed(one)) ids.add(one.id);
    if (ids.size > 0) return { run: terminalText(run), ids };
    throw new ParityError('PX3101', `no case diverged or was inconclusive in run ${terminalText(run)}`, {
      hint: 'nothing was sent; run all cases: parity run',
    });
  }
  throw new ParityError('PX2502', `there is no run in ${terminalText(out)} whose failed cases could be sent`, {
    hint: 'record one with: parity run, or name another folder with --out',
  });
}

/** Cases that a run left out for it was to end say nothing. */
function isFailed({ outcome, reason }: ReportCase): boolean {
  if (outcome === 'notRun') return reason !== 'bail' && reason !== 'interrupted';
  return outcome === 'divergent' || outcome === 'inconclusive' || outcome === 'flaky';
}

/** A record, or null where it cannot be read: one broken folder must not hide all others. */
async function readable(dir: string): Promise<RunRecord | null> {
  try {
    return await readToRender(dir);
  } catch (error) {
    if (error instanceof ParityError) return null;
    throw error;
  }
}
