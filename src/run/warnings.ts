import { shorten } from '../compare/model/excerpt.ts';
import { formatOf } from '../compare/values/value-format.ts';
import type { Config } from '../config/config.ts';
import { isSecretName } from '../config/secret-name.ts';
import { routesFor } from '../findings/route.ts';
import type { Exchange, Response, TargetReplay } from '../http/exchange.ts';
import type { Finished } from './compare-answers.ts';
import { awaitedStatus } from './evidence/refused.ts';
import { refusedAll } from './evidence/refused-all.ts';
import { comparedByFormat, generatedValueIn } from './generated-values.ts';
import { maxWarnings } from './limits.ts';

/** What the reader of a run must know of its cases beside their outcomes. */
export interface Remarks {
  add(finished: Finished): void;
  /** Takes the targets that have sent more than they were asked for. */
  haveSentMore(targets: readonly string[]): void;
  spoiled(spoiling: Spoiling): void;
  /** Takes a sentence on a service that ended during the run. */
  fell(sentence: string): void;
  /** Plain sentences; nothing on single cases of a suite that exercises nothing, of which that says all. */
  notes(exercisesNothing: (suite: string) => boolean): string[];
  /** What matches says nothing of the targets: the run met nothing but one refusal, or was spoiled. */
  isVoid(): boolean;
}

/** What probes changed that they should have met as it was. */
export interface Spoiling {
  readonly sentence: string;
  /** Answers that match say nothing of the targets for it. */
  readonly isVoid: boolean;
}

/** Gathers remarks over the cases of a run; holds a few of each kind, however many cases there are. */
export function gatherRemarks(config: Config): Remarks {
  const refused = refusedAll(config);
  const repeated = few('matched only after a request was repeated');
  const left = few('could not be cleaned up after');
  const anew = few('may show what is made anew for each answer, and were not sent again to tell noise');
  const failed = new Map<string, Few>();
  const once = few('were sent once, and compared by format where times and generated identifiers are');
  const words = few('counted two words as equal, for each side captured its own');
  const keyless = few('were compared without keys that are made anew for each answer');
  const shared = few('look as if targets shared their state');
  const partly = few('diverge, and were compared in part only');
  const failedIn = (suite: string) => {
    const known = failed.get(suite) ?? few('were answered with 500 or the like by every target, and do not expect it');
    failed.set(suite, known);
    return known;
  };
  const failedBeside = (exercisesNothing: (suite: string) => boolean) =>
    [...failed].filter(([suite]) => !exercisesNothing(suite)).map(([, kind]) => kind);
  const sentMore = new Set<string>();
  const spoiled: Spoiling[] = [];
  const fallen: string[] = [];
  const alike = new Map(config.targets.map(({ name }) => [name, alikeness()]));
  return {
    add(finished) {
      const { testCase, replays, outcomes } = finished;
      refused.add(finished);
      const attempts = outcomes.includes('match') ? attemptsText(replays) : null;
      if (attempts !== null) repeated.add(`${testCase.id} matched only after a request was repeated: ${attempts}`);
      for (const replay of replays)
        if (replay.left) left.add(`${testCase.id} could not be cleaned up after: ${replay.left}`);
      const fault = failedAlike(finished);
      if (fault !== null) failedIn(testCase.suite).add(`${testCase.id}: ${fault}`);
      for (const { outcome, reason, message } of finished.comparisons)
        if (outcome === 'divergent' && reason !== null)
          partly.add(`${testCase.id} diverges, and was compared in part only: ${message}`);
      const made = generatedValueIn(finished);
      if (made !== null) anew.add(made);
      for (const sentence of finished.shared ?? []) shared.add(`${testCase.id}: ${sentence}`);
      for (const told of capturedWords(finished)) words.add(`${testCase.id} ${told}`);
      const byFormat = comparedByFormat(finished);
      if (byFormat !== null) once.add(byFormat);
      const objects = keylessIn(finished);
      if (objects.length > 0)
        keyless.add(
          `${testCase.id} was compared without the keys of ${objects.join(', ')} that both sides make anew for each answer`,
        );
      const routeOf = routesFor(testCase, config.routes);
      for (const { target, exchanges } of replays) for (const one of exchanges) alike.get(target)?.add(one, routeOf);
    },
    haveSentMore(targets) {
      for (const target of targets) sentMore.add(target);
    },
    spoiled: (spoiling) => void spoiled.push(spoiling),
    fell: (sentence) => void fallen.push(sentence),
    isVoid: () => refused.told() !== null || spoiled.some(({ isVoid }) => isVoid),
    notes: (exercisesNothing) => [
      ...fallen,
      ...spoiled.map(({ sentence }) => sentence),
      ...[refused.told() ?? []].flat(),
      ...[partly, ...failedBeside(exercisesNothing), shared, anew, once, words, keyless, repeated, left].flatMap(
        (kind) => kind.told(),
      ),
      ...Array.from(sentMore, sentMoreText),
      ...Array.from(alike, ([name, judge]) => judge.told(name)).flat(),
    ],
  };
}

