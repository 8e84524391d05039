import type { Cases } from '../cases/case.ts';
import type { Config } from '../config/config.ts';
import { someOf } from '../config/some-of.ts';
import { ParityError } from '../errors.ts';
import { terminalText } from '../json/printable.ts';
import { logIn } from '../replay/middleware/login.ts';
import { type Preflight, preflight } from '../replay/services/preflight.ts';
import { startServices } from '../replay/services/services.ts';
import { plural } from '../report/document/wording.ts';
import { surveyNoise } from '../run/noise-survey/noise-survey.ts';
import { caseRules, ownRules, rulesBlock } from '../run/noise-survey/suggested-rules.ts';
import type { Against, NoiseSurvey, SurveyedPlace } from '../run/noise-survey/survey.ts';
import { stopCodes } from '../run/verdict.ts';
import { readPointer } from '../xml/body-pointer.ts';
import { print, secrets } from './console.ts';
import { refuseUnsafe, warnOfConnections } from './harmless.ts';
import { type Options, seedOption, textOption } from './options.ts';
import { askProtected } from './protected.ts';
import { openSession, readConfig } from './session.ts';
import { stopOnSignals } from './signals.ts';

const maxNamed = 10;

function timesOption(options: Options): number {
  const text = textOption(options, 'runs') ?? '5';
  if (/^\d{1,3}$/.test(text) && Number(text) >= 2) return Number(text) - 1;
  throw new ParityError('PX2001', `--runs is "${text}"`, { hint: '--runs takes a whole number from 2 to 999' });
}

function line(place: SurveyedPlace, targets: number): string {
  const where = place.facet === 'body' ? place.pointer || 'whole body' : `${place.facet} ${place.pointer.slice(1)}`;
  const who = place.targets.length === targets ? 'all targets' : `only ${place.targets.join(', ')}`;
  const what = place.what === 'value' ? (place.format ?? 'value') : place.what;
  const example = place.example.map((side) => terminalText(side ?? 'nothing').slice(0, 40)).join('  then  ');
  return `${terminalText(where)}  ${what}  ${terminalText(who)}  ${plural(place.cases.length, 'case')}\n    ${example}`;
}

function summary({ places, asked, skipped }: NoiseSurvey): string {
  const left = skipped.length === 0 ? '' : `; ${notAsked(skipped)}`;
  return `${plural(places.length, 'noisy place')} in ${plural(asked, 'case')}${left}`;
}

function notAsked(skipped: readonly string[]): string {
  const was = skipped.length === 1 ? 'was' : 'were';
  return `${plural(skipped.length, 'case')} ${was} not asked, being neither safe: true nor read-only: ${named(skipped)}`;
}

function named(ids: readonly string[]): string {
  return terminalText(someOf(ids, maxNamed));
}

const reasons: Readonly<Record<Against['why'], string>> = {
  format: 'the targets write it in different formats, which a rule would hide',
  value: 'the targets differ there beside what varies, which a rule would hide',
  steady: 'it is not noisy on every target, and a rule for all cases would hide what differs there',
};

/** Why there is no rule for all cases, where one might be looked for. */
function noRule({ facet, pointer, what, suppressible, against }: SurveyedPlace): string[] {
  if (facet !== 'body' || what === 'shape') return [];
  const shown = against.filter(({ why }) => why !== 'steady' || suppressible.length > 0);
  return shown.map(({ why, cases }) => `no rule for ${terminalText(pointer)}: in ${named(cases)} ${reasons[why]}`);
}

async function sayDown(targets: readonly Preflight[]): Promise<3> {
  const lines = targets.flatMap(({ failure }) => [
    terminalText(failure?.message ?? ''),
    ...(failure?.hint == null ? [] : [`  try: ${terminalText(failure.hint)}`]),
  ]);
  await print(lines.join('\n'));
  return 3;
}

function casesText(rules: string, ids: readonly string[]): string {
  const which = ids.length === 1 ? 'that case' : 'each of these cases';
  return `to forgive what is noisy in ${named(ids)}, add to ${which}, in the place of what parity.yaml lists there:\n\n${rules}`;
}

/** A run forgives of a text what varies in it by itself; a rule is of use where it is not asked again. */
function ownText(id: string, own: string | null): string {
  if (own !== null) return `to forgive what is generated in the body of ${id}, add to that case:\n\n${own}`;
  return `the body of ${id} is generated: a rule for all of it would hide what else is in it; name what varies with replace, in that case`;
}

interface Asking {
  readonly config: Config;
  readonly selected: Cases;
  readonly options: Options;
  readonly signal: AbortSignal;
}

async function survey({ config, selected, options, signal }: Asking): Promise<number> {
  const times = timesOption(options);
  const down = (await preflight(config.targets, { ...config, signal })).filter((one) => one.failure !== null);
  if (down.length > 0) return sayDown(down);
  const { targets, failures, handedOut } = await logIn(config.targets, { ...config, readPointer });
  for (const one of handedOut.values()) secrets.add(one);
  if (failures.length > 0) return sayDown(failures);
  const found = await surveyNoise({ ...config, targets }, [...selected], { times, seed: seedOption(options), signal });
  if (signal.aborted) return stopCodes[String(signal.reason)] ?? 130;
  await print([...found.places.map((place) => line(place, config.targets.length)), summary(found)].join('\n'));
  const block = rulesBlock(found);
  if (block !== null) await print(`\nto forgive what every target shows, add to parity.yaml:\n\n${block}`);
  const without = found.places.flatMap(noRule);
  if (without.length > 0) await print(`\n${without.join('\n')}`);
  for (const [rules, ids] of caseRules(found)) await print(`\n${casesText(rules, ids)}`);
  for (const [id, own] of ownRules(found)) await print(`\n${ownText(terminalText(id), own)}`);
  return 0;
}

/** `parity noise`: 0 if the survey could be made, 3 if a target could not be reached; starts and stops the targets that have a command. */
export async function noiseCommand(selectors: readonly string[], options: Options): Promise<number> {
  const config = await readConfig(options);
  const { selected } = await openSession(config, selectors, options);
  if (options.unsafe !== true) refuseUnsafe(config.targets, selected);
  await askProtected(config, options);
  warnOfConnections(config.targets);
  timesOption(options);
  const { signal, atLast, forget } = stopOnSignals();
  try {
    const services = await startServices(config.targets, { cwd: config.root, signal, onStarted: atLast });
    return await survey({ config, selected, options, signal }).finally(services.stop);
  } finally {
    forget();
  }
}
