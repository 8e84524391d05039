import type { TestCase } from '../../cases/case.ts';
import { loadCases } from '../../cases/read/load.ts';
import { selectCases } from '../../cases/select.ts';
import type { Config } from '../../config/config.ts';
import { didYouMean, quoteForMessage } from '../../config/source/did-you-mean.ts';
import { ParityError } from '../../errors.ts';
import { routeOf } from '../../findings/route.ts';
import { terminalText } from '../../json/printable.ts';
import { type Derived, deriveProbes } from '../../probe/derive.ts';
import { groupNames } from '../../probe/groups.ts';
import type { Probe } from '../../probe/model/probe.ts';
import { planMarks } from '../../run/plan-marks.ts';
import { print, printJson, secrets, short, terminalOptions, warnOfShort } from '../console.ts';
import { refuseUnsafe, warnOfConnections } from '../harmless.ts';
import {
  listOption,
  noiseOption,
  type Options,
  reporterOption,
  retriesOption,
  shardOption,
  textOption,
} from '../options.ts';
import { askProtected } from '../protected.ts';
import { planned } from '../run.ts';
import { readConfig, runSession, type Session } from '../session.ts';
import { writeProbes } from './file.ts';
import { renderProbes } from './report.ts';

/** `parity probe`: the exit code of the run that sends the derived requests; 0 where it only lists or writes them. */
export async function probeCommand(options: Options): Promise<number> {
  const groups = onlyOption(options);
  const config = await readConfig(options);
  const { cases, digest } = await loadCases(config.cases, { root: config.root, env: process.env, secrets, short });
  warnOfShort();
  const source = sourceCase(cases, options);
  const derived = deriveProbes(source, { template: templateOption(source, options), heavy: options.heavy === true });
  const wanted = chosen(derived, groups, options);
  if (options.list === true) {
    if (options.json === true) await printJson(rowsOf(wanted));
    else await print(listing(wanted));
    return 0;
  }
  const sendable = wanted.filter((probe) => probe.unsendable === null);
  const file = textOption(options, 'write');
  if (file !== undefined) await writeProbes(file, sendable, [...secrets]);
  const selected = sendable.map((probe) => probe.testCase);
  if (options.dryRun === true) {
    await print(selected.map(planned).join('\n'));
    return 0;
  }
  if (options.unsafe !== true) refuseDerived(config, selected);
  await askProtected(config, options);
  warnOfConnections(config.targets);
  const marks = planMarks(config, {
    cases: `${digest} probe ${source.id}`,
    selectors: groups,
    grep: textOption(options, 'grep') ?? null,
    tags: listOption(options, 'tag'),
    again: [noiseOption(options), retriesOption(options)],
  });
  const session = {
    ...{ config, library: libraryWith(cases, derived), selected, marks },
    secrets: [...secrets],
    readsTracker: true,
  };
  const count = derived.probes.filter(({ unsendable }) => unsendable === null).length;
  return send(
    { ...session, first: selected[0]!, derived: { from: source.id, count } },
    { ...derived, probes: wanted },
    options,
  );
}

/** Only groups that are named; always with the request as it is, without which nothing else says anything. */
function chosen({ probes }: Derived, groups: readonly string[], options: Options): Probe[] {
  const inGroup = probes.filter(({ group }) => groups.length === 0 || groups.includes(group));
  const shard = shardOption(options, process.env);
  const grep = textOption(options, 'grep');
  const selection = {
    tags: listOption(options, 'tag'),
    ...(shard === undefined ? {} : { shard }),
    ...(grep === undefined ? {} : { grep }),
  };
  const cases = inGroup.map(({ testCase }) => testCase);
  const kept = new Set(cases.length === 0 ? [] : selectCases(cases, selection));
  return probes.filter((probe) => probe.group === 'valid' || kept.has(probe.testCase));
}

async function send(session: Session, derived: Derived, options: Options): Promise<number> {
  const reporters = reporterOption(options);
  const formats = reporters.filter((name) => name !== 'terminal').join(',');
  const { record, dir, exitCode } = await runSession(session, { ...options, reporter: formats });
  if (options.json !== true && reporters.includes('terminal'))
    await print(renderProbes(record, derived, { ...terminalOptions(), dir }));
  return exitCode;
}

function onlyOption(options: Options): readonly string[] {
  const groups = listOption(options, 'only');
  const wrong = groups.find((group) => !groupNames.includes(group));
  if (wrong === undefined) return groups;
  throw new ParityError('PX2001', `--only is "${wrong}"`, {
    hint: didYouMean(wrong, groupNames) ?? `the groups are ${groupNames.join(', ')}`,
  });
}

function sourceCase(cases: readonly TestCase[], options: Options): TestCase {
  const id = textOption(options, 'from') ?? '';
  const found = cases.find((testCase) => testCase.id === id);
  if (found !== undefined) return found;
  const ids = cases.map((testCase) => testCase.id);
  const some = ids.slice(0, 5).join(', ');
  throw new ParityError(
    'PX2605',
    id === '' ? 'no case is named to derive from' : `there is no case ${quoteForMessage(id)}`,
    {
      hint: didYouMean(id, ids) ?? `name one with --from: ${some}${ids.length > 5 ? ' …' : ''}`,
    },
  );
}

/** The path template of `--route`, which must be the route of the case; null if not given. */
function templateOption(source: TestCase, options: Options): string | null {
  const text = textOption(options, 'route');
  if (text === undefined) return null;
  const [, method, template] = /^([A-Z]+) (\/\S*)$/.exec(text) ?? [];
  if (method === undefined || template === undefined)
    throw new ParityError('PX2001', `--route is ${quoteForMessage(text)}`, {
      hint: 'write method and path: --route "POST /v1/validate"',
    });
  const request = source.steps[0]?.request;
  if (request !== undefined && routeOf({ method: request.method, path: request.path }, [template]) === text)
    return template;
  throw new ParityError('PX2606', `${source.id} is not a request of ${quoteForMessage(text)}`, {
    hint: `its request is ${request === undefined ? 'missing' : `${request.method} ${request.path.split('?', 1)[0]}`}`,
  });
}

/** A request that was changed is no longer the one that somebody called safe: all of them count as writes by their method. */
function refuseDerived(config: Config, selected: readonly TestCase[]): void {
  refuseUnsafe(
    config.targets,
    selected.map((testCase) => ({ ...testCase, safe: false })),
  );
}

/** The tracker must know of all cases of a route, or it would take the others for gone. */
function libraryWith(cases: readonly TestCase[], { probes }: Derived): TestCase[] {
  const ids = new Set(probes.map(({ testCase }) => testCase.id));
  return [...cases.filter(({ id }) => !ids.has(id)), ...probes.map(({ testCase }) => testCase)];
}

function rowsOf(probes: readonly Probe[]) {
  return probes.map(({ id, group, title, aims, testCase, unsendable }) => ({
    id: testCase.id,
    probe: id,
    group,
    title,
    aims,
    unsendable,
  }));
}

function listing(probes: readonly Probe[]): string {
  const rows = rowsOf(probes);
  const widest = Math.min(44, Math.max(...rows.map(({ probe }) => probe.length)));
  return rows
    .map(({ probe, title, aims, unsendable }) => {
      const why = unsendable === null ? '' : `  not sendable: ${unsendable}`;
      return `${probe.padEnd(widest)}  ${terminalText(title)}${aims.length > 0 ? `  [${aims.join(', ')}]` : ''}${why}`;
    })
    .join('\n');
}