/** Small letters, capitals, or small ones behind a capital: hardly any identifier is drawn so. */
const word = /^(?:\p{L}\p{Ll}{2,}|\p{Lu}{2,})$/u;
/** Words with blanks between them, an amount with its unit, a version, a day: nor are these. */
const phrase = /^(?=.*\p{L}{2})\S+(?: \S+)+$|^v?\d{1,4}(?:\.\d{1,4}){1,3}$|^\d{4}-\d\d-\d\d$/u;

function isTold(value: string): boolean {
  return word.test(value) || (phrase.test(value) && formatOf(JSON.stringify(value)) === null);
}

/** Captured values that differ and look like names rather than like identifiers: a role, a currency. */
function capturedWords({ replays: [reference, ...candidates] }: Finished): string[] {
  return Object.entries(reference?.captured ?? {}).flatMap(([name, value]) => {
    const other = candidates.find(({ captured }) => captured[name] !== undefined && captured[name] !== value);
    const twin = other?.captured[name] ?? '';
    if (other === undefined || isSecretName(name) || !isTold(value) || !isTold(twin)) return [];
    const told = `${shorten(value)} on ${reference!.target} and ${shorten(twin)} on ${other.target}`;
    return [`counted {{${name}}} as equal, which is ${told}: each side captured its own`];
  });
}

/** Where objects stand whose keys were forgiven. */
function keylessIn({ comparisons }: Finished): readonly string[] {
  if (comparisons.every(({ noise }) => noise.length === 0)) return [];
  const noise = comparisons.flatMap((one) => one.noise.filter(({ what }) => what === 'keys'));
  return [...new Set(noise.map(({ pointer }) => pointer || 'the whole body'))].slice(0, maxWarnings);
}

function sentMoreText(target: string): string {
  return `${target} sent more than it was asked for, so each later request to it had a connection of its own; an answer before that may be to another request: set connection: fresh for this target, and run again`;
}

interface Few {
  add(sentence: string): void;
  told(): string[];
}

function few(what: string): Few {
  const sentences: string[] = [];
  let more = 0;
  return {
    add(sentence) {
      if (sentences.length < maxWarnings) sentences.push(sentence);
      else more += 1;
    },
    told: () => (more === 0 ? sentences : [...sentences, `${more} more cases ${what}`]),
  };
}

/** The fault that all targets answered a request of a case that matched with; null if there is none, or the case is about it. */
function failedAlike({ testCase, replays, outcomes }: Finished): string | null {
  if (outcomes.some((outcome) => outcome !== 'match')) return null;
  for (const [at, one] of (replays[0]?.exchanges ?? []).entries()) {
    const [status, step] = [faultOf(one), testCase.steps[one.step]];
    if (status === null || (step !== undefined && status === awaitedStatus(step))) continue;
    if (!replays.every(({ exchanges }) => exchanges[at] !== undefined && faultOf(exchanges[at]) === status)) continue;
    const where = testCase.steps.length > 1 ? ` in step ${one.step + 1}` : '';
    return `every target answered ${status}${where}: that they fail alike says little of what they do; if the case is about that, say expect: { status: ${status} }`;
  }
  return null;
}

function faultOf({ outcome }: Exchange): number | null {
  return outcome.kind === 'response' && outcome.status >= 500 ? outcome.status : null;
}

/** `step 2 took 3 attempts on rust, 5 on go`; null if every request was sent once. */
function attemptsText(replays: readonly TargetReplay[]): string | null {
  if (!replays.some(({ exchanges }) => exchanges.some(({ attempts = 1 }) => attempts > 1))) return null;
  const steps = new Map<number, string[]>();
  for (const { target, exchanges } of replays)
    for (const { step, attempts = 1 } of exchanges)
      steps.set(step, [...(steps.get(step) ?? []), ...(attempts > 1 ? [`${attempts} on ${target}`] : [])]);
  const told = [...steps].filter(([, texts]) => texts.length > 0);
  return told.map(([step, texts]) => `step ${step + 1} took ${texts.join(', ')}`).join('; ');
}

interface Alikeness {
  add(exchange: Exchange, routeOf: ReturnType<typeof routesFor>): void;
  told(target: string): string[];
}

/** So many routes are not answered with the same bytes by chance. */
const suspicious = 5;

/** Whether everything is answered alike: as a proxy does, or a page that stands for all paths. */
function alikeness(): Alikeness {
  const asked = new Set<string>();
  let first: Response | null = null;
  let differs = false;
  return {
    add(exchange, routeOf) {
      const { outcome } = exchange;
      if (differs || outcome.kind === 'failure') return;
      first ??= outcome;
      differs = outcome.status !== first.status || Buffer.compare(outcome.body, first.body) !== 0;
      if (asked.size < 1000) asked.add(routeOf(exchange));
    },
    told(target) {
      if (differs || first === null || asked.size < suspicious) return [];
      const answer = `${first.status} with the same ${first.body.length} bytes`;
      return [
        `${target} answers everything alike: ${answer} to ${asked.size} different routes; is its url that of a proxy, or of a page that stands for all?`,
      ];
    },
  };
}
